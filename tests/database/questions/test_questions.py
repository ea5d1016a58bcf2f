import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from data_access import engine
from data_access.activity.models import ActivityRow
from data_access.engine import Database
from data_access.events import events
from data_access.questions.models import AskerRow, QuestionRow, SubmissionRow
from data_access.questions.reading import inbox
from data_access.questions.writing import submissions, votes
from dialogue.events import Intake, Moderation
from dialogue.inbox import Filters, View
from dialogue.lifecycle import Action, Status
from dialogue.refusals import (
    Conflict,
    EventClosed,
    KeyReused,
    NotPermitted,
    StageOccupied,
    TransitionRefused,
    UnknownEvent,
    UnknownQuestion,
    UnknownReason,
    WrongMergeTarget,
)
from dialogue.roles import Role
from live import snapshots
from tests.factories import NOON, SLUG, act, actor, ask, ask_until, keyed

pytestmark = pytest.mark.usefixtures("database")


def submit(*batch: submissions.Keyed, slug: str = SLUG) -> list[Any]:
    with engine.current().transaction() as session:
        return submissions.submit(session, slug, batch, at=NOON)


def count(table: Any) -> int:
    with engine.current().reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_submission_becomes_a_question_with_the_next_number() -> None:
    first, second = submit(keyed(text="Câu hỏi thứ nhất"), keyed(text="Câu hỏi thứ hai"))

    assert (first.number, second.number) == (1, 2)
    assert first.code != second.code
    question = snapshots.current(SLUG).questions[2]
    assert (question.text, question.status, question.version) == (
        "Câu hỏi thứ hai",
        Status.RECEIVED,
        1,
    )


def test_the_same_key_gives_the_same_receipt_and_one_question() -> None:
    first = submit(keyed("k"))[0]

    again, within = submit(keyed("k"), keyed("k"))

    assert (again.number, again.code, again.received_at) == (
        first.number,
        first.code,
        first.received_at,
    )
    assert within.code == first.code
    assert again.repeated
    assert not first.repeated
    assert count(QuestionRow) == count(SubmissionRow) == 1


def test_the_same_key_twice_in_one_batch_is_one_question() -> None:
    first, second = submit(keyed("k"), keyed("k"))

    assert first.code == second.code
    assert count(QuestionRow) == 1


def test_a_key_with_another_question_is_refused() -> None:
    submit(keyed("k"))

    (answer,) = submit(keyed("k", text="Một câu hỏi khác hẳn"))

    assert isinstance(answer, KeyReused)
    assert count(QuestionRow) == 1


def test_a_closed_event_takes_nothing_but_still_knows_its_receipts() -> None:
    first = submit(keyed("before"))[0]
    with engine.current().transaction() as session:
        events.set_intake(session, SLUG, Intake.CLOSED, actor=actor(), at=NOON)

    again, late = submit(keyed("before"), keyed("late"))

    assert again.code == first.code
    assert isinstance(late, EventClosed)
    assert count(QuestionRow) == 1


def test_an_unknown_event_is_refused() -> None:
    with pytest.raises(UnknownEvent):
        submit(keyed(), slug="nowhere")


def test_personal_data_stays_apart_from_the_question() -> None:
    number = ask(name="Lê Thị Hoa", contact="hoa@example.vn", show_name=True).number

    with engine.current().reading() as session:
        asker = session.scalars(select(AskerRow).where(AskerRow.number == number)).one()
    assert (asker.name, asker.show_name, asker.contact_me) == ("Lê Thị Hoa", True, False)
    assert "Hoa" not in repr(snapshots.current(SLUG).questions[number])
    with engine.current().reading() as session:
        assert "Hoa" not in repr([each.details for each in session.scalars(select(ActivityRow))])


def test_a_late_click_is_refused_and_overwrites_nothing() -> None:
    number = ask().number
    act(number, Action.REJECT, version=1, reason="off-topic")

    with pytest.raises(Conflict) as caught:
        act(number, Action.APPROVE, version=1)

    assert caught.value.values["status"] is Status.REJECTED
    assert snapshots.current(SLUG).questions[number].status is Status.REJECTED


@pytest.mark.parametrize(
    ("status", "action", "refusal"),
    [
        (Status.RECEIVED, Action.STAGE, TransitionRefused),
        (Status.ANSWERED, Action.REJECT, TransitionRefused),
        (Status.ON_STAGE, Action.MERGE, TransitionRefused),
    ],
)
def test_an_action_the_state_does_not_allow_is_refused(
    status: Status, action: Action, refusal: type[Exception]
) -> None:
    number = ask_until(status)
    version = snapshots.current(SLUG).questions[number].version

    with pytest.raises(refusal):
        act(number, action, version=version)


