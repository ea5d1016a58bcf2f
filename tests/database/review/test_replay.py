"""The day is told again from the activity, and ends where it ended."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from data_access import engine
from data_access.engine import Database
from data_access.questions.writing import undoing
from data_access.review import replay
from dialogue.events import Event
from dialogue.lifecycle import Action, Status
from dialogue.roles import Role
from live import snapshots
from tests import days
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
        undoing.undo(session, SLUG, actor=actor(), at=NOON)

    final = snapshots.current(SLUG)

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


def test_the_pace_is_that_of_the_whole_desk_and_names_nobody(event: Event) -> None:
    lan, minh = (add_account(Role.MODERATOR, name=each) for each in ("Lan", "Minh"))
    numbers = [ask().number for _ in range(4)]
    for place, number in enumerate(numbers):
        by = actor(account_id=lan if place < 3 else minh)
        # Two in one minute, then one in each of two others.
        at = NOON + timedelta(seconds=(0, 40, 80, 120)[place])
        act(number, Action.APPROVE, version=1, actor=by, at=at)

    told = replay.pace(steps(event))

    assert told.tolist() == [2, 1, 1]
    assert "Lan" not in told.to_string()


def test_how_long_questions_waited_comes_with_how_many_and_how_spread(event: Event) -> None:
    for minutes in (1, 3, 5, 11, None):
        number = ask(district="731").number
        if minutes:
            act(number, Action.APPROVE, version=1, at=NOON + timedelta(minutes=minutes))

    told = replay.delays_by(replay.delays(steps(event)), "district", {"731": "A", "736": "B"})

    columns = ["questions", "decided_count", "decided_low", "decided", "decided_high"]
    assert told[columns].iloc[0].tolist() == [5, 4, 2.5, 4.0, 6.5]
    assert told[["questions", "decided_count", "staged_count"]].iloc[1].tolist() == [0, 0, 0]
    assert told[["decided", "staged"]].isna().to_numpy().tolist() == [[False, True], [True, True]]


def test_an_event_without_questions_is_told_too(event: Event) -> None:
    told = steps(event)

    assert replay.states(told, at=after(0)) == dict.fromkeys(Status, 0)
    assert replay.delays(told).empty
    assert replay.pace(told).empty


def test_the_replay_of_a_whole_day_ends_at_the_final_state(event: Event) -> None:
    days.play(moderators=[add_account(Role.MODERATOR, name=each) for each in ("Lan", "Minh")])
    told = steps(event)

    final = snapshots.current(SLUG)
    last = replay.standing(told, at=told["at"].max())

    assert len(final.questions) == 448
    assert dict(zip(last["number"], last["status"], strict=True)) == {
        number: each.status.value for number, each in final.questions.items()
    }
    course = replay.course(told, [told["at"].max()])
    assert course[list(Status)].iloc[0].to_dict() == final.counts
    # On the way there it was another, and no question was ever in two states.
    hours = replay.dialogue(told)
    assert hours is not None
    begin, end = hours
    assert replay.states(told, at=begin)[Status.ANSWERED] == 0
    for at in replay.moments(begin, end)[::20]:
        came = {each for each, asked in final.questions.items() if asked.received_at <= at}
        assert set(replay.standing(told, at=at)["number"]) == came
        assert sum(replay.states(told, at=at).values()) == len(came)


def test_the_states_of_each_topic_are_counted_at_a_moment(event: Event) -> None:
    number = ask(topic="viec-lam", at=NOON).number
    ask(topic=None, at=NOON)
    act(number, Action.APPROVE, version=1, at=NOON + timedelta(minutes=2))
    names = {"viec-lam": "Việc làm", "y-te-so": "Y tế số", replay.NOBODY: "Chưa có"}

    before = replay.by(replay.standing(steps(event), at=after(1)), "topic", names)
    afterwards = replay.by(replay.standing(steps(event), at=after(2)), "topic", names)

    assert before["received"].tolist() == [1, 0, 1]
    assert afterwards["approved"].tolist() == [1, 0, 0]
    assert afterwards["questions"].tolist() == [1, 0, 1]
    assert afterwards["name"].tolist() == list(names.values())


def test_a_clock_that_was_behind_puts_no_step_before_the_one_it_followed(event: Event) -> None:
    number = ask(at=NOON).number
    act(number, Action.QUEUE, version=1, at=NOON + timedelta(minutes=5))
    act(number, Action.STAGE, version=2, at=NOON + timedelta(minutes=1))
    told = steps(event)

    assert replay.states(told, at=after(4)) == now(Status.RECEIVED)
    assert replay.states(told, at=after(5)) == now(Status.ON_STAGE)


def test_the_dialogue_is_from_before_the_first_question_on_stage_to_the_last(event: Event) -> None:
    numbers = [ask(at=NOON - timedelta(days=20)).number for _ in range(2)]
    assert replay.dialogue(steps(event)) is None
    for place, number in enumerate(numbers):
        begun = NOON + timedelta(hours=8 * place)
        act(number, Action.QUEUE, version=1, at=NOON)
        act(number, Action.STAGE, version=2, at=begun)
        if place == 0:
            act(number, Action.ANSWER, version=3, at=begun + timedelta(minutes=3))

    # Over midnight on the event's own clock; the second one is still on stage.
    assert replay.dialogue(steps(event)) == (after(-10), after(8 * 60))

    act(numbers[1], Action.ANSWER, version=3, at=NOON + timedelta(hours=9))
    ask(at=NOON + timedelta(days=2))
    assert replay.dialogue(steps(event)) == (after(-10), after(9 * 60))


def test_moments_are_every_minute_of_a_day_and_wider_apart_over_a_month() -> None:
    day = replay.moments(NOON, NOON + timedelta(hours=23, seconds=30))
    month = replay.moments(NOON, NOON + timedelta(days=30))

    assert day[1] - day[0] == timedelta(minutes=1)
    assert day[-2:] == [NOON + timedelta(hours=23), NOON + timedelta(hours=23, seconds=30)]
    assert month[1] - month[0] == timedelta(minutes=60)
    assert month[-1] == NOON + timedelta(days=30)
    assert replay.moments(NOON, NOON) == [NOON]
    assert len(replay.moments(NOON, NOON + timedelta(days=4000))) > replay.MOST_MOMENTS / 8


def test_moments_go_on_where_clocks_are_set_back() -> None:
    zone = ZoneInfo("Europe/Berlin")
    begin = datetime(2022, 10, 30, 2, 30, tzinfo=zone)

    told = replay.moments(begin, datetime(2022, 10, 30, 3, 30, tzinfo=zone))

    # The hour from two to three is there twice.
    assert len(told) == 121
    assert [f"{each:%H:%M}" for each in told[::30]] == ["02:30", "02:00", "02:30", "03:00", "03:30"]


def test_delays_are_the_medians_of_each_district(event: Event) -> None:
    for minutes in (2, 4, 9):
        number = ask(district="731", at=NOON).number
        act(number, Action.QUEUE, version=1, at=NOON + timedelta(minutes=minutes))
    told = replay.delays(steps(event))

    frame = replay.delays_by(told, "district", {"739": "Cẩm Mỹ", "731": "Biên Hòa"})

    assert frame["name"].tolist() == ["Cẩm Mỹ", "Biên Hòa"]
    assert frame["decided"].iloc[1] == 4.0
    assert frame["decided"].isna().tolist() == [True, False]
    assert frame["staged"].isna().all()
