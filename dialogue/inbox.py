"""What a moderator looks at: which questions, and in which order."""

from dataclasses import dataclass
from enum import StrEnum

from dialogue.lifecycle import Status
from dialogue.questions import Source


class Order(StrEnum):
    """How the questions of a list follow each other."""

    NEWEST = "newest"
    OLDEST = "oldest"
    VOTES = "votes"
    SUGGESTED = "suggested"


class Period(StrEnum):
    """When a question came in: in the weeks before the event, or while it is held."""

    BEFORE = "before"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which questions are looked at, whatever their state; all where nothing is set.

    `district`, `topic` and `department` are codes of the event's catalogues, `claimed_by` is
    the account that keeps them for itself, `words` is what was typed to search for.
    """

    district: str | None = None
    topic: str | None = None
    department: str | None = None
    source: Source | None = None
    asked: Period | None = None
    voted: bool = False
    flagged: bool = False
    claimed_by: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One list of the desk: the questions in a state, or in all, that pass the filters."""

    status: Status | None = Status.RECEIVED
    filters: Filters = Filters()
    order: Order = Order.NEWEST
