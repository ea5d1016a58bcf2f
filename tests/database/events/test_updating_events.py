"""An event is made what its file says now, also while it runs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import words.activity
from data_access import engine, revisions
from data_access.activity import activity
from data_access.engine import Database
from data_access.events import events, practice
from data_access.hall import halls
from data_access.participation import frames, tallies
from dialogue.accounts import Actor, Grant
from dialogue.activity import ActivityFilters, Line
from dialogue.descriptions import Update
from dialogue.events import CATALOGUES, Department, District, Event, Intake, Moderation, Weights
from dialogue.lifecycle import Action, Status
from dialogue.refusals import EntriesInUse, UnknownEvent
from dialogue.roles import Role
from live import snapshots
from locales import language
from tests.factories import (
    NOON,
    SLUG,
    act,
    actor,
    add_account,
    ask,
    ask_until,
    submit_reply,
)

pytestmark = pytest.mark.usefixtures("database")
OPERATOR = Actor(events.OPERATOR, frozenset({Role.ADMIN}))
TAN_HOA = District(code="733", name="Huyện Tân Hòa", short_name="Tân Hòa", young_people=40_000)


def update(file: Event) -> Update:
    with engine.current().transaction() as session:
        return events.update(session, file, actor=OPERATOR, at=NOON)


def described(slug: str = SLUG) -> Event:
    with engine.current().reading() as session:
        return events.event(session, slug)


def lines() -> list[Line]:
    with engine.current().reading() as session:
        return activity.page(session, SLUG, ActivityFilters(), most=100)


def without(event: Event, name: str, code: str) -> Event:
    """The event without an entry, and without what names it in its own file."""
    left: Any = tuple(each for each in getattr(event, name) if each.code != code)
    event = replace(event, **{name: left})
    topics = tuple(
        replace(each, departments=tuple(d for d in each.departments if d != code))
        for each in event.topics
    )
    parts = tuple(
        replace(each, topics=tuple(t for t in each.topics if t != code)) for each in event.rundown
    )
    return replace(event, topics=topics, rundown=parts)


def test_a_district_that_is_added_during_the_event_is_there_everywhere(event: Event) -> None:
    ask(district="731")
    before = snapshots.current(SLUG)
    assert tallies.counts(before)

    done = update(replace(event, districts=(*event.districts, TAN_HOA)))
    ask(district="733")

    assert done.changed == ("districts: + 733 Huyện Tân Hòa",)
    snapshot = snapshots.current(SLUG)
    assert snapshot.districts["733"] == TAN_HOA
    assert sum(n for cell, n in tallies.counts(snapshot).items() if cell.district == "733") == 1
    counted = frames.by_district(snapshot).set_index("code")
    assert list(counted.index) == [*(each.code for each in event.districts), "733"]
    assert list(counted.loc["733", ["questions", "per_10000"]]) == [1, 0.25]
    pairs = frames.by_district_and_topic(snapshot, english=False, without_topic="–")
    assert pairs.loc[pairs["district"] == "733", "questions"].sum() == 1
    assert before.event.districts == event.districts


def test_everything_that_the_file_says_is_taken_over(event: Event) -> None:
    first, *others = event.topics
    department = Department(code="so-moi", name="Sở Mới", name_en="New Department")
    file = replace(
        event,
        title="Đối thoại lần thứ hai",
        held_at=event.held_at.replace(hour=14),
        question_minutes=None,
        reply_days=20,
        conclusion_days=7,
        boundaries=None,
        districts=(TAN_HOA, *event.districts[::-1][:-1]),
        departments=(department, *event.departments),
        topics=(*others, replace(first, departments=("so-moi", "so-tttt"), keywords=("sóng",))),
        reasons=event.reasons[1:],
        rundown=(replace(event.rundown[1], minutes=1), event.rundown[0]),
    )

    update(file)

    assert described() == snapshots.current(SLUG).event == file
    assert described().leading(first.code) == "so-moi"


def test_a_catalogue_may_become_empty_and_come_back(event: Event) -> None:
    update(replace(event, rundown=()))
    assert described().rundown == ()

    update(event)
    assert described() == event


def test_what_the_desk_has_switched_stays(event: Event) -> None:
    with engine.current().transaction() as session:
        events.set_intake(session, SLUG, Intake.CLOSED, actor=actor(), at=NOON)
        events.set_moderation(session, SLUG, Moderation.AFTER, actor=actor(), at=NOON)
        events.set_weights(session, SLUG, Weights(votes=3), actor=actor(), at=NOON)

    done = update(replace(event, place="Nhà văn hóa"))

    assert done == (
        ("place: Hội trường UBND tỉnh Đồng Nai → Nhà văn hóa",),
        ("intake", "moderation", "weights"),
    )
    assert described() == replace(
        event,
        place="Nhà văn hóa",
        intake=Intake.CLOSED,
        moderation=Moderation.AFTER,
        weights=Weights(votes=3),
    )


def test_it_is_recorded_and_told_once_and_only_where_something_changed(
    database: Database, event: Event
) -> None:
    told: list[tuple[str, int]] = []
    database.follow(lambda slug, revision: told.append((slug, revision)))
    file = replace(event, plan="Kế hoạch 2", reasons=event.reasons[::-1])

    update(file)
    update(file)

    assert told == [(SLUG, 1)]
    (line,) = lines()
    assert (line.action, line.actor, line.account_id, line.number) == (
        events.UPDATED,
        "operator",
        None,
        None,
    )
    said = words.activity.sentence(line, event, language("vi"))
    assert said.startswith("Người vận hành: Đã nạp lại tệp buổi đối thoại.")
    assert said.endswith("→ Kế hoạch 2. reasons: in another order.")


# What refers to an entry


def question_from_a_district() -> tuple[str, str]:
    ask(district="736")
    return "districts", "736"


def question_on_a_topic() -> tuple[str, str]:
    ask(topic="viec-lam")
    return "topics", "viec-lam"


def question_that_was_on_a_topic() -> tuple[str, str]:
    number = ask(topic="viec-lam").number
    act(number, Action.SET_TOPIC, version=1, entry="ha-tang-so")
    return "topics", "viec-lam"


def question_that_was_rejected() -> tuple[str, str]:
    act(ask_until(Status.REJECTED), Action.RESTORE, version=2)
    return "reasons", "off-topic"


def question_for_a_department() -> tuple[str, str]:
    act(ask().number, Action.SET_DEPARTMENT, version=1, entry="so-y-te")
    return "departments", "so-y-te"


def reply_of_a_department() -> tuple[str, str]:
    number = ask_until(Status.DEFERRED, answered_by="so-y-te")
    submit_reply(number)
    return "departments", "so-y-te"


def account_of_a_department() -> tuple[str, str]:
    add_account(besides=[Grant(Role.DEPARTMENT, SLUG, "so-y-te")])
    return "departments", "so-y-te"


def part_that_was_begun() -> tuple[str, str]:
    with engine.current().transaction() as session:
        halls.begin_part(session, SLUG, "khai-mac", running=None, actor=actor(), at=NOON)
    return "rundown", "khai-mac"


@pytest.mark.parametrize(
    ("use", "by"),
    [
        (question_from_a_district, "questions"),
        (question_on_a_topic, "questions"),
        (question_that_was_on_a_topic, "activity"),
        (question_that_was_rejected, "activity"),
        (question_for_a_department, "activity, questions"),
        (reply_of_a_department, "activity, questions, replies"),
        (account_of_a_department, "accounts"),
        (part_that_was_begun, "activity, hall"),
    ],
)
def test_what_is_used_is_not_removed(
    event: Event, use: Callable[[], tuple[str, str]], by: str
) -> None:
    name, code = use()
    file = replace(without(event, name, code), title="Khác")
    revision = snapshots.current(SLUG).revision

    with pytest.raises(EntriesInUse, match=rf": {name} {code} \({by}\)\.$"):
        update(file)

    assert described() == event
    assert snapshots.current(SLUG).revision == revision


def test_all_that_is_used_is_named_at_once(event: Event) -> None:
    ask(district="736", topic="viec-lam")
    file = without(without(event, "districts", "736"), "topics", "viec-lam")

    with pytest.raises(EntriesInUse) as caught:
        update(file)

    assert caught.value.values == {
        "entries": "districts 736 (questions); topics viec-lam (questions)"
    }


@pytest.mark.parametrize("name", CATALOGUES)
def test_what_nobody_uses_is_removed(event: Event, name: str) -> None:
    ask_until(Status.DEFERRED)
    code = getattr(event, name)[-1].code
    file = without(event, name, code)

    update(file)

    assert described() == file


def test_a_rehearsal_stays_as_it_was_begun_and_holds_nothing_back(event: Event) -> None:
    with engine.current().transaction() as session:
        rehearsal = practice.begin(session, SLUG, actor=actor(), at=NOON)
    ask(slug=rehearsal, district="736")
    rehearsed = described(rehearsal)

    update(without(event, "districts", "736"))

    assert "736" not in snapshots.current(SLUG).districts
    assert described(rehearsal) == rehearsed
    assert snapshots.current(rehearsal).districts["736"] == event.districts[2]


def test_an_event_that_is_not_there_is_not_updated(event: Event) -> None:
    with pytest.raises(UnknownEvent):
        update(replace(event, slug="khac"))


def test_nothing_is_written_where_the_file_says_the_same(database: Database, event: Event) -> None:
    assert update(event) == ((), ())

    with database.reading() as session:
        assert revisions.current(session, SLUG) == 0
    assert lines() == []
