import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_access import engine
from data_access.questions.writing import commands, undoing
from dialogue import replies
from dialogue.commands import QuestionCommand, Seen
from dialogue.events import Event
from dialogue.hall import Scene
from dialogue.lifecycle import Action, Status
from dialogue.operations import Plain
from dialogue.questions import Source
from dialogue.roles import MAY_OPEN, Place, Role
from live import snapshots
from tests.factories import (
    DEPARTMENT,
    NOON,
    SLUG,
    act,
    actor,
    add_account,
    ask,
    ask_until,
    show,
    submit_reply,
)
from tests.pages.conftest import Visit


def component(page: AppTest, name: str) -> list[dict[str, Any]]:
    """What the components of a name were given to draw."""
    return [
        json.loads(each.proto.json or each.proto.bytes)
        for each in page.get("bidi_component")
        if each.proto.component_name == name
    ]


def lists(page: AppTest) -> list[dict[str, Any]]:
    """What the lists of a page show."""
    return [each["listed"] for each in component(page, "question_board")]


def tables(page: AppTest) -> list[pd.DataFrame]:
    """The tables of a page as a person reads them, row by row."""
    return [
        pd.DataFrame(
            [[each if isinstance(each, str) else each[0] for each in row] for row in shown["rows"]],
            columns=shown["columns"],
        )
        for shown in component(page, "table")
    ]


def scene_of(page: AppTest) -> dict[str, Any]:
    """The scene that a screen's page draws."""
    (stage,) = component(page, "stage")
    drawn: dict[str, Any] = stage["scene_data"]
    return drawn


def drawn(page: AppTest) -> set[str]:
    """The names of the components of ours that are on the page, but for what all pages have."""
    return {each.proto.component_name for each in page.get("bidi_component")} - {
        "bar",
        "window",
        "connection",
    }


def words(page: AppTest) -> str:
    """Every word of the framework's own elements."""
    kinds = (page.title, page.subheader, page.text, page.info, page.metric, page.error)
    return " ".join(f"{getattr(each, 'label', '')} {each.value}" for kind in kinds for each in kind)


def headline(page: AppTest) -> str:
    """How many questions there are, as the page writes it."""
    return next(each.value for each in page.metric if each.label in ("Câu hỏi", "Questions"))


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("role", Role)
def test_a_page_opens_for_whom_the_table_says(visit: Visit, place: Place, role: Role) -> None:
    ask(text="Một câu hỏi chỉ dành cho bàn điều phối")
    page = visit(place, role)

    assert not page.exception
    may = role in MAY_OPEN[place]
    assert bool(page.info) is not may
    if not may:
        assert "Một câu hỏi" not in str(page.main)
        assert drawn(page) <= {"link"}


@pytest.mark.parametrize("place", Place)
def test_a_page_is_closed_to_a_stranger_in_words(visit: Visit, place: Place) -> None:
    page = visit(place)

    assert "bàn điều phối" in page.info[0].value
    assert drawn(page) == {"link"}  # the way to sign in


@pytest.mark.parametrize("shown", [True, False])
def test_a_name_is_on_the_screen_only_if_the_asker_agreed(visit: Visit, shown: bool) -> None:
    told: dict[str, Any] = {
        "name": "Lê Thị **Bưởi**",
        "organisation": "Đoàn phường",
        "show_name": shown,
    }
    ask_until(Status.ON_STAGE, **told)
    ask_until(Status.QUEUED, **told)

    _, *language_of = lists(visit(Place.DESK, Role.MODERATOR))
    for question in (each["rows"][0] for each in language_of):
        name = "Lê Thị **Bưởi**, Đoàn phường"
        assert question["marks"][2] == (name if shown else f"{name} (không nêu tên)")

    for role in (Role.SCREEN, Role.CHAIR, Role.MODERATOR):
        stage = scene_of(visit(Place.PROJECTOR, role))
        assert ("Bưởi" in str(stage["on_stage"])) is shown
        assert ("Bưởi" in str(stage["following"])) is shown
        assert ("Đoàn phường" in str(stage)) is shown


