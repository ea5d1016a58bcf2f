from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from data_access import engine
from data_access.activity import activity
from data_access.followup import replies
from data_access.followup.models import ReplyRow
from data_access.questions.writing import personal_data, undoing
from dialogue.accounts import Actor
from dialogue.activity import ActivityFilters
from dialogue.lifecycle import Action, Status
from dialogue.refusals import (
    Conflict,
    FieldsWrong,
    Flagged,
    NoReply,
    NotPermitted,
    ReplyChanged,
    TransitionRefused,
    UnknownEvent,
    UnknownQuestion,
    WrongText,
)
from dialogue.replies import FollowUp, Published, Reply, ReplyState, Written
from dialogue.roles import Role
from live import snapshots
from tests.database.questions.test_snapshots import counted_queries
from tests.factories import (
    DEPARTMENT,
    NOON,
    REPLY,
    SLUG,
    act,
    actor,
    ask_until,
    department,
    submit_reply,
)

OTHER = "so-y-te"
pytestmark = pytest.mark.usefixtures("database")


def do(command: Callable[..., Any], number: int, *how: Any, by: Actor, **named: Any) -> Any:
    with engine.current().transaction() as session:
        return command(session, SLUG, number, *how, actor=by, at=NOON, **named)


def save(number: int, *, version: int = 0, by: Actor | None = None, **fields: Any) -> int:
    written = Written(**{"text": "Sở đang xem", **fields})
    return int(do(replies.save, number, written, version=version, by=by or department()))


def send_back(number: int, *, version: int, remark: str = "Nêu rõ thời hạn") -> int:
    return int(do(replies.send_back, number, remark, version=version, by=actor()))


def current(number: int, *, by: Actor | None = None) -> Reply | None:
    with engine.current().reading() as session:
        return replies.reply(session, SLUG, number, actor=by or department())


def promised(**how: Any) -> list[FollowUp]:
    with engine.current().reading() as session:
        return replies.list_promised(session, SLUG, **how)


def published() -> list[Published]:
    with engine.current().reading() as session:
        return replies.list_published(session, SLUG)


def status(number: int) -> Status:
    return snapshots.current(SLUG).questions[number].status


def test_a_reply_goes_from_its_department_to_everybody() -> None:
    number = ask_until(Status.DEFERRED, text="Khi nào ấp 4 có sóng 4G ạ", district="736")
    assert current(number) is None

    version = save(number, text="Sở đang xem")
    version = int(do(replies.submit, number, REPLY, version=version, by=department()))
    version = send_back(number, version=version)
    sent_back = current(number)
    version = save(number, version=version, text="Từ quý I năm 2023 ấp 4 có sóng 4G.")
    mended = current(number)
    version = int(do(replies.submit, number, REPLY, version=version, by=department()))
    assert published() == []
    do(replies.publish, number, version=version, by=actor())

    assert sent_back is not None
    assert (sent_back.state, sent_back.remark) == (ReplyState.SENT_BACK, "Nêu rõ thời hạn")
    assert sent_back.written == REPLY
    assert mended is not None
    assert (mended.state, mended.remark) == (ReplyState.SENT_BACK, "Nêu rõ thời hạn")
    assert current(number) == Reply(
        number=number,
        department=DEPARTMENT,
        written=REPLY,
        state=ReplyState.PUBLISHED,
        remark=None,
        written_by="Sở",
        written_at=NOON,
        version=version + 1,
    )
    assert published() == [
        Published(
            number=number,
            question="Khi nào ấp 4 có sóng 4G ạ",
            district="736",
            organisation=None,
            department=DEPARTMENT,
            written=REPLY,
            published_at=NOON,
        )
    ]
    assert status(number) is Status.REPLIED


