"""What the screens show and how far the day has come, as the desk and the chair change it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from data_access import engine
from data_access.activity import activity
from data_access.engine import Database
from data_access.events.models import PartRow
from data_access.hall import halls, pace, staging
from data_access.questions.writing import undoing
from dialogue.activity import ActivityFilters, Line
from dialogue.commands import Done, Seen
from dialogue.hall import LONGEST_MESSAGE, Armed, Hall, HallAction, Scene, Side
from dialogue.lifecycle import Action, Status
from dialogue.pace import Turn
from dialogue.refusals import (
    ArmedAnew,
    Conflict,
    Flagged,
    NobodyAsks,
    NothingArmed,
    NothingComing,
    NotPermitted,
    Refusal,
    RundownMoved,
    StageOccupied,
    TransitionRefused,
    UnknownEntry,
    UnknownQuestion,
    WrongText,
)
from dialogue.roles import Role
from dialogue.rundown import Begun
from live import snapshots
from tests.factories import NOON, SLUG, act, actor, ask_until

pytestmark = pytest.mark.usefixtures("database")


def do(command: Callable[..., Any], *values: Any, **how: Any) -> Any:
    by, at = how.pop("actor", actor()), how.pop("at", NOON)
    with engine.current().transaction() as session:
        return command(session, SLUG, *values, actor=by, at=at, **how)


def fire(*, ending: int | None = None) -> Done | HallAction:
    """Fire what a desk sees that is up to date."""
    done: Done | HallAction = do(staging.fire, hall().armed, ending=ending)
    return done


def hall() -> Hall:
    return snapshots.current(SLUG).hall


def seen(number: int) -> Seen:
    return Seen(number, snapshots.current(SLUG).questions[number].version)


def done(most: int) -> list[Line]:
    """What was done last, the newest first."""
    with engine.current().reading() as session:
        return activity.page(session, SLUG, ActivityFilters(), most=most)


def statuses(*numbers: int) -> list[Status]:
    questions = snapshots.current(SLUG).questions
    return [questions[each].status for each in numbers]


def test_a_new_event_welcomes_the_hall() -> None:
    assert hall() == Hall(scene=Scene.WELCOME)


def test_a_scene_is_shown_and_comes_out_of_the_dark() -> None:
    do(halls.darken, dark=True)
    assert hall() == Hall(scene=Scene.WELCOME, dark=True)

    do(halls.show_scene, Scene.NEXT)

    assert hall() == Hall(scene=Scene.NEXT)
    do(halls.darken, dark=True)
    do(halls.darken, dark=False)
    assert hall() == Hall(scene=Scene.NEXT)


def test_a_message_is_one_line_and_stays_for_the_next_time() -> None:
    do(halls.show_scene, Scene.MESSAGE, message="  Giải lao\n15 phút ")
    do(halls.show_scene, Scene.THANKS)

    assert hall() == Hall(scene=Scene.THANKS, message="Giải lao 15 phút")
    for message in ("", " \n", None, "x" * (LONGEST_MESSAGE + 1)):
        with pytest.raises(WrongText, match=r"1 to 200 characters; it has \d+\.$"):
            do(halls.show_scene, Scene.MESSAGE, message=message)


def test_the_clock_is_on_the_projector_only_if_wanted() -> None:
    do(halls.show_timer, shown=True)
    assert hall().shows_timer

    do(halls.show_timer, shown=False)
    assert not hall().shows_timer


def test_a_question_that_comes_on_stage_is_what_the_hall_sees() -> None:
    number = ask_until(Status.QUEUED)
    do(halls.darken, dark=True)

    act(number, Action.STAGE, version=2)

    assert hall() == Hall(scene=Scene.QUESTION)


def test_an_armed_scene_is_seen_by_nobody_until_it_is_fired() -> None:
    do(halls.arm, Armed(scene=Scene.MESSAGE, message="Mời ngồi"))
    assert hall() == Hall(armed=Armed(scene=Scene.MESSAGE, message="Mời ngồi"))

    assert fire() is HallAction.SCENE_MESSAGE

    assert hall() == Hall(scene=Scene.MESSAGE, message="Mời ngồi")
    with pytest.raises(NothingArmed):
        fire()


def test_firing_a_scene_without_words_keeps_those_of_the_last_message() -> None:
    do(halls.show_scene, Scene.MESSAGE, message="Mời ngồi")
    do(halls.arm, Armed(scene=Scene.THANKS))

    fire()

    assert hall() == Hall(scene=Scene.THANKS, message="Mời ngồi")


def test_only_what_was_seen_is_fired() -> None:
    seen_armed = Armed(scene=Scene.NEXT)
    do(halls.arm, seen_armed)
    do(halls.arm, Armed(scene=Scene.THANKS))

    with pytest.raises(ArmedAnew):
        do(staging.fire, seen_armed, ending=None)

    assert hall() == Hall(armed=Armed(scene=Scene.THANKS))


def test_a_question_that_nobody_saw_on_stage_is_not_taken_off() -> None:
    first, second, third = (ask_until(Status.QUEUED) for _ in range(3))
    act(first, Action.STAGE, version=2)
    do(halls.arm, Armed(scene=Scene.QUESTION, number=third))
    # The chair goes on at the moment when the desk fires.
    do(staging.advance, ending=seen(first), coming=seen(second), actor=actor(Role.CHAIR))

    with pytest.raises(StageOccupied):
        fire(ending=first)
    assert statuses(first, second, third) == [Status.ANSWERED, Status.ON_STAGE, Status.QUEUED]

    # It has left already: what comes takes nothing away.
    act(second, Action.ANSWER, version=3)
    fire(ending=second)
    assert statuses(second, third) == [Status.ANSWERED, Status.ON_STAGE]


def test_what_was_armed_can_be_taken_back() -> None:
    do(halls.arm, Armed(scene=Scene.THANKS))

    do(halls.arm, None)

    assert hall() == Hall()


def test_an_armed_question_takes_the_place_of_the_one_on_stage() -> None:
    first, second = ask_until(Status.QUEUED), ask_until(Status.QUEUED)
    act(first, Action.STAGE, version=2)
    do(halls.arm, Armed(scene=Scene.QUESTION, number=second))
    # It was tidied after it was armed: what is previewed is what comes.
    act(second, Action.EDIT, version=2, text="Bao giờ ấp em có sóng 4G?")

    done = fire(ending=first)

    assert isinstance(done, Done)
    assert done.numbers == [first, second]
    assert statuses(first, second) == [Status.ANSWERED, Status.ON_STAGE]
    assert hall() == Hall(scene=Scene.QUESTION)


def test_only_what_waits_in_the_queue_is_armed() -> None:
    number = ask_until(Status.APPROVED)

    with pytest.raises(TransitionRefused):
        do(halls.arm, Armed(scene=Scene.QUESTION, number=number))
    with pytest.raises(UnknownQuestion):
        do(halls.arm, Armed(scene=Scene.QUESTION, number=404))


def test_a_question_that_leaves_the_queue_is_armed_no_more() -> None:
    armed, other = ask_until(Status.QUEUED), ask_until(Status.QUEUED)
    do(halls.arm, Armed(scene=Scene.QUESTION, number=armed))

    act(other, Action.UNQUEUE, version=2)
    assert hall().armed == Armed(scene=Scene.QUESTION, number=armed)
    act(armed, Action.MOVE, version=2, position=1)
    assert hall().armed == Armed(scene=Scene.QUESTION, number=armed)
    act(armed, Action.MERGE, version=3, into=other)

    assert hall().armed is None


def test_an_armed_question_that_may_not_come_leaves_everything_as_it_is() -> None:
    first, second = ask_until(Status.QUEUED), ask_until(Status.QUEUED)
    act(first, Action.STAGE, version=2)
    do(halls.arm, Armed(scene=Scene.QUESTION, number=second))
    act(second, Action.FLAG, version=2)
    revision = snapshots.current(SLUG).revision

    with pytest.raises(Flagged):
        fire(ending=first)

    assert statuses(first, second) == [Status.ON_STAGE, Status.QUEUED]
    assert snapshots.current(SLUG).revision == revision


def test_the_next_question_comes_in_one_step_that_one_undo_takes_back() -> None:
    first, second = ask_until(Status.QUEUED), ask_until(Status.QUEUED)
    do(staging.advance, ending=None, coming=seen(first))
    assert statuses(first, second) == [Status.ON_STAGE, Status.QUEUED]

    do(staging.advance, ending=seen(first), coming=seen(second))
    assert statuses(first, second) == [Status.ANSWERED, Status.ON_STAGE]
    do(undoing.undo)

    assert statuses(first, second) == [Status.ON_STAGE, Status.QUEUED]
    assert snapshots.current(SLUG).order == (second,)


def test_the_last_question_ends_and_then_nothing_comes() -> None:
    number = ask_until(Status.ON_STAGE)

    do(staging.advance, ending=seen(number), coming=None)

    assert statuses(number) == [Status.ANSWERED]
    with pytest.raises(NothingComing):
        do(staging.advance, ending=None, coming=None)


def test_a_second_press_does_not_skip_a_question() -> None:
    first, second = ask_until(Status.QUEUED), ask_until(Status.QUEUED)
    act(first, Action.STAGE, version=2)
    pressed = {"ending": seen(first), "coming": seen(second)}
    do(staging.advance, **pressed)

    with pytest.raises(Conflict):
        do(staging.advance, **pressed)

    assert statuses(first, second) == [Status.ANSWERED, Status.ON_STAGE]


def test_the_chair_advances_but_does_not_switch_scenes() -> None:
    number = ask_until(Status.QUEUED)
    chair = actor(Role.CHAIR)

    do(staging.advance, ending=None, coming=seen(number), actor=chair)
    do(halls.darken, dark=True, actor=chair)

    assert hall() == Hall(scene=Scene.QUESTION, dark=True)
    switching: list[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = [
        (halls.show_scene, (Scene.NEXT,), {}),
        (halls.arm, (Armed(scene=Scene.NEXT),), {}),
        (halls.show_timer, (), {"shown": True}),
        (staging.fire, (Armed(scene=Scene.NEXT),), {"ending": None}),
    ]
    for command, values, how in switching:
        with pytest.raises(NotPermitted):
            do(command, *values, actor=chair, **how)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.DEPARTMENT, Role.SCREEN, Role.ADMIN])
def test_nobody_else_touches_the_hall(role: Role) -> None:
    commands: list[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = [
        (halls.show_scene, (Scene.NEXT,), {}),
        (halls.darken, (), {"dark": True}),
        (halls.show_timer, (), {"shown": True}),
        (halls.arm, (None,), {}),
        (halls.ask_to_move_on, (Side.DESK,), {"number": 1}),
        (halls.heed, (Side.DESK,), {}),
        (halls.withdraw, (Side.DESK,), {}),
        (halls.begin_part, ("khai-mac",), {"running": None}),
        (halls.go_back, (), {"running": None}),
        (staging.fire, (Armed(scene=Scene.NEXT),), {"ending": None}),
    ]
    for command, values, how in commands:
        with pytest.raises(NotPermitted):
            do(command, *values, actor=actor(role), **how)
    assert snapshots.current(SLUG).revision == 0


def test_each_side_asks_the_other_to_move_on_until_it_is_heeded() -> None:
    number, chair = ask_until(Status.ON_STAGE), actor(Role.CHAIR)
    later = NOON + timedelta(minutes=1)
    do(halls.ask_to_move_on, Side.DESK, number=number)
    do(halls.ask_to_move_on, Side.CHAIR, number=number, actor=chair, at=later)
    assert (hall().desk_asked_at, hall().chair_asked_at) == (NOON, later)

    do(halls.heed, Side.DESK, actor=chair)

    assert (hall().desk_asked_at, hall().chair_asked_at) == (None, later)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("end", [halls.withdraw, halls.heed])
def test_a_wish_to_move_on_ends_once(side: Side, end: Callable[..., Any]) -> None:
    do(halls.ask_to_move_on, side, number=ask_until(Status.ON_STAGE))
    revision = snapshots.current(SLUG).revision

    do(end, side)

    assert (hall().desk_asked_at, hall().chair_asked_at) == (None, None)
    assert snapshots.current(SLUG).revision == revision + 1
    for again in (halls.withdraw, halls.heed):
        with pytest.raises(NobodyAsks):
            do(again, side)
    said = {halls.withdraw: f"withdrawn_{side}", halls.heed: f"heeded_{side}"}[end]
    assert [each.action for each in done(2)] == [said, f"move_on_{side}"]


def test_a_wish_to_move_on_is_for_the_question_that_was_seen() -> None:
    first, second = ask_until(Status.QUEUED), ask_until(Status.QUEUED)
    act(first, Action.STAGE, version=2)
    # The desk goes on at the moment when the chair asks it to.
    do(staging.advance, ending=seen(first), coming=seen(second))

    with pytest.raises(TransitionRefused):
        do(halls.ask_to_move_on, Side.CHAIR, number=first, actor=actor(Role.CHAIR))
    with pytest.raises(UnknownQuestion):
        do(halls.ask_to_move_on, Side.CHAIR, number=404, actor=actor(Role.CHAIR))

    assert hall().chair_asked_at is None


@pytest.mark.parametrize("action", [Action.ANSWER, Action.PUT_BACK, Action.DEFER])
def test_with_the_question_goes_the_wish_to_move_on(action: Action) -> None:
    number = ask_until(Status.ON_STAGE)
    do(halls.ask_to_move_on, Side.DESK, number=number)
    act(number, Action.EDIT, version=3, text="Bao giờ ấp em có sóng 4G?")
    assert hall().desk_asked_at == NOON

    act(number, action, version=4)

    assert hall() == Hall(scene=Scene.QUESTION)


def test_the_parts_of_the_day_begin_one_after_the_other() -> None:
    do(halls.begin_part, "khai-mac", running=None)
    later = NOON + timedelta(minutes=12)

    do(halls.begin_part, "bao-cao", running="khai-mac", at=later)

    assert hall() == Hall(part="bao-cao", part_began_at=later, began_at=NOON)
    do(halls.begin_part, None, running="bao-cao")
    assert hall() == Hall()
    with pytest.raises(UnknownEntry):
        do(halls.begin_part, "unknown", running=None)


def test_a_step_of_the_day_is_taken_back_as_if_it_had_not_been() -> None:
    later, wrong = NOON + timedelta(minutes=12), NOON + timedelta(minutes=13)
    do(halls.begin_part, "khai-mac", running=None)
    do(halls.begin_part, "bao-cao", running="khai-mac", at=later)
    as_it_was = hall()
    do(halls.begin_part, "doi-thoai-1", running="bao-cao", at=wrong)
    revision = snapshots.current(SLUG).revision

    do(halls.go_back, running="doi-thoai-1", at=wrong)

    assert hall() == as_it_was == Hall(part="bao-cao", part_began_at=later, began_at=NOON)
    assert snapshots.current(SLUG).revision == revision + 1
    assert [(each.action, each.part) for each in done(1)] == [("part_back", "bao-cao")]
    do(halls.go_back, running="bao-cao")
    assert hall() == Hall(part="khai-mac", part_began_at=NOON, began_at=NOON)
    do(halls.go_back, running="khai-mac")
    assert hall() == Hall()
    with pytest.raises(RundownMoved):
        do(halls.go_back, running=None)


def test_what_else_is_done_in_the_hall_is_no_step_of_the_day() -> None:
    later = NOON + timedelta(minutes=12)
    do(halls.begin_part, "khai-mac", running=None)
    do(halls.begin_part, "bao-cao", running="khai-mac", at=later)
    do(halls.show_scene, Scene.NEXT, at=later)
    with engine.current().reading() as session:
        assert halls.course(session, SLUG) == [Begun("khai-mac", NOON), Begun("bao-cao", later)]

    do(halls.go_back, running="bao-cao", at=later)

    assert hall() == Hall(scene=Scene.NEXT, part="khai-mac", part_began_at=NOON, began_at=NOON)


def test_how_long_each_question_was_on_stage_is_read_from_the_activity() -> None:
    first, second = ask_until(Status.QUEUED), ask_until(Status.QUEUED)
    times = [NOON + timedelta(minutes=n) for n in range(5)]
    act(first, Action.STAGE, version=2, at=times[0])
    act(first, Action.ANSWER, version=3, at=times[1])
    do(undoing.undo, at=times[2])
    do(staging.advance, ending=seen(first), coming=seen(second), at=times[4])

    with engine.current().reading() as session:
        assert pace.turns(session, SLUG) == [
            Turn(number=first, began=times[0], ended=times[4]),
            Turn(number=second, began=times[4]),
        ]


def test_a_day_that_was_set_back_by_mistake_goes_on() -> None:
    do(halls.begin_part, "khai-mac", running=None, at=NOON - timedelta(hours=1))
    do(halls.begin_part, None, running="khai-mac", at=NOON - timedelta(hours=1))
    do(halls.begin_part, "khai-mac", running=None)
    do(halls.begin_part, "bao-cao", running="khai-mac")
    as_it_was = hall()

    do(halls.begin_part, None, running="bao-cao")
    assert hall() == Hall()
    do(halls.go_back, running=None)

    assert hall() == as_it_was
    assert as_it_was.began_at == NOON
    assert [each.action for each in done(2)] == ["part_back", "part_reset"]


def test_a_part_that_the_event_has_no_more_does_not_go_on() -> None:
    do(halls.begin_part, "khai-mac", running=None)
    do(halls.begin_part, "bao-cao", running="khai-mac")
    with engine.current().transaction() as session:
        session.execute(delete(PartRow).where(PartRow.code == "khai-mac"))

    with pytest.raises(UnknownEntry):
        do(halls.go_back, running="bao-cao")

    assert hall().part == "bao-cao"


def test_two_who_lead_the_day_do_not_undo_each_others_step() -> None:
    do(halls.begin_part, "khai-mac", running=None)
    do(halls.begin_part, "bao-cao", running="khai-mac")

    with pytest.raises(RundownMoved):
        do(halls.begin_part, "bao-cao", running="khai-mac", at=NOON + timedelta(minutes=5))
    with pytest.raises(RundownMoved):
        do(halls.go_back, running="khai-mac")

    assert hall() == Hall(part="bao-cao", part_began_at=NOON, began_at=NOON)


def test_the_activity_tells_who_changed_the_hall(database: Database) -> None:
    do(halls.show_scene, Scene.MESSAGE, message="Giải lao")
    do(halls.begin_part, "giai-lao", running=None)

    with database.reading() as session:
        lines = activity.page(session, SLUG, ActivityFilters(), most=10)

    assert [(each.action, each.actor, each.message, each.part) for each in lines] == [
        ("part", "tester", None, "giai-lao"),
        ("scene_message", "tester", "Giải lao", None),
    ]
    with pytest.raises(Refusal):
        do(undoing.undo)
