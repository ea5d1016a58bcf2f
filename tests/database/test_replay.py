"""The day is told again from the activity, and ends where it ended."""

from datetime import timedelta

import pandas as pd
import pytest

from data_access import boards, deeds, engine, replay
from data_access.engine import Database
from dialogue.events import Event
from dialogue.lifecycle import Action, Status
from dialogue.roles import Role
from tests.factories import NOON, SLUG, act, actor, add_account, ask, ask_until

pytestmark = pytest.mark.usefixtures("database")


def after(minutes: int) -> "pd.Timestamp":
    return pd.Timestamp(NOON + timedelta(minutes=minutes))


def steps(event: Event) -> pd.DataFrame:
    with engine.current().reading() as session:
        return replay.steps(session, event)


def now(status: Status, count: int = 1) -> dict[Status, int]:
    return dict.fromkeys(Status, 0) | {status: count}


def test_the_state_of_any_minute_is_told(event: Event) -> None:
    number = ask(at=NOON).number
    act(number, Action.QUEUE, version=1, at=NOON + timedelta(minutes=2))
    act(number, Action.STAGE, version=2, at=NOON + timedelta(minutes=5))
    told = steps(event)

    assert replay.states(told, at=after(-1)) == dict.fromkeys(Status, 0)
    assert replay.states(told, at=after(0)) == now(Status.RECEIVED)
    assert replay.states(told, at=after(4)) == now(Status.QUEUED)
    assert replay.states(told, at=after(5)) == now(Status.ON_STAGE)
    assert str(told["at"].dt.tz) == event.timezone


def test_the_replay_ends_at_the_final_state(database: Database, event: Event) -> None:
    target = ask_until(Status.APPROVED)
    others = [each for each in Status if each not in (Status.MERGED, Status.ON_STAGE)]
    for status in (*others, Status.ON_STAGE):
        ask_until(status)
    ask_until(Status.MERGED, into=target)
    parts = ("Bao giờ ấp em có sóng?", "Bao giờ ấp em có xe buýt?")
    act(target, Action.SPLIT, version=2, parts=parts)
    undone = ask_until(Status.REJECTED)
    with database.transaction() as session:
        deeds.undo(session, SLUG, actor=actor(), at=NOON)

    final = boards.current(SLUG)

    assert final.questions[undone].status is Status.RECEIVED
    assert replay.states(steps(event), at=after(60)) == final.counts


def test_waiting_is_told_from_when_a_question_came(event: Event) -> None:
    quick, slow = ask(district="731").number, ask(district="739", topic=None).number
    act(quick, Action.QUEUE, version=1, at=NOON + timedelta(minutes=3))
    act(quick, Action.STAGE, version=2, at=NOON + timedelta(minutes=10))
    act(quick, Action.PUT_BACK, version=3, at=NOON + timedelta(minutes=11))
    act(quick, Action.STAGE, version=4, at=NOON + timedelta(minutes=30))

    told = replay.delays(steps(event)).set_index("number")

    waited = told.to_dict("index")[quick]
    assert (waited["district"], waited["decided"], waited["staged"]) == ("731", 3.0, 10.0)
    assert told["topic"].to_dict()[slow] == replay.NOBODY
    assert told["staged"].isna().to_dict() == {quick: False, slow: True}
    assert told["decided"].isna().to_dict() == {quick: False, slow: True}


def test_the_pace_of_each_person(event: Event) -> None:
    lan, minh = (add_account(Role.MODERATOR, name=each) for each in ("Lan", "Minh"))
    numbers = [ask().number for _ in range(4)]
    for place, number in enumerate(numbers):
        by = actor(account_id=lan if place < 3 else minh)
        # Two in one minute, then one in another.
        act(number, Action.APPROVE, version=1, actor=by, at=NOON + timedelta(seconds=40 * place))

    told = replay.paces(steps(event))

    assert told.to_dict("records") == [
        {"person": "Lan", "steps": 3, "a_minute": 1.5},
        {"person": "Minh", "steps": 1, "a_minute": 1.0},
    ]


def test_an_event_without_questions_is_told_too(event: Event) -> None:
    told = steps(event)

    assert replay.states(told, at=after(0)) == dict.fromkeys(Status, 0)
    assert replay.delays(told).empty
    assert replay.paces(told).empty
