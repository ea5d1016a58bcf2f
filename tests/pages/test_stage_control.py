"""What the desk is told of the screens and of the day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from data_access import engine
from data_access.hall import halls
from dialogue.hall import Armed, Scene, Side
from dialogue.lifecycle import Action, Status
from dialogue.roles import Place, Role
from tests import factories
from tests.factories import SLUG, act, ask_until
from tests.pages.conftest import Visit
from tests.pages.test_pages import component, scene_of


def do(command: Callable[..., Any], *values: Any, at: datetime | None = None, **how: Any) -> None:
    with engine.current().transaction() as session:
        at = at or datetime.now(UTC)
        command(session, SLUG, *values, actor=factories.actor(), at=at, **how)


def facts(visit: Visit, **query: str) -> dict[str, Any]:
    (control,) = component(visit(Place.DESK, Role.MODERATOR, **query), "stage_control")
    told: dict[str, Any] = control["facts"]
    return told


def test_the_desk_sees_what_the_projector_draws(visit: Visit) -> None:
    ask_until(Status.ON_STAGE)

    on_air = facts(visit)["on_air"]
    drawn = scene_of(visit(Place.PROJECTOR, Role.SCREEN))

    assert {**on_air["scene_data"], "now": 0} == {**drawn, "now": 0}
    assert on_air["name"] == "#1"


def test_a_desk_in_another_language_sees_the_screens_as_the_hall_does(visit: Visit) -> None:
    do(halls.arm, Armed(scene=Scene.NEXT))

    told = facts(visit, lang="en")
    drawn = scene_of(visit(Place.PROJECTOR, Role.SCREEN))

    assert (told["language"], told["on_air"]["name"]) == ("en", "Welcome")
    assert {**told["on_air"]["scene_data"], "now": 0} == {**drawn, "now": 0}
    assert told["ready"]["scene_data"]["coming"]["title"] == "Các câu hỏi tiếp theo"


def test_the_button_says_what_it_will_do(visit: Visit) -> None:
    assert facts(visit)["fires"] == "Chưa chuẩn bị"
    first, second = ask_until(Status.QUEUED), ask_until(Status.QUEUED)
    do(halls.arm, Armed(scene=Scene.QUESTION, number=second))
    assert facts(visit)["fires"] == "#2"

    act(first, Action.STAGE, version=2)
    told = facts(visit)

    assert told["fires"] == "#1 đã trả lời, #2 lên"
    assert told["ready"]["scene_data"]["on_stage"]["number"] == "Câu số 2"
    do(halls.arm, Armed(scene=Scene.THANKS))
    assert facts(visit)["fires"] == "Lời cảm ơn"


def test_what_is_ready_is_previewed_out_of_the_dark(visit: Visit) -> None:
    do(halls.darken, dark=True)
    do(halls.arm, Armed(scene=Scene.MESSAGE, message="Mời ngồi"))

    told = facts(visit)

    assert told["on_air"]["scene_data"]["scene"] == "black"
    assert told["ready"]["scene_data"]["text"] == "Mời ngồi"


def test_the_last_messages_are_offered_each_once(visit: Visit) -> None:
    for place in (*range(7), 6):
        do(halls.show_scene, Scene.MESSAGE, message=f"Thông báo {place}")

    assert facts(visit)["messages"] == [f"Thông báo {place}" for place in (6, 5, 4, 3, 2)]


def test_the_plan_tells_what_began_since_the_day_was_set_back(visit: Visit) -> None:
    held = datetime(2022, 11, 10, 6, 32, tzinfo=UTC)
    assert facts(visit)["back"] is None
    do(halls.begin_part, "ket-luan", running=None, at=held)
    do(halls.begin_part, None, running="ket-luan", at=held)
    assert facts(visit)["back"] == "Quay lại: Kết luận"
    do(halls.begin_part, "khai-mac", running=None, at=held)
    assert facts(visit)["back"] == "Quay lại trước khai mạc"
    do(halls.begin_part, "bao-cao", running="khai-mac", at=held + timedelta(minutes=12))
    do(halls.begin_part, "doi-thoai-1", running="bao-cao", at=held + timedelta(minutes=13))
    do(halls.go_back, running="doi-thoai-1", at=held + timedelta(minutes=14))
    assert facts(visit)["back"] == "Quay lại: Khai mạc"

    plan = facts(visit)["plan"]

    assert [(each["planned"], each["began"], each["runs"]) for each in plan[:2]] == [
        ("13:30–13:40", "13:32", False),
        ("13:40–14:00", "13:44", True),
    ]
    assert {each["began"] for each in plan[2:]} == {None}
    assert "Hạ tầng viễn thông" in plan[2]["about"]


def test_a_wish_to_move_on_is_told_for_the_question_that_it_was_about(visit: Visit) -> None:
    number = ask_until(Status.QUEUED)
    began = datetime(2022, 11, 10, 7, 0, tzinfo=UTC)
    act(number, Action.STAGE, version=2, at=began)
    assert facts(visit)["desk_asks"] is None

    do(halls.ask_to_move_on, Side.DESK, number=number, at=began + timedelta(minutes=2))
    do(halls.withdraw, Side.DESK, at=began + timedelta(minutes=2))
    assert (facts(visit)["desk_asks"], facts(visit)["moving_on"]) == (None, False)
    do(halls.ask_to_move_on, Side.DESK, number=number, at=began + timedelta(minutes=3))
    assert facts(visit)["desk_asks"] == "Đã gửi lúc 14:03"
    do(halls.heed, Side.DESK, at=began + timedelta(minutes=5))
    assert facts(visit)["desk_asks"] == "Chủ trì đã rõ lúc 14:05"
    do(halls.ask_to_move_on, Side.CHAIR, number=number, at=began + timedelta(minutes=6))
    assert facts(visit)["chair_asks"] == "Chủ trì xin chuyển câu (14:06)"

    act(number, Action.ANSWER, version=3, at=began + timedelta(minutes=7))
    told = facts(visit)
    assert (told["desk_asks"], told["chair_asks"]) == (None, None)