def test_the_desk_lists_what_arrived_newest_first_with_its_buttons(visit: Visit) -> None:
    ask(text="Câu hỏi đến trước tiên")
    ask(text="Câu hỏi đến sau cùng", district="736", topic="viec-lam")
    queued = ask_until(Status.QUEUED)

    inbox, stage, queue = lists(visit(Place.DESK, Role.MODERATOR))

    assert [row["text"] for row in inbox["rows"]] == [
        "Câu hỏi đến sau cùng",
        "Câu hỏi đến trước tiên",
    ]
    assert inbox["rows"][0]["marks"][:2] == ["Định Quán", "Đào tạo nghề, việc làm"]
    assert inbox["rows"][0]["actions"][:3] == ["approve", "queue", "reject"]
    assert stage["rows"] == []
    assert [(row["number"], row["position"]) for row in queue["rows"]] == [(queued, 1)]


def tabs(page: AppTest) -> dict[str, int]:
    """Return how many questions each view has that the desk offers."""
    inbox = lists(page)[0]["inbox"]
    return {each["code"]: each["count"] for each in inbox["tabs"]}


def test_the_desk_counts_each_view(visit: Visit) -> None:
    ask()
    ask_until(Status.REJECTED)
    ask_until(Status.REJECTED, district="736")

    everything = tabs(visit(Place.DESK, Role.MODERATOR))
    of_one_district = tabs(visit(Place.DESK, Role.MODERATOR, district="736"))

    assert {code: count for code, count in everything.items() if count} == {
        "received": 1,
        "rejected": 2,
        "all": 3,
    }
    assert {code: count for code, count in of_one_district.items() if count} == {
        "rejected": 1,
        "all": 1,
    }


def test_the_desk_shows_the_view_of_its_address(visit: Visit) -> None:
    ask()
    rejected = ask_until(Status.REJECTED)
    other = ask_until(Status.REJECTED, text="Đường Hoà Bình bao giờ sửa ạ")

    def listed(**query: str) -> list[int]:
        page = visit(Place.DESK, Role.MODERATOR, **query)
        return [row["number"] for row in lists(page)[0]["rows"]]

    assert listed(state="rejected") == [other, rejected]
    assert listed(state="rejected", order="oldest") == [rejected, other]
    assert listed(state="rejected", words="hòa") == [other]
    assert len(listed(state="all")) == 3
    assert len(listed(state="nonsense", order="'; --", district="<b>", source="x")) == 1


def test_the_desk_shows_who_answers_and_what_asks_the_same(visit: Visit) -> None:
    first = ask(text="Bao giờ ấp 4 xã Thanh Sơn có sóng 4G ổn định?").number
    second = ask(text="bao gio ap 4 xa thanh son co song 4g on dinh").number
    rejected = ask_until(Status.REJECTED, text="Bao giờ ấp 4 xã Thanh Sơn có sóng 4G ổn định")
    act(first, Action.SET_DEPARTMENT, version=1, entry="so-tttt")

    page = visit(Place.DESK, Role.MODERATOR, lang="en", state="all")

    rows = {row["number"]: row for row in lists(page)[0]["rows"]}
    assert any("Information and Communications" in mark for mark in rows[first]["marks"])
    assert [(number, state) for number, _, _, state in rows[second]["alike"]] == [(first, "New")]
    assert rows[rejected]["alike"] == []


def test_the_desk_suggests_what_comes_next_and_says_why(visit: Visit) -> None:
    for _ in range(3):
        ask_until(Status.ANSWERED, district="731", topic="viec-lam")
    heard = ask_until(Status.APPROVED, district="731", topic="viec-lam")
    unheard = ask_until(Status.APPROVED, district="736", topic="viec-lam")
    supported = ask_until(Status.APPROVED, district="731", topic=None)

    page = visit(Place.DESK, Role.MODERATOR, state="approved", order="suggested")

    rows = lists(page)[0]["rows"]
    assert [row["number"] for row in rows] == [unheard, supported, heard]
    assert [row["why"] for row in rows] == [
        "Định Quán: 1 câu hỏi, chưa câu nào đến lượt",
        "Không có chủ đề: 1 câu hỏi, chưa câu nào đến lượt",
        "Đã chờ lâu",
    ]


