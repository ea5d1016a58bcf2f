"""The hall's screens: how soon they follow the desk and each other, and a day of changes."""

import asyncio
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

from playwright.sync_api import CDPSession, sync_playwright

from tests import programs
from tests.load.browser import Empty, Watched, any_moment, chromium
from tests.load.clients import Desk, Screen
from tests.load.desks import ARRIVALS_A_SECOND, INBOX, MEGABYTE, arrivals, resident
from tests.load.measuring import Result
from tests.load.servers import Served, mixture, serving

QUESTIONS = 500
# Two projectors, a stream's overlay, and two more of the districts.
SCREENS = ("", "", "overlay=1", "", "")
IN_ONE_HALL = 3
PROMISED_APART = 300  # milliseconds
CLICKS = 41
# As many as a desk makes in twelve hours that are busier than any.
CHANGES = 3_000
WARM_UP = 200
STAGE, QUEUE = ".st-key-stage", ".st-key-queue"
STAGE = ".st-key-stage"
IS_ON_STAGE = "(root, wanted) => (root.querySelector('.stage .marks') !== null) === wanted"
HAS_A_ROW = "(root) => root.querySelector('.row') !== null"


class Times(NamedTuple):
    """Milliseconds from a click at the desk to the last of five screens; between the hall's three.

    Next to it in time: until a fragment of one word shows that it has run again.
    """

    seen: float
    apart: float
    empty: float


def measured() -> list[Result]:
    """Measure how soon the screens change, and what a day of changes leaves behind."""
    with serving("tests.load.variants.empty", questions=mixture(QUESTIONS)) as served:
        times = asyncio.run(_times(served))
        memory = _memory(served)
    each = Times(*map(statistics.median, zip(*times, strict=True)))
    name = (
        f"A click at the desk, {QUESTIONS} questions, {ARRIVALS_A_SECOND} arrivals a second,"
        f" {len(SCREENS)} screens open, in Chromium: changed on the last of them"
    )
    return [
        _compare(f"{name} / a fragment of one word, run again", each.seen, each.empty, at_most=3),
        _compare(
            "Two projectors and an overlay: from the first to the last that changed / as promised",
            each.apart,
            PROMISED_APART,
            at_most=1,
        ),
        *memory,
    ]


def _compare(name: str, first: float, second: float, *, at_most: float) -> Result:
    return Result(
        name=name,
        first=f"{first:.0f} ms",
        second=f"{second:.0f} ms",
        ratio=first / second,
        at_most=at_most,
    )


async def _times(served: Served) -> list[Times]:
    """Look at the desk and a projector in Chromium; the other screens are clients."""
    async with chromium() as browser, arrivals(served.port):
        desk = await Watched.open(
            browser, served, "desk?order=oldest", served.cookies[0], shows=f"{INBOX} .row"
        )
        projector = await Watched.open(
            browser, served, f"projector?{SCREENS[0]}", served.screen, shows=".stage"
        )
        others = [await Screen.open(served.port, served.screen, query=each) for each in SCREENS[1:]]
        empty = await Empty.open_page(browser, served)
        await desk.press(INBOX, ".row [data-action=queue]")
        await desk.when(QUEUE, HAS_A_ROW)
        times = [await _one(desk, projector, others, empty) for _ in range(CLICKS)]
        await asyncio.gather(*(each.close() for each in others))
    # The first of all is drawn for the first time.
    return times[1:]


async def _one(desk: Watched, projector: Watched, others: list[Screen], empty: Empty) -> Times:
    """Bring a question on stage, or put it back, and wait until every screen shows it."""
    await any_moment()
    is_coming = bool(await desk.read(QUEUE, HAS_A_ROW))

    async def shown(screen: Screen) -> float:
        await screen.until(lambda: bool(screen.scene.get("on_stage")) is is_coming)
        return 1000 * time.time()

    waiting = [asyncio.create_task(projector.when(STAGE, IS_ON_STAGE, is_coming))]
    waiting += [asyncio.create_task(shown(each)) for each in others]
    begun = await (
        desk.press(QUEUE, "[data-action=stage]")
        if is_coming
        else desk.press(STAGE, "[data-action=put_back]")
    )
    ended = await asyncio.gather(*waiting)
    # The desk has both lists as they are then: the stage's, and the queue's.
    await desk.when(STAGE if is_coming else QUEUE, HAS_A_ROW)
    return Times(
        seen=max(ended) - begun,
        apart=max(ended[:IN_ONE_HALL]) - min(ended[:IN_ONE_HALL]),
        empty=await empty.rerun(),
    )


async def _click(desk: Desk) -> None:
    if desk.on_stage:
        await desk.press("put_back", desk.on_stage[0])
    else:
        await desk.press("stage", desk.queue[0])


async def _settled(desk: Desk, *, on_stage: bool) -> None:
    """Wait until the desk has both lists as they are then: the stage's, and the queue's."""
    await desk.until(lambda: bool(desk.on_stage) is on_stage and bool(desk.queue) is not on_stage)


def _memory(served: Served) -> list[Result]:
    """Compare a projector's page and its server after a few changes and after a day of them."""
    with ThreadPoolExecutor(1) as desk, one_projector() as open_page:
        protocol = open_page(served)

        def held_after(changes: int) -> tuple[float, float]:
            desk.submit(asyncio.run, _change(served, changes)).result()
            return _heap(protocol), resident(served.process)

        few, many = held_after(WARM_UP), held_after(CHANGES)
    what = f"after {CHANGES:,} changes more / after {WARM_UP}"
    return [
        Result(
            name=f"Memory of {where} {what}",
            first=f"{after / MEGABYTE:.1f} MB",
            second=f"{before / MEGABYTE:.1f} MB",
            ratio=after / before,
            at_most=1.2,
        )
        for where, before, after in zip(
            ("a projector's page", "its server"), few, many, strict=True
        )
    ]


async def _change(served: Served, times: int) -> None:
    """Bring the question that waits on stage and put it back, in turn."""
    desk = await Desk.open(served.port, served.cookies[0], query="order=oldest")
    await desk.until(lambda: bool(desk.queue or desk.on_stage))
    for _ in range(times):
        is_coming = not desk.on_stage
        await _click(desk)
        await _settled(desk, on_stage=is_coming)
    await desk.close()


@contextmanager
def one_projector() -> Iterator[Callable[[Served], CDPSession]]:
    """A Chromium that opens projectors, and tells of their pages."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=programs.chromium(), args=["--no-sandbox"]
        )

        def open_page(served: Served) -> CDPSession:
            context = browser.new_context(viewport={"width": 1920, "height": 1080})
            url = f"http://127.0.0.1:{served.port}"
            name, _, value = served.screen.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": url}])
            page = context.new_page()
            page.goto(f"{url}/projector")
            page.locator(".stage").wait_for()
            return context.new_cdp_session(page)

        yield open_page
        browser.close()


def _heap(protocol: CDPSession) -> float:
    """Return how many bytes the page's own objects hold, once what is unused has gone."""
    protocol.send("Performance.enable")
    protocol.send("HeapProfiler.collectGarbage")
    metrics = protocol.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "JSHeapUsedSize"))
