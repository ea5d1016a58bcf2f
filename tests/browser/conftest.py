"""The real server, as an operator starts it, and a real browser."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from data_access import engine
from dialogue.roles import Role
from tests import factories, programs

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1400, "height": 900}
PROJECTOR = {"width": 1920, "height": 1080}
ROOT = Path(__file__).parent.parent.parent
SECRET = "only-for-tests-0123456789-0123456789"
STARTS_WITHIN_SECONDS = 60
FAILED = pytest.StashKey[bool]()


class Server:
    """One process of the app; its address stays the same from one start to the next."""

    def __init__(self, database_url: str, log: Path, **environment: str) -> None:
        """Choose an address; `start` begins to serve."""
        self.environment = environment
        self.before: list[str] = []
        self.options: list[str] = []
        # Without one it listens wherever the framework does by default.
        self.address: str | None = "127.0.0.1"
        self.script = "app.py"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database_url = database_url
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "streamlit", "run", self.script]
        options = ["--server.port", str(self.port)]
        if self.address is not None:
            options += ["--server.address", self.address]
        environment = {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "DIALOGUE_SECRET": SECRET,
            # Tests are busier than phones are; those of the limits turn them on.
            "DIALOGUE_LIMITS": "off",
            "PYTHONUNBUFFERED": "1",
            **self.environment,
        }
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self.before, *command, *options, *self.options],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_it_answers(self._process)

    def cookies(self, *roles: Role) -> dict[str, str]:
        """Return the cookies of somebody new who has these roles."""
        database = engine.start(self.database_url)
        held = factories.cookies(*roles)
        database.close()
        return held

    @property
    def process(self) -> int:
        """The id of the process that serves."""
        assert self._process is not None
        return self._process.pid

    def stop(self) -> None:
        """Ask it to end, as a service manager does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it without a word, as a power cut does."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if httpx.get(f"{self.url}/healthz", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        self.kill()
        pytest.fail(f"the server did not start:\n{self.log.read_text()}")


@pytest.fixture
def server(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> Iterator[Server]:
    """A running server on a fresh database with the sample event; a failure prints its log."""
    started = Server(sqlite_url, tmp_path / "server.log")
    started.start()
    yield started
    started.stop()
    if request.node.stash.get(FAILED, False):
        print(f"\n---- the server's own log ----\n{started.log.read_text()}")


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
    """Remember that a test failed, for the fixtures that end after it."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
