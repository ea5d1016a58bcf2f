"""What a failed test leaves behind: a picture of each page, its console, the logs of servers."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

LONGEST_NAME = 150
WITHIN_MILLISECONDS = 10_000


def keep(item: pytest.Function) -> list[tuple[str, str]]:
    """Keep what is left while all is still open; return what is to be printed, by title."""
    folder = item.config.rootpath / "test-results" / _name(item)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    browser = item.funcargs.get("browser")
    contexts = browser.contexts if isinstance(browser, Browser) else []
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages, start=1):
        _keep_page(page, folder / f"page-{number}")
    of_the_test = item.funcargs.get("tmp_path")
    for log in of_the_test.rglob("*.log") if isinstance(of_the_test, Path) else ():
        shutil.copy(log, folder / log.name)
    kept = sorted(folder.iterdir())
    texts = [each for each in kept if each.suffix != ".png"]
    printed = [(each.name, each.read_text(encoding="utf-8", errors="replace")) for each in texts]
    return [*printed, ("kept", "\n".join(str(each) for each in kept))]


def _name(item: pytest.Function) -> str:
    return re.sub(r"[^\w.-]+", "-", item.nodeid.removeprefix("tests/"))[:LONGEST_NAME]


def _keep_page(page: Page, file: Path) -> None:
    """Write `.png` and `.txt`; a page that is gone or stuck says so there."""
    try:
        lines = [page.url, *(_line(each) for each in page.console_messages()), *_errors(page)]
        page.screenshot(path=file.with_suffix(".png"), timeout=WITHIN_MILLISECONDS)
    except Error as error:
        lines = [page.url, f"nothing more can be kept of it: {error}"]
    file.with_suffix(".txt").write_text("\n".join(lines), encoding="utf-8")


def _line(message: ConsoleMessage) -> str:
    place = message.location
    return f"{message.type}: {message.text} ({place['url']}:{place['lineNumber']})"


def _errors(page: Page) -> Iterator[str]:
    for error in page.page_errors():
        yield f"uncaught: {error.stack or error.message}"
