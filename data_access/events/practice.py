"""Rehearsals: made as practice copies of real events, shown on their screens, wiped as a whole."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from data_access import revisions
from data_access.activity.models import ActivityRow
from data_access.base import Base, table_of
from data_access.events import events
from data_access.events.models import EventRow
from data_access.hall import halls
from data_access.questions.models import QuestionRow, QueueRow
from data_access.questions.reading import search
from data_access.questions.writing import submissions
from data_access.revisions import Change
from dialogue import practice
from dialogue.accounts import Actor
from dialogue.hall import HallAction
from dialogue.lifecycle import Status
from dialogue.refusals import NotPractice, PracticeOver
from dialogue.roles import MAY, Right, check

BEGUN = "practice_begun"
_COPIED = (Status.APPROVED, Status.QUEUED)
# Nothing of the asker, and not what stood in the text before the desk took it out.
_COPIED_COLUMNS = (
    "number",
    "text",
    "district",
    "topic",
    "department",
    "pinned",
    "held",
    "note",
    "prepared",
    "flagged",
    "source",
    "status",
    "received_at",
)


def begin(session: Session, slug: str, *, actor: Actor, at: datetime) -> str:
    """Begin to rehearse an event, and return the rehearsal's slug; a second time returns the same.

    It takes questions and has copies of those that are approved or in the queue, under their
    numbers, without their askers and votes.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.REHEARSE])
    real = Change(session, slug)
    begun = _slug(real)
    if begun is not None:
        return begun
    copy = practice.copy(events.event(session, slug), number=_count_begun(real) + 1)
    events.add(session, copy)
    change = Change(session, copy.slug)
    _copy_questions(real, change, at=at)
    for each in (real, change):
        each.record(BEGUN, actor=actor.name, account_id=actor.account_id, at=at)
        each.finish()
    return copy.slug


def show_on_screens(
    session: Session, slug: str, *, shown: bool, actor: Actor, at: datetime
) -> HallAction:
    """Have the screens of a real event show its rehearsal, or the event itself again.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
        PracticeOver: it is not rehearsed, or no longer.
    """
    check(actor.roles, MAY[Right.REHEARSE])
    real = Change(session, slug)
    begun = _slug(real)
    if begun is None:
        raise PracticeOver
    # Screens follow what they show: those of the rehearsal must hear of it too.
    Change(session, begun).finish()
    action = HallAction.PRACTICE_ON if shown else HallAction.PRACTICE_OFF
    return halls.finish(real, action, {"practice": shown}, actor=actor, at=at)


def wipe(session: Session, slug: str, *, actor: Actor, at: datetime) -> HallAction:
    """Remove a rehearsal with all that belongs to it; what is real stays as it is.

    The screens show the real event again, whose activity keeps that it was rehearsed.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        NotPractice: it is a real event.
        UnknownEvent: no event has this slug; `PracticeOver` where a rehearsal had it.
    """
    check(actor.roles, MAY[Right.REHEARSE])
    rehearsed = events.event(session, slug).practice_of
    if rehearsed is None:
        raise NotPractice
    real, change = Change(session, rehearsed), Change(session, slug)
    search.forget(session, change.event_id)
    for table in reversed(Base.metadata.sorted_tables):
        if "event_id" in table.columns:
            session.execute(delete(table).where(table.c.event_id == change.event_id))
    session.execute(delete(EventRow).where(EventRow.id == change.event_id))
    revisions.announce(session, slug, change.revision)
    columns = {"practice": False}
    return halls.finish(real, HallAction.PRACTICE_WIPED, columns, actor=actor, at=at)


def _slug(real: Change) -> str | None:
    return real.session.scalar(select(EventRow.slug).where(EventRow.practice_of == real.event_id))


def _count_begun(real: Change) -> int:
    counted = real.session.scalar(
        select(func.count()).where(
            ActivityRow.event_id == real.event_id, ActivityRow.action == BEGUN
        )
    )
    return counted or 0


def _copy_questions(real: Change, change: Change, *, at: datetime) -> None:
    rows = real.session.execute(
        select(*(getattr(QuestionRow, name) for name in _COPIED_COLUMNS))
        .where(QuestionRow.event_id == real.event_id, QuestionRow.status.in_(_COPIED))
        .order_by(QuestionRow.number)
    ).all()
    if not rows:
        return
    own = {"event_id": change.event_id, "votes": 0, "version": 1, "revision": change.revision}
    change.session.execute(
        insert(table_of(QuestionRow)),
        [
            {
                **row._mapping,
                **own,
                "text_original": row.text,
                "code": submissions.new_code(),
                "changed_at": at,
            }
            for row in rows
        ],
    )
    search.remember(change.session, change.event_id, {row.number: row.text for row in rows})
    change.last_number = rows[-1].number
    _copy_queue(real, change)


def _copy_queue(real: Change, change: Change) -> None:
    queued = real.session.execute(
        select(QueueRow.number, QueueRow.position).where(QueueRow.event_id == real.event_id)
    ).all()
    if queued:
        change.session.execute(
            insert(QueueRow), [{"event_id": change.event_id, **row._mapping} for row in queued]
        )
