from typing import Any

import pytest

import words.activity
from dialogue.activity import ActivitySummary, Line
from dialogue.events import Event
from dialogue.hall import HallAction
from dialogue.lifecycle import Action, Status
from locales import language
from tests.factories import NOON


def line(**fields: Any) -> Line:
    defaults: dict[str, Any] = {
        "entry": 1,
        "revision": 1,
        "number": 12,
        "action": Action.APPROVE,
        "actor": "Nguyễn An",
        "account_id": 7,
        "at": NOON,
        "from_status": Status.RECEIVED,
        "to_status": Status.APPROVED,
    }
    return Line(**{**defaults, **fields})


@pytest.mark.parametrize(
    ("fields", "vietnamese", "english"),
    [
        ({}, "Nguyễn An: Đã duyệt: #12.", "Nguyễn An: Approved: #12."),
        (
            {"action": Action.SUBMIT, "actor": "phone", "account_id": None},
            "Điện thoại: Đã nhận: #12.",
            "Phone: Received: #12.",
        ),
        (
            {"action": Action.MERGE, "merged_into": 3},
            "Nguyễn An: Đã gộp: #12. Đã gộp vào #3.",
            "Nguyễn An: Merged: #12. Merged into #3.",
        ),
        (
            {"action": Action.QUEUE, "position": 2},
            "Nguyễn An: Đã đưa vào hàng đợi: #12. Vị trí trong hàng đợi: 2.",
            "Nguyễn An: Sent to the queue: #12. Place in the queue: 2.",
        ),
        (
            {"action": Action.MOVE, "position_before": 5, "position": 2},
            "Nguyễn An: Đã đổi chỗ trong hàng đợi: #12. Vị trí trong hàng đợi: 5 → 2.",
            "Nguyễn An: Moved in the queue: #12. Place in the queue: 5 → 2.",
        ),
        (
            {"action": Action.SET_TOPIC, "topic": "viec-lam"},
            "Nguyễn An: Đã chọn chủ đề: #12. Đào tạo nghề, việc làm.",
            "Nguyễn An: Topic set: #12. Vocational training and jobs.",
        ),
        (
            {"action": Action.SET_TOPIC},
            "Nguyễn An: Đã chọn chủ đề: #12. Không có chủ đề.",
            "Nguyễn An: Topic set: #12. Without a topic.",
        ),
        (
            {"action": Action.SET_DEPARTMENT},
            "Nguyễn An: Đã giao đơn vị trả lời: #12. Đã bỏ đơn vị trả lời.",
            "Nguyễn An: Department set: #12. Taken off again.",
        ),
        (
            {"action": Action.EDIT, "text_before": "ấp e", "text": "Ấp em"},
            "Nguyễn An: Đã sửa: #12. “ấp e” → “Ấp em”.",
            "Nguyễn An: Edited: #12. “ấp e” → “Ấp em”.",
        ),
        (
            {"action": Action.SPLIT_OFF, "split_from": 3},
            "Nguyễn An: Tách ra thành: #12. Một ý của #3.",
            "Nguyễn An: Made of a part: #12. Part of #3.",
        ),
        (
            {"action": Action.NOTE, "note": "Sở đã có kế hoạch"},
            "Nguyễn An: Đã ghi chú cho chủ trì: #12. “Sở đã có kế hoạch”.",
            "Nguyễn An: Note to the chair written: #12. “Sở đã có kế hoạch”.",
        ),
        (
            {"action": "moderation_after", "number": None},
            "Nguyễn An: Công khai ngay, đọc sau.",
            "Nguyễn An: Public at once, read afterwards.",
        ),
        (
            {"action": Action.UNDO, "undoes": Action.APPROVE},
            "Nguyễn An: Đã hoàn tác: #12. Thao tác đó là: Đã duyệt.",
            "Nguyễn An: Undone: #12. It was: Approved.",
        ),
        (
            {
                "action": "annotation_written",
                "number": None,
                "subject": "districts",
                "annotation": "Huyện xa ít hỏi",
            },
            "Nguyễn An: Đã viết nhận xét. Theo địa bàn. “Huyện xa ít hỏi”.",
            "Nguyễn An: Wrote an annotation. By district. “Huyện xa ít hỏi”.",
        ),
        (
            {"action": "intake_closed", "number": None},
            "Nguyễn An: Đã đóng nhận câu hỏi.",
            "Nguyễn An: Closed the event for questions.",
        ),
        (
            {"action": "erase_personal_data", "actor": "asker", "account_id": None},
            "Người hỏi: Đã xóa thông tin cá nhân: #12.",
            "The asker: Personal details erased: #12.",
        ),
        (
            {
                "action": "erase_personal_data",
                "actor": "system",
                "account_id": None,
                "number": None,
                "count": 1,
            },
            "Hệ thống: Đã xóa thông tin cá nhân: 1 người hỏi.",
            "The system: Personal details erased: 1 asker.",
        ),
    ],
)
def test_a_line_is_a_sentence(
    event: Event, fields: dict[str, Any], vietnamese: str, english: str
) -> None:
    assert words.activity.sentence(line(**fields), event, language("vi")) == vietnamese
    assert words.activity.sentence(line(**fields), event, language("en")) == english