def test_a_role_without_the_right_is_refused() -> None:
    number = ask().number

    with pytest.raises(NotPermitted):
        act(number, Action.APPROVE, version=1, actor=actor(Role.CHAIR, Role.SCREEN))

    assert snapshots.current(SLUG).questions[number].status is Status.RECEIVED


def test_a_rejection_needs_a_reason_of_the_event() -> None:
    number = ask().number

    with pytest.raises(UnknownReason):
        act(number, Action.REJECT, version=1, reason="because")


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(UnknownQuestion):
        act(404, Action.APPROVE, version=1)


def test_only_one_question_is_on_stage() -> None:
    first = ask_until(Status.ON_STAGE)
    second = ask_until(Status.QUEUED)

    with pytest.raises(StageOccupied) as caught:
        act(second, Action.STAGE, version=2)

    assert caught.value.values["on_stage"] == first


def test_the_database_itself_allows_only_one_on_stage(database: Database) -> None:
    ask_until(Status.ON_STAGE)
    second = ask_until(Status.QUEUED)

    with pytest.raises(IntegrityError), database.transaction() as session:
        session.execute(
            update(QuestionRow).where(QuestionRow.number == second).values(status=Status.ON_STAGE)
        )


@pytest.mark.parametrize("change", [update(ActivityRow).values(actor="x"), delete(ActivityRow)])
def test_the_activity_can_only_be_added_to(database: Database, change: Any) -> None:
    ask()

    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(change)


def test_a_reading_session_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseError), database.reading() as session:
        session.execute(insert(QuestionRow).values(event_id=1, number=1))


def test_the_queue_keeps_its_order_through_everything() -> None:
    a, b, c, d = (ask_until(Status.QUEUED) for _ in range(4))

    act(d, Action.MOVE, version=2, position=1)
    act(a, Action.MOVE, version=2, position=99)
    act(b, Action.STAGE, version=2)
    assert snapshots.current(SLUG).order == (d, c, a)

    act(b, Action.PUT_BACK, version=3)
    assert snapshots.current(SLUG).order == (b, d, c, a)

    act(c, Action.UNQUEUE, version=2)
    assert snapshots.current(SLUG).order == (b, d, a)


def test_what_was_answered_by_mistake_comes_back_to_the_head_of_the_queue() -> None:
    waiting = ask_until(Status.QUEUED)
    answered = ask_until(Status.ANSWERED)

    act(answered, Action.RESTORE, version=4)

    assert snapshots.current(SLUG).order == (answered, waiting)


def vote(number: int, *voters: str) -> None:
    for voter in voters:
        with engine.current().transaction() as session:
            votes.give(session, SLUG, number, voter=voter, at=NOON)


def test_a_phone_votes_once() -> None:
    number = ask_until(Status.APPROVED)

    vote(number, "a", "a", "b")
    assert snapshots.current(SLUG).questions[number].votes == 2

    with engine.current().transaction() as session:
        assert votes.take_back(session, SLUG, number, voter="a") == 1
    with engine.current().transaction() as session:
        assert votes.take_back(session, SLUG, number, voter="a") == 1


def test_a_vote_leaves_a_moderators_click_in_time() -> None:
    number = ask_until(Status.APPROVED)

    vote(number, "a")

    act(number, Action.QUEUE, version=2)


def test_a_question_that_waits_at_the_desk_cannot_be_voted_for() -> None:
    number = ask().number

    with pytest.raises(UnknownQuestion):
        vote(number, "a")


def test_nobody_is_told_of_a_question_that_is_not_public_or_cannot_be() -> None:
    public, waiting = ask_until(Status.APPROVED), ask().number

    with engine.current().reading() as session:
        votes.require_public(session, SLUG, public)
        for number in (waiting, waiting + 1, 2**31, 10**30):
            with pytest.raises(UnknownQuestion):
                votes.require_public(session, SLUG, number)


def test_an_answered_question_takes_no_more_votes() -> None:
    number = ask_until(Status.ANSWERED)

    with pytest.raises(TransitionRefused):
        vote(number, "a")


