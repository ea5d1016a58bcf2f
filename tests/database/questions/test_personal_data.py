import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, MetaData, String, text, update

from audience import erasing
from data_access import engine
from data_access.activity import activity
from data_access.engine import Database
from data_access.events import events
from data_access.questions.writing import personal_data
from data_access.questions.writing.submissions import submit
from dialogue.activity import ActivityFilters
from dialogue.questions import Receipt
from live import snapshots
from tests.factories import NOON, SLUG, ask, keyed

TOLD: dict[str, Any] = {
    "name": "Lê Thị Bưởi",
    "contact": "0900 000 000",
    "organisation": "Đoàn phường",
}
# The sample event was held on 10 November 2022, and took no questions after it.
ENDED = datetime(2022, 11, 10, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _started(database: Database) -> None:
    """Every test has the database of this process, once of each kind."""


def told(number: int) -> dict[str, str]:
    with engine.current().reading() as session:
        return personal_data.of(session, SLUG, number)


def erase(number: int) -> None:
    with engine.current().transaction() as session:
        personal_data.erase(session, SLUG, number, actor="asker", at=NOON)


def test_boards_know_who_asked_until_it_is_erased() -> None:
    number, other = ask(**TOLD, show_name=True).number, ask(organisation="Đoàn phường").number
    nameless = ask(contact="0900 000 000").number
    snapshot = snapshots.current(SLUG)
    assert str(snapshot.named[number]) == "Lê Thị Bưởi, Đoàn phường"
    assert snapshot.named[number].show_name
    assert str(snapshot.named[other]) == "Đoàn phường"
    assert not snapshot.named[other].show_name
    assert nameless not in snapshot.named
    question = snapshot.questions[number]

    erase(number)

    erased = snapshots.current(SLUG)
    assert erased.named.keys() == {other}
    assert erased.questions[number] == question  # who has it open may go on with it


def everything() -> str:
    """Every value of every row that could tell something."""
    with engine.current().reading() as session:
        return str(
            [
                session.execute(text(f"SELECT * FROM {table}")).all()
                for table in ("askers", "activity", "questions", "submissions")
            ]
        )


def test_an_asker_is_forgotten_at_once_and_the_fact_is_kept() -> None:
    number, other = ask(**TOLD, contact_me=True).number, ask(**TOLD).number
    assert told(number) == TOLD
    revision = snapshots.current(SLUG).revision

    erase(number)

    assert told(number) == {}
    assert told(other) == TOLD
    assert snapshots.current(SLUG).revision == revision + 1
    with engine.current().reading() as session:
        line = session.execute(
            text("SELECT number, actor FROM activity WHERE action = 'erase_personal_data'")
        ).one()
        kept = session.execute(
            text("SELECT show_name, contact_me, consent_version FROM askers WHERE number = :n"),
            {"n": number},
        ).one()
    assert tuple(line) == (number, "asker")
    assert (bool(kept.show_name), bool(kept.contact_me)) == (False, False)
    assert kept.consent_version
    erase(number)
    assert snapshots.current(SLUG).revision == revision + 1


def test_nothing_of_it_stays_anywhere_in_the_database() -> None:
    erase(ask(**TOLD).number)

    stored = everything()

    for value in TOLD.values():
        assert value not in stored
    database = engine.current()
    if database.is_sqlite:
        with database.transaction() as session:
            session.execute(text("SELECT 1"))
        database.close()
        assert "Bưởi".encode() not in Path(str(database.url.database)).read_bytes()


def test_what_an_asker_may_tell_one_day_is_erased_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column that nobody has named yet holds something about the asker, until it is named."""
    number = ask(**TOLD).number
    askers = personal_data.ASKERS.to_metadata(MetaData())
    askers.append_column(Column("school", String(80)))
    askers.append_column(Column("is_of_age", Boolean()))
    monkeypatch.setattr(personal_data, "ASKERS", askers)
    with engine.current().transaction() as session:
        session.execute(text("ALTER TABLE askers ADD COLUMN school VARCHAR(80)"))
        session.execute(text("ALTER TABLE askers ADD COLUMN is_of_age BOOLEAN"))
        session.execute(update(askers).values(school="Trường Nguyễn Trãi", is_of_age=True))

    erase(number)

    with engine.current().reading() as session:
        row = session.execute(text("SELECT * FROM askers")).one()._asdict()
    kept = {name for name, value in row.items() if value not in (None, False, 0)}
    assert kept == personal_data.KEPT


def test_the_digest_of_what_was_told_is_erased_and_the_key_is_still_known() -> None:
    first = keyed(key="once", **TOLD)
    with engine.current().transaction() as session:
        (receipt,) = submit(session, SLUG, [first], at=NOON)
    assert isinstance(receipt, Receipt)
    erase(receipt.number)

    # Whoever guesses a telephone number could try it out on a digest.
    assert first.submission.fingerprint not in everything()
    with engine.current().transaction() as session:
        (again,) = submit(session, SLUG, [first], at=NOON)
    assert isinstance(again, Receipt)
    assert (again.number, again.repeated) == (receipt.number, True)


def announced() -> list[datetime]:
    with engine.current().reading() as session:
        lines = activity.page(
            session, SLUG, ActivityFilters(action=personal_data.ANNOUNCED), most=50
        )
    return [each.at for each in reversed(lines)]


def test_a_clock_that_is_far_ahead_erases_nothing_and_is_told_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The machine starts 400 days ahead, is set right, and is wrong again later."""
    number = ask(**TOLD).number
    wrong, right = ENDED + timedelta(days=400), ENDED + timedelta(days=91)

    erasing.erase_due(90, wrong)
    erasing.erase_due(90, wrong + timedelta(hours=1))
    assert told(number) == TOLD
    assert announced() == [wrong]
    assert "set it right before" in caplog.text

    erasing.erase_due(90, right)
    assert announced() == [wrong, right]
    erasing.erase_due(90, wrong + timedelta(days=50))  # another jump
    assert told(number) == TOLD
    assert announced()[-1] == wrong + timedelta(days=50)

    erasing.erase_due(90, right + personal_data.WARNED)
    assert told(number) == {}


def test_who_comes_later_is_announced_too() -> None:
    first, then = ask(**TOLD).number, ENDED + timedelta(days=120)
    late = ask(**TOLD, at=ENDED + timedelta(days=30)).number
    for at in (ENDED + timedelta(days=90), ENDED + timedelta(days=93), then):
        erasing.erase_due(90, at)

    assert told(first) == {}
    assert told(late) == TOLD
    assert announced()[-1] == then


@pytest.mark.parametrize(("days_later", "is_erased"), [(86, False), (90, True), (400, True)])
def test_what_is_older_than_it_may_be_is_erased_by_itself(
    caplog: pytest.LogCaptureFixture, days_later: int, is_erased: bool
) -> None:
    caplog.set_level(logging.INFO)
    number = ask(**TOLD).number
    ask()

    erasing.erase_due(90, ENDED + timedelta(days=days_later) - personal_data.WARNED)
    erasing.erase_due(90, ENDED + timedelta(days=days_later))
    erasing.erase_due(90, ENDED + timedelta(days=days_later) + personal_data.WARNED)

    assert (told(number) == {}) is is_erased
    assert ("1 askers of dong-nai-2022" in caplog.text) is is_erased
    for value in TOLD.values():
        assert value not in caplog.text
    revision = snapshots.current(SLUG).revision
    erasing.erase_due(90, ENDED + timedelta(days=days_later) + personal_data.WARNED)
    assert snapshots.current(SLUG).revision == revision


def test_a_question_that_came_after_the_event_is_kept_as_long_as_the_others() -> None:
    late = ask(**TOLD, at=ENDED + timedelta(days=60)).number
    early = ask(**TOLD).number

    erasing.erase_due(90, ENDED + timedelta(days=100))
    erasing.erase_due(90, ENDED + timedelta(days=100) + personal_data.WARNED)

    assert told(early) == {}
    assert told(late) == TOLD


def test_an_event_ends_with_its_last_day() -> None:
    with engine.current().reading() as session:
        event = events.event(session, SLUG)

    assert event.ends_at >= event.held_at
    assert event.ends_at == ENDED