def test_the_activity_tells_who_did_what_and_a_draft_once() -> None:
    number = ask_until(Status.DEFERRED)
    version = save(number)
    version = save(number, version=version, text="Sở đang xem xét")
    version = save(number, version=version, by=department(name="Người khác"), text="Sở xem")
    version = int(do(replies.submit, number, REPLY, version=version, by=department()))
    version = send_back(number, version=version)

    with engine.current().reading() as session:
        lines = activity.page(session, SLUG, ActivityFilters(number=number), most=5)[::-1]

    told = [(each.action, each.actor, each.department, each.remark) for each in lines[1:]]
    assert told == [
        ("save_reply", "Sở", DEPARTMENT, None),
        ("save_reply", "Người khác", DEPARTMENT, None),
        ("submit_reply", "Sở", DEPARTMENT, None),
        ("send_back_reply", "tester", DEPARTMENT, "Nêu rõ thời hạn"),
    ]


def test_a_department_neither_reads_nor_writes_anothers() -> None:
    number = ask_until(Status.DEFERRED)
    version = submit_reply(number)
    stranger = department(OTHER)

    for refused in (
        lambda: save(number, version=version, by=stranger),
        lambda: do(replies.submit, number, REPLY, version=version, by=stranger),
        lambda: current(number, by=stranger),
        lambda: do(replies.publish, number, version=version, by=department()),
        lambda: do(replies.send_back, number, "Nêu rõ", version=version, by=department()),
    ):
        with pytest.raises(NotPermitted):
            refused()
    assert promised(departments=[OTHER]) == []
    assert [each.number for each in promised(departments=[DEPARTMENT])] == [number]


@pytest.mark.parametrize("role", Role)
def test_a_draft_is_read_by_the_desk_and_admins_and_a_published_reply_by_all(role: Role) -> None:
    draft, replied = ask_until(Status.DEFERRED), ask_until(Status.REPLIED)
    save(draft)

    if role in (Role.MODERATOR, Role.ADMIN):
        assert current(draft, by=actor(role)) is not None
    else:
        with pytest.raises(NotPermitted):
            current(draft, by=actor(role))
    assert current(replied, by=actor(role)) is not None


def test_a_draft_stays_with_its_department_when_another_is_to_answer() -> None:
    number = ask_until(Status.DEFERRED)
    save(number, text="Bản nháp của sở thứ nhất")

    act(number, Action.SET_DEPARTMENT, version=3, entry=OTHER)
    assert current(number, by=department(OTHER)) is None
    with pytest.raises(NotPermitted):
        current(number)
    save(number, by=department(OTHER), text="Của sở thứ hai")
    act(number, Action.SET_DEPARTMENT, version=4, entry=DEPARTMENT)

    kept = current(number)
    assert kept is not None
    assert kept.written.text == "Bản nháp của sở thứ nhất"


def test_a_late_writer_overwrites_nothing() -> None:
    number = ask_until(Status.DEFERRED)
    version = save(number, text="Của người thứ nhất")

    for late in (
        lambda: save(number, version=0, text="Của người thứ hai"),
        lambda: do(replies.submit, number, REPLY, version=0, by=department()),
    ):
        with pytest.raises(ReplyChanged):
            late()

    kept = current(number)
    assert kept is not None
    assert (kept.written.text, kept.version) == ("Của người thứ nhất", version)


def test_what_an_editor_did_not_see_is_not_published() -> None:
    number = ask_until(Status.DEFERRED)
    version = submit_reply(number)
    send_back(number, version=version)
    submit_reply(number, version=version + 1, text="Một câu trả lời khác hẳn")

    with pytest.raises(ReplyChanged):
        do(replies.publish, number, version=version, by=actor())
    assert status(number) is Status.DEFERRED


def test_what_is_with_the_editors_is_not_written_at() -> None:
    number = ask_until(Status.DEFERRED)
    version = submit_reply(number)

    with pytest.raises(TransitionRefused):
        save(number, version=version)
    with pytest.raises(TransitionRefused):
        submit_reply(number, version=version)
    draft = ask_until(Status.DEFERRED)
    version = save(draft)
    for refused in (
        lambda: do(replies.publish, draft, version=version, by=actor()),
        lambda: send_back(draft, version=version),
    ):
        with pytest.raises(TransitionRefused):
            refused()


def test_only_a_promise_of_a_department_is_written_at() -> None:
    nobodys = ask_until(Status.DEFERRED, answered_by=None)

    for number in (ask_until(Status.ANSWERED), nobodys):
        with pytest.raises(TransitionRefused):
            save(number, by=actor())
    with pytest.raises(UnknownQuestion):
        save(99)
    with pytest.raises(UnknownEvent), engine.current().transaction() as session:
        replies.save(session, "nowhere", 1, REPLY, version=0, actor=actor(), at=NOON)


