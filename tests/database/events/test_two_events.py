"""Two events on one database: what is done in one is never done to the other.

Their questions have the same numbers, so a statement that forgot the event would find both.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from data_access.base import Base
from data_access.engine import Database
from data_access.events import events
from data_access.followup import replies
from data_access.hall import halls, pace, staging
from data_access.questions.writing import (
    claims,
    commands,
    consents,
    personal_data,
    submissions,
    undoing,
    votes,
)
from data_access.review import annotations
from dialogue.annotations import Subject
from dialogue.commands import QuestionCommand, Seen
from dialogue.events import Event, Intake, Moderation, Weights
from dialogue.hall import Armed, Scene, Side
from dialogue.lifecycle import Action
from dialogue.refusals import UnknownEntry
from dialogue.roles import Role
from tests.factories import NOON, REPLY, SLUG, actor, department, keyed, operation

TWIN = "dong-nai-2023"
TABLES = [
    each
    for each in Base.metadata.sorted_tables
    if each.name == "events" or "event_id" in each.columns
]
# What is drawn by lot, counted over all events, or the name of the event itself.
OF_EACH = {"event_id", "id", "code", "entry", "slug"}
TOLD = {"name": "Lê Thị Bưởi", "contact": "0900 000 000", "organisation": "Đoàn phường"}

Step = Callable[[Any, str], object]
Rows = dict[str, list[dict[str, Any]]]


def now(command: Callable[..., object], *values: Any, **how: Any) -> Step:
    """Do a command at noon, as a moderator unless told otherwise."""
    how = {"actor": actor(), "at": NOON, **how}
    return lambda session, slug: command(session, slug, *values, **how)


def act(number: int, version: int, action: Action, **how: Any) -> Step:
    command = QuestionCommand(operation(action, **how), (Seen(number, version),))
    return now(commands.act, command)


def ask(number: int, **fields: Any) -> Step:
    return lambda session, slug: submissions.submit(
        session, slug, [keyed(f"key-{number}", **fields)], at=NOON
    )


def vote(number: int, voter: str) -> Step:
    return lambda session, slug: votes.give(
        session, slug, number, voter=voter, at=NOON, network="hall"
    )


def course(event: Event) -> Iterator[Step]:
    """Everything that can be done in an event, one after the other."""
    yield from (ask(number, **TOLD) for number in range(1, 9))
    yield now(claims.take, 1)
    yield now(claims.take_oldest, 3)
    yield from (act(number, 1, Action.QUEUE) for number in (1, 2, 3))
    yield act(3, 2, Action.MOVE, before=1)
    yield act(3, 3, Action.MOVE, position=2)
    yield act(1, 2, Action.PIN)
    yield act(2, 2, Action.HOLD)
    yield act(4, 1, Action.APPROVE)
    yield from (vote(number, voter) for number, voter in ((1, "a"), (1, "b"), (4, "a"), (4, "c")))
    yield lambda session, slug: votes.take_back(session, slug, 1, voter="b")
    yield act(4, 2, Action.MERGE, into=1)
    yield act(4, 3, Action.RESTORE)
    yield act(4, 4, Action.MERGE, into=1)
    yield act(5, 1, Action.SPLIT, parts=("Bao giờ có sóng 4G?", "Bao giờ có đường nhựa?"))
    yield act(6, 1, Action.EDIT, text="Khi nào ấp em có đường nhựa?")
    yield act(6, 2, Action.SET_TOPIC, entry="viec-lam")
    yield act(6, 3, Action.SET_DEPARTMENT, entry="so-tttt")
    yield act(6, 4, Action.NOTE, text="Ghi chú")
    yield act(6, 5, Action.FLAG)
    yield act(7, 1, Action.REJECT, reason="off-topic")
    yield act(1, 3, Action.STAGE)
    yield now(halls.ask_to_move_on, Side.DESK, number=1)
    yield now(halls.ask_to_move_on, Side.CHAIR, number=1)
    yield now(halls.heed, Side.DESK)
    yield now(halls.withdraw, Side.CHAIR)
    yield now(halls.arm, Armed(scene=Scene.QUESTION, number=3))
    yield now(staging.fire, Armed(scene=Scene.QUESTION, number=3), ending=1)
    yield now(staging.advance, ending=Seen(3, 5), coming=None)
    yield now(undoing.undo)
    yield act(3, 7, Action.DEFER, entry="so-tttt")
    yield act(3, 8, Action.SET_DUE, due=NOON.date() + timedelta(days=4))
    yield from follow_up(3)
    yield now(halls.show_scene, Scene.MESSAGE, message="Giải lao")
    yield now(halls.darken, dark=True)
    yield now(halls.show_timer, shown=True)
    yield now(halls.begin_part, "khai-mac", running=None)
    yield now(halls.begin_part, "bao-cao", running="khai-mac")
    yield now(halls.go_back, running="bao-cao")
    yield now(events.set_intake, Intake.PAUSED, pause=timedelta(minutes=5))
    yield now(events.set_moderation, Moderation.AFTER)
    yield now(events.set_weights, Weights(votes=2))
    yield lambda session, slug: events.update(
        session,
        replace(event, slug=slug, place="Nhà văn hóa", topics=event.topics[::-1]),
        actor=actor(Role.ADMIN),
        at=NOON,
    )
    yield lambda session, slug: personal_data.erase(session, slug, 2, actor="asker", at=NOON)
    yield lambda session, slug: consents.remember(session, slug, {"vi": "Đồng ý"}, at=NOON)
    yield lambda session, slug: claims.release(session, slug, actor=actor())


def follow_up(number: int) -> Iterator[Step]:
    writer = department()
    yield now(replies.save, number, REPLY, version=0, actor=writer)
    yield now(replies.submit, number, REPLY, version=1, actor=writer)
    yield now(replies.send_back, number, "Nêu rõ thời hạn", version=2)
    yield now(replies.submit, number, REPLY, version=3, actor=writer)
    yield now(replies.publish, number, version=4)


def rows(database: Database) -> dict[str, Rows]:
    """Every row of each event, by table."""
    with database.reading() as session:
        ids = {events.event_id(session, slug): slug for slug in (SLUG, TWIN)}
        found: dict[str, Rows] = {slug: {each.name: [] for each in TABLES} for slug in ids.values()}
        for table in TABLES:
            owner = table.c.id if table.name == "events" else table.c.event_id
            for row in session.execute(select(table)).mappings():
                found[ids[row[owner]]][table.name].append(dict(row))
    return found


def without_what_is_of_each(found: Rows) -> dict[str, list[str]]:
    return {
        table: sorted(repr({k: v for k, v in row.items() if k not in OF_EACH}) for row in lines)
        for table, lines in found.items()
    }


@pytest.fixture
def twin(database: Database, event: Event) -> Database:
    with database.transaction() as session:
        events.add(session, replace(event, slug=TWIN))
    return database


def test_what_is_done_in_one_event_is_done_to_no_other(twin: Database, event: Event) -> None:
    stands = rows(twin)
    for place, step in enumerate(course(event)):
        for slug, other in ((SLUG, TWIN), (TWIN, SLUG)):
            with twin.transaction() as session:
                step(session, slug)
            before, stands = stands, rows(twin)
            assert stands[other] == before[other], place

        assert without_what_is_of_each(stands[SLUG]) == without_what_is_of_each(stands[TWIN]), place


def test_what_is_read_of_one_event_is_of_no_other(twin: Database, event: Event) -> None:
    for step in course(event):
        with twin.transaction() as session:
            step(session, SLUG)
    for step in (ask(1), act(1, 1, Action.APPROVE), act(1, 2, Action.DEFER, entry="so-tttt")):
        with twin.transaction() as session:
            step(session, TWIN)

    with twin.reading() as session:
        assert [each.number for each in replies.list_promised(session, SLUG)] == [3]
        assert [each.number for each in replies.list_promised(session, TWIN)] == [1]
        assert [each.number for each in replies.list_published(session, SLUG)] == [3]
        assert replies.list_published(session, TWIN) == []
        assert list(replies.published(session, TWIN, [1, 3])) == []
        assert replies.list_without_outcome(session, SLUG) == [2, 5, 6, 8, 9]
        assert replies.list_without_outcome(session, TWIN) == []
        assert submissions.list_parts(session, SLUG, 5) == [9]
        assert submissions.list_parts(session, TWIN, 5) == []
        assert submissions.count_joined(session, SLUG, 1) == 1
        assert submissions.count_joined(session, TWIN, 1) == 0
        assert halls.course(session, TWIN) == []
        assert pace.turns(session, TWIN) == []
        assert consents.current(session, TWIN) == {}


def test_what_only_another_event_has_is_unknown(database: Database, event: Event) -> None:
    part, topic = event.rundown[0].code, event.topics[0].code
    with database.transaction() as session:
        events.add(session, replace(event, slug=TWIN, rundown=(), topics=event.topics[1:]))
        ask(1)(session, TWIN)

    for step in (
        now(halls.begin_part, part, running=None),
        act(1, 1, Action.SET_TOPIC, entry=topic),
    ):
        with database.transaction() as session, pytest.raises(UnknownEntry):
            step(session, TWIN)


def test_an_annotation_is_of_its_event(twin: Database) -> None:
    for slug in (SLUG, TWIN):
        with twin.transaction() as session:
            entry = annotations.add(
                session,
                slug,
                subject=Subject.TIME,
                moment=None,
                text=f"Của {slug}",
                actor=actor(),
                at=NOON,
            )
    before = rows(twin)

    with twin.transaction() as session:
        annotations.change(session, TWIN, entry, version=1, text="Đã sửa", actor=actor(), at=NOON)
    with twin.reading() as session:
        assert [each.text for each in annotations.list_current(session, SLUG)] == [f"Của {SLUG}"]
        assert [each.text for each in annotations.list_current(session, TWIN)] == ["Đã sửa"]
    with twin.transaction() as session:
        annotations.withdraw(session, TWIN, entry, version=2, actor=actor(), at=NOON)

    assert rows(twin)[SLUG] == before[SLUG]
    with twin.reading() as session:
        assert annotations.list_current(session, TWIN) == []