def test_a_long_inbox_is_cut_and_counted(visit: Visit) -> None:
    for _ in range(103):
        ask()

    page = visit(Place.DESK, Role.MODERATOR)

    assert len(lists(page)[0]["rows"]) == 50
    assert tabs(page)["received"] == 103


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_projector_shows_the_stage_and_the_next_two(visit: Visit, lang: str) -> None:
    on_stage = ask_until(Status.ON_STAGE, text="Khi nào phủ sóng xong các ấp vùng sâu")
    following = [ask_until(Status.QUEUED) for _ in range(3)][:2]

    stage = scene_of(visit(Place.PROJECTOR, Role.SCREEN, lang=lang))

    number = "Câu số {}" if lang == "vi" else "No. {}"
    assert stage["on_stage"]["number"] == number.format(on_stage)
    assert stage["on_stage"]["text"] == "Khi nào phủ sóng xong các ấp vùng sâu"
    assert [each["number"] for each in stage["following"]] == [
        number.format(each) for each in following
    ]
    assert stage["address"].endswith(f"/ask/{SLUG}")
    assert stage["qr_code"].startswith("data:image/svg+xml")


def test_what_is_on_hold_or_flagged_is_not_announced_to_the_hall(visit: Visit) -> None:
    held, flagged, ready = (ask_until(Status.QUEUED) for _ in range(3))
    act(held, Action.HOLD, version=2)
    act(flagged, Action.FLAG, version=2)
    show(Scene.QUESTION)

    stage = scene_of(visit(Place.PROJECTOR, Role.SCREEN))

    assert [each["number"] for each in stage["following"]] == [f"Câu số {ready}"]


def test_the_projector_without_a_question_says_so(visit: Visit) -> None:
    show(Scene.QUESTION)

    stage = scene_of(visit(Place.PROJECTOR, Role.SCREEN))

    assert stage["on_stage"] is None
    assert stage["waiting"]


@pytest.mark.parametrize(("lang", "words"), [("vi", "Đơn vị trả lời: "), ("en", "answered by: ")])
def test_the_projector_says_who_will_answer_once_that_is_set(
    visit: Visit, event: Event, lang: str, words: str
) -> None:
    number = ask_until(Status.ON_STAGE)
    department = event.departments[0]
    before = scene_of(visit(Place.PROJECTOR, Role.SCREEN, lang=lang))
    version = snapshots.current(SLUG).questions[number].version
    act(number, Action.SET_DEPARTMENT, version=version, entry=department.code)

    after = scene_of(visit(Place.PROJECTOR, Role.SCREEN, lang=lang))

    assert before["on_stage"]["department"] is None
    name = department.name if lang == "vi" else department.name_en
    assert after["on_stage"]["department"].endswith(words + name)


def test_the_projector_shows_nobodys_name(visit: Visit) -> None:
    ask_until(Status.ON_STAGE, name="Lê Thị Hoa", organisation="Trường THPT số 1", show_name=False)

    page = visit(Place.PROJECTOR, Role.SCREEN)

    drawn = json.dumps(component(page, "stage"), ensure_ascii=False)
    assert "Lê Thị Hoa" not in drawn
    assert "THPT" not in drawn


@pytest.mark.parametrize("place", [Place.PARTICIPATION, Place.REVIEW])
@pytest.mark.parametrize("view", ["bars", "tiles", "map"])
@pytest.mark.parametrize("measure", ["questions", "per_10000"])
def test_the_charts_say_what_they_show(visit: Visit, place: Place, view: str, measure: str) -> None:
    for _ in range(3):
        ask(district="731")

    page = visit(place, Role.ANALYST, districts_as=view, measure=measure)

    assert not page.exception
    assert headline(page) == "3"
    # What waits now is looked at while it is going on.
    assert len(component(page, "chart")) == (8 if place is Place.PARTICIPATION else 7)
    assert "Biên Hòa" in words(page)
    assert ("Who's On First" in words(page)) is (view == "map")
    assert ("Tổng điều tra" in words(page)) is (measure == "per_10000")


