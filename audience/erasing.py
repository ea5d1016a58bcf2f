"""Erases what askers told of themselves when the time for it has come."""

import asyncio
import logging
from contextlib import AbstractAsyncContextManager, suppress
from datetime import UTC, datetime

import anyio

from data_access import engine, patience
from data_access.events import events
from data_access.questions.writing import personal_data
from dialogue.refusals import PracticeOver
from web.supervision import supervised

logger = logging.getLogger(__name__)
EVERY_SECONDS = 3600.0
WAITS_SECONDS = 60.0


def running(days: int) -> AbstractAsyncContextManager[None]:
    """Look now and every hour, while the context is open, for what is due to be erased."""
    return supervised("the erasing of personal data", lambda: _erase_forever(days))


async def _erase_forever(days: int) -> None:
    while True:
        try:
            await anyio.to_thread.run_sync(erase_due, days, datetime.now(UTC))
        except engine.Failure as error:
            why = engine.reason(error)
            logger.error("personal data could not be erased; trying again in an hour: %s", why)
        await asyncio.sleep(EVERY_SECONDS)


def erase_due(days: int, at: datetime) -> None:
    """Erase, event by event, what is older than it may be."""
    with engine.current().reading() as session:
        slugs = [*events.list_slugs(session), *events.list_practices(session)]
    for slug in slugs:
        erased = 0
        # Nobody waits for it, so it may wait for others.
        with (
            patience.within(WAITS_SECONDS),
            # A rehearsal may have been wiped meanwhile.
            suppress(PracticeOver),
            engine.current().transaction() as session,
        ):
            erased = personal_data.erase_due(session, slug, days=days, at=at)
        if erased:
            logger.info("erased the personal data of %d askers of %s", erased, slug)
