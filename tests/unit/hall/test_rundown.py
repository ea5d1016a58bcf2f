from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue import rundown
from dialogue.events import Part, PartKind
from dialogue.rundown import SAME_DAY, Begun, Planned, Standing, fitting, plan, today
from tests.factories import NOON

HOUR = 60
NOTHING = timedelta()


def part(code: str, kind: PartKind, minutes: int) -> Part:
    return Part(code=code, kind=kind, name=code, name_en=code, minutes=minutes)


PARTS = [
    part("opening", PartKind.OPENING, 10),
    part("first", PartKind.DIALOGUE, HOUR),
    part("break", PartKind.BREAK, 15),
    part("second", PartKind.DIALOGUE, 45),
    part("conclusion", PartKind.CONCLUSION, 20),
]


def minutes(value: float) -> timedelta:
    return timedelta(minutes=value)


def after(value: float) -> datetime:
    return NOON + minutes(value)


def planned() -> tuple[Planned, ...]:
    return plan(PARTS, held_at=NOON, began_at=None)


def standing(code: str | None, *, began: float = 0, at: float) -> Standing:
    began_at = after(began) if code else None
    return rundown.standing(planned(), part=code, part_began_at=began_at, at=after(at))


def test_the_parts_follow_each_other_from_the_time_of_the_event() -> None:
    assert [(each.part.code, each.starts, each.ends) for each in planned()] == [
        ("opening", after(0), after(10)),
        ("first", after(10), after(70)),
        ("break", after(70), after(85)),
        ("second", after(85), after(130)),
        ("conclusion", after(130), after(150)),
    ]


def test_a_rehearsal_on_another_day_has_its_own_times() -> None:
    day_before = NOON - timedelta(days=1)

    assert plan(PARTS, held_at=NOON, began_at=day_before)[0].starts == day_before
    # A late beginning on the day itself is late.
    assert plan(PARTS, held_at=NOON, began_at=after(40))[0].starts == NOON
    assert plan(PARTS, held_at=NOON, began_at=NOON + SAME_DAY)[0].starts == NOON


def test_the_course_of_today_begins_after_the_day_was_last_set_back() -> None:
    rehearsed, begun = Begun("opening", after(-90)), Begun("opening", after(0))
    back, again = Begun(None, after(-60)), Begun(None, after(-30))

    assert today([]) == []
    assert today([begun, Begun("first", after(12))]) == [begun, Begun("first", after(12))]
    assert today([rehearsed, back, begun]) == [begun]
    assert today([rehearsed, back, rehearsed, again, begun]) == [begun]
    assert today([rehearsed, back]) == []


@pytest.mark.parametrize(
    ("code", "running", "coming"),
    [
        (None, None, "opening"),
        ("opening", "opening", "first"),
        ("second", "second", "conclusion"),
        ("conclusion", "conclusion", None),
    ],
)
def test_what_runs_and_what_comes_next(
    code: str | None, running: str | None, coming: str | None
) -> None:
    stands = standing(code, at=0)

    parts = [each and each.part.code for each in (stands.running, stands.coming)]
    assert parts == [running, coming]


def test_a_day_that_has_not_begun_is_behind_from_its_planned_beginning_on() -> None:
    before = standing(None, at=-30)

    assert (before.running, before.behind, before.left) == (None, NOTHING, minutes(105))
    assert before.coming is not None
    assert before.coming.part.code == "opening"
    assert standing(None, at=7).behind == minutes(7)
    assert standing(None, at=7).left == minutes(98)


@pytest.mark.parametrize(
    ("code", "began", "at", "behind"),
    [
        ("first", 10, 30, 0),
        ("first", 15, 30, 5),
        ("first", 6, 30, -4),
        # It runs longer than planned: from its planned end on every minute counts.
        ("first", 10, 75, 5),
        ("first", 6, 68, -2),
        ("conclusion", 140, 141, 10),
    ],
)
def test_ahead_and_behind(code: str, began: float, at: float, behind: float) -> None:
    assert standing(code, began=began, at=at).behind == minutes(behind)


@pytest.mark.parametrize(
    ("code", "began", "at", "left"),
    [
        ("opening", 0, 5, 105),
        # What is lost before a dialogue is lost to it.
        ("opening", 6, 9, 99),
        ("first", 10, 30, 40 + 45),
        # Of the first dialogue's time it took 5 minutes from the second.
        ("first", 10, 75, 40),
        ("break", 70, 80, 45),
        ("second", 85, 140, 0),
        ("conclusion", 130, 131, 0),
    ],
)
def test_the_time_that_is_left_for_questions(
    code: str, began: float, at: float, left: float
) -> None:
    assert standing(code, began=began, at=at).left == minutes(left)


def test_the_last_part_has_none_after_it_and_an_unknown_one_is_none() -> None:
    assert standing("conclusion", began=130, at=131).coming is None
    assert standing("gone", at=0).running is None
    empty = rundown.standing((), part=None, part_began_at=None, at=NOON)
    assert empty == Standing(running=None, coming=None, behind=NOTHING, left=NOTHING)


def test_what_fits_counts_whole_questions_after_the_one_on_stage() -> None:
    assert fitting(minutes(30), each=minutes(6)) == 5
    assert fitting(minutes(30), each=minutes(6), spent=minutes(2)) == 4
    assert fitting(minutes(30), each=minutes(6), spent=minutes(9)) == 5
    assert fitting(minutes(5), each=minutes(6)) == 0
    assert fitting(minutes(3), each=minutes(6), spent=minutes(1)) == 0


@given(st.integers(-60, 400), st.sampled_from([each.code for each in PARTS]), st.integers(-20, 200))
def test_time_that_passes_never_adds_to_what_is_left(at: int, code: str, began: int) -> None:
    now, later = (standing(code, began=began, at=each) for each in (at, at + 1))

    assert NOTHING <= later.left <= now.left
    assert later.behind >= now.behind
