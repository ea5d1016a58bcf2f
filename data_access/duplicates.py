"""Which questions of an event ask the same: looked for as they arrive, kept for who asks."""

import threading
from collections import defaultdict

from data_access import engine
from data_access.boards import Board
from data_access.engine import Database
from dialogue.similarity import Index, Match


class _Event:
    """The index of one event, as far as a board."""

    def __init__(self) -> None:
        self._index = Index()
        self._texts: dict[int, str] = {}
        self._known: dict[int, tuple[Match, ...]] = {}
        self._revision = -1
        self._turn = threading.Lock()

    def of(self, board: Board, number: int) -> tuple[Match, ...]:
        with self._turn:
            if board.revision > self._revision:
                self._follow(board)
            if number not in self._known:
                text = self._texts[number]
                self._known[number] = tuple(self._index.alike(text, without=number))
            return self._known[number]

    def _follow(self, board: Board) -> None:
        is_first = self._revision < 0
        for question in board.changed_since(self._revision):
            self._take(question.number, question.text, is_first=is_first)
        self._revision = board.revision

    def _take(self, number: int, text: str, *, is_first: bool) -> None:
        if self._texts.get(number) == text:
            return
        before = self._known.pop(number, ())
        self._index.put(number, text)
        self._texts[number] = text
        if is_first:
            return  # nobody has asked for any yet
        self._known[number] = tuple(self._index.alike(text, without=number))
        # Those that were or are like it are asked anew when they are next looked at.
        for match in (*before, *self._known[number]):
            self._known.pop(match.number, None)


_events: defaultdict[tuple[Database, str], _Event] = defaultdict(_Event)


def of(board: Board, number: int) -> tuple[Match, ...]:
    """List the questions of a board that ask the same as one of them, the most alike first."""
    return _events[engine.current(), board.event.slug].of(board, number)
