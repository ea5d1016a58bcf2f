"""The chair's order: pins, holds and moves, with several people at it."""

import pytest

from data_access import engine
from data_access.engine import Database
from data_access.hall import pace
from data_access.questions.writing import undoing
from dialogue.lifecycle import Action, Status
from dialogue.refusals import Held, WrongText
from live import snapshots
from tests.factories import NOON, SLUG, act, actor, ask_until

pytestmark = pytest.mark.usefixtures("database")


def queued(count: int) -> list[int]:
    return [ask_until(Status.QUEUED) for _ in range(count)]


def order() -> list[int]:
    return list(snapshots.current(SLUG).order)


def undo() -> None:
    with engine.current().transaction() as session:
        undoing.undo(session, SLUG, actor=actor(), at=NOON)


def test_a_move_says_which_question_is_to_come_next() -> None:
    first, second, third = queued(3)
    act(third, Action.MOVE, version=2, position=1)

    # Whoever does this still sees the first at the head.
    act(second, Action.MOVE, version=2, before=first)

    assert order() == [third, second, first]


def test_a_move_before_a_question_that_has_gone_comes_to_the_end() -> None:
    first, second, third = queued(3)
    act(second, Action.STAGE, version=2)

    act(first, Action.MOVE, version=2, before=second)

    assert order() == [third, first]


def test_pinned_questions_stay_at_the_head_whatever_is_put_there() -> None:
    first, second, third = queued(3)

    act(third, Action.PIN, version=2)
    act(second, Action.MOVE, version=2, position=1)
    newest = ask_until(Status.APPROVED)
    act(newest, Action.QUEUE, version=2, position=1)

    assert order() == [third, newest, second, first]
    act(third, Action.MOVE, version=3, position=4)
    assert order()[0] == third
    act(third, Action.UNPIN, version=4)
    assert order()[0] == third
    act(second, Action.MOVE, version=3, position=1)
    assert order() == [second, third, newest, first]


def test_a_pin_is_undone_to_the_place_that_it_had() -> None:
    first, second, third = queued(3)

    act(third, Action.PIN, version=2)
    undo()

    assert order() == [first, second, third]
    assert not snapshots.current(SLUG).questions[third].pinned


def test_a_question_on_hold_is_not_brought_on_stage() -> None:
    (number,) = queued(1)
    act(number, Action.HOLD, version=2)

    with pytest.raises(Held):
        act(number, Action.STAGE, version=3)

    act(number, Action.UNHOLD, version=3)
    act(number, Action.STAGE, version=4)
    assert snapshots.current(SLUG).on_stage is not None


def test_what_leaves_the_queue_leaves_its_marks_there_and_undoing_brings_them_back() -> None:
    (number,) = queued(1)
    act(number, Action.PIN, version=2)
    act(number, Action.HOLD, version=3)

    act(number, Action.UNQUEUE, version=4)
    question = snapshots.current(SLUG).questions[number]
    assert (question.pinned, question.held) == (False, False)

    undo()
    question = snapshots.current(SLUG).questions[number]
    assert (question.pinned, question.held) == (True, True)


def test_notes_are_written_changed_and_taken_off() -> None:
    (number,) = queued(1)

    act(number, Action.NOTE, version=2, text="  Người hỏi có mặt ở hàng ghế đầu ")
    act(number, Action.PREPARE, version=3, text="Sở đã khảo sát xong")
    question = snapshots.current(SLUG).questions[number]
    assert question.note == "Người hỏi có mặt ở hàng ghế đầu"
    assert question.prepared == "Sở đã khảo sát xong"

    act(number, Action.NOTE, version=4, text="")
    assert snapshots.current(SLUG).questions[number].note is None
    with pytest.raises(WrongText):
        act(number, Action.NOTE, version=5, text="a" * 501)


def test_the_turns_on_stage_are_known(database: Database) -> None:
    first, second = queued(2)
    act(first, Action.STAGE, version=2)
    act(first, Action.ANSWER, version=3)
    act(second, Action.STAGE, version=2)

    with database.reading() as session:
        found = pace.turns(session, SLUG)

    assert [(each.number, each.ended is None) for each in found] == [(first, False), (second, True)]
