"""The desk's control of the screens, with a projector that stands in the hall."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from data_access import engine
from data_access.events import practice
from data_access.hall import halls
from dialogue.hall import Armed, Hall, Scene, Side
from dialogue.lifecycle import Action, Status
from dialogue.roles import Role
from live import snapshots
from tests import factories
from tests.browser.conftest import PHONE, PROJECTOR
from tests.browser.steps import board, click, go_to, reload, row
from tests.factories import SLUG
from tests.server import Server

pytestmark = pytest.mark.long

WHITE = "rgb(255, 255, 255)"
COLOURS = (
    """(scene) => [...scene.querySelectorAll("*")].map((each) => getComputedStyle(each).color)"""
)


def queued(server: Server, *texts: str) -> list[int]:
    """Ask before anyone looks, and queue it."""
    database = engine.start(server.database_url)
    numbers = [factories.ask_until(Status.QUEUED, text=text) for text in texts]
    database.close()
    return numbers


def change(server: Server, command: Callable[..., Any], *values: Any, **how: Any) -> None:
    """Do what somebody else does elsewhere."""
    database = engine.start(server.database_url)
    by, at = how.pop("actor", factories.actor()), how.pop("at", datetime.now(UTC))
    with database.transaction() as session:
        command(session, SLUG, *values, actor=by, at=at, **how)
    database.close()


def hall(server: Server) -> Hall:
    """How the hall stands in the database."""
    database = engine.start(server.database_url)
    seen = snapshots.current(SLUG).hall
    database.close()
    return seen


def button(desk: Page, action: str) -> Locator:
    return control(desk).locator(f"[data-action={action}]")


def control(desk: Page) -> Locator:
    return board(desk, "stage-control")


def line(desk: Page) -> Locator:
    return board(desk, "inbox").locator(".line")


def on_air(desk: Page) -> Locator:
    return control(desk).locator(".monitor.on-air")


def ready(desk: Page) -> Locator:
    return control(desk).locator(".monitor.ready")


def projector(staff: Callable[..., Page]) -> Page:
    screen = staff("projector", Role.SCREEN, size=PROJECTOR)
    expect(screen.locator(".screen")).to_have_attribute("data-scene", "welcome")
    return screen


def test_a_scene_is_seen_at_the_desk_before_the_hall_sees_it(staff: Callable[..., Page]) -> None:
    screen, desk = projector(staff), staff("desk", Role.MODERATOR)
    expect(on_air(desk)).to_contain_text("Đang chiếu: Chào mừng")
    expect(button(desk, "scene-welcome")).to_have_attribute("aria-current", "true")
    expect(button(desk, "fire")).to_be_disabled()

    button(desk, "scene-thanks").click()

    expect(ready(desk)).to_contain_text("Chuẩn bị: Lời cảm ơn")
    expect(ready(desk).locator(".screen")).to_have_attribute("data-scene", "thanks")
    expect(screen.locator(".screen")).to_have_attribute("data-scene", "welcome")
    button(desk, "fire").click()
    expect(screen.locator(".screen")).to_have_attribute("data-scene", "thanks")
    expect(on_air(desk).locator(".screen")).to_have_attribute("data-scene", "thanks")
    expect(ready(desk)).to_contain_text("Chưa chuẩn bị")
    expect(line(desk)).to_contain_text("Màn chiếu chuyển sang “Lời cảm ơn”.")

    # What is pressed twice in a row is wanted at once.
    button(desk, "scene-next").dblclick()
    expect(screen.locator(".screen")).to_have_attribute("data-scene", "next")

    # What was made ready can be taken back.
    button(desk, "scene-welcome").click()
    expect(ready(desk)).to_contain_text("Chào mừng")
    button(desk, "disarm").click()
    expect(ready(desk)).to_contain_text("Chưa chuẩn bị")
    expect(screen.locator(".screen")).to_have_attribute("data-scene", "next")


def test_the_small_picture_is_the_projectors(server: Server, staff: Callable[..., Page]) -> None:
    (number,) = queued(server, "Khi nào ấp 4 xã Thanh Sơn có sóng 4G ổn định ạ?")
    screen, desk = projector(staff), staff("desk", Role.MODERATOR)
    change(server, halls.show_scene, Scene.QUESTION)
    click(row(desk, "queue", "Thanh Sơn"), "stage")
    expect(screen.locator(".stage .text")).to_contain_text("Thanh Sơn")
    expect(on_air(desk)).to_contain_text(f"#{number}")

    small, large = on_air(desk).locator(".stage .text"), screen.locator(".stage .text")
    assert small.inner_text() == large.inner_text()
    assert small.evaluate(SHARE) == large.evaluate(SHARE)
    box = on_air(desk).locator(".glass").bounding_box()
    picture = on_air(desk).locator(".screen").bounding_box()
    assert box
    assert picture
    assert abs(box["width"] - picture["width"]) < 1
    assert abs(box["height"] - picture["height"]) < 1


SHARE = """(text) => {
    const { offsetHeight: height } = text.closest(".screen");
    const size = parseFloat(getComputedStyle(text).fontSize);
    return [text.closest(".scene").dataset.plan, Math.round((100 * size) / height)];
}"""


def test_a_small_picture_stays_the_projectors_however_the_desk_is_opened(
    server: Server, staff: Callable[..., Page]
) -> None:
    screen, desk = projector(staff), staff("desk", Role.MODERATOR)
    large = screen.locator(".stage .text").evaluate(SHARE)
    small = on_air(desk).locator(".stage .text")
    expect(small).to_be_visible()

    for _ in range(3):
        go_to(desk, "Nhật ký")
        expect(desk.get_by_role("heading", name="Nhật ký")).to_be_visible()
        go_to(desk, "Bàn điều phối")
        expect(small).to_be_visible()
        desk.wait_for_function("(text) => text.closest('.screen')", arg=small.element_handle())
        assert small.evaluate(SHARE) == large

    # Hidden while the scene changes, they have no size to measure anything by.
    button(desk, "fold").click()
    change(server, halls.show_scene, Scene.THANKS)
    expect(on_air(desk)).to_contain_text("Lời cảm ơn")
    button(desk, "fold").click()
    expect(small).to_be_visible()
    assert small.evaluate(SHARE) == screen.locator(".stage .text").evaluate(SHARE)


def test_the_small_picture_has_the_halls_colours_whatever_the_desks_are(
    server: Server, staff: Callable[..., Page]
) -> None:
    screen, desk = projector(staff), staff("desk", Role.MODERATOR)

    schemes: list[Any] = [("light", "dark"), ("dark", "light"), ("dark", "dark")]
    for hall_prefers, desk_prefers in schemes:
        screen.emulate_media(color_scheme=hall_prefers)
        desk.emulate_media(color_scheme=desk_prefers)
        for page, picture in ((screen, screen), (desk, on_air(desk))):
            ground = "rgb(15, 23, 32)" if page is desk and desk_prefers == "dark" else WHITE
            if page is desk:
                expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
            expect(picture.locator(".screen")).to_have_css("background-color", WHITE)
        small, large = on_air(desk).locator(".stage .scene"), screen.locator(".stage .scene")
        assert small.evaluate(COLOURS) == large.evaluate(COLOURS)


@pytest.mark.parametrize(("lang", "name"), [("vi", "Tiếng Việt"), ("en", "Vietnamese")])
def test_the_monitor_says_in_which_language_it_is_drawn(
    staff: Callable[..., Page], lang: str, name: str
) -> None:
    desk = staff("desk", Role.MODERATOR, lang=lang)

    expect(on_air(desk).locator(".screen")).to_have_attribute("lang", "vi")
    expect(on_air(desk).locator(".language")).to_have_text("VI")
    expect(on_air(desk).locator(".language")).to_have_attribute("title", re.compile(f"^{name}[.]"))


def test_a_monitor_that_hears_nothing_says_that_it_does_not_know(
    server: Server, staff: Callable[..., Page]
) -> None:
    desk = staff("desk", Role.MODERATOR)
    expect(on_air(desk)).to_contain_text("Đang chiếu: Chào mừng")

    server.kill()
    expect(on_air(desk)).to_contain_text("Mất kết nối: không rõ")
    expect(on_air(desk)).to_have_class(re.compile("unknown"))
    change(server, halls.show_scene, Scene.THANKS)
    server.start()

    expect(on_air(desk)).to_contain_text("Đang chiếu: Lời cảm ơn")
    expect(on_air(desk)).not_to_have_class(re.compile("unknown"))


def test_a_monitor_says_so_where_the_screens_show_the_other_of_event_and_rehearsal(
    server: Server, staff: Callable[..., Page]
) -> None:
    change(server, practice.begin)
    real, rehearsed = (
        staff("desk", Role.MODERATOR, event=each) for each in (SLUG, f"{SLUG}-tap-duot-1")
    )
    expect(on_air(real)).to_contain_text("Đang chiếu: Chào mừng")
    expect(on_air(rehearsed)).to_contain_text("Chưa lên màn: Chào mừng")

    change(server, practice.show_on_screens, shown=True)

    expect(on_air(real)).to_contain_text("Chưa lên màn: Chào mừng")
    expect(on_air(rehearsed)).to_contain_text("Đang chiếu: Chào mừng")
    expect(on_air(rehearsed).locator(".practice")).to_be_visible()


def test_the_small_pictures_leave_the_queue_its_room(staff: Callable[..., Page]) -> None:
    desk = staff("desk", Role.MODERATOR, size={"width": 1440, "height": 900})
    expect(on_air(desk).locator(".stage .text")).to_be_visible()
    box = control(desk).locator(".screens").bounding_box()
    assert box
    assert box["height"] <= 150

    button(desk, "fold").click()
    expect(on_air(desk).locator(".glass")).to_be_hidden()
    expect(on_air(desk)).to_contain_text("Đang chiếu: Chào mừng")
    reload(desk)
    expect(on_air(desk)).to_contain_text("Đang chiếu: Chào mừng")
    expect(on_air(desk).locator(".glass")).to_be_hidden()
    button(desk, "fold").click()
    expect(on_air(desk).locator(".stage .text")).to_be_visible()

    phone = staff("desk", Role.MODERATOR, size=PHONE)
    expect(button(phone, "fire")).to_be_visible()
    expect(on_air(phone).locator(".glass")).to_be_hidden()


def test_an_armed_question_takes_the_place_of_the_one_on_stage(
    server: Server, staff: Callable[..., Page]
) -> None:
    first, second = queued(server, "Câu hỏi đang được hỏi ạ", "Câu hỏi được chuẩn bị ạ")
    screen, desk = projector(staff), staff("desk", Role.MODERATOR)
    waiting = row(desk, "queue", "đang được hỏi")
    click(waiting, "arm")
    expect(button(desk, "fire")).to_contain_text(f"#{first}")
    button(desk, "fire").click()
    expect(screen.locator(".stage .text")).to_have_text("Câu hỏi đang được hỏi ạ")

    click(row(desk, "queue", "được chuẩn bị"), "arm")

    expect(row(desk, "queue", "được chuẩn bị").locator(".mark.armed")).to_be_visible()
    expect(ready(desk).locator(".stage .text")).to_contain_text("được chuẩn bị")
    expect(button(desk, "fire")).to_contain_text(f"#{first} đã trả lời, #{second} lên")
    button(desk, "fire").click()
    expect(screen.locator(".stage .text")).to_contain_text("được chuẩn bị")
    expect(row(desk, "stage", "được chuẩn bị")).to_be_visible()
    expect(board(desk, "queue").locator(".row")).to_have_count(0)

    # One undo takes back both.
    line(desk).locator("[data-action=undo]").click()
    expect(screen.locator(".stage .text")).to_have_text("Câu hỏi đang được hỏi ạ")
    expect(row(desk, "queue", "được chuẩn bị")).to_be_visible()


def test_what_is_armed_is_fired_once_by_two_desks(
    server: Server, staff: Callable[..., Page]
) -> None:
    number, _ = queued(server, "Câu hỏi của hai bàn ạ", "Câu hỏi còn chờ ạ")
    screen = projector(staff)
    one, other = staff("desk", Role.MODERATOR), staff("desk", Role.MODERATOR, deaf=True)
    click(row(one, "queue", "hai bàn"), "arm")
    expect(button(one, "fire")).to_contain_text(f"#{number}")
    reload(other)
    expect(button(other, "fire")).to_contain_text(f"#{number}")

    button(one, "fire").click()
    expect(screen.locator(".stage .text")).to_contain_text("hai bàn")
    button(other, "fire").click()

    expect(line(other)).to_contain_text("Chưa có nội dung nào được chuẩn bị.")
    expect(on_air(other).locator(".stage .text")).to_contain_text("hai bàn")
    expect(board(one, "queue").locator(".row")).to_have_count(1)

    # Something else was made ready since the other desk looked.
    button(other, "scene-next").click()
    expect(ready(one)).to_contain_text("Câu hỏi tiếp theo")
    expect(ready(other)).to_contain_text("Câu hỏi tiếp theo")
    button(one, "scene-thanks").click()
    expect(ready(one)).to_contain_text("Lời cảm ơn")
    button(other, "fire").click()
    expect(line(other)).to_contain_text("Bàn khác vừa chuẩn bị nội dung khác.")
    expect(screen.locator(".screen")).to_have_attribute("data-scene", "question")


def test_a_message_is_words_whatever_is_typed(server: Server, staff: Callable[..., Page]) -> None:
    evil = "<img src=x onerror=alert(1)> **Mời** $x^2$ {time}"
    screen, desk = projector(staff), staff("desk", Role.MODERATOR)
    button(desk, "scene-message").click()
    desk.keyboard.type(f"  {evil}  ")
    desk.keyboard.press("Enter")
    expect(ready(desk).locator(".stage .text")).to_have_text(evil)
    button(desk, "fire").click()
    expect(screen.locator(".stage .text")).to_have_text(evil)
    expect(screen.locator(".screen img")).to_have_count(0)

    # The last messages are offered again, the newest first, and shown with one more key.
    button(desk, "scene-message").click()
    desk.keyboard.type("Giải lao 15 phút")
    desk.keyboard.press("Control+Enter")
    expect(screen.locator(".stage .text")).to_have_text("Giải lao 15 phút")
    button(desk, "scene-message").click()
    expect(button(desk, "again")).to_have_text(["Giải lao 15 phút", evil])
    button(desk, "again").last.click()
    expect(ready(desk).locator(".stage .text")).to_have_text(evil)
    expect(control(desk).locator(".earlier :is(img, strong, em)")).to_have_count(0)
    assert hall(server).armed == Armed(scene=Scene.MESSAGE, message=evil)

    button(desk, "scene-message").click()
    control(desk).locator("input").fill("\u200b")
    desk.keyboard.press("Enter")
    expect(line(desk)).to_contain_text("Nội dung cần có từ 1 đến 200 ký tự")


def test_black_is_at_once_and_hides_what_comes_back(
    server: Server, staff: Callable[..., Page]
) -> None:
    screen, desk = projector(staff), staff("desk", Role.MODERATOR)
    button(desk, "scene-next").click()
    expect(ready(desk)).to_contain_text("Câu hỏi tiếp theo")

    button(desk, "dark").click()
    expect(screen.locator(".screen")).to_have_attribute("data-scene", "black")
    expect(on_air(desk)).to_contain_text("Màn đen")
    expect(button(desk, "dark")).to_have_attribute("aria-pressed", "true")
    assert hall(server).armed == Armed(scene=Scene.NEXT)

    desk.keyboard.press(".")
    expect(screen.locator(".screen")).to_have_attribute("data-scene", "welcome")


def test_the_clock_counts_at_the_desk_and_on_the_projector_if_wanted(
    server: Server, staff: Callable[..., Page]
) -> None:
    (number,) = queued(server, "Câu hỏi có đồng hồ ạ")
    began = datetime.now(UTC) - timedelta(minutes=6, seconds=20)
    database = engine.start(server.database_url)
    factories.act(number, Action.STAGE, version=2, at=began)
    database.close()
    screen, desk = staff("projector", Role.SCREEN), staff("desk", Role.MODERATOR)
    clock = control(desk).locator(".clocks .timer").first
    # Six minutes are the event's: it is over by so much.
    expect(clock).to_have_class("timer over")
    minutes, seconds = re.findall(r"\+(\d+):(\d\d)", clock.inner_text())[0]
    over = datetime.now(UTC) - began - timedelta(minutes=6)
    assert 20 <= 60 * int(minutes) + int(seconds) <= over.total_seconds()
    expect(screen.locator(".timer")).to_be_hidden()

    button(desk, "timer").click()

    expect(screen.locator(".stage > .timer .clock")).to_have_text("0:00")
    expect(on_air(desk).locator(".stage > .timer .clock")).to_be_visible()
    expect(button(desk, "timer")).to_have_attribute("aria-pressed", "true")
    button(desk, "timer").click()
    expect(screen.locator(".timer")).to_be_hidden()


def test_the_parts_of_the_day_begin_and_are_set_back(
    server: Server, staff: Callable[..., Page]
) -> None:
    desk, other = staff("desk", Role.MODERATOR), staff("desk", Role.MODERATOR)
    button(desk, "plan").click()
    sheet = control(desk).locator("dialog")
    expect(sheet.locator("li")).to_have_count(6)
    # The keyboard is on what comes next, and the desk behind hears nothing of it.
    desk.keyboard.press("Enter")
    opening = sheet.locator("li[aria-current=step]")
    expect(opening).to_contain_text("Khai mạc")
    expect(opening).to_contain_text("Bắt đầu lúc")
    expect(control(other).locator(".sentence")).to_contain_text("Khai mạc · đúng giờ")

    sheet.locator("[data-action=begin-doi-thoai-1]").click()
    expect(sheet.locator("li[aria-current=step]")).to_contain_text("Hạ tầng viễn thông")
    expect(control(other).locator(".sentence")).to_contain_text("còn kịp khoảng")
    expect(sheet.locator("li", has_text="Khai mạc")).to_contain_text("Bắt đầu lúc")

    began_at = hall(server).part_began_at
    sheet.locator("[data-action=begin-giai-lao]").click()
    expect(sheet.locator("[data-action=go-back]")).to_have_text("Quay lại: Đối thoại phần 1")
    sheet.locator("[data-action=go-back]").click()
    expect(sheet.locator("li[aria-current=step]")).to_contain_text("Hạ tầng viễn thông")
    assert hall(server).part_began_at == began_at

    sheet.locator("[data-action=reset]").click()
    expect(sheet.locator("li[aria-current=step]")).to_have_count(0)
    expect(sheet).not_to_contain_text("Bắt đầu lúc")
    assert hall(server).part is None
    expect(sheet.locator("[data-action=reset]")).to_be_hidden()
    sheet.locator("[data-action=go-back]").click()
    expect(opening).to_have_count(1)
    assert hall(server).part == "doi-thoai-1"
    desk.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_the_desk_and_the_chair_ask_each_other_to_move_on(
    server: Server, staff: Callable[..., Page]
) -> None:
    (number,) = queued(server, "Câu hỏi dài quá ạ")
    chair = factories.actor(Role.CHAIR, name="Chủ trì")
    desk = staff("desk", Role.MODERATOR)
    expect(button(desk, "ask")).to_be_disabled()
    click(row(desk, "queue", "dài quá"), "stage")
    expect(on_air(desk)).to_contain_text(f"#{number}")

    button(desk, "ask").click()
    expect(control(desk)).to_contain_text("Đã gửi lúc")
    expect(button(desk, "ask")).to_be_hidden()
    button(desk, "withdraw").click()
    expect(control(desk)).not_to_contain_text("Đã gửi lúc")
    assert hall(server).desk_asked_at is None
    button(desk, "ask").click()
    expect(control(desk)).to_contain_text("Đã gửi lúc")
    assert hall(server).desk_asked_at is not None
    change(server, halls.heed, Side.DESK, actor=chair)
    reload(desk)  # another process of the test did it, and a file tells nobody
    expect(control(desk)).to_contain_text("Chủ trì đã rõ lúc")
    expect(button(desk, "ask")).to_be_enabled()

    change(server, halls.ask_to_move_on, Side.CHAIR, number=number, actor=chair)
    reload(desk)
    expect(control(desk)).to_contain_text("Chủ trì xin chuyển câu")
    button(desk, "heed").click()
    expect(control(desk)).not_to_contain_text("Chủ trì xin chuyển câu")
    assert hall(server).chair_asked_at is None

    # With the question goes what was said about it.
    click(row(desk, "stage", "dài quá"), "answer")
    expect(control(desk)).not_to_contain_text("Chủ trì đã rõ lúc")
