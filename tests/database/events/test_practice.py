"""Rehearsals: a practice copy of an event, and nothing of the real one ever in danger."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from access import visitors
from audience import consent, erasing
from data_access import engine
from data_access.accounts import accounts, sessions
from data_access.activity import activity
from data_access.base import Base
from data_access.engine import Database
from data_access.events import events, practice
from data_access.hall import halls
from data_access.questions.cached import duplicates, suggestions
from data_access.questions.reading import inbox
from data_access.questions.writing import claims, consents, personal_data, submissions, votes
from dialogue.accounts import Grant
from dialogue.activity import ActivityFilters as Lines
from dialogue.events import Event, Intake
from dialogue.hall import Armed, Scene
from dialogue.inbox import Filters, View
from dialogue.lifecycle import Action, Status
from dialogue.questions import Receipt
from dialogue.refusals import NotPermitted, NotPractice, PracticeOver, Refusal, UnknownEvent
from dialogue.roles import Role
from live import snapshots
from tests.factories import (
    DEPARTMENT,
    NOON,
    SLUG,
    act,
    actor,
    add_account,
    annotate,
    ask,
    ask_until,
    cookies,
    keyed,
    sign_in,
)

PRACTICE = f"{SLUG}-tap-duot-1"
SAID = "Câu hỏi chỉ để tập dượt trước buổi chiều"


def begin(*, slug: str = SLUG, by: Role = Role.MODERATOR) -> str:
    with engine.current().transaction() as session:
        return practice.begin(session, slug, actor=actor(by), at=NOON)


def show(*, shown: bool, by: Role = Role.MODERATOR) -> None:
    with engine.current().transaction() as session:
        practice.show_on_screens(session, SLUG, shown=shown, actor=actor(by), at=NOON)


def wipe(slug: str = PRACTICE, *, by: Role = Role.MODERATOR) -> None:
    with engine.current().transaction() as session:
        practice.wipe(session, slug, actor=actor(by), at=NOON)


def done(slug: str = SLUG) -> list[str]:
    """What was done in an event, in turn."""
    with engine.current().reading() as session:
        return [each.action for each in activity.page(session, slug, Lines(), most=100)][::-1]


def contents(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, the search index too."""
    found = "SELECT rowid, folded FROM question_search ORDER BY rowid"
    if not database.is_sqlite:
        found = "SELECT * FROM question_search ORDER BY event_id, number"
    with database.reading() as session:
        return {
            **{
                name: [dict(row._mapping) for row in session.execute(table.select().order_by(*key))]
                for name, table in Base.metadata.tables.items()
                for key in [table.primary_key.columns]
            },
            "question_search": [dict(row._mapping) for row in session.execute(text(found))],
        }


def rehearse(database: Database) -> None:
    """Leave rows of the rehearsal in every table that can have some."""
    answers = Grant(Role.DEPARTMENT, PRACTICE, DEPARTMENT)
    account = add_account(Role.MODERATOR, slug=PRACTICE, besides=[answers])
    queued = ask_until(Status.QUEUED, slug=PRACTICE, name="Người tập", text=SAID)
    into = ask_until(Status.APPROVED, slug=PRACTICE)
    ask_until(Status.MERGED, slug=PRACTICE, into=into)
    ask_until(Status.REPLIED, slug=PRACTICE)
    annotate("Tập viết nhận xét", slug=PRACTICE)
    with database.transaction() as session:
        votes.give(session, PRACTICE, into, voter="b" * 43, at=NOON)
        claims.take(session, PRACTICE, into, actor=actor(account_id=account), at=NOON)
        armed = Armed(scene=Scene.QUESTION, number=queued)
        halls.arm(session, PRACTICE, armed, actor=actor(), at=NOON)
        consents.remember(session, PRACTICE, consent.texts(), at=NOON)
        by = actor(Role.ADMIN)
        sessions.add_screen(session, "Máy tập dượt", slug=PRACTICE, actor=by, at=NOON)


