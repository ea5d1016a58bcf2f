"""What askers told of themselves: shown to whoever holds the code, and erased in time."""

import logging
from datetime import UTC, datetime, timedelta

from sqlalchemy import Boolean, ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from data_access.accounts.models import AccessActivityRow
from data_access.activity.models import ActivityRow
from data_access.base import table_of
from data_access.events import events
from data_access.questions.models import AskerRow, QuestionRow, SubmissionRow
from data_access.questions.writing import bursts
from data_access.revisions import Change
from dialogue.accounts import Actor
from dialogue.roles import MAY_SEE_CONTACTS, MAY_SEE_NAMES, check
from dialogue.submissions import LONGEST

logger = logging.getLogger(__name__)
SYSTEM = "system"
ASKER = "asker"
ASKERS = table_of(AskerRow)
KEPT = frozenset({"event_id", "number", "consent_version", "consented_at", "erased_at"})
"""What stays of an asker. All else is erased, also what is added one day and named nowhere."""
ACTION = "erase_personal_data"
ANNOUNCED = "announce_erasure"
EXPORT = "export_personal_data"
WARNED = timedelta(days=3)
BELIEVED = timedelta(days=7)


def of(session: Session, slug: str, number: int) -> dict[str, str]:
    """Return what the asker of a question told, by the names of `submissions.LONGEST`.

    It is empty where nothing was told, or it is erased.

    Raises:
        UnknownEvent: no event has this slug.
    """
    row = session.execute(
        select(*(ASKERS.c[name] for name in LONGEST)).where(
            ASKERS.c.event_id == events.event_id(session, slug), ASKERS.c.number == number
        )
    ).one_or_none()
    return {name: told for name, told in row._mapping.items() if told} if row else {}


def erase(session: Session, slug: str, number: int, *, actor: str, at: datetime) -> None:
    """Erase what one asker told. The activity keeps that it was; a second time does nothing.

    Raises:
        UnknownEvent: no event has this slug.
    """
    change = Change(session, slug)
    if _erase(change, ASKERS.c.number == number, at=at):
        change.record(ACTION, actor=actor, at=at, number=number)
        change.finish()


def erase_due(session: Session, slug: str, *, days: int, at: datetime) -> int:
    """Erase what is older than the event's end and the question itself by so many days.

    What cannot be undone is first announced in the activity, and done `WARNED` later: a clock that
    is far ahead, as of a machine whose battery is empty, is then seen before it does harm.
    Returns how many askers it was; where it was none, nothing is recorded.

    Raises:
        UnknownEvent: no event has this slug.
    """
    since = at - timedelta(days=days)
    if events.event(session, slug).ends_at > since:
        return 0
    change = Change(session, slug)
    old = select(QuestionRow.number).where(
        QuestionRow.event_id == change.event_id, QuestionRow.received_at <= since
    )
    due = ASKERS.c.number.in_(old)
    announced = _announced(change, at=at)
    if announced is None:
        _announce(change, due, at=at)
        return 0
    if announced > at - WARNED:
        return 0
    erased = _erase(change, due, at=at)
    if bursts.forget(change) or erased:
        change.record(ACTION, actor=SYSTEM, at=at, count=erased)
        change.finish()
    return erased


def export(
    session: Session, slug: str, *, names: bool, contacts: bool, actor: Actor, at: datetime
) -> None:
    """Write down that somebody takes away a file that tells names or contacts of the askers.

    Raises:
        NotPermitted: none of the actor's roles may see what is in it.
        UnknownEvent: no event has this slug.
    """
    if names:
        check(actor.roles, MAY_SEE_NAMES)
    if contacts:
        check(actor.roles, MAY_SEE_CONTACTS)
    change = Change(session, slug)
    change.record(
        EXPORT, actor=actor.name, account_id=actor.account_id, at=at, names=names, contacts=contacts
    )
    change.finish()


def _announced(change: Change, *, at: datetime) -> datetime | None:
    """Return since when it is known that something will be erased, if the clock can be believed.

    It cannot where it has moved on by more than `BELIEVED` while nobody did anything: a time that
    nothing led up to is announced anew. What was written at a later time than now was written when
    the clock was wrong.
    """
    seen = [
        change.session.scalar(select(func.max(row.at)).where(row.at <= at))
        for row in (ActivityRow, AccessActivityRow)
    ]
    if at - max(filter(None, seen), default=datetime.min.replace(tzinfo=UTC)) > BELIEVED:
        return None
    last = change.session.execute(
        select(ActivityRow.action, ActivityRow.at)
        .where(
            ActivityRow.event_id == change.event_id,
            ActivityRow.action.in_([ACTION, ANNOUNCED]),
            ActivityRow.actor == SYSTEM,
            ActivityRow.at <= at,
        )
        .order_by(ActivityRow.entry.desc())
    ).first()
    return last.at if last and last.action == ANNOUNCED else None


def _announce(change: Change, due: ColumnElement[bool], *, at: datetime) -> None:
    count = change.session.scalar(
        select(func.count()).where(ASKERS.c.event_id == change.event_id, due, _tells_something())
    )
    if count or bursts.any_left(change):
        change.record(ANNOUNCED, actor=SYSTEM, at=at, count=count)
        change.finish()
        logger.warning(
            "%s: the names and contacts of %d askers will be erased on %s; if the date of this"
            " machine is wrong, set it right before",
            *(change.slug, count, (at + WARNED).date().isoformat()),
        )


def _erase(change: Change, which: ColumnElement[bool], *, at: datetime) -> int:
    nothing = {
        each.name: False if isinstance(each.type, Boolean) else None
        for each in ASKERS.columns
        if each.name not in KEPT
    }
    erased = change.session.execute(
        update(ASKERS)
        .where(ASKERS.c.event_id == change.event_id, which, _tells_something())
        .values({**nothing, "erased_at": at})
        .returning(ASKERS.c.number)
    ).all()
    now_erased = select(ASKERS.c.number).where(
        ASKERS.c.event_id == change.event_id, which, ASKERS.c.erased_at == at
    )
    # What was told could be guessed, and the guess tried out on the digest.
    change.session.execute(
        update(SubmissionRow)
        .where(SubmissionRow.event_id == change.event_id, SubmissionRow.number.in_(now_erased))
        .values(fingerprint="")
    )
    # Whoever has the event open shall no longer see the names.
    change.session.execute(
        update(QuestionRow)
        .where(QuestionRow.event_id == change.event_id, QuestionRow.number.in_(now_erased))
        .values(revision=change.revision)
    )
    return len(erased)


def _tells_something() -> ColumnElement[bool]:
    told = [each for each in ASKERS.columns if each.name not in KEPT]
    return or_(
        *(each.is_not(None) for each in told if not isinstance(each.type, Boolean)),
    )
