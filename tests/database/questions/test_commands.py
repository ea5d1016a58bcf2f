from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from data_access import engine
from data_access.activity import activity
from data_access.activity.models import ActivityRow
from data_access.engine import Database
from data_access.questions.writing import commands, undoing, votes
from dialogue.accounts import Actor
from dialogue.commands import Done, QuestionCommand, Seen
from dialogue.lifecycle import Action, Status
from dialogue.operations import Plain
from dialogue.questions import Question
from dialogue.refusals import (
    Conflict,
    Flagged,
    NothingToUndo,
    StageOccupied,
    TransitionRefused,
    UnknownEntry,
    UnknownQuestion,
    WrongDue,
    WrongText,
)
from live import snapshots
from tests.factories import NOON, SLUG, act, actor, ask, ask_until

pytestmark = pytest.mark.usefixtures("database")
LAN = actor(name="Lan", account_id=1)
MINH = actor(name="Minh", account_id=2)
TELLING = "Xin gọi em theo số 0912 345 678 ạ"


def undo(by: Actor = LAN, *, of: int | None = None) -> Done:
    with engine.current().transaction() as session:
        return undoing.undo(session, SLUG, actor=by, at=NOON, of=of)


def question(number: int) -> Question:
    return snapshots.current(SLUG).questions[number]


def test_an_edit_keeps_what_the_asker_wrote() -> None:
    number = ask(text="ấp e ko co sóng 4g").number

    act(number, Action.EDIT, version=1, text="  Ấp em không có sóng 4G.\u200b ")

    assert question(number).text == "Ấp em không có sóng 4G."
    assert question(number).text_original == "ấp e ko co sóng 4g"
    undo()
    assert question(number).text == "ấp e ko co sóng 4g"
    assert question(number).text_original is None


@pytest.mark.parametrize("text", [None, "", "ngắn", "x" * 1001])
def test_an_edit_that_leaves_too_little_or_too_much_is_refused(text: str | None) -> None:
    number = ask().number

    with pytest.raises(WrongText):
        act(number, Action.EDIT, version=1, text=text)


def test_a_text_that_tells_too_much_waits_until_somebody_has_looked() -> None:
    number = ask(text=TELLING).number
    assert question(number).flagged

    for action in (Action.APPROVE, Action.QUEUE):
        with pytest.raises(Flagged):
            act(number, action, version=1)
    act(number, Action.UNFLAG, version=1)

    act(number, Action.APPROVE, version=2)
    assert question(number).is_public


def test_taking_out_what_tells_too_much_lifts_the_flag_and_bringing_it_back_sets_it() -> None:
    number = ask(text=TELLING).number

    act(number, Action.EDIT, version=1, text="Xin gọi em theo số đã ghi ạ")
    assert not question(number).flagged

    act(number, Action.EDIT, version=2, text=TELLING)
    assert question(number).flagged


def test_a_flag_that_somebody_set_stays_through_an_edit() -> None:
    number = ask().number
    act(number, Action.FLAG, version=1)

    act(number, Action.EDIT, version=2, text="Khi nào ấp em có sóng 4G?")

    assert question(number).flagged


def test_a_flagged_question_is_hidden_from_everyone_outside() -> None:
    number = ask_until(Status.APPROVED)

    act(number, Action.FLAG, version=2)

    assert list(snapshots.current(SLUG).public) == []
    with engine.current().transaction() as session, pytest.raises(UnknownQuestion):
        votes.give(session, SLUG, number, voter="a", at=NOON)


@pytest.mark.parametrize("action", [Action.SET_TOPIC, Action.SET_DEPARTMENT])
def test_a_topic_and_a_department_are_of_the_event_or_none(action: Action) -> None:
    number = ask().number

    with pytest.raises(UnknownEntry):
        act(number, action, version=1, entry="invented")
    act(number, action, version=1, entry=None)

    assert (question(number).topic is None) is (action is Action.SET_TOPIC)


def test_who_comes_late_is_told_who_was_first() -> None:
    number = ask().number
    act(number, Action.REJECT, version=1, actor=MINH)

    with pytest.raises(Conflict) as caught:
        act(number, Action.APPROVE, version=1, actor=LAN)

    told: dict[str, Any] = caught.value.values
    assert (told["actor"], told["action"], told["at"]) == ("Minh", Action.REJECT, NOON)


def test_undo_takes_back_one_command_after_the_other_and_only_ones_own() -> None:
    first, second = ask().number, ask().number
    act(first, Action.APPROVE, version=1, actor=LAN)
    act(second, Action.APPROVE, version=1, actor=MINH)
    act(first, Action.QUEUE, version=2, actor=LAN)

    assert undo().action is Action.QUEUE
    assert (question(first).status, snapshots.current(SLUG).order) == (Status.APPROVED, ())
    assert undo().action is Action.APPROVE
    with pytest.raises(NothingToUndo):
        undo()

    assert question(first).status is Status.RECEIVED
    assert question(second).status is Status.APPROVED


def test_undo_of_one_command_takes_back_no_other() -> None:
    first, second = ask().number, ask().number
    approved = act(first, Action.APPROVE, version=1, actor=LAN)
    rejected = act(second, Action.REJECT, version=1, actor=LAN)
    queued = act(first, Action.QUEUE, version=2, actor=MINH)

    with pytest.raises(Conflict):
        undo(of=approved.revision)
    with pytest.raises(NothingToUndo):
        undo(of=queued.revision)
    assert undo(of=rejected.revision).numbers == [second]
    with pytest.raises(NothingToUndo):
        undo(of=rejected.revision)


