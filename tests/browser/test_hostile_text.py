"""Words from outside that try to be markup, in every place that shows some, on every page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

import app
from access.visitors import SESSION_COOKIE
from data_access import engine
from data_access.accounts import sessions
from data_access.events import events
from data_access.followup import replies
from dialogue import event_files
from dialogue.accounts import Grant
from dialogue.events import Event
from dialogue.lifecycle import Action, Status
from dialogue.roles import Role
from live import snapshots
from tests import factories
from tests.factories import NOON
from tests.server import Server

pytestmark = pytest.mark.long

LINK = "[bấm](javascript:alert(1))"
EVIL = (
    f"<img src=x onerror=alert(1)><b>đậm</b><a href='javascript:alert(1)'>a</a>{LINK}"
    "![hình](https://example.com/x.png)$x^2$:red[đỏ]:material/home:%{x}<svg onload=alert(1)>"
)
SLUG = "doc-hai"
SENT_BACK = 5
FORGED = "2026-11-24 12:00:00 INFO forged"
# Whatever the page is: none of these may come of the words.
MADE_OF_IT = (
    "img[src=x]",
    "img[src*='example.com']",
    "a[href^='javascript']",
    "svg[onload]",
    ".katex",
    "main b, .board b, .stage b",
    "svg tspan[style*='font-weight:bold']:text('đậm')",
)


def hostile_event() -> Event:
    """The sample event, with each name of it hostile."""
    event = event_files.read(app.SAMPLE.read_text(encoding="utf-8"))
    names: dict[str, Any] = dict.fromkeys(
        ("title", "title_en", "theme", "theme_en", "unit_name"), EVIL
    )
    return replace(
        event,
        slug=SLUG,
        **names,
        districts=tuple(
            replace(each, name=f"{EVIL}{each.code}", short_name=f"{LINK}<b>đậm</b>{each.code}")
            for each in event.districts
        ),
        topics=tuple(
            replace(each, name=f"{EVIL}{each.code}", name_en=EVIL) for each in event.topics
        ),
        reasons=tuple(replace(each, text=EVIL, text_en=EVIL) for each in event.reasons),
        departments=tuple(
            replace(each, name=f"{EVIL[:150]}{each.code}", name_en=EVIL[:150])
            for each in event.departments
        ),
    )


def reply_to(sent_back: int, published: int) -> None:
    """Reply to two questions with hostile words, of which one is sent back with some."""
    for number in (sent_back, published):
        factories.submit_reply(number, slug=SLUG, text=EVIL, document_number=EVIL[:80])
    factories.act(published, Action.REPLY, version=3, slug=SLUG)
    with engine.current().transaction() as session:
        replies.send_back(
            session, SLUG, sent_back, EVIL, version=1, actor=factories.actor(name=EVIL), at=NOON
        )


@pytest.fixture
def codes(server: Server) -> dict[Status, str]:
    """Questions of the hostile event in several states, with the codes of their receipts."""
    database = engine.start(server.database_url)
    with database.transaction() as session:
        events.add(session, hostile_event())
    told: dict[str, Any] = dict.fromkeys(("name", "organisation", "contact"), EVIL[:80])
    found = {}
    for status in (
        *(Status.RECEIVED, Status.REJECTED, Status.QUEUED, Status.ON_STAGE),
        *(Status.DEFERRED, Status.DEFERRED),
    ):
        text = f"{EVIL}\n{FORGED}"
        number = factories.ask_until(status, slug=SLUG, text=text, show_name=True, **told)
        found[status] = snapshots.current(SLUG).questions[number].code
    reply_to(SENT_BACK, SENT_BACK + 1)
    found[Status.REPLIED] = found.pop(Status.DEFERRED)
    database.close()
    return found


@pytest.fixture
def page(server: Server, browser: Browser, codes: dict[Status, str]) -> Iterator[Page]:
    """The browser of somebody with a hostile name, device and screen, who may open everything."""
    database = engine.start(server.database_url)
    account_id = factories.add_account(
        Role.ADMIN,
        Role.MODERATOR,
        besides=[Grant(Role.DEPARTMENT, SLUG, factories.DEPARTMENT)],
        name=EVIL[:80],
    )
    with database.transaction() as session:
        token = sessions.begin(session, account_id, device=EVIL[:40], at=datetime.now(UTC))
        sessions.add_screen(
            session, EVIL[:80], slug=SLUG, actor=factories.actor(Role.ADMIN), at=NOON
        )
    database.close()
    context = browser.new_context(locale="vi-VN", user_agent=f"Mozilla/5.0 {LINK.encode()!r}")
    context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": server.url}])
    yield context.new_page()
    context.close()


def test_no_page_makes_anything_of_it(server: Server, page: Page, codes: dict[Status, str]) -> None:
    alerts: list[str] = []
    elsewhere: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    page.on(
        "request",
        lambda request: (
            elsewhere.append(request.url)
            if urlsplit(request.url).scheme in ("http", "https", "ws")
            and urlsplit(request.url).netloc != urlsplit(server.url).netloc
            else None
        ),
    )
    shown = {
        f"/desk?event={SLUG}": ".st-key-inbox .board",
        f"/activity?event={SLUG}": ".dialogue-table",
        f"/chair?event={SLUG}": ".chair .now",
        f"/projector?event={SLUG}": ".stage .marks",
        f"/participation?event={SLUG}": ".js-plotly-plot .main-svg >> nth=0",
        f"/review?event={SLUG}": ".js-plotly-plot .main-svg >> nth=0",
        f"/review?event={SLUG}&part=replay": ".js-plotly-plot .main-svg >> nth=0",
        f"/review?event={SLUG}&part=delays": ".js-plotly-plot .main-svg >> nth=0",
        f"/review?event={SLUG}&part=terms": ".js-plotly-plot .main-svg >> nth=0",
        f"/review?event={SLUG}&part=questions": ".dialogue-table >> nth=0",
        f"/review?event={SLUG}&part={quote(EVIL)}&span={quote(EVIL)}": ".js-plotly-plot >> nth=0",
        f"/followup?event={SLUG}&question={SENT_BACK}": ".st-key-chosen",
        f"/department?event={SLUG}&question={SENT_BACK}": "textarea",
        "/accounts": "[data-testid=stMain]",
        "/account": "main",
        f"/ask/{SLUG}": "main",
        f"/ask/{SLUG}/{codes[Status.REJECTED]}": "main",
        f"/ask/{SLUG}/{codes[Status.REPLIED]}": "#reply",
        f"/replies/{SLUG}": "main",
        "/": "[data-testid=stMain]",
        f"/desk?event={quote(EVIL)}&lang={quote(EVIL)}": "[data-testid=stMain]",
        f"/signin?next={quote(EVIL)}&lang={quote(EVIL)}": "main",
        f"/ask/{quote(EVIL.replace('/', ''))}": "main",
    }
    for path, selector in shown.items():
        page.goto(f"{server.url}{path}")
        expect(page.locator(selector)).to_be_visible()
        page.wait_for_load_state("networkidle")
        for made in MADE_OF_IT:
            assert page.locator(made).count() == 0, (path, made)
        # The terms are the words of it alone, without their marks.
        if SLUG in path and "part=terms" not in path:
            expect(page.locator("body")).to_contain_text("bấm](javascript:alert(1))")
    assert alerts == []
    assert elsewhere == []
    assert FORGED not in server.log.read_text()
    assert "onerror" not in server.log.read_text()


def test_a_chart_says_it_as_words_under_the_pointer(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/participation?event={SLUG}")
    bar = page.locator(".js-plotly-plot .barlayer .point path").first
    bar.scroll_into_view_if_needed()
    bar.hover(force=True)

    hover = page.locator(".hoverlayer").filter(has_text="javascript")
    expect(hover.first).to_contain_text("<b>đậm</b>")
    assert page.locator(".hoverlayer a").count() == 0
