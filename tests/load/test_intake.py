"""The intake: one commit for a group, and nobody's failure is another's."""

import asyncio
import sqlite3
from collections.abc import Coroutine
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import event as listening

from audience import intake as module
from audience.intake import SubmissionWriter
from data_access import engine
from data_access.engine import Database
from data_access.events import events
from dialogue.events import Intake
from dialogue.questions import Receipt
from dialogue.refusals import EventClosed, KeyReused, Unavailable, UnknownEvent
from live import snapshots
from tests.factories import NOON, SLUG, actor, ask, keyed

UNENCODABLE = (
    "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 0: "
    "surrogates not allowed"
)


def answers(*submitted: tuple[str, Any]) -> list[Receipt | BaseException]:
    """Hand in everything at once and return each answer, a refusal as itself."""

    async def submit() -> list[Receipt | BaseException]:
        intake = SubmissionWriter()
        async with intake.running():
            waiting: list[Coroutine[Any, Any, Receipt]] = [
                intake.submit(slug, each) for slug, each in submitted
            ]
            return await asyncio.gather(*waiting, return_exceptions=True)

    return asyncio.run(submit())


def test_what_arrives_together_is_committed_together(database: Database) -> None:
    commits: list[object] = []
    listening.listen(database.engine, "commit", commits.append)

    given = answers(*((SLUG, keyed()) for _ in range(400)))

    assert all(isinstance(each, Receipt) for each in given)
    assert len(snapshots.current(SLUG).questions) == 400
    assert len(commits) <= 5


def test_what_is_still_being_read_joins_the_commit(database: Database) -> None:
    commits: list[object] = []
    listening.listen(database.engine, "commit", commits.append)

    async def submit() -> None:
        intake = SubmissionWriter()

        async def read_and_submit(turns: int) -> None:
            for _ in range(turns):
                await asyncio.sleep(0)
            await intake.submit(SLUG, keyed())

        async with intake.running():
            await asyncio.gather(*(read_and_submit(turns) for turns in range(30)))

    asyncio.run(submit())

    assert len(snapshots.current(SLUG).questions) == 30
    assert len(commits) == 1


def test_each_gets_its_own_answer(database: Database) -> None:
    given = answers(
        (SLUG, keyed("a")),
        ("nowhere", keyed("b")),
        (SLUG, keyed("a")),
        (SLUG, keyed("a", text="Một câu hỏi khác hẳn")),
        (SLUG, keyed("c")),
    )

    assert [type(each) for each in given] == [Receipt, UnknownEvent, Receipt, KeyReused, Receipt]
    assert len(snapshots.current(SLUG).questions) == 2


def test_one_that_cannot_be_written_drags_no_other_along(database: Database) -> None:
    given = answers(
        (SLUG, keyed("good")), (SLUG, keyed("bad", district="999")), (SLUG, keyed("too"))
    )

    assert [type(each) for each in given] == [Receipt, Unavailable, Receipt]
    assert len(snapshots.current(SLUG).questions) == 2


def test_a_full_disk_is_told_and_nothing_is_half_written(sqlite_url: str) -> None:
    database = engine.start(sqlite_url)
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    given = answers(*((SLUG, keyed(text="Đầy đĩa thì sao ạ " * 40)) for _ in range(30)))

    assert Unavailable in [type(each) for each in given]
    snapshot = snapshots.current(SLUG)
    assert len(snapshot.questions) == sum(isinstance(each, Receipt) for each in given)
    database.close()


def test_more_than_may_wait_is_told_to_come_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 10)

    given = answers(*((SLUG, keyed()) for _ in range(40)))

    taken = [each for each in given if isinstance(each, Receipt)]
    assert len(taken) == len(snapshots.current(SLUG).questions) < 40
    assert {type(each) for each in given} == {Receipt, Unavailable}


def test_a_phone_that_goes_away_loses_nothing(database: Database) -> None:
    async def submit() -> None:
        intake = SubmissionWriter()
        async with intake.running():
            waiting = asyncio.create_task(intake.submit(SLUG, keyed("gone")))
            await asyncio.sleep(0)
            waiting.cancel()

    asyncio.run(submit())

    assert len(snapshots.current(SLUG).questions) == 1


def test_a_closed_event_is_said_to_be_closed(database: Database) -> None:
    with database.transaction() as session:
        events.set_intake(session, SLUG, Intake.CLOSED, actor=actor(), at=NOON)

    (given,) = answers((SLUG, keyed()))

    assert isinstance(given, EventClosed)


def test_what_nobody_expected_ends_neither_the_writer_nor_anybodys_wait(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def submit() -> list[Receipt | BaseException]:
        intake = SubmissionWriter()
        async with intake.running():
            # No driver can encode half a character, and none of them says so as a database does.
            together = [intake.submit(SLUG, keyed(text=text)) for text in ("Một", "\ud800", "Hai")]
            first = await asyncio.gather(*together, return_exceptions=True)
            return [*first, await intake.submit(SLUG, keyed())]

    given = asyncio.run(submit())

    assert [type(each) for each in given] == [Receipt, Unavailable, Receipt, Receipt]
    assert caplog.messages.count("1 of 3 questions not written: " + UNENCODABLE) == 1


def test_a_database_that_is_locked_is_tried_once_for_all_and_logged_once(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    database = engine.start(sqlite_url)
    ask()
    failed: list[object] = []
    listening.listen(database.engine, "handle_error", failed.append)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")

        given = answers(*((SLUG, keyed(text="Không ai được thấy")) for _ in range(30)))

    assert {type(each) for each in given} == {Unavailable}
    assert len(failed) == 1
    assert caplog.messages == [
        "30 of 30 questions not written: OperationalError: database is locked"
    ]
    assert "Không ai được thấy" not in caplog.text
    assert caplog.records[0].exc_info is None
    database.close()
