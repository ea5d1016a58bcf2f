"""What a browser is told to refuse, and that the pages work all the same."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from data_access import engine
from dialogue.lifecycle import Status
from dialogue.roles import Role
from tests import factories
from tests.browser.conftest import keep_cookies
from tests.server import Server

Open = Callable[[str], Page]


@pytest.fixture
def refused() -> list[str]:
    """What the console said of refused loads, and of errors."""
    return []


@pytest.fixture
def open_page(server: Server, browser: Browser, refused: list[str]) -> Iterator[Open]:
    """Open a page as somebody who may open all."""
    context: BrowserContext = browser.new_context(locale="vi-VN")
    keep_cookies(context, server, Role.ADMIN, Role.MODERATOR)

    def listen(message: ConsoleMessage) -> None:
        # A page that is opened by its own address asks there for two files that are at the top.
        if message.type == "error" and "404" not in message.text:
            refused.append(message.text)

    def opened(path: str) -> Page:
        page = context.new_page()
        page.on("console", listen)
        page.goto(f"{server.url}{path}")
        return page

    yield opened
    context.close()


def test_every_page_works_under_its_policy(
    server: Server, open_page: Open, refused: list[str]
) -> None:
    database = engine.start(server.database_url)
    for status in (Status.RECEIVED, Status.ANSWERED, Status.QUEUED, Status.ON_STAGE):
        factories.ask_until(status)
    database.close()
    for path, drawn in {
        "/desk": ".st-key-inbox .board article, .st-key-inbox .board li",
        "/projector": ".stage",
        "/participation": ".js-plotly-plot .main-svg",
        "/review": ".js-plotly-plot .main-svg",
        "/review?part=questions": ".dialogue-table td",
        "/review?part=replay": ".js-plotly-plot .main-svg",
        "/accounts": ".dialogue-table td",
        "/account": "form[action='/signout']",
        "/signin": "form",
        "/ask/dong-nai-2022": "form#ask",
    }.items():
        page = open_page(path)
        expect(page.locator(drawn).first).to_be_visible()
        page.close()

    assert refused == [], "\n".join(refused)


@pytest.mark.parametrize("path", ["/ask/dong-nai-2022", "/signin", "/desk"])
def test_a_script_that_got_into_a_page_does_not_run(
    open_page: Open, refused: list[str], path: str
) -> None:
    page = open_page(path)

    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.owned = true";
            document.body.append(script);
            const image = document.createElement("img");
            image.setAttribute("onerror", "window.owned = true");
            image.src = "data:image/png;base64,broken";
            document.body.append(image);
            const outside = document.createElement("img");
            outside.src = "https://elsewhere.example/x.png";
            document.body.append(outside);
        }"""
    )

    page.wait_for_function("() => [...document.images].every((image) => image.complete)")
    assert page.evaluate("() => window.owned") is None
    assert len([each for each in refused if "Content Security Policy" in each]) >= 3