def test_a_rehearsal_has_copies_of_what_can_be_rehearsed_with(database: Database) -> None:
    told: dict[str, Any] = {"name": "Lê Thị Hoa", "contact": "hoa@example.vn"}
    approved = ask_until(Status.APPROVED, text="Bao giờ đường Hoà Bình được sửa ạ", **told)
    for status in (Status.RECEIVED, Status.REJECTED, Status.ANSWERED, Status.ON_STAGE):
        ask_until(status)
    edited, pinned, held = (ask_until(Status.QUEUED, **told) for _ in range(3))
    act(pinned, Action.PIN, version=2)
    act(held, Action.HOLD, version=2)
    act(edited, Action.NOTE, version=2, text="Xem thêm câu #1")
    act(edited, Action.EDIT, version=3, text="Khi nào ấp em có sóng, không ghi số máy")
    with database.transaction() as session:
        votes.give(session, SLUG, approved, voter="a" * 43, at=NOON)

    assert begin() == PRACTICE

    real, copy = snapshots.current(SLUG), snapshots.current(PRACTICE)
    assert list(copy.questions) == [approved, edited, pinned, held]
    assert copy.order == real.order == (pinned, edited, held)
    assert (copy.named, copy.claims, real.practice, copy.practice) == ({}, {}, PRACTICE, None)
    for number, question in copy.questions.items():
        original = real.questions[number]
        assert question.code != original.code
        assert (question.votes, question.text_original) == (0, None)
        for name in ("text", "status", "topic", "district", "note", "pinned", "held"):
            assert getattr(question, name) == getattr(original, name), name
    view = View(status=None, filters=Filters(words="hoa binh"))
    with database.reading() as session:
        assert personal_data.of(session, PRACTICE, approved) == {}
        assert inbox.numbers(session, PRACTICE, view, most=10, at=NOON) == (approved,)
    assert ask(slug=PRACTICE).number == held + 1


def test_a_rehearsal_has_the_events_catalogues_and_takes_questions(
    database: Database, event: Event
) -> None:
    with database.transaction() as session:
        events.set_intake(session, SLUG, Intake.CLOSED, actor=actor(), at=NOON)
    begin()

    copy = snapshots.current(PRACTICE).event

    assert (copy.practice_of, copy.intake) == (SLUG, Intake.OPEN)
    assert copy.title == f"Tập dượt: {event.title}"
    assert copy.title_en == f"Rehearsal: {event.title_en}"
    told = {name: getattr(copy, name) for name in ("slug", "title", "title_en", "practice_of")}
    assert replace(event, **told, intake=Intake.OPEN) == copy
    assert snapshots.current(SLUG).event.practice_of is None
    ask(slug=PRACTICE)


def test_there_is_one_rehearsal_whoever_begins_it(database: Database) -> None:
    with ThreadPoolExecutor(4) as desks:
        begun = list(desks.map(lambda _: begin(), range(4)))

    assert begun == [PRACTICE] * 4
    assert done() == done(PRACTICE) == ["practice_begun"]


def test_a_rehearsal_is_in_no_list_of_real_events(database: Database) -> None:
    begin()

    with database.reading() as session:
        assert events.list_slugs(session) == [SLUG]
        assert events.list_practices(session) == {PRACTICE: SLUG}


def test_later_events_learn_nothing_from_rehearsals(database: Database, event: Event) -> None:
    labelled = "Bưởi Tân Triều rớt giá hoài, tụi em chẳng biết trông cậy vào đâu"
    begin()
    ask_until(Status.APPROVED, slug=PRACTICE, text=labelled, topic="kinh-te-so")
    with database.transaction() as session:
        later = event.held_at + timedelta(days=365)
        events.add(session, replace(event, slug="nam-sau-2023", held_at=later))
    number = ask(slug="nam-sau-2023", text=labelled, topic=None).number

    suggested = suggestions.of(snapshots.current("nam-sau-2023"), number)

    assert suggested.numbers == ()


def test_wiping_removes_all_of_a_rehearsal_and_touches_nothing_real(database: Database) -> None:
    into = ask_until(Status.APPROVED, name="Lê Thị Hoa")
    ask_until(Status.MERGED, into=into)
    queued = ask_until(Status.QUEUED)
    annotate("Nhận xét của buổi thật")
    with database.transaction() as session:
        votes.give(session, SLUG, into, voter="a" * 43, at=NOON)
        claims.take(session, SLUG, queued, actor=actor(), at=NOON)
    before = contents(database)
    begin()
    show(shown=True)
    rehearse(database)
    rehearsed = contents(database)
    (of_practice,) = [row["id"] for row in rehearsed["events"] if row["practice_of"]]
    tables = [name for name, rows in rehearsed.items() if rows and "event_id" in rows[0]]
    for name in tables:
        assert of_practice in [row["event_id"] for row in rehearsed[name]], name
    missing = [name for name, table in Base.metadata.tables.items() if "event_id" in table.columns]
    assert set(missing) <= set(tables)

    wipe()

    after = contents(database)
    kept = [name for name in {*tables, "question_search"} if name != "activity"]
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert after["activity"][: len(before["activity"])] == before["activity"]
    added = [row["action"] for row in after["activity"][len(before["activity"]) :]]
    assert added == ["practice_begun", "practice_on", "practice_wiped"]
    counters = {"revision": 0, "last_entry": 0}
    assert [{**row, **counters} for row in after["events"]] == [
        {**row, **counters} for row in before["events"]
    ]


