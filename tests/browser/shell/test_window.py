"""What a person expects of any page in a browser: its language, its history, its Escape."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, expect

from dialogue.roles import Role
from tests.browser.conftest import keep_cookies
from tests.browser.steps import board, go_to
from tests.server import Server


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def test_the_language_that_was_chosen_is_that_of_every_page_but_the_halls(
    server: Server, browser: Browser
) -> None:
    context = browser.new_context(locale="vi-VN")
    keep_cookies(context, server, Role.MODERATOR)
    page = context.new_page()
    page.goto(f"{server.url}/activity")
    with page.expect_response(re.compile("/language/en$")) as kept:
        page.get_by_text("English").click()
    assert kept.value.status == 204

    for path, heading in (("account", "Your account"), ("participation", "Participation")):
        page.goto(f"{server.url}/{path}")
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    # Also where it is opened from a page in English, the hall's language is its own.
    with context.expect_page() as opened:
        go_to(page, "Projector")
    expect(opened.value.locator(".screen")).to_have_attribute("lang", "vi")
    page.goto(f"{server.url}/projector?lang=en")
    expect(page.locator(".screen")).to_have_attribute("lang", "en")
    context.close()


def test_one_page_is_one_entry_of_the_history_as_it_was_left(
    server: Server, staff: Callable[..., Page]
) -> None:
    desk = staff("desk", Role.MODERATOR)
    expect(board(desk, "inbox")).to_be_visible()
    expect(desk).to_have_url(re.compile("event="))
    before = entries(desk)

    board(desk, "inbox").locator("[data-action=view-approved]").click()
    expect(desk).to_have_url(re.compile("state=approved"))
    desk.get_by_text("English").click()
    expect(desk).to_have_url(re.compile("lang=en"))
    assert entries(desk) == before
    go_to(desk, "Activity")
    expect(desk.get_by_role("heading", name="Activity")).to_be_visible()
    expect(desk).to_have_url(re.compile("event="))
    assert entries(desk) == before + 1
    assert "state" not in parse_qs(urlsplit(desk.url).query)

    desk.go_back()
    expect(board(desk, "inbox")).to_be_visible()
    expect(desk).to_have_url(re.compile("/desk.*state=approved"))


def test_escape_closes_the_filters_wherever_the_focus_is(staff: Callable[..., Page]) -> None:
    desk = staff("desk", Role.MODERATOR)
    button = desk.get_by_role("button", name="Bộ lọc")
    filters = desk.get_by_test_id("stPopoverBody")

    button.click()
    expect(filters).to_be_visible()
    expect(button).to_be_focused()
    desk.keyboard.press("Escape")
    expect(filters).to_have_count(0)
    expect(button).to_be_focused()

    button.click()
    filters.get_by_text("Có lượt quan tâm").click()
    desk.keyboard.press("Escape")
    expect(filters).to_have_count(0)
