"""Questions are brought on stage and scenes are shown from the desk's keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from dialogue.roles import Role
from tests.browser.desk.test_stage_control import button, projector, queued
from tests.browser.steps import board, row
from tests.server import Server


def test_the_screens_are_led_by_keyboard_alone(server: Server, staff: Callable[..., Page]) -> None:
    first, second = queued(server, "Câu hỏi thứ nhất ạ", "Câu hỏi thứ hai ạ")
    screen, desk = projector(staff), staff("desk", Role.MODERATOR)
    expect(board(desk, "queue").locator(".row")).to_have_count(2)

    for key in ("g", "v"):
        desk.keyboard.press(key)
    expect(button(desk, "fire")).to_contain_text(f"#{first}")
    desk.keyboard.press("Control+Enter")
    expect(screen.locator(".stage .text")).to_have_text("Câu hỏi thứ nhất ạ")
    # Quicker than the desk is drawn: what was pressed last is what is fired.
    for key in ("v", "Control+Enter"):
        desk.keyboard.press(key)
    expect(screen.locator(".stage .text")).to_have_text("Câu hỏi thứ hai ạ")
    expect(row(desk, "stage", "thứ hai")).to_contain_text(f"#{second}")

    for key in ("w", "ArrowRight", "ArrowRight", "Enter", "Control+Enter"):
        desk.keyboard.press(key)
    expect(screen.locator(".screen")).to_have_attribute("data-scene", "next")
    desk.keyboard.press(".")
    expect(screen.locator(".screen")).to_have_attribute("data-scene", "black")
    desk.keyboard.press("?")
    expect(desk.locator("dialog.help")).to_contain_text("Chiếu nội dung đã chuẩn bị")
