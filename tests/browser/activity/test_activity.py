"""The activity, while several people are at work and others read it."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from data_access import engine
from data_access.questions.writing import undoing
from dialogue.lifecycle import Status
from dialogue.roles import Role
from tests import factories
from tests.browser.steps import ask, reload, row
from tests.factories import NOON, SLUG
from tests.server import Server

pytestmark = pytest.mark.long

EVIL = "<img src=x onerror=alert(1)>**An** [bấm](javascript:alert(1))"


@pytest.fixture
def sit_down(server: Server, browser: Browser) -> Iterator[Callable[[int], Page]]:
    """Open the desk as somebody with an account."""
    contexts: list[BrowserContext] = []

    def opened(account_id: int) -> Page:
        with closing(engine.start(server.database_url)):
            cookies = factories.sign_in(account_id)
        contexts.append(browser.new_context(locale="vi-VN"))
        for name, value in cookies.items():
            contexts[-1].add_cookies([{"name": name, "value": value, "url": server.url}])
        page = contexts[-1].new_page()
        page.goto(f"{server.url}/desk")
        return page

    yield opened
    for context in contexts:
        context.close()


def add_people(server: Server, *names: str) -> list[int]:
    with closing(engine.start(server.database_url)):
        return [factories.add_account(Role.MODERATOR, name=each) for each in names]


def cell(page: Page, words: str) -> Locator:
    return page.locator(".dialogue-table td").filter(has_text=re.compile(f"^{re.escape(words)}$"))


def choose(page: Page, key: str, name: str) -> None:
    page.locator(f".st-key-{key} input").click()
    page.get_by_role("option", name=name, exact=True).click()


def test_what_several_people_do_is_shown_at_once_and_can_be_narrowed(
    server: Server, phone: Page, staff: Callable[..., Page], sit_down: Callable[[int], Page]
) -> None:
    activity = staff("activity", Role.ADMIN)
    an, binh = add_people(server, "Nguyễn An", EVIL)
    expect(activity.get_by_text("Chưa có hoạt động nào.")).to_be_visible()

    ask(phone, f"Khi nào ấp em có sóng 4G ạ {EVIL}")
    expect(cell(activity, "Đã nhận: #1.")).to_have_count(1)
    desk = sit_down(an)
    row(desk, "inbox", "4G").get_by_role("button", name="Duyệt", exact=True).click()
    expect(cell(activity, "Đã duyệt: #1.")).to_have_count(1)
    other = sit_down(binh)
    other.locator(".st-key-inbox [data-action=view-approved]").click()
    row(other, "inbox", "4G").get_by_role("button", name="Vào hàng đợi", exact=True).click()
    expect(cell(activity, "Đã đưa vào hàng đợi: #1.")).to_have_count(1)

    expect(cell(activity, EVIL)).to_have_count(1)
    expect(cell(activity, "Đã duyệt → Trong hàng đợi")).to_have_count(1)
    expect(activity.locator(".dialogue-table td").filter(has_text="Khi nào ấp em")).to_have_count(3)
    assert activity.locator("img[src=x], a[href^=javascript]").count() == 0

    reload(activity)
    choose(activity, "who", EVIL)
    expect(cell(activity, "Đã đưa vào hàng đợi: #1.")).to_have_count(1)
    expect(cell(activity, "Đã duyệt: #1.")).to_have_count(0)
    expect(activity).to_have_url(re.compile(f"who={binh}"))
    choose(activity, "who", "Điện thoại")
    expect(cell(activity, "Đã nhận: #1.")).to_have_count(1)
    expect(cell(activity, "Đã đưa vào hàng đợi: #1.")).to_have_count(0)


def test_a_link_leads_to_the_history_of_a_question(
    server: Server, staff: Callable[..., Page]
) -> None:
    page = staff("activity", Role.MODERATOR)
    with closing(engine.start(server.database_url)) as database:
        factories.ask_until(Status.ANSWERED)
        factories.ask_until(Status.APPROVED)
        with database.transaction() as session:
            undoing.undo(session, SLUG, actor=factories.actor(), at=NOON)

    page.goto(f"{server.url}/activity?number=2")

    expect(cell(page, "Đã hoàn tác: #2.")).to_have_count(1)
    expect(cell(page, "Thao tác đó là: Đã duyệt")).to_have_count(1)
    expect(cell(page, "Đã duyệt: #2.")).to_have_count(1)
    expect(page.locator(".dialogue-table td").filter(has_text="#1")).to_have_count(0)


def test_nothing_moves_under_whoever_reads_older_lines(
    server: Server, phone: Page, staff: Callable[..., Page]
) -> None:
    page = staff("activity", Role.MODERATOR, lang="en")
    with closing(engine.start(server.database_url)):
        for _ in range(60):
            factories.ask()
    reload(page)
    expect(cell(page, "Received: #60.")).to_have_count(1)
    page.locator(".st-key-older button").click()
    expect(page.locator(".st-key-older")).to_have_count(0)
    expect(page.locator(".st-key-following input")).not_to_be_checked()

    ask(phone, "Khi nào ấp em có sóng 4G ạ")
    expect(page.get_by_text("There are newer lines.")).to_be_visible()

    expect(cell(page, "Received: #61.")).to_have_count(0)
    expect(page.locator(".dialogue-table td").filter(has_text="#").first).to_have_text(
        "Received: #60."
    )
    page.locator(".st-key-following label").first.click()
    expect(cell(page, "Received: #61.")).to_have_count(1)
