"""What was done: the lines of the activity as they are read, and a summary of many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from dialogue.lifecycle import Status


class Person(NamedTuple):
    """Somebody with an account who acted in an event."""

    account_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one actor did to one question or, without a `number`, to the event itself.

    `action` is an `Action`, one of a reply, or names what happened to the event, its hall or an
    asker's data. Without an `account_id` the `actor` is no person of the desk, such as a `Source`.
    Who changed something is told with what it became, the hall with its `message` or the rundown's
    `part`, the event's own description with what `changed`, a line each, the review with the
    `subject` and the text of an `annotation`; `remark` is what a reply was sent back with.
    `text_before` and `position_before` say what it was. `undoes` is the action that an undo took
    back, `count` how many askers were erased together, `votes` how many were set aside or count
    again. `at` is aware, in UTC.
    """

    entry: int
    revision: int
    number: int | None
    action: str
    actor: str
    account_id: int | None
    at: datetime
    from_status: Status | None
    to_status: Status | None
    reason: str | None = None
    merged_into: int | None = None
    split_from: int | None = None
    topic: str | None = None
    department: str | None = None
    text: str | None = None
    text_before: str | None = None
    note: str | None = None
    prepared: str | None = None
    remark: str | None = None
    due_on: date | None = None
    message: str | None = None
    part: str | None = None
    changed: tuple[str, ...] = ()
    subject: str | None = None
    annotation: str | None = None
    position: int | None = None
    position_before: int | None = None
    undoes: str | None = None
    count: int | None = None
    votes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFilters:
    """Which lines are looked at; all where nothing is set.

    `account_id` is a person's, `source` the `actor` of those without an account. Times are
    aware; `until` itself is left out.
    """

    account_id: int | None = None
    source: str | None = None
    action: str | None = None
    number: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySummary:
    """What happened after a revision: new questions, and by action how many questions it met."""

    new: int
    done: Mapping[str, int]
