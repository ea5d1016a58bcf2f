"""Pages in Chromium that tell when they show something, to the millisecond.

Several pages are compared by the clock of the machine, which all of them have.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

from playwright.async_api import Browser, Page, async_playwright

from tests import programs
from tests.load.servers import Served

# The first element below a place for which something holds; a component draws in a tree of its own.
_WATCH = """
() => {
window.rootOf = (selector) => {
  const place = document.querySelector(selector);
  const host = [place, ...place.querySelectorAll("*")].find((each) => each.shadowRoot);
  return host ? host.shadowRoot : place;
};
window.moment = () => performance.timeOrigin + performance.now();
window.when = (selector, holds) => new Promise((resolve) => {
  const root = rootOf(selector);
  const look = () => {
    if (!holds(root)) return;
    watching.disconnect();
    resolve(moment());
  };
  const watching = new MutationObserver(look);
  watching.observe(root, {
    subtree: true, childList: true, characterData: true, attributes: true,
  });
  look();
});
}
"""


class Watched:
    """A page that is looked at."""

    def __init__(self, page: Page) -> None:
        """Take over an open page."""
        self._page = page

    @classmethod
    async def open(
        cls, browser: Browser, served: Served, path: str, cookie: str, *, shows: str
    ) -> Self:
        """Open a page in a window of its own, and return once it shows what a selector finds."""
        url = f"http://127.0.0.1:{served.port}"
        context = await browser.new_context(
            viewport={"width": 1400, "height": 900}, reduced_motion="reduce"
        )
        name, _, value = cookie.partition("=")
        await context.add_cookies([{"name": name, "value": value, "url": url}])
        page = await context.new_page()
        await page.goto(f"{url}/{path}")
        await page.locator(shows).first.wait_for()
        await page.evaluate(_WATCH)
        return cls(page)

    async def when(self, place: str, holds: str, value: Any = None) -> float:
        """Return the time in milliseconds from which on something holds of a place.

        `holds` is a function of the place's root and of a value, in JavaScript.
        """
        return float(
            await self._page.evaluate(
                f"([place, value]) => when(place, (root) => ({holds})(root, value))",
                [place, value],
            )
        )

    async def press(self, place: str, selector: str) -> float:
        """Click on what a selector finds in a place, and return when, in milliseconds."""
        return float(
            await self._page.evaluate(
                "([place, selector]) => {"
                " const begun = moment(); rootOf(place).querySelector(selector).click();"
                " return begun; }",
                [place, selector],
            )
        )

    async def read(self, place: str, reading: str) -> Any:
        """Return what a JavaScript function of a place's root reads there."""
        return await self._page.evaluate(f"(place) => ({reading})(rootOf(place))", place)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start a Chromium whose pages run at full speed though only one is in front."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=programs.chromium(),
            args=[
                "--no-sandbox",
                "--disable-background-timer-throttling",
                "--disable-renderer-backgrounding",
                "--disable-backgrounding-occluded-windows",
            ],
        )
        yield browser
        await browser.close()


class Empty(Watched):
    """A page whose fragment is one word: how long the framework and the browser need at least."""

    PLACE = ".st-key-nothing"

    @classmethod
    async def open_page(cls, browser: Browser, served: Served) -> Self:
        """Open the page."""
        return await cls.open(
            browser, served, "empty", served.cookies[0], shows=f"{cls.PLACE} button"
        )

    async def rerun(self) -> float:
        """Press its button, and return the milliseconds until what it shows is another."""
        await any_moment()
        shown = await self.read(self.PLACE, "(root) => root.textContent")
        other = "(root, shown) => root.textContent !== shown"
        waiting = asyncio.create_task(self.when(self.PLACE, other, shown))
        begun = await self.press(self.PLACE, "button")
        return await waiting - begun


async def any_moment() -> None:
    """Wait for a moment that is in step with nothing."""
    await asyncio.sleep(random.uniform(0.1, 0.4))
