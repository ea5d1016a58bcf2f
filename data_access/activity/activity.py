"""The activity, read: one page of it as quick among a million lines as among a hundred."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, func, select
from sqlalchemy.orm import Session, aliased

from data_access.accounts.models import AccountRow
from data_access.activity.models import ActivityRow
from data_access.events import events
from dialogue.activity import ActivityFilters, ActivitySummary, Line, Person
from dialogue.lifecycle import Action

MOST_OF_A_QUESTION = 100
# Entries are given out in turn, times a little before that, and on machines with clocks of their
# own: within this a line may be older than the one before it.
_OUT_OF_TURN = timedelta(minutes=1)
_BEYOND = 2**31 - 1
_COLUMNS = (
    "entry",
    "revision",
    "number",
    "action",
    "actor",
    "account_id",
    "at",
    "from_status",
    "to_status",
)
# What is written down of a question; of the event itself the same names may mean other things.
_DETAILS = (
    "reason",
    "merged_into",
    "split_from",
    "topic",
    "department",
    "text",
    "note",
    "prepared",
    "remark",
    "position",
    "votes",
)
_undone = aliased(ActivityRow)


def page(
    session: Session, slug: str, filters: ActivityFilters, *, before: int | None = None, most: int
) -> list[Line]:
    """List the lines that pass the filters, the newest first: those below an entry, or all.

    Raises:
        UnknownEvent: no event has this slug.
    """
    conditions = _conditions(events.event_id(session, slug), filters)
    if before is not None:
        conditions.append(ActivityRow.entry < before)
    return _lines(session, conditions, most=most)


def of_question(session: Session, slug: str, number: int) -> list[Line]:
    """List what was done to a question, the oldest first, at most the last 100 commands.

    Raises:
        UnknownEvent: no event has this slug.
    """
    return page(session, slug, ActivityFilters(number=number), most=MOST_OF_A_QUESTION)[::-1]


def people(session: Session, slug: str) -> list[Person]:
    """List the people who ever acted, by account.

    Raises:
        UnknownEvent: no event has this slug.
    """
    # There are few accounts and many lines: each account is looked for among them.
    acted = (
        select(func.max(ActivityRow.entry))
        .where(
            ActivityRow.event_id == events.event_id(session, slug),
            ActivityRow.account_id == AccountRow.id,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(AccountRow.id, AccountRow.name).where(acted.is_not(None)).order_by(AccountRow.id)
    )
    return [Person(row.id, row.name) for row in rows]


def since(
    session: Session, slug: str, revision: int, *, without: int | None = None
) -> ActivitySummary:
    """Sum up what happened after a revision, without an account's own commands.

    Raises:
        UnknownEvent: no event has this slug.
    """
    conditions = [
        ActivityRow.event_id == events.event_id(session, slug),
        ActivityRow.revision > revision,
        ActivityRow.number.is_not(None),
    ]
    if without is not None:
        conditions.append(ActivityRow.account_id.is_distinct_from(without))
    rows = session.execute(
        select(ActivityRow.action, func.count(ActivityRow.number.distinct()))
        .where(*conditions)
        .group_by(ActivityRow.action)
    )
    done = {row[0]: row[1] for row in rows}
    return ActivitySummary(new=done.pop(Action.SUBMIT, 0), done=done)


def _conditions(event_id: int, filters: ActivityFilters) -> list[ColumnElement[bool]]:
    conditions = [ActivityRow.event_id == event_id]
    for name in ("account_id", "action", "number"):
        wanted = getattr(filters, name)
        if wanted is not None:
            conditions.append(getattr(ActivityRow, name) == wanted)
    if filters.source is not None:
        conditions += [ActivityRow.account_id.is_(None), ActivityRow.actor == filters.source]
    # A time is found by its own index, and bounds the entries that are gone through.
    if filters.since is not None:
        older = ActivityRow.at < filters.since - _OUT_OF_TURN
        last = _entry(event_id, older, ActivityRow.at.desc(), otherwise=0)
        conditions += [ActivityRow.entry > last, ActivityRow.at >= filters.since]
    if filters.until is not None:
        newer = ActivityRow.at >= filters.until + _OUT_OF_TURN
        first = _entry(event_id, newer, ActivityRow.at.asc(), otherwise=_BEYOND)
        conditions += [ActivityRow.entry < first, ActivityRow.at < filters.until]
    return conditions


def _entry(
    event_id: int, when: ColumnElement[bool], order: UnaryExpression[Any], *, otherwise: int
) -> ColumnElement[int]:
    """Return the entry of the first line in an order of times, or what stands for none."""
    found = (
        select(ActivityRow.entry)
        .where(ActivityRow.event_id == event_id, when)
        .order_by(order)
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(found, otherwise)


def _lines(session: Session, conditions: Sequence[ColumnElement[bool]], *, most: int) -> list[Line]:
    undoes = ActivityRow.details["undoes"].as_integer()
    rows = session.execute(
        select(
            *(getattr(ActivityRow, name) for name in _COLUMNS),
            ActivityRow.details,
            _undone.action.label("undoes"),
        )
        .outerjoin(
            _undone,
            (_undone.event_id == ActivityRow.event_id)
            & (_undone.number == ActivityRow.number)
            & (_undone.revision == undoes),
        )
        .where(*conditions)
        .order_by(ActivityRow.entry.desc())
        .limit(most)
    )
    return [_line(row) for row in rows]


def _line(row: Any) -> Line:
    details: dict[str, Any] = row.details if row.number is not None else {}
    before = details.get("before", {})
    return Line(
        **{name: getattr(row, name) for name in _COLUMNS},
        **{name: details[name] for name in _DETAILS if name in details},
        due_on=date.fromisoformat(details["due_on"]) if "due_on" in details else None,
        message=row.details.get("message"),
        part=row.details.get("part"),
        changed=tuple(row.details.get("changed", ())),
        subject=row.details.get("subject"),
        annotation=row.details.get("annotation"),
        text_before=before.get("text"),
        position_before=before.get("position"),
        undoes=row.undoes,
        count=row.details.get("count"),
    )
