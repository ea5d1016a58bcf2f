"""The review, part by part, as an analyst reads it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from data_access import engine
from data_access.events import events
from dialogue.annotations import Subject
from dialogue.lifecycle import Action, Status
from dialogue.questions import Source
from dialogue.roles import Place, Role
from tests.factories import NOON, SLUG, act, actor, add_account, annotate, ask, ask_until
from tests.pages.conftest import Visit
from tests.pages.test_pages import component, tables

OTHER = "dong-nai-2021"
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def read(visit: Visit, part: str, **query: str) -> AppTest:
    page = visit(Place.REVIEW, Role.ANALYST, part=part, **query)
    assert not page.exception
    return page


def texts(page: AppTest) -> list[str]:
    return [each.value for each in page.text]


def metrics(page: AppTest) -> dict[str, str]:
    return {each.label: each.value for each in page.metric}


def add_event(slug: str) -> None:
    with engine.current().transaction() as session:
        event = events.event(session, SLUG)
        held_at = event.held_at - timedelta(days=365)
        events.add(session, replace(event, slug=slug, held_at=held_at))


def test_every_question_is_listed_in_words(visit: Visit) -> None:
    ask_until(Status.ANSWERED, district="736", topic=None, text="=1+1 là công thức hay câu hỏi")
    ask_until(Status.REJECTED)

    table = tables(read(visit, "questions"))[0]

    assert table["Địa bàn"].tolist() == ["Huyện Định Quán", "Thành phố Biên Hòa"]
    assert table["Chủ đề"].tolist()[0] == ""
    assert table["Trạng thái"].tolist() == ["Đã trả lời", "Không nhận"]
    assert table["Câu hỏi"].tolist()[0] == "=1+1 là công thức hay câu hỏi"
    assert table["Nhận lúc"].tolist() == ["12:00 10/11/2022"] * 2
    assert table["Lý do"].tolist()[1].startswith("Câu hỏi nằm ngoài chủ đề")


def test_what_has_no_outcome_is_counted_on_every_part_and_listed(visit: Visit) -> None:
    ask_until(Status.ANSWERED)
    left = [ask_until(Status.APPROVED), ask_until(Status.DEFERRED, answered_by=None)]

    page = read(visit, "questions")

    assert metrics(page)["Chưa có kết quả"] == "2"
    assert tables(page)[0]["Số"].tolist() == list(map(str, left))
    assert metrics(read(visit, "terms"))["Chưa có kết quả"] == "2"


def test_that_every_question_has_an_outcome_is_said(visit: Visit) -> None:
    ask_until(Status.ANSWERED)

    page = read(visit, "questions")

    assert "Mọi câu hỏi đều đã có kết quả." in [each.value for each in page.success]


def test_the_two_legal_dates_of_the_conclusion_are_there(visit: Visit) -> None:
    page = read(visit, "participation")

    shown = {each.label: (each.value, each.delta) for each in page.metric}
    assert shown["Hạn công bố kết luận"][0] == "20/11/2022"
    assert shown["… nếu phức tạp, liên ngành"][0] == "25/11/2022"
    assert "đã qua" in shown["Hạn công bố kết luận"][1]


def test_the_review_tells_no_changes_of_the_last_minutes(visit: Visit) -> None:
    ask()

    page = read(visit, "participation")

    assert metrics(page)["Câu hỏi"] == "1"
    assert next(each for each in page.metric if each.label == "Câu hỏi").delta == ""
    assert "Đang chờ" not in [each.value for each in page.subheader]


def test_the_replay_stands_at_the_end_and_goes_to_any_minute(visit: Visit) -> None:
    first = ask(at=NOON, district="736", text="Ấp 4 bao giờ có sóng 4G?").number
    ask(at=NOON + timedelta(minutes=4))
    act(first, Action.QUEUE, version=1, at=NOON + timedelta(minutes=1))
    act(first, Action.STAGE, version=2, at=NOON + timedelta(minutes=2))
    act(first, Action.ANSWER, version=3, at=NOON + timedelta(minutes=5))

    page = read(visit, "replay")
    assert metrics(page)["Đã trả lời"] == "1"
    assert "Không có câu hỏi nào trên màn chiếu." in texts(page)

    slider: Any = page.select_slider(key="replay-at")
    slider.set_value((NOON + timedelta(minutes=2)).astimezone(HERE)).run()

    assert metrics(page)["Câu hỏi"] == "1"
    assert metrics(page)["Đã trả lời"] == "0"
    assert f"#{first} · Định Quán\nẤp 4 bao giờ có sóng 4G?" in texts(page)


def test_a_moment_of_the_replay_is_in_the_link_that_is_sent_to_a_colleague(visit: Visit) -> None:
    number = ask(at=NOON).number
    act(number, Action.QUEUE, version=1, at=NOON + timedelta(minutes=4))

    page = read(visit, "replay")
    slider: Any = page.select_slider(key="replay-at")
    slider.set_value((NOON + timedelta(minutes=2)).astimezone(HERE)).run()
    asked = page.query_params["at"]

    assert metrics(page)["Chờ, đang hỏi"] == "0"
    assert metrics(read(visit, "replay", at=asked))["Chờ, đang hỏi"] == "0"
    assert metrics(read(visit, "replay", at="<b>"))["Chờ, đang hỏi"] == "1"


def test_a_replay_that_is_played_again_begins_anew_and_stops_at_the_end(visit: Visit) -> None:
    number = ask(at=NOON).number
    act(number, Action.APPROVE, version=1, at=NOON + timedelta(minutes=2))

    page = read(visit, "replay")
    page.button(key="replay-play").click().run()
    assert page.button(key="replay-play").label == "Tạm dừng"
    assert metrics(page)["Mới"] == "1"

    page.run().run()
    assert page.button(key="replay-play").label == "Phát"
    assert metrics(page)["Mới"] == "0"


def test_the_time_of_the_replay_can_be_a_day_the_dialogue_or_all(visit: Visit) -> None:
    number = ask(at=NOON - timedelta(days=20)).number
    act(number, Action.QUEUE, version=1, at=NOON)

    page = read(visit, "replay", span="2022-10-21")

    assert page.selectbox(key="span").options == ["21/10/2022", "10/11/2022", "Toàn bộ"]
    assert metrics(page)["Mới"] == "1"
    page.selectbox(key="span").set_value("all").run()
    # The moment that is looked at stays.
    assert metrics(page)["Mới"] == "1"
    slider: Any = page.select_slider(key="replay-at")
    slider.set_value(NOON.astimezone(HERE)).run()
    assert metrics(page)["Chờ, đang hỏi"] == "1"


def test_delays_and_paces_are_told(visit: Visit) -> None:
    lan = add_account(Role.MODERATOR, name="Trần Thị Lan")
    for source in (Source.PHONE, Source.PORTAL):
        number = ask(at=NOON, source=source).number
        at = NOON + timedelta(minutes=7)
        act(number, Action.APPROVE, version=1, actor=actor(account_id=lan), at=at)

    page = read(visit, "delays", by="source")

    assert page.segmented_control(key="by").value == "source"
    charts = " ".join(each["alt"] for each in component(page, "chart"))
    assert "Bàn điều phối đã xử lý 2 câu hỏi. Số câu hỏi còn quá ít để so sánh." in charts
    pace = next(each for each in texts(page) if "2 lượt, trong 1 phút khác nhau" in each)
    assert "từ 2 lượt trở lên" in pace
    # Nobody is watched at work.
    assert "Trần Thị Lan" not in " ".join(texts(page))
    assert tables(page) == []


def test_the_questions_that_use_a_term_are_listed(visit: Visit) -> None:
    for name in ("Minh", "Lan", "Tú", "Hà"):
        ask(text=f"{name} muốn đi xe buýt về nhà ạ?")
    for rest in (
        "cầu qua sông bị hỏng",
        "lúa nước bị ngập",
        "trạm xăng ở xa",
        "chợ nổi đông khách",
    ):
        ask(text=rest)

    page = read(visit, "terms", term="xe buýt")

    assert "xe buýt" in page.selectbox(key="term").options
    assert len(tables(page)[0]) == 4


def test_two_events_stand_side_by_side(visit: Visit) -> None:
    add_event(OTHER)
    ask_until(Status.ANSWERED)
    ask(slug=OTHER)
    ask(slug=OTHER)

    page = read(visit, "comparison", event=SLUG, **{"with": OTHER})

    table = {name: both for name, *both in tables(page)[0].to_numpy().tolist()}
    assert table["Câu hỏi"] == ["1", "2"]
    assert table["Thời gian tổ chức"] == ["10/11/2022", "10/11/2021"]
    assert table["Đã trả lời, tại chỗ hoặc bằng văn bản"] == ["100 % · 1/1", "0 % · 0/2"]
    assert table["Chưa có kết quả"] == ["0", "2"]


def test_an_event_that_one_may_not_review_is_not_offered_to_compare_with(visit: Visit) -> None:
    add_event(OTHER)

    page = visit(Place.REVIEW, Role.ANALYST, only=SLUG, part="comparison")

    assert [each.value for each in page.info] == ["Chưa có buổi đối thoại nào khác để so sánh."]


PERSONAL = ("0909 123 456", "hoa.le@example.vn", "0909123456")


@pytest.fixture
def told() -> None:
    """Questions that tell who asked, flagged and unread, some of them for a term."""
    for name in ("Minh", "Lan", "Tú", "Hà"):
        ask(text=f"{name} muốn đi xe buýt, gọi 0909 123 456 hoặc hoa.le@example.vn ạ?")
    for rest in ("cầu qua sông bị hỏng", "lúa nước bị ngập", "trạm xăng ở xa", "chợ nổi đông"):
        ask(text=f"{rest} 0909123456")
    for subject in (Subject.DISTRICTS, Subject.TERMS):
        annotate("Đã gọi lại 0909 123 456", subject=subject)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.CHAIR, Role.MODERATOR])
@pytest.mark.parametrize("part", ["participation", "replay", "terms", "questions", "comparison"])
def test_no_part_is_sent_what_leads_to_a_person(
    visit: Visit, told: None, part: str, role: Role
) -> None:
    page = visit(Place.REVIEW, role, part=part, term="xe buýt")
    live = visit(Place.PARTICIPATION, role)

    for each in (page, live):
        sent = [element.proto for element in each.get("bidi_component")]
        drawn = [*texts(each), *(str(one.json) + str(one.bytes) for one in sent)]
        everything = " ".join([str(each.main), *drawn])
        assert not [detail for detail in PERSONAL if detail in everything]
    assert part in ("replay", "questions", "comparison") or "Đã gọi lại […]" in texts(page)
    assert len(tables(live)[0]) == 8


@pytest.mark.parametrize("role", [Role.ANALYST, Role.MODERATOR])
def test_the_follow_up_tells_contacts_to_whom_may_see_them(
    visit: Visit, told: None, role: Role
) -> None:
    page = visit(Place.FOLLOWUP, role)

    listed = tables(page)[0].to_string()
    assert ("0909 123 456" in listed) is (role is Role.MODERATOR)
    assert ("[…]" in listed) is (role is Role.ANALYST)


def test_a_long_table_says_what_it_leaves_out(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data_access.questions.reading.record.MOST_ROWS", 2)
    for _ in range(2):
        ask()
    said = "Đây là 2 câu mới nhất trong số 3 câu. Các tệp tải về có đủ tất cả."
    assert said not in texts(read(visit, "questions"))
    ask()

    page = read(visit, "questions")

    assert said in texts(page)
    assert tables(page)[-1]["Số"].tolist() == ["2", "3"]


@pytest.mark.parametrize("part", ["participation", "replay"])
def test_the_headline_adds_up_to_all_questions(visit: Visit, part: str) -> None:
    into = ask_until(Status.APPROVED)
    # Only one at a time is on stage.
    for status in sorted(Status, key=lambda each: each is Status.ON_STAGE):
        ask_until(status, into=into)

    shown = [each.value for each in read(visit, part).metric if each.label not in OF_THE_CONCLUSION]

    all_, *parts = map(int, shown)
    assert all_ == sum(parts) == 10


OF_THE_CONCLUSION = ("Hạn công bố kết luận", "… nếu phức tạp, liên ngành", "Chưa có kết quả")


@pytest.mark.parametrize(
    "part",
    ["participation", "replay", "delays", "terms", "questions", "comparison", "files", "<b>"],
)
def test_an_event_without_questions_has_every_part(visit: Visit, part: str) -> None:
    assert read(visit, part).title[0].value == "Tổng kết"


def test_a_file_that_cannot_be_written_down_is_refused_in_words(
    visit: Visit, sqlite_url: str
) -> None:
    page = visit(Place.REVIEW, Role.MODERATOR, part="files")
    page.checkbox(key="export-names").check().run()
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        page.button(key="export-start").click().run()
        other.execute("ROLLBACK")

    assert not page.exception
    assert [each.value for each in page.error] == [
        "Hệ thống chưa thực hiện được việc này. Bạn vui lòng thử lại sau giây lát."
    ]
    page.button(key="export-start").click().run()
    assert not page.error
