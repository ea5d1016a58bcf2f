"""The desk's lists: one page of any view, as quick among 100,000 questions as among 100."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select
from sqlalchemy.orm import Session

from data_access.events.models import EventRow
from data_access.questions.models import HAS_VOTES, ClaimRow, QuestionRow
from data_access.questions.reading import search
from dialogue.inbox import Filters, Order, Period, View
from dialogue.lifecycle import Status
from dialogue.text import fold

_ORDERS: dict[Order, tuple[ColumnElement[int], ...]] = {
    Order.NEWEST: (QuestionRow.number.desc(),),
    Order.OLDEST: (QuestionRow.number.asc(),),
    Order.VOTES: (QuestionRow.votes.desc(), QuestionRow.number.asc()),
    # What is suggested is worked out from those that wait longest; see `tally`.
    Order.SUGGESTED: (QuestionRow.number.asc(),),
}

_EVENT = select(EventRow.id, EventRow.held_at).where(EventRow.slug == bindparam("slug"))


def numbers(session: Session, slug: str, view: View, *, most: int, at: datetime) -> tuple[int, ...]:
    """List the numbers of a view's questions in its order, at most `most`, as of a time.

    Where words were typed with their marks, the questions that have them so come first.
    """
    event_id, held_at = _event(session, slug)
    conditions = _conditions(session, event_id, held_at, view.filters, at=at)
    if view.status is not None:
        conditions.append(QuestionRow.status == view.status)
    questions = select(QuestionRow.number).where(*conditions)
    typed = view.filters.words
    if typed.lower() != fold(typed):
        other = ~QuestionRow.text.contains(typed, autoescape=True)
        questions = questions.order_by(other, *_ORDERS[view.order])
    elif view.order is Order.VOTES:
        return _most_wanted(session, questions, most=most)
    else:
        questions = questions.order_by(*_ORDERS[view.order])
    return tuple(session.scalars(questions.limit(most)))


def _most_wanted(session: Session, questions: Select[int], *, most: int) -> tuple[int, ...]:
    """List those with votes, by their own index, and then the others as they came."""
    by_votes = questions.where(literal_column(HAS_VOTES)).order_by(*_ORDERS[Order.VOTES])
    voted = session.scalars(by_votes.limit(most)).all()
    others = questions.where(QuestionRow.votes == 0).order_by(QuestionRow.number)
    return (*voted, *session.scalars(others.limit(most - len(voted))))


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
    row = session.execute(_EVENT, {"slug": slug}).one()
    return row.id, row.held_at


def _conditions(
    session: Session, event_id: int, held_at: datetime, filters: Filters, *, at: datetime
) -> list[ColumnElement[bool]]:
    conditions = [QuestionRow.event_id == event_id]
    for name in ("district", "topic", "department", "source"):
        wanted = getattr(filters, name)
        if wanted is not None:
            conditions.append(getattr(QuestionRow, name) == wanted)
    if filters.asked is Period.BEFORE:
        conditions.append(QuestionRow.received_at < held_at)
    if filters.asked is Period.LIVE:
        conditions.append(QuestionRow.received_at >= held_at)
    if filters.voted:
        conditions.append(literal_column(HAS_VOTES))
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