def test_wrong_words_are_refused_and_nothing_is_written() -> None:
    number = ask_until(Status.DEFERRED)

    with pytest.raises(FieldsWrong):
        do(replies.submit, number, Written(text="Ngắn"), version=0, by=department())
    with pytest.raises(FieldsWrong):
        save(number, text="x" * 5001)
    assert current(number) is None

    version = submit_reply(number)
    with pytest.raises(WrongText):
        send_back(number, version=version, remark=" ")
    kept = current(number)
    assert kept is not None
    assert kept.state is ReplyState.SUBMITTED


def test_todays_document_is_dated_by_the_events_own_clock() -> None:
    # 23:30 of the 10th in UTC is the 11th in Đồng Nai.
    late = datetime(2022, 11, 10, 23, 30, tzinfo=UTC)

    submit_reply(ask_until(Status.DEFERRED), document_date=late.date() + timedelta(1), at=late)
    with pytest.raises(FieldsWrong):
        submit_reply(ask_until(Status.DEFERRED), document_date=late.date() + timedelta(2), at=late)


def test_a_question_is_not_called_replied_without_a_reply() -> None:
    number = ask_until(Status.DEFERRED)
    save(number)

    with pytest.raises(NoReply):
        act(number, Action.REPLY, version=3)


@pytest.mark.parametrize("way", ["restore", "undo"])
def test_a_published_reply_is_taken_back_and_published_again(way: str) -> None:
    number = ask_until(Status.REPLIED)

    if way == "restore":
        act(number, Action.RESTORE, version=4)
    else:
        with engine.current().transaction() as session:
            undoing.undo(session, SLUG, actor=actor(), at=NOON)
    taken_back = current(number)
    assert published() == []
    assert taken_back is not None
    assert (taken_back.state, status(number)) == (ReplyState.SUBMITTED, Status.DEFERRED)
    do(replies.publish, number, version=taken_back.version, by=actor())

    assert [each.number for each in published()] == [number]


def test_taking_back_is_undone_only_while_the_reply_still_waits() -> None:
    number = ask_until(Status.REPLIED)
    act(number, Action.RESTORE, version=4)
    taken_back = current(number)
    assert taken_back is not None
    version = send_back(number, version=taken_back.version)

    with pytest.raises(NoReply), engine.current().transaction() as session:
        undoing.undo(session, SLUG, actor=actor(), at=NOON)
    submit_reply(number, version=version)
    with engine.current().transaction() as session:
        undoing.undo(session, SLUG, actor=actor(), at=NOON)

    assert [each.number for each in published()] == [number]


def test_a_topic_is_set_and_undone_while_a_reply_is_published() -> None:
    number = ask_until(Status.REPLIED)

    act(number, Action.SET_TOPIC, version=4, entry="viec-khac")
    with engine.current().transaction() as session:
        undoing.undo(session, SLUG, actor=actor(), at=NOON)

    assert [each.number for each in published()] == [number]


def test_writing_at_a_reply_is_not_what_undo_takes_back() -> None:
    number = ask_until(Status.DEFERRED)
    save(number, by=actor())

    with engine.current().transaction() as session:
        done = undoing.undo(session, SLUG, actor=actor(), at=NOON)

    assert (done.action, status(number)) == (Action.DEFER, Status.APPROVED)


def test_who_is_late_at_a_question_is_told_of_the_question() -> None:
    number = ask_until(Status.DEFERRED)
    save(number)

    with pytest.raises(Conflict) as caught:
        act(number, Action.SET_DUE, version=2)
    assert caught.value.values["action"] == Action.DEFER


def test_a_question_has_one_published_reply_whatever_the_code_does() -> None:
    number = ask_until(Status.REPLIED)
    with engine.current().transaction() as session:
        session.add(
            ReplyRow(
                event_id=1,
                number=number,
                department=OTHER,
                text="Hai",
                state=ReplyState.DRAFT,
                written_by="Sở",
                written_at=NOON,
                version=1,
            )
        )

    with pytest.raises(IntegrityError), engine.current().transaction() as session:
        session.execute(update(ReplyRow).values(state=ReplyState.PUBLISHED, published_at=NOON))


