"""The review, part by part, as an analyst reads it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from data_access import engine, events
from dialogue.lifecycle import Action, Status
from dialogue.questions import Source
from dialogue.roles import Place, Role
from tests.factories import NOON, SLUG, act, actor, add_account, ask, ask_until
from tests.pages.conftest import Visit

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

    table = read(visit, "questions").dataframe[0].value

    assert table["Địa bàn"].tolist() == ["Huyện Định Quán", "Thành phố Biên Hòa"]
    assert table["Chủ đề"].tolist()[0] == ""
    assert table["Trạng thái"].tolist() == ["Đã trả lời", "Không nhận"]
    assert table["Câu hỏi"].tolist()[0] == "=1+1 là công thức hay câu hỏi"
    assert table["Nhận lúc"].dt.strftime("%H:%M").tolist() == ["12:00", "12:00"]
    assert table["Lý do"].tolist()[1].startswith("Câu hỏi nằm ngoài chủ đề")


def test_what_has_no_outcome_is_counted_on_every_part_and_listed(visit: Visit) -> None:
    ask_until(Status.ANSWERED)
    left = [ask_until(Status.APPROVED), ask_until(Status.DEFERRED, answered_by=None)]

    page = read(visit, "questions")

    assert metrics(page)["Chưa có kết quả"] == "2"
    assert page.dataframe[0].value["Số"].tolist() == left
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

    assert metrics(page)["Trong hàng đợi"] == "0"
    assert metrics(read(visit, "replay", at=asked))["Trong hàng đợi"] == "0"
    assert metrics(read(visit, "replay", at="<b>"))["Trong hàng đợi"] == "1"


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
    assert metrics(page)["Trong hàng đợi"] == "1"


def test_delays_and_paces_are_told(visit: Visit) -> None:
    lan = add_account(Role.MODERATOR, name="Trần Thị Lan")
    for source in (Source.PHONE, Source.PORTAL):
        number = ask(at=NOON, source=source).number
        at = NOON + timedelta(minutes=7)
        act(number, Action.APPROVE, version=1, actor=actor(account_id=lan), at=at)

    page = read(visit, "delays", by="source")

    assert page.segmented_control(key="by").value == "source"
    assert "Lâu nhất: Cổng thông tin, một nửa số câu hỏi chờ từ 7 phút trở lên." in texts(page)
    assert page.dataframe[0].value.to_numpy().tolist() == [["Trần Thị Lan", 2, "2,0"]]


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
    assert len(page.dataframe[0].value) == 4


def test_two_events_stand_side_by_side(visit: Visit) -> None:
    add_event(OTHER)
    ask_until(Status.ANSWERED)
    ask(slug=OTHER)
    ask(slug=OTHER)

    page = read(visit, "comparison", event=SLUG, **{"with": OTHER})

    table = {name: both for name, *both in page.dataframe[0].value.to_numpy().tolist()}
    assert table["Câu hỏi"] == ["1", "2"]
    assert table["Thời gian tổ chức"] == ["10/11/2022", "10/11/2021"]
    assert table["Tỷ lệ được trả lời"] == ["100 %", "0 %"]
    assert table["Chưa có kết quả"] == ["0", "2"]


def test_an_event_that_one_may_not_review_is_not_offered_to_compare_with(visit: Visit) -> None:
    add_event(OTHER)

    page = visit(Place.REVIEW, Role.ANALYST, only=SLUG, part="comparison")

    assert [each.value for each in page.info] == ["Chưa có buổi đối thoại nào khác để so sánh."]


@pytest.mark.parametrize(
    "part",
    ["participation", "replay", "delays", "terms", "questions", "comparison", "files", "<b>"],
)
def test_an_event_without_questions_has_every_part(visit: Visit, part: str) -> None:
    assert read(visit, part).title[0].value == "Tổng kết"
