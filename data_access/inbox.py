"""The desk's lists: one page of any view, as quick among 100,000 questions as among 100."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from data_access import search
from data_access.models import ClaimRow, EventRow, QuestionRow
from dialogue.inbox import Asked, Filters, Order, View
from dialogue.lifecycle import Status

_ORDERS: dict[Order, tuple[ColumnElement[int], ...]] = {
    Order.NEWEST: (QuestionRow.number.desc(),),
    Order.OLDEST: (QuestionRow.number.asc(),),
    Order.VOTES: (QuestionRow.votes.desc(), QuestionRow.number.asc()),
    # What is suggested is worked out from those that wait longest; see `tally`.
    Order.SUGGESTED: (QuestionRow.number.asc(),),
}


def numbers(session: Session, slug: str, view: View, *, most: int, at: datetime) -> tuple[int, ...]:
    """List the numbers of a view's questions in its order, at most `most`, as of a time.

    Where words were typed with their marks, the questions that have them so come first.
    """
    event_id, held_at = _event(session, slug)
    conditions = _conditions(session, event_id, held_at, view.filters, at=at)
    if view.status is not None:
        conditions.append(QuestionRow.status == view.status)
    exact_first = (~QuestionRow.text.contains(view.filters.words, autoescape=True),)
    order = _ORDERS[view.order]
    return tuple(
        session.scalars(
            select(QuestionRow.number)
            .where(*conditions)
            .order_by(*(exact_first if view.filters.words else ()), *order)
            .limit(most)
        )
    )


def counts(session: Session, slug: str, filters: Filters, *, at: datetime) -> Mapping[Status, int]:
    """Count the questions that pass the filters at a time, by state."""
    event_id, held_at = _event(session, slug)
    by_status = session.execute(
        select(QuestionRow.status, func.count())
        .where(*_conditions(session, event_id, held_at, filters, at=at))
        .group_by(QuestionRow.status)
    )
    return dict.fromkeys(Status, 0) | {row[0]: row[1] for row in by_status}


def tally(session: Session, slug: str) -> list[tuple[str, str | None, Status, int]]:
    """Count the questions of an event: (district, topic, state, questions)."""
    event_id, _ = _event(session, slug)
    rows = session.execute(
        select(QuestionRow.district, QuestionRow.topic, QuestionRow.status, func.count())
        .where(QuestionRow.event_id == event_id)
        .group_by(QuestionRow.district, QuestionRow.topic, QuestionRow.status)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _event(session: Session, slug: str) -> tuple[int, datetime]:
    row = session.execute(select(EventRow.id, EventRow.held_at).where(EventRow.slug == slug)).one()
    return row.id, row.held_at


def _conditions(
    session: Session, event_id: int, held_at: datetime, filters: Filters, *, at: datetime
) -> list[ColumnElement[bool]]:
    conditions = [QuestionRow.event_id == event_id]
    for name in ("district", "topic", "department", "source"):
        wanted = getattr(filters, name)
        if wanted is not None:
            conditions.append(getattr(QuestionRow, name) == wanted)
    if filters.asked is Asked.BEFORE:
        conditions.append(QuestionRow.received_at < held_at)
    if filters.asked is Asked.LIVE:
        conditions.append(QuestionRow.received_at >= held_at)
    if filters.voted:
        conditions.append(QuestionRow.votes > 0)
    if filters.flagged:
        conditions.append(QuestionRow.flagged.is_(True))
    if filters.claimed_by is not None:
        claimed = select(ClaimRow.number).where(
            ClaimRow.event_id == event_id,
            ClaimRow.account_id == filters.claimed_by,
            ClaimRow.until > at,
        )
        conditions.append(QuestionRow.number.in_(claimed))
    if filters.words:
        conditions.append(search.hits(session, event_id, filters.words))
    return conditions