def test_undo_takes_back_a_command_on_several_questions_at_once() -> None:
    numbers = [ask_until(Status.QUEUED) for _ in range(4)]
    seen = tuple(Seen(each, 2) for each in (numbers[2], numbers[0]))
    with engine.current().transaction() as session:
        command = QuestionCommand(Plain(Action.UNQUEUE), seen)
        commands.act(session, SLUG, command, actor=LAN, at=NOON)

    done = undo()

    assert sorted(done.numbers) == [numbers[0], numbers[2]]
    assert snapshots.current(SLUG).order == tuple(numbers)


def test_undo_leaves_alone_what_somebody_changed_since() -> None:
    number = ask().number
    act(number, Action.APPROVE, version=1, actor=LAN)
    act(number, Action.QUEUE, version=2, actor=MINH)

    with pytest.raises(Conflict):
        undo(LAN)

    assert question(number).status is Status.QUEUED


def test_undoing_a_merge_brings_the_votes_back_and_undoing_that_is_a_merge_again() -> None:
    first, second = ask_until(Status.APPROVED), ask_until(Status.APPROVED)
    for number, voter in ((first, "a"), (second, "b")):
        with engine.current().transaction() as session:
            votes.give(session, SLUG, number, voter=voter, at=NOON)

    act(first, Action.MERGE, version=2, into=second)
    undo()
    assert (question(first).status, question(second).votes) == (Status.APPROVED, 1)

    act(first, Action.MERGE, version=4, into=second)
    act(first, Action.RESTORE, version=5)
    undo()
    assert (question(first).merged_into, question(second).votes) == (second, 2)


def test_somebody_without_an_account_has_nothing_to_undo() -> None:
    number = ask().number
    nobody = actor()._replace(account_id=None)
    act(number, Action.APPROVE, version=1, actor=nobody)

    with pytest.raises(NothingToUndo):
        undo(nobody)


def test_an_undo_is_written_down_like_everything_else() -> None:
    number = ask().number
    act(number, Action.APPROVE, version=1, actor=LAN)
    undo()

    with engine.current().reading() as session:
        actions = session.scalars(select(ActivityRow.action).order_by(ActivityRow.entry)).all()
    assert actions == [Action.SUBMIT, Action.APPROVE, Action.UNDO]


def test_of_several_questions_none_of_which_can_be_changed_the_first_says_why() -> None:
    number = ask().number
    command = QuestionCommand(Plain(Action.ANSWER), (Seen(number, 1), Seen(404, 1)))

    with engine.current().transaction() as session, pytest.raises(TransitionRefused):
        commands.act(session, SLUG, command, actor=LAN, at=NOON)


def test_an_answered_question_does_not_come_back_to_an_occupied_stage() -> None:
    answered = ask_until(Status.ANSWERED)
    ask_until(Status.ON_STAGE, text="Câu hỏi đang được hỏi lúc này")
    for _ in range(2):
        undo()  # the other question leaves the stage and the queue again
    act(snapshots.current(SLUG).last_number, Action.QUEUE, version=5, actor=MINH)
    act(snapshots.current(SLUG).last_number, Action.STAGE, version=6, actor=MINH)

    with pytest.raises(StageOccupied):
        undo()

    assert question(answered).status is Status.ANSWERED


def test_a_promised_reply_has_a_department_and_a_day() -> None:
    number = ask_until(Status.ON_STAGE)
    due = NOON.date() + timedelta(days=3)

    act(number, Action.DEFER, version=3, entry="so-tttt", due=due)

    question = snapshots.current(SLUG).questions[number]
    assert (question.status, question.department, question.due_on) == (
        Status.DEFERRED,
        "so-tttt",
        due,
    )


def test_without_a_day_the_rule_of_the_event_decides_and_the_department_stays() -> None:
    number = ask_until(Status.APPROVED)
    act(number, Action.SET_DEPARTMENT, version=2, entry="so-tttt")
    # Half past midnight in Đồng Nai.
    late = NOON + timedelta(hours=12, minutes=30)

    act(number, Action.DEFER, version=3, at=late)

    question = snapshots.current(SLUG).questions[number]
    assert (question.department, question.due_on) == ("so-tttt", date(2022, 11, 26))


def test_a_day_can_be_changed_but_not_to_the_past() -> None:
    number = ask_until(Status.DEFERRED)
    today = NOON.date()

    act(number, Action.SET_DUE, version=3, due=today)
    assert snapshots.current(SLUG).questions[number].due_on == today
    for version, action, other in ((4, Action.SET_DUE, number), (2, Action.DEFER, None)):
        other = other or ask_until(Status.APPROVED)
        with pytest.raises(WrongDue):
            act(other, action, version=version, due=today - timedelta(days=1))


def test_undoing_a_promise_takes_back_its_day(database: Database) -> None:
    number = ask_until(Status.DEFERRED)
    first = snapshots.current(SLUG).questions[number].due_on
    act(number, Action.SET_DUE, version=3, due=NOON.date())

    for expected in (first, None):
        with database.transaction() as session:
            undoing.undo(session, SLUG, actor=actor(), at=NOON)
        assert snapshots.current(SLUG).questions[number].due_on == expected
    with database.reading() as session:
        lines = activity.of_question(session, SLUG, number)
    assert [each.due_on for each in lines if each.action == Action.SET_DUE] == [NOON.date()]