def test_a_rejection_is_told_with_its_reason(event: Event) -> None:
    rejected = line(action=Action.REJECT, reason="off-topic")

    said = words.activity.sentence(rejected, event, language("en"))

    assert said.startswith("Nguyễn An: Rejected: #12. Reason: The question is outside the theme")


def test_a_department_is_named(event: Event) -> None:
    given = line(action=Action.SET_DEPARTMENT, department="so-tttt")

    assert words.activity.details([given], event, language("vi")) == [
        "Sở Thông tin và Truyền thông"
    ]


def test_a_person_who_is_called_like_a_source_keeps_the_name(event: Event) -> None:
    assert words.activity.who(line(actor="phone"), language("vi")) == "phone"


def test_what_this_version_has_no_words_for_is_told_all_the_same(event: Event) -> None:
    unknown = line(action="fold", reason="gone", topic="gone", department="gone")

    assert words.activity.sentence(unknown, event, language("vi")) == (
        "Nguyễn An: fold: #12. Lý do: gone. gone. gone."
    )
    nowhere = line(action="fold", number=None)
    assert words.activity.sentence(nowhere, event, language("vi")) == "Nguyễn An: fold."


def test_a_command_on_several_questions_names_them_without_their_places(event: Event) -> None:
    lines = [line(number=each, action=Action.QUEUE, position=each) for each in (3, 2, 1)]

    assert words.activity.command(lines, language("vi")) == "Đã đưa vào hàng đợi: #1, #2, #3."
    assert words.activity.details(lines, event, language("vi")) == []


@pytest.mark.parametrize(
    ("origin", "target", "said"),
    [
        (Status.RECEIVED, Status.APPROVED, "Mới → Đã duyệt"),
        (Status.QUEUED, Status.QUEUED, "Trong hàng đợi"),
        (None, Status.RECEIVED, "Mới"),
        (None, None, ""),
    ],
)
def test_a_state_is_told_after_the_one_before(
    origin: Status | None, target: Status | None, said: str
) -> None:
    changed = line(from_status=origin, to_status=target)

    assert words.activity.states(changed, language("vi")) == said


def test_what_can_be_done_has_names_without_numbers() -> None:
    names = words.activity.actions(language("vi"))

    assert names[Action.APPROVE] == "Đã duyệt"
    assert names["intake_open"] == "Đã mở nhận câu hỏi"
    assert names["erase_personal_data"] == "Đã xóa thông tin cá nhân"
    assert not any("{" in each or ":" in each for each in names.values())


@pytest.mark.parametrize(
    ("new", "done", "vietnamese", "english"),
    [
        (
            14,
            {"stage": 2, "approve": 5},
            "Trong lúc anh/chị vắng mặt: 14 câu hỏi mới, 5 câu đã duyệt, 2 câu lên màn chiếu.",
            "While you were away: 14 new questions, 5 approved, 2 put on stage.",
        ),
        (
            1,
            {},
            "Trong lúc anh/chị vắng mặt: 1 câu hỏi mới.",
            "While you were away: 1 new question.",
        ),
        (
            0,
            {"reject": 1},
            "Trong lúc anh/chị vắng mặt: 1 câu không nhận.",
            "While you were away: 1 rejected.",
        ),
    ],
)
def test_what_happened_meanwhile_is_one_line(
    new: int, done: dict[str, int], vietnamese: str, english: str
) -> None:
    summary = ActivitySummary(new=new, done=done)

    assert words.activity.summary(summary, language("vi")) == vietnamese
    assert words.activity.summary(summary, language("en")) == english


def test_where_nothing_happened_nothing_is_said() -> None:
    assert words.activity.summary(ActivitySummary(new=0, done={}), language("vi")) is None
    unknown = ActivitySummary(new=0, done={"fold": 3})
    assert words.activity.summary(unknown, language("vi")) is None


def test_what_matters_less_is_left_out_of_a_long_line() -> None:
    said = words.activity.summary(
        ActivitySummary(new=1, done=dict.fromkeys(Action, 2)), language("vi")
    )

    assert said is not None
    assert said.count(",") == 5
    assert said.endswith("2 câu không nhận và các thay đổi khác.")


def test_all_that_is_done_to_the_hall_has_words() -> None:
    for code in ("vi", "en"):
        said = words.activity.hall(language(code))
        assert said.keys() == {*HallAction}
        assert all(said.values())
