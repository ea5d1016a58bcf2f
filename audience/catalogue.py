"""The events' catalogues at hand, so that checking a submission needs no database."""

import time

from data_access import engine, events
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

    async def event(self, slug: str) -> Event:
        """Return an event.

        Raises:
            UnknownEvent: no event has this slug.
        """
        read_at, event = self._events.get(slug, (0.0, None))
        age = time.monotonic() - read_at
        if event is None or age > KEPT_SECONDS:
            if event is not None and age <= OLDEST_SECONDS:
                # Whoever comes meanwhile makes do with this one: a hall full of phones must not
                # all read the same anew.
                self._events[slug] = (time.monotonic(), event)
            event = await threads.read(_read, slug)
            self._events[slug] = (time.monotonic(), event)
        return event


def _read(slug: str) -> Event:
    with engine.current().reading() as session:
        return events.event(session, slug)
