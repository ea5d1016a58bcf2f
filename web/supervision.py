"""Keeps alive what must not end while the server runs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from web.readiness import readiness

logger = logging.getLogger(__name__)
# Whatever ran so long after a fault is taken for sound again.
SOUND_AFTER_SECONDS = 5.0
SHORTEST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0


@asynccontextmanager
async def supervised(part: str, work: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Have work done that never ends, while the context is open.

    What ends it is logged, keeps the process from being ready, and it is begun again.
    """
    supervising = asyncio.create_task(_keep(part, work))
    try:
        yield
    finally:
        supervising.cancel()
        with suppress(asyncio.CancelledError):
            await supervising


async def _keep(part: str, work: Callable[[], Awaitable[None]]) -> None:
    pause = SHORTEST_PAUSE_SECONDS
    while True:
        working = asyncio.ensure_future(work())
        try:
            await asyncio.wait({working}, timeout=SOUND_AFTER_SECONDS)
            if not working.done():
                readiness.fault(part, None)
                pause = SHORTEST_PAUSE_SECONDS
            await working
        except Exception:
            logger.exception("%s broke off; it begins again in %.1f seconds", part, pause)
        finally:
            working.cancel()
        readiness.fault(part, f"{part} broke off, and begins again")
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