def test_merging_takes_the_votes_along_and_undoing_brings_them_back() -> None:
    first, second, third = (ask_until(Status.APPROVED) for _ in range(3))
    vote(first, "a", "b")
    vote(second, "b", "c")
    vote(third, "d")

    act(first, Action.MERGE, version=2, into=second)
    act(second, Action.MERGE, version=2, into=third)
    assert [snapshots.current(SLUG).questions[each].votes for each in (second, third)] == [3, 4]

    act(first, Action.RESTORE, version=3)
    assert [snapshots.current(SLUG).questions[each].votes for each in (first, second, third)] == [
        2,
        2,
        3,
    ]


def test_a_question_is_merged_only_into_another_open_one() -> None:
    number = ask().number
    rejected = ask_until(Status.REJECTED)

    for into in (number, rejected):
        with pytest.raises(WrongMergeTarget):
            act(number, Action.MERGE, version=1, into=into)


def test_a_receipt_is_found_by_its_code_only() -> None:
    given = ask()

    with engine.current().reading() as session:
        found = submissions.receipt(session, SLUG, given.code)
        with pytest.raises(UnknownQuestion):
            submissions.receipt(session, SLUG, "23456789ABCD")
        with pytest.raises(UnknownEvent):
            submissions.receipt(session, "nowhere", given.code)

    assert (found.number, found.received_at) == (given.number, given.received_at)


def at_once(work: Callable[[int], object], threads: int) -> list[Exception]:
    raised: list[Exception] = []
    barrier = threading.Barrier(threads)

    def run(index: int) -> None:
        barrier.wait()
        try:
            work(index)
        except Exception as error:
            raised.append(error)

    running = [threading.Thread(target=run, args=(index,)) for index in range(threads)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    return raised


def test_of_eight_moderators_at_once_one_wins_and_the_others_are_told() -> None:
    number = ask().number

    raised = at_once(lambda _: act(number, Action.APPROVE, version=1), 8)

    assert [type(each) for each in raised] == [Conflict] * 7
    assert snapshots.current(SLUG).questions[number].version == 2


def test_of_eight_questions_at_once_one_comes_on_stage() -> None:
    numbers = [ask_until(Status.QUEUED) for _ in range(8)]

    raised = at_once(lambda index: act(numbers[index], Action.STAGE, version=2), 8)

    assert [type(each) for each in raised] == [StageOccupied] * 7
    assert len(snapshots.current(SLUG).order) == 7


def test_threads_that_submit_at_once_lose_nothing_and_number_densely() -> None:
    def submit_some(_: int) -> None:
        for _each in range(10):
            ask()

    assert at_once(submit_some, 8) == []
    assert list(snapshots.current(SLUG).questions) == list(range(1, 81))
    assert snapshots.current(SLUG).revision == 80


def test_closing_the_intake_is_recorded_once() -> None:
    for _ in range(2):
        with engine.current().transaction() as session:
            events.set_intake(session, SLUG, Intake.CLOSED, actor=actor(), at=NOON)

    with engine.current().reading() as session:
        actions = session.scalars(select(ActivityRow.action)).all()
    assert actions == ["intake_closed"]
    assert snapshots.current(SLUG).event.intake is Intake.CLOSED


def test_times_come_back_aware_and_naive_ones_are_refused(database: Database) -> None:
    receipt = ask(at=NOON + timedelta(microseconds=5))

    assert snapshots.current(SLUG).questions[receipt.number].received_at == receipt.received_at
    with pytest.raises(Exception, match="aware"):
        ask(at=NOON.replace(tzinfo=None))


def test_who_asks_knows_how_many_ask_the_same(database: Database) -> None:
    number = ask_until(Status.APPROVED)
    for _ in range(2):
        ask_until(Status.MERGED, into=number)

    with database.reading() as session:
        assert submissions.count_joined(session, SLUG, number) == 2
        assert submissions.count_joined(session, SLUG, number + 1) == 0


@pytest.mark.parametrize("moderation", Moderation)
def test_a_garbled_question_waits_with_its_likely_reading_beside_what_was_sent(
    database: Database, moderation: Moderation
) -> None:
    with database.transaction() as session:
        events.set_moderation(session, SLUG, moderation, actor=actor(), at=NOON)
    sent, reading = "Khi nµo Êp em cã sãng 4G", "Khi nào ấp em có sóng 4G"

    number = ask(text=sent, reading=reading).number

    question = snapshots.current(SLUG).questions[number]
    assert (question.text, question.text_original) == (reading, sent)
    assert question.flagged
    assert question.status is Status.RECEIVED
    with database.reading() as session:
        found = inbox.numbers(
            session, SLUG, View(filters=Filters(words="song 4g nao")), most=9, at=NOON
        )
    assert list(found) == [number]