@pytest.mark.parametrize("place", [Place.PARTICIPATION, Place.REVIEW])
def test_an_empty_event_is_said_in_words(visit: Visit, place: Place) -> None:
    page = visit(place, Role.ANALYST)

    assert not page.exception
    assert "Chưa có câu hỏi" in words(page)


def test_the_address_narrows_the_numbers_and_the_list(visit: Visit) -> None:
    ask(district="731", topic="ha-tang-so")
    ask(district="736", topic="ha-tang-so")
    without = ask(district="736", topic=None).number

    page = visit(Place.PARTICIPATION, Role.ANALYST, district="736", topic="none")

    assert headline(page) == "1"
    assert tables(page)[0]["Số"].tolist() == [str(without)]
    assert page.selectbox(key="district").value == "736"


def test_a_district_that_is_unknown_in_the_address_narrows_nothing(visit: Visit) -> None:
    ask()

    page = visit(Place.PARTICIPATION, Role.ANALYST, district="<b>", topic="=1+1")

    assert not page.exception
    assert headline(page) == "1"


def test_a_selection_without_questions_still_compares_the_others(visit: Visit) -> None:
    ask(district="731")

    page = visit(Place.PARTICIPATION, Role.ANALYST, district="736")

    assert headline(page) == "0"
    assert "Biên Hòa: 1 câu hỏi, nhiều nhất" in words(page)
    assert not tables(page)


def test_the_last_hour_is_shown_first_and_the_whole_time_on_demand(visit: Visit) -> None:
    ask(at=NOON)
    nothing = "Không có câu hỏi trong khoảng thời gian này."

    page = visit(Place.PARTICIPATION, Role.ANALYST)
    assert nothing in [each["alt"] for each in component(page, "chart")]

    page = visit(Place.PARTICIPATION, Role.ANALYST, time="all")
    assert "Từ 12:00 đến 12:01: 1 câu hỏi" in words(page)


def test_each_number_has_its_change_of_the_last_ten_minutes(visit: Visit) -> None:
    ask(at=datetime.now(UTC) - timedelta(minutes=30))
    ask(at=datetime.now(UTC))

    page = visit(Place.PARTICIPATION, Role.ANALYST)

    assert [(each.value, each.delta) for each in page.metric[:3]] == [
        ("2", "+1"),
        ("2", "+1"),
        ("0", "±0"),
    ]


def test_a_number_is_written_as_the_language_writes_it(visit: Visit) -> None:
    for _ in range(1001):
        ask()

    assert headline(visit(Place.REVIEW, Role.ANALYST)) == "1.001"
    assert headline(visit(Place.REVIEW, Role.ANALYST, lang="en")) == "1,001"


def test_an_unknown_view_in_the_address_is_the_usual_one(visit: Visit) -> None:
    ask()

    page = visit(Place.PARTICIPATION, Role.ANALYST, districts_as="<b>", lang="xx")

    assert not page.exception
    assert page.segmented_control(key="districts-as").value == "bars"


def test_the_home_page_leads_to_the_phone_page(visit: Visit) -> None:
    page = visit("home")

    assert page.link_button[0].url.endswith(f"/ask/{SLUG}")
    assert "chuyển đổi số" in words(page)


def done(page: AppTest) -> list[str]:
    """What the activity says was done, row by row."""
    return tables(page)[0]["Thao tác"].tolist() if tables(page) else []


