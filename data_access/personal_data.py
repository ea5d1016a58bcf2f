"""What askers told of themselves: shown to whoever holds the code, and erased in time."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from data_access import events
from data_access.models import AskerRow, QuestionRow
from data_access.revisions import Change
from dialogue.accounts import Actor
from dialogue.questions import Asker
from dialogue.roles import MAY_SEE_CONTACTS, MAY_SEE_NAMES, check

SYSTEM = "system"
ASKER = "asker"
_NOTHING = {
    "name": None,
    "contact": None,
    "organisation": None,
    "folded": None,
    "show_name": False,
    "contact_me": False,
}
ACTION = "erase_personal_data"
EXPORT = "export_personal_data"


def of(session: Session, slug: str, number: int) -> Asker | None:
    """Return what the asker of a question told; None where nothing was told, or it is erased.

    Raises:
        UnknownEvent: no event has this slug.
    """
    row = session.execute(
        select(AskerRow.name, AskerRow.contact, AskerRow.organisation).where(
            AskerRow.event_id == events.event_id(session, slug),
            AskerRow.number == number,
            _tells_something(),
        )
    ).one_or_none()
    return Asker(**row._mapping) if row else None


def erase(session: Session, slug: str, number: int, *, actor: str, at: datetime) -> None:
    """Erase what one asker told. The activity keeps that it was; a second time does nothing.

    Raises:
        UnknownEvent: no event has this slug.
    """
    change = Change(session, slug)
    if _erase(change, AskerRow.number == number, at=at):
        change.record(ACTION, actor=actor, at=at, number=number)
        change.finish()


def erase_due(session: Session, slug: str, *, days: int, at: datetime) -> int:
    """Erase what is older than the event's end and the question itself by so many days.

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
    erased = _erase(change, AskerRow.number.in_(old), at=at)
    if erased:
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


def _erase(change: Change, which: ColumnElement[bool], *, at: datetime) -> int:
    erased = change.session.execute(
        update(AskerRow)
        .where(AskerRow.event_id == change.event_id, which, _tells_something())
        .values(**_NOTHING, erased_at=at)
        .returning(AskerRow.number)
    ).all()
    # Whoever has the event open shall no longer see the names.
    now_erased = select(AskerRow.number).where(
        AskerRow.event_id == change.event_id, which, AskerRow.erased_at == at
    )
    change.session.execute(
        update(QuestionRow)
        .where(QuestionRow.event_id == change.event_id, QuestionRow.number.in_(now_erased))
        .values(revision=change.revision)
    )
    return len(erased)


def _tells_something() -> ColumnElement[bool]:
    return or_(
        AskerRow.name.is_not(None),
        AskerRow.contact.is_not(None),
        AskerRow.organisation.is_not(None),
    )
