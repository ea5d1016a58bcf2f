"""Which questions of an event ask the same: looked for as they arrive, kept for who asks."""

import threading
from collections import defaultdict

from data_access.engine import Database
from data_access.questions.cached.snapshots import Snapshot
from dialogue.lifecycle import Status
from dialogue.similarity import Index, Match


class _Event:
    """The index of one event, as far as a snapshot."""

    def __init__(self) -> None:
        self._index = Index()
        self._texts: dict[int, str] = {}
        self._known: dict[int, tuple[Match, ...]] = {}
        self._revision = -1
        self._turn = threading.Lock()

    def of(self, snapshot: Snapshot, number: int) -> tuple[Match, ...]:
        with self._turn:
            if snapshot.revision > self._revision:
                self._follow(snapshot)
            text = self._texts.get(number)
            if text is None:
                return ()
            if number not in self._known:
                self._known[number] = tuple(self._index.alike(text, without=number))
            return self._known[number]

    def same(self, snapshot: Snapshot, number: int) -> frozenset[int]:
        with self._turn:
            if snapshot.revision > self._revision:
                self._follow(snapshot)
            return self._index.same(number)

    def _follow(self, snapshot: Snapshot) -> None:
        is_first = self._revision < 0
        for question in snapshot.changed_since(self._revision):
            counts = question.status not in (Status.REJECTED, Status.MERGED)
            self._take(question.number, question.text if counts else None, is_first=is_first)
        self._revision = snapshot.revision

    def _take(self, number: int, text: str | None, *, is_first: bool) -> None:
        if self._texts.get(number) == text:
            return
        self._forget(number)
        if text is None:
            self._index.drop(number)
            del self._texts[number]
            return
        self._index.put(number, text)
        self._texts[number] = text
        if is_first:
            return  # nobody has asked for any yet
        self._known[number] = tuple(self._index.alike(text, without=number))
        for match in self._known[number]:
            self._known.pop(match.number, None)

    def _forget(self, number: int) -> None:
        """Have those that were like a question asked anew when they are next looked at."""
        if number not in self._texts:
            return
        self._known.pop(number, None)
        for other, matches in list(self._known.items()):
            if any(match.number == number for match in matches):
                del self._known[other]


_events: defaultdict[tuple[Database, str], _Event] = defaultdict(_Event)


def of(snapshot: Snapshot, number: int) -> tuple[Match, ...]:
    """List the questions of a snapshot that ask the same as one of them, the most alike first.

    Those that were rejected or merged are left out: nobody looks at them any more.
    """
    return _events[snapshot.database, snapshot.event.slug].of(snapshot, number)


def same(snapshot: Snapshot, number: int) -> frozenset[int]:
    """Return the questions of a snapshot that say the very same words as one of them."""
    return _events[snapshot.database, snapshot.event.slug].same(snapshot, number)
