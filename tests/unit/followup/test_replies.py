from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogue import replies
from dialogue.refusals import FieldsWrong, WrongText
from dialogue.replies import (
    LONGEST_DOCUMENT_NUMBER,
    LONGEST_REMARK,
    LONGEST_TEXT,
    SHORTEST_TEXT,
    TRANSITIONS,
    FollowUp,
    ReplyAction,
    ReplyState,
    Written,
)
from dialogue.roles import Role
from tests.factories import REPLY, actor, department

TODAY = date(2022, 11, 25)
FEW = "The reply needs at least 10 characters; it has {}."
MANY = "The reply may have at most 5000 characters; it has {}."
LONG_NUMBER = "The document's number may have at most 80 characters; it has {}."
HALF_A_DOCUMENT = "Give both the number and the date of the document, or neither."
LATER = "The document's date is after today."


def said(refusal: FieldsWrong) -> list[tuple[str, str]]:
    """What is said of each field."""
    return [(each.field, each.message.format(**dict(each.values))) for each in refusal.errors]


def test_every_state_can_be_reached_from_promised() -> None:
    reached = {ReplyState.PROMISED}
    for _ in ReplyState:
        reached |= {each.target for each in TRANSITIONS if each.origin in reached}

    assert reached == set(ReplyState)


def test_a_department_writes_and_only_an_editor_decides() -> None:
    writer, editor = frozenset({Role.DEPARTMENT}), frozenset({Role.MODERATOR})

    assert replies.actions(ReplyState.PROMISED, writer) == (ReplyAction.SAVE, ReplyAction.SUBMIT)
    assert replies.actions(ReplyState.SENT_BACK, writer) == (ReplyAction.SAVE, ReplyAction.SUBMIT)
    assert replies.actions(ReplyState.SUBMITTED, writer) == ()
    assert replies.actions(ReplyState.PUBLISHED, writer) == ()
    assert replies.actions(ReplyState.SUBMITTED, editor) == (
        ReplyAction.SEND_BACK,
        ReplyAction.PUBLISH,
    )
    assert replies.actions(ReplyState.PUBLISHED, editor) == (ReplyAction.TAKE_BACK,)
    for state in ReplyState:
        assert replies.actions(state, frozenset({Role.ADMIN, Role.ANALYST, Role.CHAIR})) == ()


def test_the_role_of_a_department_counts_for_its_own_only() -> None:
    assert replies.roles_for(department("so-tttt"), "so-tttt") == {Role.DEPARTMENT}
    assert replies.roles_for(department("so-tttt"), "so-y-te") == frozenset()
    assert replies.roles_for(department("so-tttt"), None) == frozenset()
    assert replies.roles_for(actor(Role.DEPARTMENT, Role.MODERATOR), "so-y-te") == {Role.MODERATOR}


def test_a_reply_is_stored_tidied() -> None:
    written = Written(
        text="  Trạm  phát sóng\u200b đã có.\r\n\r\n\r\n\r\nXin cảm ơn  ",
        document_number=" 12/STTTT\n",
        document_date=TODAY,
    )

    assert replies.read(written, today=TODAY) == Written(
        text="Trạm phát sóng đã có.\n\nXin cảm ơn",
        document_number="12/STTTT",
        document_date=TODAY,
    )
    assert replies.read_draft(Written(text=" ", document_number=" ")) == Written(text="")


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"text": "x" * (SHORTEST_TEXT - 1)}, [("text", FEW.format(9))]),
        ({"text": "x" * (LONGEST_TEXT + 1)}, [("text", MANY.format(5001))]),
        ({"document_number": None}, [("document_number", HALF_A_DOCUMENT)]),
        ({"document_date": None}, [("document_number", HALF_A_DOCUMENT)]),
        (
            {"document_number": "x" * (LONGEST_DOCUMENT_NUMBER + 1)},
            [("document_number", LONG_NUMBER.format(81))],
        ),
        ({"document_date": TODAY + timedelta(days=1)}, [("document_date", LATER)]),
        (
            {"text": "", "document_number": "", "document_date": TODAY + timedelta(days=1)},
            [
                ("text", FEW.format(0)),
                ("document_number", HALF_A_DOCUMENT),
                ("document_date", LATER),
            ],
        ),
        (
            {"text": "", "document_number": "x" * (LONGEST_DOCUMENT_NUMBER + 1)},
            [("text", FEW.format(0)), ("document_number", LONG_NUMBER.format(81))],
        ),
    ],
)
def test_all_that_is_wrong_with_a_reply_is_told_at_once(
    change: dict[str, object], wrong: list[tuple[str, str]]
) -> None:
    with pytest.raises(FieldsWrong) as caught:
        replies.read(replace(REPLY, **change), today=TODAY)  # type: ignore[arg-type]

    assert said(caught.value) == wrong


def test_a_reply_may_be_as_short_and_as_long_as_said_and_without_a_document() -> None:
    for count in (SHORTEST_TEXT, LONGEST_TEXT):
        assert len(replies.read(Written(text="x" * count), today=TODAY).text) == count


def test_a_document_may_be_of_today_and_its_number_as_long_as_said() -> None:
    written = replace(REPLY, document_number="x" * LONGEST_DOCUMENT_NUMBER, document_date=TODAY)

    assert replies.read(written, today=TODAY) == written


def test_a_draft_may_be_unfinished_but_not_too_long() -> None:
    assert replies.read_draft(Written(text="Đang", document_date=date.max)).text == "Đang"
    with pytest.raises(FieldsWrong) as caught:
        replies.read_draft(Written(text="x" * (LONGEST_TEXT + 1)))

    assert said(caught.value) == [("text", MANY.format(5001))]


def test_a_remark_says_something() -> None:
    assert replies.read_remark(" Nêu rõ thời hạn ") == "Nêu rõ thời hạn"
    for written in ("Sai", "x" * LONGEST_REMARK):
        assert replies.read_remark(written) == written


@pytest.mark.parametrize(("written", "count"), [("", 0), (" ok ", 2), ("x" * 501, 501)])
def test_a_remark_that_says_nothing_or_too_much_is_refused(written: str, count: int) -> None:
    with pytest.raises(WrongText) as caught:
        replies.read_remark(written)

    assert str(caught.value) == f"The text must have 3 to 500 characters; it has {count}."


def test_a_reply_goes_where_the_table_says() -> None:
    for each in TRANSITIONS:
        assert replies.transition(each.action, each.origin) is each
    assert replies.transition(ReplyAction.PUBLISH, ReplyState.DRAFT) is None


@pytest.mark.parametrize(
    ("due_on", "state", "overdue"),
    [
        (TODAY, ReplyState.PROMISED, False),
        (TODAY - timedelta(days=1), ReplyState.PROMISED, True),
        (TODAY - timedelta(days=1), ReplyState.SUBMITTED, True),
        (TODAY - timedelta(days=1), ReplyState.PUBLISHED, False),
        (None, ReplyState.PROMISED, False),
    ],
)
def test_a_promise_is_overdue_from_the_day_after(
    due_on: date | None, state: ReplyState, overdue: bool
) -> None:
    follow_up = FollowUp(
        number=1,
        version=1,
        text="Khi nào ấp em có sóng 4G ạ",
        district="731",
        department="so-tttt",
        due_on=due_on,
        state=state,
    )

    assert follow_up.is_overdue(TODAY) is overdue
