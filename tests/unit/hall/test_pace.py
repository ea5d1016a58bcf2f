from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dialogue.pace import MOST_TURNS, Step, Turn, turns, typical
from tests.factories import NOON


def step(number: int, minute: float, *, arrives: bool, undoes: bool = False) -> Step:
    at = NOON + timedelta(minutes=minute)
    return Step(number=number, at=at, arrives=arrives, undoes=undoes)


def turn(number: int, began: float, ended: float | None) -> Turn:
    end = None if ended is None else NOON + timedelta(minutes=ended)
    return Turn(number=number, began=NOON + timedelta(minutes=began), ended=end)


def test_a_turn_is_from_the_stage_to_leaving_it() -> None:
    steps = [
        step(1, 0, arrives=True),
        step(1, 4, arrives=False),
        step(2, 5, arrives=True),
    ]

    assert turns(steps) == [turn(1, 0, 4), turn(2, 5, None)]


def test_an_answer_that_was_undone_goes_on_from_its_beginning() -> None:
    steps = [
        step(1, 0, arrives=True),
        step(1, 4, arrives=False),
        step(1, 5, arrives=True, undoes=True),
        step(1, 9, arrives=False),
    ]

    assert turns(steps) == [turn(1, 0, 9)]


def test_a_question_that_is_back_on_stage_has_not_ended() -> None:
    steps = [
        step(1, 0, arrives=True),
        step(1, 4, arrives=False),
        step(1, 5, arrives=True, undoes=True),
    ]

    assert turns(steps) == [turn(1, 0, None)]


def test_the_pace_is_the_middle_one_of_the_last_seven() -> None:
    lengths = [60, 1, 2, 3, 4, 5, 6, 30]

    assert typical(turn(n, 0, length) for n, length in enumerate(lengths)) == timedelta(minutes=4)


def test_what_was_put_on_stage_by_mistake_had_no_turn() -> None:
    steps = [step(1, 0, arrives=True), step(1, 1, arrives=False, undoes=True)]

    assert turns(steps) == []


def test_what_began_before_the_first_step_that_is_known_is_left_out() -> None:
    assert turns([step(1, 4, arrives=False), step(2, 5, arrives=True)]) == [turn(2, 5, None)]


def test_before_the_first_answer_no_pace_is_known() -> None:
    assert typical([]) is None
    assert typical([turn(1, 0, None)]) is None


@given(st.lists(st.integers(1, 60), min_size=1, max_size=20))
def test_the_pace_is_that_of_the_last_few(minutes: list[int]) -> None:
    found = [turn(number, 0, length) for number, length in enumerate(minutes)]

    pace = typical(found)

    assert pace is not None
    last = minutes[-MOST_TURNS:]
    assert timedelta(minutes=min(last)) <= pace <= timedelta(minutes=max(last))
