"""What a page is sent is handed out, whatever is drawn of it: no contact, and no formula."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from data_access import engine
from dialogue.lifecycle import Status
from dialogue.roles import Role
from tests.browser.conftest import DESK, keep_cookies
from tests.factories import ask, ask_until
from tests.server import Server

TELEPHONE, ADDRESS = "0909 123 456", "hoa.le@example.vn"
FORMULAS = ("=HYPERLINK(1)", "@SUM(A1)", "-2+3", "+84")
PARTS = ("participation", "replay", "delays", "terms", "questions", "comparison")


@pytest.fixture
def asked(server: Server) -> None:
    """Questions that tell who asked, flagged and unread, and those that begin like a formula."""
    database = engine.start(server.database_url)
    for place in range(4):
        ask(text=f"Em {place} muốn đi xe buýt, gọi {TELEPHONE}, {ADDRESS} ạ?")
    for each in FORMULAS:
        ask_until(Status.APPROVED, text=f"{each} là công thức hay câu hỏi ạ?")
    database.close()


def drawn(page: Page) -> None:
    """Wait until the page is drawn, to its end; the first time all of its charts are made."""
    expect(page.locator("h1")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-testid=stApp]")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=60_000
    )


def cells(page: Page) -> list[str]:
    return page.locator(".dialogue-table td").all_inner_texts()


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("role", [Role.ANALYST, Role.CHAIR])
def test_nothing_that_leads_to_a_person_is_sent(
    server: Server, browser: Browser, role: Role
) -> None:
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    keep_cookies(context, server, role)
    page = context.new_page()
    sent: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: sent.append(_bytes(frame)))

    page.on("websocket", listen)
    page.on("response", lambda answer: sent.append(answer.url.encode()))
    addresses = [f"review?part={each}&term=xe buýt" for each in PARTS] + ["participation"]
    addresses += ["followup"] if role is Role.ANALYST else []
    for each in addresses:
        page.goto(f"{server.url}/{each}")
        drawn(page)

    everything = b"".join(sent)
    # What they asked is there.
    assert "xe buýt".encode() in everything
    for detail in (TELEPHONE, ADDRESS):
        assert detail.encode() not in everything
    context.close()


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


@pytest.mark.usefixtures("asked")
def test_no_page_offers_a_table_or_a_chart_as_a_file(staff: Callable[..., Page]) -> None:
    for place, query in (
        *(("review", {"part": each}) for each in PARTS),
        ("participation", {"districts-as": "map"}),
        ("activity", {}),
        ("accounts", {}),
        ("followup", {}),
    ):
        page = staff(place, Role.ADMIN, Role.MODERATOR, **query)
        drawn(page)

        # The framework's own tables and charts have menus that save what they show.
        for own in ("stDataFrame", "stElementToolbar", "stTable", "stPlotlyChart"):
            expect(page.locator(f"[data-testid={own}]")).to_have_count(0)
        # Of a chart's own menu only what zooms is there.
        buttons = page.locator(".modebar-btn").evaluate_all(
            "(all) => [...new Set(all.map((each) => each.dataset.attr + each.dataset.val))]"
        )
        assert set(buttons) <= {"zoomin", "zoomout", "zoomreset"}
        page.context.close()


@pytest.mark.usefixtures("asked")
def test_what_is_copied_from_a_table_is_no_formula(staff: Callable[..., Page]) -> None:
    page = staff("review", Role.ANALYST, part="questions")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    table = page.locator(".st-key-questions .dialogue-table")
    expect(table.locator("tbody tr")).to_have_count(8)

    table.evaluate("(all) => document.getSelection().selectAllChildren(all)")
    page.keyboard.press("Control+c")
    copied = page.evaluate("() => navigator.clipboard.readText()")

    lines = [line.split("\t") for line in copied.splitlines()]
    for formula in FORMULAS:
        assert any(cell.startswith(f"'{formula}") for line in lines for cell in line)
    assert not [c for line in lines for c in line if c.lstrip().startswith(tuple("=+-@"))]
    # On the screen it is as it was asked.
    assert [each for each in cells(page) if each.startswith(FORMULAS)]


@pytest.mark.usefixtures("asked")
def test_a_table_is_sorted_by_its_heads_and_found_by_the_keyboard(
    staff: Callable[..., Page],
) -> None:
    page = staff("review", Role.ANALYST, part="questions")
    table = page.locator(".st-key-questions .dialogue-table")
    first = table.locator("tbody tr").first.locator("td").first
    expect(first).to_have_text("1")
    head = table.get_by_role("button", name="Số", exact=True)

    head.press("Enter")
    expect(table.get_by_role("columnheader", name="Số")).to_have_attribute("aria-sort", "ascending")
    head.press("Enter")
    expect(first).to_have_text("8")
    head.press("Enter")
    expect(first).to_have_text("1")
