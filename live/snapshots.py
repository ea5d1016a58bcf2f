"""The newest snapshot of each event in this process's database, shared by all who look at it."""

from contextlib import suppress

from data_access import engine
from data_access.questions.cached.snapshots import Snapshot, Snapshots
from dialogue.refusals import UnknownEvent

_kept = Snapshots()


def current(slug: str) -> Snapshot:
    """Return the newest snapshot of an event.

    Raises:
        UnknownEvent: no event has this slug.
    """
    return _kept.newest(engine.current(), slug)


def on_screens(slug: str) -> Snapshot:
    """Return the snapshot that an event's screens show: its own, or that of its rehearsal.

    Raises:
        UnknownEvent: no event has this slug.
    """
    snapshot = current(slug)
    if snapshot.hall.practice and snapshot.practice is not None:
        # It may just have been wiped, of which the other snapshot says so next.
        with suppress(UnknownEvent):
            return current(snapshot.practice)
    return snapshot
