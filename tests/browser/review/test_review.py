"""The review in a browser: the day is told again, and what staff write on a moment stays."""

import os
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from data_access import engine
from dialogue.roles import Role
from tests import days
from tests.browser import sheets
from tests.browser.conftest import DESK, PHONE, keep_cookies
from tests.browser.steps import reload
from tests.factories import add_account
from tests.server import Server


@pytest.fixture
def played(server: Server) -> None:
    """A part of the rehearsal, played through by two moderators."""
    database = engine.start(server.database_url)
    moderators = [add_account(Role.MODERATOR, name=each) for each in ("Lan", "Minh")]
    days.play(moderators=moderators, most=60)
    database.close()


def figure(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key} .main-svg").first


def moment(page: Page) -> Locator:
    return page.get_by_role("slider")


@pytest.mark.usefixtures("played")
def test_the_day_is_told_minute_by_minute_and_annotated(staff: Callable[..., Page]) -> None:
    page = staff("review", Role.ANALYST)
    expect(figure(page, "topics")).to_be_visible()
    page.get_by_role("radio", name="Diễn biến").click()
    expect(figure(page, "course")).to_be_visible()
    last = moment(page).get_attribute("aria-valuetext") or ""

    moment(page).press("Home")
    expect(page.get_by_text("13:30 10/11/2022: đã nhận")).to_be_visible()
    moment(page).press("ArrowRight")
    expect(page.get_by_text("13:31 10/11/2022: đã nhận")).to_be_visible()
    assert last not in ("", "13:31 10/11/2022")

    page.get_by_text("Viết nhận xét").first.click()
    page.get_by_role("textbox").fill("Lúc này hội trường bắt đầu hỏi nhiều.")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Nhận xét (1)")).to_be_visible()

    reload(page)
    page.get_by_text("Nhận xét (1)").click()
    expect(page.get_by_text("Lúc này hội trường bắt đầu hỏi nhiều.")).to_be_visible()
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text("13:31 10/11/2022")


@pytest.mark.long
@pytest.mark.usefixtures("played")
def test_a_replay_plays_by_itself_and_can_be_stopped(staff: Callable[..., Page]) -> None:
    page = staff("review", Role.ANALYST, part="replay")
    expect(figure(page, "course")).to_be_visible()

    page.get_by_role("button", name="Phát").click()

    for minute in ("13:31", "13:33", "13:35"):
        expect(page.get_by_text(f"{minute} 10/11/2022: đã nhận")).to_be_visible()
    page.get_by_role("button", name="Tạm dừng").click()
    expect(page.get_by_role("button", name="Phát")).to_be_visible()


@pytest.mark.long
@pytest.mark.usefixtures("played")
def test_every_part_fits_a_phone_and_is_a_link_for_a_colleague(
    staff: Callable[..., Page],
) -> None:
    shown = {
        "replay": ".st-key-course .main-svg",
        "delays": ".st-key-sources .main-svg",
        "terms": ".st-key-terms .main-svg",
        "questions": ".dialogue-table",
        "comparison": "[data-testid=stAlert]",
        "files": ".st-key-export-start button",
    }
    for part, drawn in shown.items():
        page = staff("review", Role.ANALYST, size=PHONE, part=part)
        expect(page.locator(drawn).first).to_be_visible()
        assert f"part={part}" in page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.long
@pytest.mark.skipif(not os.environ.get("CONTACT_SHEET"), reason="only draws docs/screens")
def test_the_contact_sheet(server: Server, browser: Browser) -> None:
    database = engine.start(server.database_url)
    moderators = [add_account(Role.MODERATOR, name=each) for each in ("Lan", "Minh", "Hà")]
    days.play(moderators=moderators)
    database.close()
    pictures: list[Image.Image] = []
    for size, scheme, query, drawn in (
        (DESK, "light", "lang=vi", "path"),
        (DESK, "dark", "lang=en&part=replay", "replayed-topics"),
        (DESK, "light", "lang=vi&part=delays", "sources"),
        (DESK, "dark", "lang=vi&part=terms", "terms"),
        (PHONE, "light", "lang=vi&part=replay", "replayed-topics"),
        (PHONE, "dark", "lang=en&part=delays&by=district", "sources"),
    ):
        context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        keep_cookies(context, server, Role.ANALYST)
        page = context.new_page()
        page.goto(f"{server.url}/review?{query}")
        expect(figure(page, drawn)).to_be_visible(timeout=20_000)
        pictures.append(sheets.photograph(page))
        context.close()
    sheets.lay_out(pictures, sheets.FOLDER / "review.webp")
