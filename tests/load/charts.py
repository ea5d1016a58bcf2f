"""A live update of the participation page among a million questions and among ten thousand."""

import asyncio
import time
from collections.abc import Callable
from contextlib import ExitStack

from tests.load.clients import Phone, Session, open_session
from tests.load.measuring import Result, alternate, compare_times
from tests.load.servers import Served, mixture, serving

# What is copied until there are enough.
DISTINCT = 1000
FEW, MANY = 10_000, 1_000_000


def measured() -> list[Result]:
    """Measure from the request of a rerun to its end, when a question has come since the last."""
    with ExitStack() as stack:
        many, few = (
            stack.enter_context(serving("app", questions=mixture(DISTINCT), multiplied=count))
            for count in (MANY, FEW)
        )
        # Both serve before a page is opened: one that is left alone too long is hung up on.
        runner = stack.enter_context(asyncio.Runner())

        def updates(served: Served) -> Callable[[], float]:
            page = runner.run(open_session(served.port, "participation", served.cookies[0]))
            stack.callback(lambda: runner.run(page.socket.close()))
            return lambda: runner.run(_update(page, served.port))

        times = alternate(updates(many), updates(few))
    return [
        compare_times(
            "A live update of all charts: among 1,000,000 questions / 10,000", times, at_most=2
        )
    ]


async def _update(page: Session, port: int) -> float:
    # A connection of its own: one that rests for some seconds is closed by the server.
    phone = await Phone.open(port)
    await phone.submit()
    phone.close()
    begun = time.perf_counter()
    await page.rerun(fragment=True)
    return 1000 * (time.perf_counter() - begun)
