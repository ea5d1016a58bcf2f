"""Does what the outbox of a page sends, each deed once, and says what came of it."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import Any, NotRequired, TypedDict

from sqlalchemy.orm import Session

from data_access import engine, outboxes
from dialogue.refusals import Unavailable

SCRIPT = (Path(__file__).parent / "outbox.js").read_text(encoding="utf-8")
# Far more than people have pages open.
KEPT = 1000
LONGEST_PAGE = 40

Begin = Callable[[], AbstractContextManager[Session]]
"""Opens the transaction that a deed is done in."""


class Said(TypedDict):
    """What came of a deed, in a line; `undo` offers to take it back.

    `at` is when, in seconds since 1970: of several lines the last one counts. `refused` is why
    something was not done. `again` is the deed that came too late, to be done all the same.
    """

    text: str
    undo: bool
    at: float
    refused: NotRequired[bool]
    again: NotRequired[Mapping[str, Any]]


class _DoneBefore(Exception):
    pass


@dataclass
class _Page:
    """Of one page in a browser: the place of the last deed that was seen to, and what was said.

    What was done is in the database too. `lines` are of the deeds that the page sent last.
    """

    place: int = 0
    lines: dict[int, Said] = field(default_factory=dict)
    turn: Lock = field(default_factory=Lock)


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
    do: Callable[[Mapping[str, Any], Begin], Said],
) -> tuple[int, Said | None]:
    """Do the deeds of somebody's page that were not done yet, in order.

    A browser that hears no answer sends them again, and none of them may be lost or done twice:
    each has its place on its page, which is written down in the transaction that does it. Returns
    the place of the last, and what came of all that were sent.

    Raises:
        Unavailable: what the page sent before is still being done.
    """
    known = _page(account_id, page)
    if not known.turn.acquire(blocking=False):
        raise Unavailable
    try:
        # What the page does not send again, it has heard of.
        heard = min((each["place"] for each in sent), default=known.place + 1)
        known.lines = {at: line for at, line in known.lines.items() if at >= heard}
        for each in sent:
            place = each["place"]
            if place <= known.place:
                continue
            with suppress(_DoneBefore):
                known.lines[place] = do(each, partial(_once, account_id, page, place))
            known.place = place
        return known.place, _together(list(known.lines.values()))
    finally:
        known.turn.release()


@contextmanager
def _once(account_id: int, page: str, place: int) -> Iterator[Session]:
    with engine.current().transaction() as session:
        if not outboxes.advance(session, account_id, page, place, at=datetime.now(UTC)):
            raise _DoneBefore
        yield session


def _together(lines: Sequence[Said]) -> Said | None:
    """Return the last line, if any, with those before it that say what was not done."""
    if not lines:
        return None
    last = lines[-1]
    refused = [each for each in lines[:-1] if each.get("refused")]
    said = Said(
        text=" ".join([*dict.fromkeys(each["text"] for each in refused), last["text"]]),
        undo=last["undo"],
        at=last["at"],
    )
    for each in (last, *reversed(refused)):
        if "again" in each:
            return {**said, "again": each["again"]}
    return said


@lru_cache(KEPT)
def _page(_account_id: int, _page: str) -> _Page:
    return _Page()
