"""Does what the outbox of a page sends, each deed once, and says what came of the last."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NotRequired, TypedDict

SCRIPT = (Path(__file__).parent / "outbox.js").read_text(encoding="utf-8")
# Far more than people have pages open.
KEPT = 1000


class Said(TypedDict):
    """What came of a deed, in a line; `undo` offers to take it back.

    `at` is when, in seconds since 1970: of several lines the last one counts. `again` is the deed
    that came too late, to be done all the same.
    """

    text: str
    undo: bool
    at: float
    again: NotRequired[Mapping[str, Any]]


@dataclass
class _Page:
    """Of one page in a browser: the place of the last deed that was done, and what came of it."""

    place: int = 0
    said: Said | None = None
    turn: Lock = field(default_factory=Lock)


def say(text: str, *, undo: bool = False, again: Mapping[str, Any] | None = None) -> Said:
    """Return a line that is said now."""
    said = Said(text=text, undo=undo, at=time.time())
    return {**said, "again": again} if again else said


def take(
    account_id: int,
    page: str,
    sent: Sequence[Mapping[str, Any]],
    do: Callable[[Mapping[str, Any]], Said],
) -> tuple[int, Said | None]:
    """Do the deeds of somebody's page that were not done yet, in order.

    A browser that hears no answer sends them again, and none of them may be lost or done twice:
    each has its place on its page. Returns the place of the last that is done, and what came of it.
    """
    known = _page(account_id, page)
    with known.turn:
        for each in sent:
            if each["place"] > known.place:
                known.said = do(each)
                known.place = each["place"]
        return known.place, known.said


@lru_cache(KEPT)
def _page(_account_id: int, _page: str) -> _Page:
    return _Page()
