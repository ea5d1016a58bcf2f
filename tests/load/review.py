"""The review of a hundred thousand questions, opened anew, and a page with next to nothing."""

import asyncio
import time
from collections.abc import Callable

from tests.load.clients import open_session
from tests.load.measuring import Result, alternate, compare_times
from tests.load.servers import mixture, serving

DISTINCT = 1000
QUESTIONS = 100_000
PARTS = ("participation", "replay", "delays", "terms")


def measured() -> list[Result]:
    """Measure from the connection to the end of the page's first run, in sessions of their own."""
    with (
        serving(
            "tests.load.variants.empty", questions=mixture(DISTINCT), multiplied=QUESTIONS
        ) as served,
        asyncio.Runner() as runner,
    ):

        def opened(page: str, query: str = "") -> Callable[[], float]:
            return lambda: runner.run(_open(served.port, page, served.cookies[0], query))

        return [
            compare_times(
                f"The review of {QUESTIONS:,} questions, opened at “{part}” / a page of one word",
                alternate(opened("review", f"part={part}"), opened("empty")),
                at_most=10 if part == PARTS[0] else None,
            )
            for part in PARTS
        ]


async def _open(port: int, page: str, cookie: str, query: str) -> float:
    begun = time.perf_counter()
    session = await open_session(port, page, cookie, query=query)
    taken = 1000 * (time.perf_counter() - begun)
    await session.socket.close()
    return taken
