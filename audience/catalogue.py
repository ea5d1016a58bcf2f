"""The events' catalogues at hand, so that checking a submission needs no database."""

import asyncio
import time

from data_access import engine
from data_access.events import events
from dialogue.events import Event
from web import threads

KEPT_SECONDS = 0.5
# Older than that, an event is read anew by whoever asks: a district may have come meanwhile.
OLDEST_SECONDS = 5.0


class Catalogue:
    """Keeps each event for half a second: long for a burst of phones, short for a person."""

    def __init__(self) -> None:
        """Begin with nothing at hand."""
        self._events: dict[str, tuple[float, Event]] = {}
        self._reading: dict[str, asyncio.Task[Event]] = {}

    async def event(self, slug: str) -> Event:
        """Return an event.

        Raises:
            UnknownEvent: no event has this slug.
            NotNow: the database did not answer in time.
        """
        read_at, event = self._events.get(slug, (0.0, None))
        age = time.monotonic() - read_at
        if event is not None and age <= KEPT_SECONDS:
            return event
        reading = self._reading.get(slug)
        if reading is None:
            reading = self._reading[slug] = asyncio.create_task(self._read(slug))
        elif event is not None and age <= OLDEST_SECONDS:
            return event
        # A hall full of phones reads it once; one that goes away does not end the others' reading.
        return await asyncio.shield(reading)

    async def _read(self, slug: str) -> Event:
        try:
            event = await threads.for_reading(_read, slug)
            self._events[slug] = (time.monotonic(), event)
            return event
        finally:
            del self._reading[slug]


def _read(slug: str) -> Event:
    with engine.current().reading() as session:
        return events.event(session, slug)