def test_the_activity_says_who_did_what_to_which_question(visit: Visit) -> None:
    first = ask(text="Khi nào ấp em có sóng 4G ạ").number
    second = ask(text="Bao giờ đường Hoà Bình được sửa ạ").number
    account = add_account(Role.MODERATOR, name="Nguyễn **An**")
    an = actor(name="Nguyễn **An**", account_id=account)
    act(first, Action.REJECT, version=1, actor=an)
    act(second, Action.SET_TOPIC, version=1, entry="viec-lam", actor=an)
    with engine.current().transaction() as session:
        undoing.undo(session, SLUG, actor=an, at=NOON)
        undoing.undo(session, SLUG, actor=an, at=NOON)
        seen = (Seen(first, 3), Seen(second, 3))
        both = QuestionCommand(Plain(Action.APPROVE), seen)
        commands.act(session, SLUG, both, actor=an, at=NOON)

    page = visit(Place.ACTIVITY, Role.ADMIN)

    table = tables(page)[0]
    assert done(page) == [
        "Đã duyệt: #1, #2.",
        "Đã hoàn tác: #1.",
        "Đã hoàn tác: #2.",
        "Đã chọn chủ đề: #2.",
        "Không nhận: #1.",
        "Đã nhận: #2.",
        "Đã nhận: #1.",
    ]
    assert table["Người thực hiện"].tolist() == ["Nguyễn **An**"] * 5 + ["Điện thoại"] * 2
    assert table["Trạng thái"].tolist()[:2] == ["Mới → Đã duyệt", "Không nhận → Mới"]
    assert table["Chi tiết"].tolist()[1] == "Thao tác đó là: Không nhận"
    assert table["Chi tiết"].tolist()[4].startswith("Lý do: Câu hỏi nằm ngoài chủ đề")
    assert table["Câu hỏi"].tolist()[0] == (
        "#1 Khi nào ấp em có sóng 4G ạ · #2 Bao giờ đường Hoà Bình được sửa ạ"
    )
    assert table["Thời gian"].tolist() == ["12:00:00 10/11/2022"] * 7


def test_the_activity_shows_what_its_address_asks_for(visit: Visit) -> None:
    an, binh = (add_account(Role.MODERATOR, name="Nguyễn An") for _ in range(2))
    ask(source=Source.PORTAL, at=NOON + timedelta(hours=1))
    act(1, Action.APPROVE, version=1, actor=actor(account_id=an))
    ask(at=NOON + timedelta(hours=2))
    act(2, Action.FLAG, version=1, actor=actor(account_id=binh), at=NOON + timedelta(hours=3))

    def said(**query: str) -> list[str]:
        return done(visit(Place.ACTIVITY, Role.MODERATOR, **query))

    assert said(number="1") == ["Đã duyệt: #1.", "Đã nhận: #1."]
    assert said(who=str(an)) == ["Đã duyệt: #1."]
    assert said(who="portal") == ["Đã nhận: #1."]
    assert said(what="flag") == ["Đã đánh dấu xem lại: #2."]
    assert said(since="2022-11-10T14:00", until="2022-11-10T15:00") == ["Đã nhận: #2."]
    assert len(said(who="<b>", what="'; --", number="x", since="never", until="")) == 4
    assert len(said(number="99999999999999")) == 4
    assert said(number="3") == []
    everybody = visit(Place.ACTIVITY, Role.MODERATOR).selectbox(key="who").options
    assert [each for each in everybody if "An" in each] == ["Nguyễn An", f"Nguyễn An ({binh})"]


def test_the_activity_of_an_empty_event_is_said_in_words(visit: Visit) -> None:
    page = visit(Place.ACTIVITY, Role.MODERATOR)

    assert not tables(page)
    assert "Chưa có hoạt động nào" in words(page)


def test_nothing_moves_in_the_activity_for_whoever_asked_for_older_lines(visit: Visit) -> None:
    for _ in range(103):
        ask()
    page = visit(Place.ACTIVITY, Role.MODERATOR)
    assert done(page) == [f"Đã nhận: #{each}." for each in range(103, 53, -1)]
    ask()
    assert done(page.run())[0] == "Đã nhận: #104."

    page.button(key="older").click().run()
    assert page.toggle(key="following").value is False
    ask()
    page.run()

    assert done(page) == [f"Đã nhận: #{each}." for each in range(104, 4, -1)]
    assert "Có hoạt động mới hơn." in words(page)
    page.button(key="older").click().run()
    assert done(page) == [f"Đã nhận: #{each}." for each in range(104, 0, -1)]
    assert "older" not in [each.key for each in page.button]
    page.number_input(key="number").set_value(7).run()
    assert done(page) == ["Đã nhận: #7."]
    assert page.toggle(key="following").value is True
    # Whoever comes back finds the list as it was left.
    page.number_input(key="number").set_value(None).run()
    assert done(page)[0] == "Đã nhận: #104."


