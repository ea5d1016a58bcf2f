"""Who has a question open, or keeps it for themselves: seen by the others, over by itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from data_access.base import table_of
from data_access.questions.models import ClaimRow, QuestionRow
from data_access.revisions import Change
from dialogue.accounts import Actor
from dialogue.lifecycle import DESK, Status
from dialogue.roles import check

OPEN_LASTS = timedelta(minutes=2)
BATCH_LASTS = timedelta(minutes=15)
MOST_IN_A_BATCH = 50


def take(session: Session, slug: str, number: int, *, actor: Actor, at: datetime) -> None:
    """Show that somebody has a question open, for two minutes; several people may.

    Raises:
        NotPermitted: the actor does not belong to the desk.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, DESK)
    change = Change(session, slug)
    kept = select(ClaimRow.number).where(
        ClaimRow.event_id == change.event_id,
        ClaimRow.account_id == actor.account_id,
        ClaimRow.until > at + OPEN_LASTS / 2,
    )
    wanted = _numbers(change, QuestionRow.number == number, QuestionRow.number.not_in(kept))
    if wanted:
        _write(change, wanted, actor=actor, at=at, until=at + OPEN_LASTS)
        change.finish()


def take_oldest(
    session: Session, slug: str, count: int, *, actor: Actor, at: datetime
) -> Sequence[int]:
    """Keep the oldest new questions that nobody has, at most `count`, and return their numbers.

    Raises:
        NotPermitted: the actor does not belong to the desk.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, DESK)
    change = Change(session, slug)
    taken = select(ClaimRow.number).where(ClaimRow.event_id == change.event_id, ClaimRow.until > at)
    numbers = _numbers(
        change,
        QuestionRow.status == Status.RECEIVED,
        QuestionRow.number.not_in(taken),
        most=min(count, MOST_IN_A_BATCH),
    )
    if numbers:
        _write(change, numbers, actor=actor, at=at, until=at + BATCH_LASTS)
        change.finish()
    return numbers


def release(session: Session, slug: str, *, actor: Actor) -> None:
    """Let go of all that somebody has.

    Raises:
        UnknownEvent: no event has this slug.
    """
    change = Change(session, slug)
    released = session.execute(
        delete(ClaimRow)
        .where(ClaimRow.event_id == change.event_id, ClaimRow.account_id == actor.account_id)
        .returning(ClaimRow.number)
    ).all()
    if released:
        change.finish()


def end(change: Change, numbers: Sequence[int]) -> None:
    """End everybody's claims on questions that somebody has dealt with."""
    change.session.execute(
        delete(ClaimRow).where(ClaimRow.event_id == change.event_id, ClaimRow.number.in_(numbers))
    )


def _numbers(change: Change, *conditions: ColumnElement[bool], most: int = 1) -> list[int]:
    return list(
        change.session.scalars(
            select(QuestionRow.number)
            .where(QuestionRow.event_id == change.event_id, *conditions)
            .order_by(QuestionRow.number)
            .limit(most)
        )
    )


def _write(
    change: Change, numbers: list[int], *, actor: Actor, at: datetime, until: datetime
) -> None:
    # What is over is swept away by whoever comes next.
    change.session.execute(
        delete(ClaimRow).where(
            ClaimRow.event_id == change.event_id,
            (ClaimRow.until <= at)
            | ((ClaimRow.account_id == actor.account_id) & ClaimRow.number.in_(numbers)),
        )
    )
    change.session.execute(
        insert(table_of(ClaimRow)),
        [
            {
                "event_id": change.event_id,
                "number": number,
                "account_id": actor.account_id,
                "name": actor.name,
                "until": until,
            }
            for number in numbers
        ],
    )
