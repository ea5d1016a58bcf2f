from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event as listening

from data_access import engine
from data_access.engine import Database
from data_access.events import events
from data_access.hall import halls
from dialogue.events import Event, Intake
from dialogue.lifecycle import Action, Status
from dialogue.refusals import UnknownEvent
from live import snapshots
from tests.factories import NOON, SLUG, act, actor, ask, ask_until

pytestmark = pytest.mark.usefixtures("database")


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    reader = engine.current()._reader
    listening.listen(reader, "before_cursor_execute", see)
    yield seen
    listening.remove(reader, "before_cursor_execute", see)


def test_an_empty_event_has_an_empty_board(event: Event) -> None:
    snapshot = snapshots.current(SLUG)

    assert snapshot.event == event
    assert (snapshot.questions, snapshot.order, snapshot.on_stage, snapshot.queue) == (
        {},
        (),
        None,
        (),
    )
    assert set(snapshot.counts.values()) == {0}


def test_the_board_shows_each_question_where_it_stands() -> None:
    queued = ask_until(Status.QUEUED)
    on_stage = ask_until(Status.ON_STAGE)
    received = [ask().number for _ in range(3)]

    snapshot = snapshots.current(SLUG)

    assert [each.number for each in snapshot.newest(Status.RECEIVED)] == received[::-1]
    assert [each.number for each in snapshot.queue] == [queued]
    assert snapshot.on_stage is not None
    assert snapshot.on_stage.number == on_stage
    assert snapshot.counts[Status.RECEIVED] == 3


def test_a_board_is_made_once_for_a_revision() -> None:
    ask()

    assert snapshots.current(SLUG) is snapshots.current(SLUG)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_refresh_takes_the_same_few_queries_however_many_questions(count: int) -> None:
    snapshots.current(SLUG)
    for _ in range(count):
        ask()

    with counted_queries() as queries:
        snapshots.current(SLUG)

    assert len(queries) == 6


def test_a_refresh_reads_only_what_changed() -> None:
    first, second = ask().number, ask().number
    before = snapshots.current(SLUG)
    act(second, Action.APPROVE, version=1)

    after = snapshots.current(SLUG)

    assert after.questions[first] is before.questions[first]
    assert after.questions[second].status is Status.APPROVED
    assert before.questions[second].status is Status.RECEIVED
    assert after.event is before.event


def test_an_event_that_was_described_anew_is_read_anew() -> None:
    assert snapshots.current(SLUG).event.intake is Intake.OPEN

    with engine.current().transaction() as session:
        events.set_intake(session, SLUG, Intake.CLOSED, actor=actor(), at=NOON)

    assert snapshots.current(SLUG).event.intake is Intake.CLOSED


def test_an_unknown_event_has_no_board() -> None:
    with pytest.raises(UnknownEvent):
        snapshots.current("nowhere")


def test_events_are_listed_latest_first(database: Database, event: Event) -> None:
    fields = {name: getattr(event, name) for name in Event.__slots__}
    with database.transaction() as session:
        for year in (2021, 2023):
            held_at = event.held_at.replace(year=year)
            events.add(session, Event(**{**fields, "slug": f"year-{year}", "held_at": held_at}))

    with database.reading() as session:
        assert events.list_slugs(session) == ["year-2023", SLUG, "year-2021"]
        assert events.event(session, "year-2021").districts == event.districts
        for missing in (events.event, events.event_id):
            with pytest.raises(UnknownEvent):
                missing(session, "nowhere")


def test_the_event_that_is_led_is_listed_first_and_then_the_nearest(
    database: Database, event: Event
) -> None:
    fields = {name: getattr(event, name) for name in Event.__slots__}
    with database.transaction() as session:
        for days in (-400, 3):
            held_at = NOON + timedelta(days=days)
            events.add(session, Event(**{**fields, "slug": f"day-{days}", "held_at": held_at}))
    at = NOON - timedelta(days=1)

    def listed() -> list[str]:
        with database.reading() as session:
            return [each.slug for each in events.list_nearest(session, at=at)]

    assert listed() == [SLUG, "day-3", "day--400"]
    with database.transaction() as session:
        halls.begin_part(session, "day-3", "khai-mac", running=None, actor=actor(), at=at)
    assert listed() == ["day-3", SLUG, "day--400"]
    number = ask(slug="day--400", at=at).number
    act(number, Action.QUEUE, version=1, slug="day--400", at=at)
    act(number, Action.STAGE, version=2, slug="day--400", at=at)
    assert listed()[0] == "day-3", "equally led, the nearer day is first"
    with database.transaction() as session:
        halls.go_back(session, "day-3", running="khai-mac", actor=actor(), at=at)
    assert listed() == ["day--400", SLUG, "day-3"]


def test_an_event_may_have_empty_catalogues(database: Database, event: Event) -> None:
    fields = {name: getattr(event, name) for name in Event.__slots__}
    bare = {"slug": "bare", "topics": (), "departments": (), "reasons": ()}

    with database.transaction() as session:
        events.add(session, Event(**{**fields, **bare}))

    with database.reading() as session:
        assert events.event(session, "bare").topics == ()


def test_a_board_tells_what_changed_since_an_older_one(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (ask().number for _ in range(3))
    before = snapshots.current(SLUG)

    act(second, Action.APPROVE, version=1)
    act(third, Action.APPROVE, version=1)
    snapshot = snapshots.current(SLUG)

    assert [each.number for each in snapshot.changed_since(before.revision)] == [second, third]
    assert list(snapshot.changed_since(snapshot.revision)) == []
    # Of a snapshot that is long gone, any may have changed.
    monkeypatch.setattr("data_access.questions.cached.snapshots.MOST_RECENT", len(snapshot.recent))
    changed = {each.number for each in snapshot.changed_since(-1)}
    assert changed == {first, second, third}
