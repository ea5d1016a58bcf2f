"""The live participation page in a browser: it follows clicks, and changes without flicker."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, WebSocket, expect

from data_access import engine
from dialogue.lifecycle import Action, Status
from dialogue.roles import Role
from tests import factories
from tests.browser.conftest import DESK, PHONE, PROJECTOR, ROOT, Server, keep_cookies
from tests.factories import SLUG

SHEET = ROOT / "docs" / "screens" / "charts.webp"
THUMBNAIL = 640
TURN = timedelta(minutes=3)


@pytest.fixture
def asked(server: Server) -> None:
    """Questions from three districts over the last hour, in several states."""
    database = engine.start(server.database_url)
    now = datetime.now(UTC)
    for place, (district, status) in enumerate(
        (district, status)
        for district, statuses in {
            "731": (Status.RECEIVED, Status.APPROVED, Status.APPROVED, Status.REJECTED),
            "736": (Status.RECEIVED, Status.QUEUED),
            "742": (Status.RECEIVED, Status.ANSWERED),
        }.items()
        for status in statuses
    ):
        topic = ("ha-tang-so", "viec-lam", None)[place % 3]
        at = now - timedelta(minutes=50 - 6 * place)
        factories.ask_until(status, district=district, topic=topic, at=at)
    database.close()


@pytest.fixture
def page(asked: None, staff: Callable[..., Page]) -> Page:
    """The page, drawn."""
    opened = staff("participation", Role.ANALYST)
    expect(opened.locator(".js-plotly-plot .main-svg").nth(20)).to_be_attached()
    expect(headline(opened)).to_have_text("8")
    return opened


def headline(page: Page) -> Locator:
    return page.locator("[data-testid=stMetricValue]").first


def marks(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key} .barlayer .point path")


def click(mark: Locator) -> None:
    """Click where a mark is: the framework lets the pointer through to what it has on top."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    mark.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_click_narrows_every_chart_and_the_address(page: Page) -> None:
    click(marks(page, "districts-bars").nth(1))

    expect(page).to_have_url(lambda url: "district=736" in url)
    expect(headline(page)).to_have_text("2")
    expect(page.locator(".st-key-districts-bars .ytick b, .st-key-districts-bars .ytick text")
           .filter(has_text="Định Quán")).to_be_visible()
    expect(page.get_by_text("2 câu hỏi đang chờ")).to_be_visible()

    click(marks(page, "districts-bars").nth(1))

    expect(page).to_have_url(lambda url: "district=" not in url)
    expect(headline(page)).to_have_text("8")


def test_a_cell_narrows_both_sides(page: Page) -> None:
    cell = page.locator(".st-key-matrix .barlayer .point path").first

    click(cell)

    expect(page).to_have_url(lambda url: "district=731" in url and "topic=" in url)


def test_a_selection_is_in_the_link_that_is_sent_to_a_colleague(
    page: Page, staff: Callable[..., Page]
) -> None:
    colleague = staff("participation", Role.ANALYST, lang="vi&district=742")

    expect(headline(colleague)).to_have_text("2")


def ask_by_phone(server: Server, *, district: str) -> None:
    answer = httpx.post(
        f"{server.url}/api/events/{SLUG}/questions",
        json={"text": "Một câu hỏi vừa được gửi đến", "district": district, "consent": True},
        headers={"Idempotency-Key": f"phone-{district}-{datetime.now(UTC).timestamp()}"},
    )
    assert answer.status_code == 201


def test_a_new_question_changes_the_charts_and_nothing_is_drawn_anew(
    page: Page, server: Server
) -> None:
    page.evaluate("""() => {
        window.drawn = [...document.querySelectorAll(".js-plotly-plot")];
        window.gone = 0;
        new MutationObserver((changes) => {
            for (const change of changes)
                for (const node of change.removedNodes)
                    if (node.querySelector?.(".js-plotly-plot")) window.gone += 1;
        }).observe(document.body, { childList: true, subtree: true });
    }""")
    page.locator(".st-key-timeline").scroll_into_view_if_needed()
    page.locator(".st-key-timeline [data-title='Phóng to']").click()
    zoomed = page.evaluate("() => document.querySelector('.st-key-timeline .js-plotly-plot').layout.xaxis.range")

    ask_by_phone(server, district="734")

    expect(headline(page)).to_have_text("9")
    expect(page.locator(".st-key-districts-bars .bartext").filter(has_text="1").first).to_be_attached()
    assert page.evaluate("() => window.drawn.every((each) => each.isConnected)")
    assert page.evaluate("() => window.gone") == 0
    after = page.evaluate("() => document.querySelector('.st-key-timeline .js-plotly-plot').layout.xaxis.range")
    assert after == zoomed