def test_the_promised_replies_come_by_due_date_and_the_replied_last() -> None:
    replied = ask_until(Status.REPLIED)
    later, sooner = ask_until(Status.DEFERRED), ask_until(Status.DEFERRED)
    nobodys = ask_until(Status.DEFERRED, answered_by=None)
    ask_until(Status.ANSWERED)
    act(sooner, Action.SET_DUE, version=3, due=NOON.date())
    save(later)

    assert [(each.number, each.department, each.state) for each in promised()] == [
        (sooner, DEPARTMENT, ReplyState.PROMISED),
        (later, DEPARTMENT, ReplyState.DRAFT),
        (nobodys, None, ReplyState.PROMISED),
        (replied, DEPARTMENT, ReplyState.PUBLISHED),
    ]
    assert promised()[0].due_on == NOON.date()


def test_a_published_reply_names_the_asking_unit_only_with_consent() -> None:
    told: dict[str, Any] = {
        "name": "Lê Thị Bưởi",
        "organisation": "Đoàn xã",
        "contact": "0912 345 678",
    }
    agreed = ask_until(Status.REPLIED, **told, show_name=True)
    silent = ask_until(Status.REPLIED, **told)

    found = {each.number: each.organisation for each in published()}
    assert found == {agreed: "Đoàn xã", silent: None}
    assert "Bưởi" not in str(published())
    assert "0912" not in str(published())

    with engine.current().transaction() as session:
        personal_data.erase(session, SLUG, agreed, actor=personal_data.ASKER, at=NOON)
    assert published()[0].organisation is None


def test_a_part_is_asked_by_who_asked_the_whole() -> None:
    whole = ask_until(Status.APPROVED, organisation="Đoàn xã", show_name=True)
    act(whole, Action.SPLIT, version=2, parts=("Khi nào ấp 4 có 4G?", "Và bao giờ có cáp quang?"))
    part = whole + 1
    act(part, Action.DEFER, version=1, entry=DEPARTMENT)
    submit_reply(part)
    act(part, Action.REPLY, version=2)

    assert [(each.number, each.organisation) for each in published()] == [(part, "Đoàn xã")]


def test_a_flagged_question_is_not_sent_to_a_department() -> None:
    number = ask_until(Status.RECEIVED, text="Gọi cho em theo số 0912 345 678 ạ")

    with pytest.raises(Flagged):
        act(number, Action.DEFER, version=1, entry=DEPARTMENT)


def test_what_has_no_outcome_is_listed_until_it_has_a_state_and_a_body() -> None:
    # The one on stage comes last: the others pass there on their way.
    ways = [each for each in Status if each not in (Status.MERGED, Status.ON_STAGE)]
    numbers = {each: ask_until(each) for each in (*ways, Status.ON_STAGE)}
    ask_until(Status.MERGED, into=numbers[Status.QUEUED])
    nobodys = ask_until(Status.DEFERRED, answered_by=None)

    def listed() -> list[int]:
        with engine.current().reading() as session:
            return replies.list_without_outcome(session, SLUG)

    waiting = [Status.RECEIVED, Status.APPROVED, Status.QUEUED, Status.ON_STAGE]
    assert listed() == [*(numbers[each] for each in waiting), nobodys]
    act(nobodys, Action.SET_DEPARTMENT, version=3, entry=DEPARTMENT)
    act(numbers[Status.RECEIVED], Action.DEFER, version=1, entry=DEPARTMENT)
    assert listed() == [numbers[each] for each in waiting[1:]]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_one_query_however_many_there_are(count: int) -> None:
    numbers = [ask_until(Status.REPLIED) for _ in range(count)]

    with counted_queries() as seen, engine.current().reading() as session:
        replies.list_promised(session, SLUG)
        replies.list_published(session, SLUG)
        assert list(replies.published(session, SLUG, numbers)) == numbers
        replies.list_without_outcome(session, SLUG)

    assert len(seen) == 2 * 4  # the event's key and the rows
