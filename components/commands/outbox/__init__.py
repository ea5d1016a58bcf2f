"""Does what the outbox of a page sends, each command once, and says what came of it."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from threading import Lock
from typing import Any

from components.commands import notices
from components.commands.door import OpenTransaction
from components.commands.notices import Notice
from components.shell import guard
from data_access import engine
from data_access.engine import Session
from data_access.outboxes import outboxes
from dialogue.refusals import NotNow
from web.addresses import under

logger = logging.getLogger(__name__)
# Far more than people have pages open.
KEPT = 1000
LONGEST_PAGE = 40


class _DoneBefore(Exception):
    pass


@dataclass
class _Page:
    """Of one page in a browser: the place of the last command that was seen to, and what was said.

    What was done is in the database too: `written` is the last place that this process wrote down
    there. `lines` are of the commands that the page sent last.
    """

    place: int = 0
    written: int = 0
    lines: dict[int, Notice] = field(default_factory=dict)
    turn: Lock = field(default_factory=Lock)


def address(path: str) -> str:
    """Return where the page of whoever looks at it sends commands, as theirs alone.

    A browser keeps what is not answered over a reload; by then somebody else may be signed in.
    """
    return under(f"{path}?account={guard.visitor().account_id}")


def take(
    account_id: int,
    page: str,
    sent: Sequence[Mapping[str, Any]],
    do: Callable[[Mapping[str, Any], OpenTransaction], Notice | None],
    *,
    untold: str,
) -> tuple[int, Notice | None]:
    """Do the commands of somebody's page that were not done yet, in order.

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
            open_transaction = partial(_once, known, account_id, page, place)
            try:
                line = do(each, open_transaction)
            except _DoneBefore:
                line = None
            except Exception:
                # Not done, unless it was committed: then nobody may be told to try again.
                if known.written != place:
                    raise
                logger.exception("what came of a command that was done could not be told")
                line = notices.done(untold)
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


def _together(placed: Mapping[int, Notice]) -> Notice | None:
    """Return the last line, if any, with those before it that say what was not done."""
    if not placed:
        return None
    lines = list(placed.values())
    last = lines[-1]
    refused = [each for each in lines[:-1] if each.get("refused") or each.get("left")]
    text = " ".join([*dict.fromkeys(each["text"] for each in refused), last["text"]])
    offered = [each["again"] for each in (last, *reversed(refused)) if "again" in each][:1]
    not_done = [place for place, each in placed.items() if each.get("refused")]
    left = [(place, number) for place, each in placed.items() for number in each.get("left", ())]
    notice: Notice = {**last, "text": text, "not_done": not_done, "left_by": left}
    return {**notice, "again": offered[0]} if offered else notice


@lru_cache(KEPT)
def _page(_account_id: int, _page: str) -> _Page:
    return _Page()
