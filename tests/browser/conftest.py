"""The real server and a real browser."""

import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from dialogue.roles import Role
from tests import programs
from tests.browser import evidence
from tests.browser.steps import drawn, looked_at
from tests.server import Server

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1400, "height": 900}
PROJECTOR = {"width": 1920, "height": 1080}


@pytest.fixture
def server(sqlite_url: str, tmp_path: Path) -> Iterator[Server]:
    """A running server on a fresh database with the sample event."""
    with Server(sqlite_url, tmp_path / "server.log") as started:
        yield started


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium for all browser tests; each opens a context, which is a phone of its own.

    It ends with this folder: while it runs, no other test can run an event loop.
    """
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=programs.chromium(), args=["--no-sandbox"]
        )
        yield launched
        launched.close()


def keep_cookies(context: BrowserContext, server: Server, *roles: Role) -> None:
    """Let a browser be signed in as somebody new who has these roles."""
    for name, value in server.cookies(*roles).items():
        context.add_cookies([{"name": name, "value": value, "url": server.url}])


@pytest.fixture
def staff(server: Server, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page as staff do: signed in; no page ever reloads by itself."""
    contexts: list[BrowserContext] = []

    def open_page(
        place: str,
        *roles: Role,
        size: dict[str, int] = DESK,
        lang: str = "vi",
        deaf: bool = False,
        **query: str,
    ) -> Page:
        context = browser.new_context(viewport=size, locale="vi-VN")  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        if deaf:
            page.route_web_socket(re.compile("/live/"), lambda socket: None)
        keep_cookies(context, server, *roles)
        page.goto(f"{server.url}/{place}?{urlencode({'lang': lang, **query})}")
        drawn(page)
        if place == "desk" and Role.MODERATOR in roles:
            looked_at(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def phone(server: Server, browser: Browser) -> Iterator[Page]:
    """The page of a young person, who has not asked yet."""
    context = browser.new_context(viewport=PHONE, locale="vi-VN")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{server.url}/ask/dong-nai-2022")
    yield page
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what the browser and the server saw of a failure, before the fixtures end."""
    report = yield
    if report.failed and report.when != "teardown" and isinstance(item, pytest.Function):
        report.sections += evidence.keep(item)
    return report