def test_only_the_record_of_a_rehearsal_can_be_deleted_and_none_be_changed(
    database: Database,
) -> None:
    ask_until(Status.APPROVED)
    begin()
    of_practice = f"event_id = (SELECT id FROM events WHERE slug = '{PRACTICE}')"

    def execute(statement: str) -> None:
        with database.transaction() as session:
            session.execute(text(statement))

    for statement in (
        "DELETE FROM activity",
        f"DELETE FROM activity WHERE NOT {of_practice}",
        f"UPDATE activity SET actor = 'x' WHERE {of_practice}",
    ):
        with pytest.raises(DBAPIError, match="append-only"):
            execute(statement)
    for statement in (
        f"UPDATE events SET practice_of = id WHERE slug = '{SLUG}'",
        f"UPDATE events SET practice_of = NULL WHERE slug = '{PRACTICE}'",
    ):
        with pytest.raises(DBAPIError, match="stays what it is"):
            execute(statement)
    assert done() == ["submit", "approve", "practice_begun"]
    assert done(PRACTICE) == ["practice_begun"]

    execute(f"DELETE FROM activity WHERE {of_practice}")

    assert (len(done()), done(PRACTICE)) == (3, [])


def test_a_real_event_is_never_wiped(database: Database) -> None:
    ask()
    begin()
    before = contents(database)

    with pytest.raises(NotPractice):
        wipe(SLUG)

    assert contents(database) == before


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.MODERATOR])
def test_only_a_moderator_rehearses(sqlite_url: str, role: Role) -> None:
    database = engine.start(sqlite_url)
    begin()
    before = contents(database)

    for command in (
        lambda: begin(by=role),
        lambda: show(shown=True, by=role),
        lambda: wipe(by=role),
    ):
        with pytest.raises(NotPermitted):
            command()

    assert contents(database) == before
    database.close()


def test_a_rehearsal_is_wiped_once_and_then_everybody_hears_that_it_is_over(
    database: Database,
) -> None:
    begin()
    number = ask(slug=PRACTICE).number
    snapshots.current(PRACTICE)
    wipe()

    for command in (
        wipe,
        lambda: snapshots.current(PRACTICE),
        lambda: act(number, Action.APPROVE, version=1, slug=PRACTICE),
        lambda: ask(slug=PRACTICE),
        lambda: show(shown=True),
    ):
        with pytest.raises(PracticeOver):
            command()
    with pytest.raises(UnknownEvent) as refused:
        snapshots.current("nowhere")
    assert type(refused.value) is UnknownEvent
    assert done()[-1] == "practice_wiped"


def test_a_rehearsal_that_is_begun_again_has_nothing_of_the_one_before(database: Database) -> None:
    begin()
    before = ask(slug=PRACTICE, text=SAID)
    duplicates.of(snapshots.current(PRACTICE), before.number)
    suggestions.of(snapshots.current(PRACTICE), before.number)
    wipe()
    approved = ask_until(Status.APPROVED, text="Bao giờ đường Hoà Bình được sửa ạ")

    again = begin()

    # Under a name of its own: whoever still has the old one open is told that it is over.
    assert again == f"{SLUG}-tap-duot-2"
    snapshot = snapshots.current(again)
    assert [each.text for each in snapshot.questions.values()] == [
        "Bao giờ đường Hoà Bình được sửa ạ"
    ]
    assert duplicates.of(snapshot, approved) == ()
    assert snapshots.current(SLUG).practice == again
    with database.reading() as session, pytest.raises(PracticeOver):
        submissions.receipt(session, PRACTICE, before.code)
    with pytest.raises(PracticeOver):
        wipe(PRACTICE)
    assert list(snapshots.current(again).questions) == [approved]


