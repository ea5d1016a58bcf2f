"""Does what the outbox of a page sends, each deed once, and says what came of it."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from threading import Lock
from typing import Any, NotRequired, TypedDict

from sqlalchemy.orm import Session

from data_access import engine, outboxes
from dialogue.refusals import NotNow

logger = logging.getLogger(__name__)
# Far more than people have pages open.
KEPT = 1000
LONGEST_PAGE = 40
LARGEST = 2**31 - 1

Begin = Callable[[], AbstractContextManager[Session]]
"""Opens the transaction that a deed is done in."""


class Said(TypedDict):
    """What came of a deed, in a line; `undo` offers to take it back.

    `at` is when, in seconds since 1970, by which a page that draws it again knows it. `refused` is
    why something was not done. `again` is the deed that came too late, to be done all the same.
    `revision` is what `undo` takes back, where it is known. `advanced` tells that the chair went on
    to the next question.
    `undone` are the numbers of the questions that were taken back. Of several deeds, `not_done`
    are the places of those that were refused.
    """

    text: str
    undo: bool
    at: float
    refused: NotRequired[bool]
    again: NotRequired[Mapping[str, Any]]
    revision: NotRequired[int]
    advanced: NotRequired[bool]
    undone: NotRequired[Sequence[int]]
    not_done: NotRequired[Sequence[int]]


class _DoneBefore(Exception):
    pass


@dataclass
class _Page:
    """Of one page in a browser: the place of the last deed that was seen to, and what was said.

    What was done is in the database too: `written` is the last place that this process wrote down
    there. `lines` are of the deeds that the page sent last.
    """

    place: int = 0
    written: int = 0
    lines: dict[int, Said] = field(default_factory=dict)
    turn: Lock = field(default_factory=Lock)


def number(sent: object) -> int:
    """Return a number that a page sends, one that a database can hold.

    Raises:
        ValueError: no page sends this.
    """
    if isinstance(sent, int) and 0 <= sent <= LARGEST:
        return sent
    raise ValueError(f"not a number of ours: {sent!r:.40}")


def number_if_any(sent: object) -> int | None:
    """Return a number that a page may leave out, as `number` does."""
    return None if sent is None else number(sent)


def words_if_any(sent: object) -> str | None:
    """Return words or a code that a page may leave out.

    Raises:
        ValueError: no page sends this.
    """
    if sent is None or isinstance(sent, str):
        return sent
    raise ValueError(f"not words of ours: {sent!r:.40}")


def say(text: str, *, undo: bool = False) -> Said:
    """Return a line that is said now."""
    return Said(text=text, undo=undo, at=time.time())


def refuse(text: str, *, again: Mapping[str, Any] | None = None) -> Said:
    """Return a line that says why something was not done."""
    said = Said(text=text, undo=False, at=time.time(), refused=True)
    return {**said, "again": again} if again else said


def take(
    account_id: int,
    page: str,
    sent: Sequence[Mapping[str, Any]],
    do: Callable[[Mapping[str, Any], Begin], Said | None],
    *,
    untold: str,
) -> tuple[int, Said | None]:
    """Do the deeds of somebody's page that were not done yet, in order.

    A browser that hears no answer sends them again, and none of them may be lost or done twice:
    each has its place on its page, which is written down in the transaction that does it. Returns
    the place of the last, and what came of all that were sent; `untold` is said of what was done
    where that could not be put in words.

    Raises:
        NotNow: what the page sent before is still being done.
    """
    known = _page(account_id, page)
    if not known.turn.acquire(blocking=False):
        raise NotNow
    try:
        # What the page does not send again, it has heard of.
        heard = min((each["place"] for each in sent), default=known.place + 1)
        known.lines = {at: line for at, line in known.lines.items() if at >= heard}
        for each in sent:
            place = each["place"]
            if place <= known.place:
                continue
            begin = partial(_once, known, account_id, page, place)
            try:
                line = do(each, begin)
            except _DoneBefore:
                line = None
            except Exception:
                # Not done, unless it was committed: then nobody may be told to try again.
                if known.written != place:
                    raise
                logger.exception("what came of a deed that was done could not be told")
                line = say(untold)
            if line is not None:
                known.lines[place] = line
            known.place = place
        return known.place, _together(known.lines)
    finally:
        known.turn.release()


@contextmanager
def _once(known: _Page, account_id: int, page: str, place: int) -> Iterator[Session]:
    with engine.current().transaction() as session:
        if not outboxes.advance(session, account_id, page, place, at=datetime.now(UTC)):
            raise _DoneBefore
        yield session
    known.written = place


def _together(placed: Mapping[int, Said]) -> Said | None:
    """Return the last line, if any, with those before it that say what was not done."""
    if not placed:
        return None
    lines = list(placed.values())
    last = lines[-1]
    refused = [each for each in lines[:-1] if each.get("refused")]
    text = " ".join([*dict.fromkeys(each["text"] for each in refused), last["text"]])
    offered = [each["again"] for each in (last, *reversed(refused)) if "again" in each][:1]
    not_done = [place for place, each in placed.items() if each.get("refused")]
    said: Said = {**last, "text": text, "not_done": not_done}
    return {**said, "again": offered[0]} if offered else said


@lru_cache(KEPT)
def _page(_account_id: int, _page: str) -> _Page:
    return _Page()