def test_the_activity_stands_still_for_whoever_switches_it_off(visit: Visit) -> None:
    ask()
    page = visit(Place.ACTIVITY, Role.MODERATOR)

    page.toggle(key="following").set_value(False).run()
    ask()
    page.run()
    assert done(page) == ["Đã nhận: #1."]
    assert "Có hoạt động mới hơn." in words(page)

    page.toggle(key="following").set_value(True).run()
    assert done(page) == ["Đã nhận: #2.", "Đã nhận: #1."]
    assert "Có hoạt động mới hơn." not in words(page)


def test_a_department_without_one_sees_nothing_but_a_clear_sentence(visit: Visit) -> None:
    ask_until(Status.DEFERRED, text="Khi nào có lớp tin học ạ")

    page = visit(Place.DEPARTMENT, Role.DEPARTMENT)

    assert "chưa gắn với sở, ban, ngành nào" in page.warning[0].value
    assert "lớp tin học" not in str(page.main)


@pytest.mark.parametrize("role", sorted(MAY_OPEN[Place.FOLLOWUP]))
def test_a_reply_that_waits_is_read_by_the_desk_and_admins_only(visit: Visit, role: Role) -> None:
    number = ask_until(Status.DEFERRED)
    submit_reply(number, text="Nội dung chưa được duyệt")
    ask_until(Status.APPROVED)

    page = visit(Place.FOLLOWUP, role, question=str(number))

    assert not page.exception
    assert ("Nội dung chưa được duyệt" in words(page)) is (role in replies.READERS)
    decisions = {"publish", "send-back", "defer"} & {str(each.key) for each in page.button}
    assert len(decisions) == (3 if role is Role.MODERATOR else 0)


def test_what_no_department_is_to_answer_is_given_one(visit: Visit) -> None:
    nobodys = ask_until(Status.DEFERRED, answered_by=None)
    page = visit(Place.FOLLOWUP, Role.MODERATOR, question=str(nobodys))

    page.selectbox(key=f"body-{nobodys}-3").select(DEPARTMENT).run()

    assert snapshots.current(SLUG).questions[nobodys].department == DEPARTMENT
    assert "Mọi câu hỏi đều đã có kết quả." in words(page)


def test_a_due_date_is_changed_and_one_of_the_past_refused(visit: Visit) -> None:
    number = ask_until(Status.DEFERRED)
    page = visit(Place.FOLLOWUP, Role.MODERATOR, question=str(number))
    before = snapshots.current(SLUG).questions[number].due_on

    page.date_input(key=f"due-{number}-3").set_value(NOON.date()).run()
    assert snapshots.current(SLUG).questions[number].due_on == before
    assert "không thể trước hôm nay" in words(page)
    later = datetime.now(UTC).date() + timedelta(days=20)
    page.date_input(key=f"due-{number}-3").set_value(later).run()

    assert snapshots.current(SLUG).questions[number].due_on == later


def test_the_filters_of_the_follow_up_are_those_of_the_address(visit: Visit) -> None:
    ask_until(Status.DEFERRED, text="Của Sở Thông tin ạ, câu một")
    ask_until(Status.DEFERRED, text="Của Sở Y tế ạ, câu hai", answered_by="so-y-te")
    replied = ask_until(Status.REPLIED, text="Đã trả lời ạ, câu ba")

    def listed(**query: str) -> list[int]:
        page = visit(Place.FOLLOWUP, Role.ANALYST, **query)
        return [int(each) for each in tables(page)[0].iloc[:, 0]] if tables(page) else []

    assert listed() == [1, 2, replied]
    assert listed(department="so-y-te") == [2]
    assert listed(state="published") == [replied]
    assert listed(state="overdue") == [1, 2]
    assert listed(state="promised", department=DEPARTMENT) == [1]
    assert listed(state="invented") == [1, 2, replied]