def test_the_screens_show_the_rehearsal_while_they_are_told_to(database: Database) -> None:
    ask_until(Status.ON_STAGE, text="Câu hỏi thật đang hỏi")
    begin()
    told: list[str] = []
    database.follow(lambda slug, _: told.append(slug))

    assert snapshots.on_screens(SLUG).event.slug == SLUG
    show(shown=True)
    assert snapshots.on_screens(SLUG).event.slug == PRACTICE
    assert snapshots.on_screens(SLUG).on_stage is None
    assert {SLUG, PRACTICE} <= set(told)
    told.clear()
    show(shown=False)
    assert snapshots.on_screens(SLUG).event.slug == SLUG
    assert {SLUG, PRACTICE} <= set(told)
    show(shown=True)
    told.clear()
    wipe()
    assert snapshots.on_screens(SLUG).event.slug == SLUG
    assert not snapshots.current(SLUG).hall.practice
    assert {SLUG, PRACTICE} <= set(told)
    assert done()[-4:] == ["practice_on", "practice_off", "practice_on", "practice_wiped"]


def test_screens_whose_rehearsal_was_wiped_just_now_show_the_event(database: Database) -> None:
    begin()
    show(shown=True)
    snapshots.on_screens(SLUG)
    seen: list[str] = []
    # The one snapshot is told before the other.
    database.follow(lambda *_: seen.append(snapshots.on_screens(SLUG).event.slug))

    wipe()

    assert set(seen) == {SLUG}


def test_whoever_has_a_role_in_the_event_has_it_in_its_rehearsal(
    database: Database, event: Event
) -> None:
    with database.transaction() as session:
        events.add(session, replace(event, slug="noi-khac-2022"))
    here = cookies(Role.MODERATOR, Role.SCREEN, slug=SLUG)
    answers = Grant(Role.DEPARTMENT, SLUG, DEPARTMENT)
    office = sign_in(add_account(besides=[answers]))
    elsewhere = cookies(Role.MODERATOR, slug="noi-khac-2022")
    everywhere = cookies(Role.CHAIR)
    assert visitors.current(here, active=True).roles(PRACTICE) == frozenset()

    begin()

    def roles(cookies: dict[str, str]) -> frozenset[Role]:
        return visitors.current(cookies, active=True).roles(PRACTICE)

    assert roles(here) == {Role.MODERATOR, Role.SCREEN}
    assert roles(elsewhere) == frozenset()
    assert roles(everywhere) == {Role.CHAIR}
    assert visitors.current(office, active=True).departments(PRACTICE) == {DEPARTMENT}
    with database.reading() as session:
        granted = [each.grants for each in accounts.list_accounts(session, at=NOON)]
    assert {Grant(Role.MODERATOR, SLUG)} in granted
    wipe()
    assert roles(here) == frozenset()


def test_questions_that_come_while_a_rehearsal_is_wiped_are_taken_or_refused(
    database: Database,
) -> None:
    begin()
    ask(text="Câu hỏi thật gửi trước đó")

    def send(place: int) -> Receipt | Refusal:
        if place == 6:
            wipe()
        try:
            with database.transaction() as session:
                return submissions.submit(session, PRACTICE, [keyed()], at=NOON)[0]
        except PracticeOver as refusal:
            return refusal

    with ThreadPoolExecutor(6) as phones:
        answers = list(phones.map(send, range(24)))

    assert {type(each) for each in answers} <= {Receipt, PracticeOver}
    assert isinstance(send(24), PracticeOver)
    assert [each.text for each in snapshots.current(SLUG).questions.values()] == [
        "Câu hỏi thật gửi trước đó"
    ]
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM questions")) == 1


def test_contacts_of_a_rehearsal_are_erased_in_time_too(database: Database) -> None:
    begin()
    told: dict[str, Any] = {"name": "Người tập", "contact": "tap@example.vn"}
    number = ask(slug=PRACTICE, **told).number
    ask(**told)
    later = NOON + timedelta(days=100)

    erasing.erase_due(90, later)
    erasing.erase_due(90, later + personal_data.WARNED)

    with database.reading() as session:
        assert personal_data.of(session, PRACTICE, number) == {}


def test_a_rehearsal_that_is_wiped_during_the_erasing_does_not_stop_it(database: Database) -> None:
    begin()
    ask(name="Lê Thị Hoa")
    # The real event comes first; as soon as it is told, the rehearsal goes.
    wiped: list[str] = []

    def wipe_once(slug: str, _revision: int) -> None:
        if slug == SLUG and not wiped:
            wiped.append(slug)
            wipe()

    database.follow(wipe_once)

    erasing.erase_due(90, NOON + timedelta(days=100))

    assert wiped == [SLUG]
    assert personal_data.ANNOUNCED in done()
