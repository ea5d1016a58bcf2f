"""The bar at the head of the pages of staff: where one is, what goes on, and the way elsewhere."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from data_access import engine
from data_access.events import events
from dialogue.events import Intake
from dialogue.roles import Role
from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.steps import board
from tests.factories import SLUG
from tests.server import Server

TALLEST = 56
FULL_HD = {"width": 1920, "height": 1080}
LAPTOP = {"width": 1280, "height": 720}


def bar(page: Page) -> Locator:
    return page.locator(".st-key-bar .bar")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("size", [FULL_HD, LAPTOP, PHONE])
def test_one_low_bar_leads_to_every_place_of_ones_role(
    staff: Callable[..., Page], size: dict[str, int]
) -> None:
    desk = staff("desk", Role.MODERATOR, size=size)
    expect(bar(desk)).to_be_visible()
    box = bar(desk).bounding_box()
    assert box is not None
    assert box["height"] <= TALLEST
    assert box["x"] + box["width"] <= size["width"]

    to_entry = bar(desk).get_by_role("link", name="Nhập câu hỏi").filter(visible=True)
    if size is not FULL_HD:
        expect(to_entry).to_have_count(0)
        name = "Trình đơn" if size is PHONE else "Điều hành"
        bar(desk).get_by_role("button", name=name, exact=True).click()
    to_entry.click()

    expect(desk.locator(".st-key-entry-text")).to_be_visible()
    assert urlsplit(desk.url).path == "/entry"
    assert query(desk) == {"event": [SLUG], "lang": ["vi"]}
    expect(desk.locator("a[href='#stMain']")).to_have_text("Bỏ qua, tới nội dung")
    # Who may not open a place is not led there.
    expect(bar(desk).get_by_text("Tài khoản", exact=True)).to_have_count(0)


def test_a_menu_opens_and_closes_by_keyboard(staff: Callable[..., Page]) -> None:
    page = staff("activity", Role.MODERATOR, size=LAPTOP)
    menu = bar(page).get_by_role("button", name="Điều hành")
    link = bar(page).get_by_role("link", name="Bàn điều phối").filter(visible=True)

    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(link).to_have_count(0)
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")

    expect(board(page, "inbox")).to_be_visible()


def test_the_bar_says_how_questions_are_taken_when_it_changes(
    server: Server, staff: Callable[..., Page]
) -> None:
    desk = staff("participation", Role.MODERATOR)
    state = bar(desk).locator(".state")
    expect(state).to_have_text("Đang nhận câu hỏi · Đọc trước khi công khai")

    database = engine.start(server.database_url)
    with database.transaction() as session:
        events.set_intake(
            session, SLUG, Intake.CLOSED, actor=factories.actor(), at=datetime.now(UTC)
        )
    database.close()

    expect(state).to_have_text("Đã đóng · Đọc trước khi công khai")


def test_a_stranger_is_offered_to_sign_in_and_no_place(server: Server, browser: Browser) -> None:
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(server.url)
    expect(bar(page).locator(".places a")).to_have_count(0)

    bar(page).get_by_role("link", name="Đăng nhập").click()

    expect(page).to_have_url(re.compile("/signin$"))
    context.close()


def test_the_language_is_chosen_in_the_bar_and_the_page_stays(staff: Callable[..., Page]) -> None:
    page = staff("activity", Role.MODERATOR)

    bar(page).get_by_role("link", name="English").click()

    expect(page.get_by_role("heading", name="Activity")).to_be_visible()
    assert query(page)["lang"] == ["en"]
