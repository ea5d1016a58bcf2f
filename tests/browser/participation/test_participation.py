"""The live participation page in a browser: it follows clicks, and changes without flicker."""

import os
import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data_access import engine
from dialogue.lifecycle import Status
from dialogue.roles import Role
from live import snapshots
from rehearsal import recording
from tests import factories
from tests.browser import sheets
from tests.browser.conftest import DESK, PHONE, PROJECTOR, keep_cookies
from tests.factories import SLUG
from tests.server import Server

pytestmark = pytest.mark.long


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
    drawn(opened)
    expect(headline(opened)).to_have_text("8")
    return opened


def drawn(page: Page) -> None:
    """Wait until the page is drawn, to its end; the first time eight charts are made."""
    expect(page.locator(".dialogue-table")).to_be_visible(timeout=60_000)


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

    expect(page).to_have_url(re.compile("district=736"))
    expect(headline(page)).to_have_text("2")
    bold = page.locator(".st-key-districts-bars .ytick tspan[style*='font-weight:bold']")
    expect(bold).to_have_text("Định Quán")
    expect(page.get_by_text("2 câu hỏi đang chờ")).to_be_visible()

    click(marks(page, "districts-bars").nth(1))

    expect(page).not_to_have_url(re.compile("district="))
    expect(headline(page)).to_have_text("8")


def test_a_cell_narrows_both_sides(page: Page) -> None:
    cell = page.locator(".st-key-matrix .barlayer .point path").first

    click(cell)

    expect(page).to_have_url(re.compile("district=731"))
    expect(page).to_have_url(re.compile("topic="))


def test_a_selection_is_in_the_link_that_is_sent_to_a_colleague(
    page: Page, staff: Callable[..., Page]
) -> None:
    colleague = staff("participation", Role.ANALYST, district="742")

    drawn(colleague)
    expect(headline(colleague)).to_have_text("2")


def ask_by_phone(server: Server) -> None:
    answer = httpx.post(
        f"{server.url}/api/events/{SLUG}/questions",
        json={"text": "Một câu hỏi vừa được gửi đến", "district": "734", "consent": True},
        headers={"Idempotency-Key": "phone"},
    )
    assert answer.status_code == 201


def test_a_new_question_changes_the_charts_and_nothing_is_drawn_anew(
    page: Page, server: Server
) -> None:
    page.evaluate(
        """() => { window.drawn = [...document.querySelectorAll(".js-plotly-plot .main-svg")]; }"""
    )
    timeline = page.locator(".st-key-timeline .js-plotly-plot")
    timeline.hover()
    timeline.locator("[data-title='Phóng to']").click()
    whole = page.locator(".st-key-districts-bars .bartext").filter(has_text="0").count()
    zoomed = timeline.evaluate("(chart) => chart.layout.xaxis.range")

    ask_by_phone(server)

    expect(headline(page)).to_have_text("9")
    empty = page.locator(".st-key-districts-bars .bartext").filter(has_text="0")
    expect(empty).to_have_count(whole - 1)
    assert page.evaluate("() => window.drawn.every((each) => each.isConnected)")
    assert timeline.evaluate("(chart) => chart.layout.xaxis.range") == zoomed


def test_a_figure_that_did_not_change_is_not_sent_again(server: Server, browser: Browser) -> None:
    database = engine.start(server.database_url)
    number = factories.ask_until(Status.APPROVED)
    database.close()
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    keep_cookies(context, server, Role.ANALYST)
    page = context.new_page()
    sockets: list[WebSocket] = []
    page.on("websocket", lambda socket: sockets.append(socket))
    page.goto(f"{server.url}/participation?time=all")
    drawn(page)
    (stream,) = (each for each in sockets if "_stcore" in each.url)
    sent: list[ForwardMsg] = []
    stream.on("framereceived", lambda payload: sent.append(ForwardMsg.FromString(payload)))

    with (
        httpx.Client(base_url=server.url) as phone,
        stream.expect_event("framereceived", is_last),
    ):
        phone.get(f"/ask/{SLUG}")
        phone.put(f"/api/events/{SLUG}/questions/{number}/vote").raise_for_status()

    names = [each.delta.new_element.bidi_component.component_name for each in sent]
    assert "chart" not in names
    assert sum(bool(each.ref_hash) for each in sent) >= 8
    context.close()


def is_last(payload: bytes) -> bool:
    return bool(ForwardMsg.FromString(payload).HasField("script_finished"))


@pytest.mark.skipif(not os.environ.get("CONTACT_SHEET"), reason="only draws docs/screens")
def test_the_contact_sheet(server: Server, browser: Browser) -> None:
    fill(server)
    pictures: list[Image.Image] = []
    for size, scheme, query in (
        (DESK, "light", "lang=vi"),
        (DESK, "dark", "lang=en&districts-as=tiles&district=731"),
        (PROJECTOR, "light", "lang=vi&districts-as=map&measure=per_10000&topic=ha-tang-so"),
        (PHONE, "dark", "lang=vi"),
    ):
        context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        keep_cookies(context, server, Role.ANALYST)
        page = context.new_page()
        page.goto(f"{server.url}/participation?{query}")
        drawn(page)
        expect(page.locator(".dialogue-table td").first).to_be_visible()
        pictures.append(sheets.photograph(page))
        context.close()
    sheets.lay_out(pictures, sheets.FOLDER / "charts.webp")


def fill(server: Server) -> None:
    """An hour and a half of the rehearsal's questions, more from some districts than others."""
    database = engine.start(server.database_url)
    chance = random.Random(2)
    event = snapshots.current(SLUG).event
    codes = [each.code for each in event.districts]
    subjects = [*(each.code for each in event.topics[:-2]), None]
    for place, each in enumerate(recording.read()[:180]):
        at = datetime.now(UTC) - timedelta(seconds=30 * (180 - place))
        ways = [Status.RECEIVED] * 5 + [Status.APPROVED] * 3 + [Status.QUEUED, Status.REJECTED]
        district = codes[min(int(chance.expovariate(0.3)), len(codes) - 1)]
        status = Status.ANSWERED if place % 12 == 0 else chance.choice(ways)
        factories.ask_until(
            status, text=each.text, district=district, topic=chance.choice(subjects), at=at
        )
    database.close()
