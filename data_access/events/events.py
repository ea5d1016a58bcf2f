"""Events and their catalogues."""

from collections import defaultdict
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from data_access.events import catalogues
from data_access.events.models import DepartmentRow, EventRow
from data_access.hall.models import HallRow
from data_access.questions.models import QuestionRow
from data_access.revisions import Change
from dialogue import descriptions, practice
from dialogue.accounts import Actor
from dialogue.descriptions import Update
from dialogue.events import (
    CATALOGUES,
    Department,
    Event,
    EventSummary,
    Intake,
    Moderation,
    Weights,
    nearest_first,
)
from dialogue.hall import Scene
from dialogue.lifecycle import Status
from dialogue.roles import MAY, Right, check

MOST_EVENTS = 200
_ID = select(EventRow.id).where(EventRow.slug == bindparam("slug"))
UPDATED = "updated"
# Who acts from a terminal has no account.
OPERATOR = "operator"


def add(session: Session, event: Event) -> None:
    """Add an event with its catalogues, at revision 0; its screens welcome the hall."""
    columns = _columns(event)
    if event.practice_of is not None:
        columns["practice_of"] = event_id(session, event.practice_of)
    row = EventRow(**columns, revision=0, described_revision=0, last_number=0, last_entry=0)
    session.add(row)
    session.flush()
    catalogues.add(session, row.id, event)
    session.add(HallRow(event_id=row.id, scene=Scene.WELCOME))


def update(session: Session, file: Event, *, actor: Actor, at: datetime) -> Update:
    """Make an event what its file describes now, and return what that changed.

    Its rehearsal stays as it was begun.

    Raises:
        UnknownEvent: no event has the file's slug.
        EntriesInUse: something refers to entries that the file has no more; nothing is changed.
    """
    change = Change(session, file.slug)
    before = event(session, file.slug)
    done = descriptions.update(before, file)
    if not done.changed:
        return done
    after = descriptions.merged(before, file)
    catalogues.change(session, change.event_id, before, after)
    change.record(
        UPDATED, actor=actor.name, account_id=actor.account_id, at=at, changed=done.changed
    )
    change.finish(**_columns(after), described_revision=change.revision)
    return done


def list_slugs(session: Session) -> list[str]:
    """List the real events' slugs, the latest event first, at most `MOST_EVENTS`."""
    return list(
        session.scalars(
            select(EventRow.slug)
            .where(EventRow.practice_of.is_(None))
            .order_by(EventRow.held_at.desc(), EventRow.id.desc())
            .limit(MOST_EVENTS)
        )
    )


def list_nearest(session: Session, *, at: datetime) -> list[EventSummary]:
    """List the events, rehearsals too, in the order of `nearest_first`.

    The latest `MOST_EVENTS` at most.
    """
    real = aliased(EventRow)
    columns = (EventRow.slug, EventRow.title, EventRow.title_en, EventRow.held_at)
    rows = session.execute(
        select(
            *columns,
            EventRow.timezone,
            real.slug.label("practice_of"),
            HallRow.part_began_at,
            QuestionRow.changed_at,
        )
        .outerjoin(real, real.id == EventRow.practice_of)
        .join(HallRow, HallRow.event_id == EventRow.id)
        .outerjoin(
            QuestionRow,
            and_(QuestionRow.event_id == EventRow.id, QuestionRow.status == Status.ON_STAGE),
        )
        .order_by(EventRow.held_at.desc(), EventRow.id.desc())
        .limit(MOST_EVENTS)
    )
    return nearest_first((_summary(**row._mapping) for row in rows), at)


def _summary(**columns: Any) -> EventSummary:
    led = [columns.pop(name) for name in ("part_began_at", "changed_at")]
    led_at = max((each for each in led if each is not None), default=None)
    return EventSummary(**columns, led_at=led_at)


def list_practices(session: Session) -> dict[str, str]:
    """List the slugs of the rehearsals, each with that of the event it rehearses."""
    real = aliased(EventRow)
    rows = session.execute(
        select(EventRow.slug, real.slug.label("rehearsed"))
        .join(real, real.id == EventRow.practice_of)
        .order_by(EventRow.id)
        .limit(MOST_EVENTS)
    )
    return {row.slug: row.rehearsed for row in rows}


def list_departments(session: Session) -> dict[str, list[Department]]:
    """List the departments of every event, by its slug, in the order of its file."""
    rows = session.execute(
        select(EventRow.slug, *(getattr(DepartmentRow, name) for name in Department.__slots__))
        .join(EventRow, EventRow.id == DepartmentRow.event_id)
        .order_by(EventRow.held_at.desc(), EventRow.id.desc(), DepartmentRow.place)
    )
    found: dict[str, list[Department]] = defaultdict(list)
    for slug, *columns in rows:
        found[slug].append(Department(**dict(zip(Department.__slots__, columns, strict=True))))
    return found


def event_id(session: Session, slug: str) -> int:
    """Return the key of an event.

    Raises:
        UnknownEvent: no event has this slug.
    """
    found = session.scalar(_ID, {"slug": slug})
    if found is None:
        raise practice.unknown(slug)
    return found


def event(session: Session, slug: str) -> Event:
    """Return an event with its catalogues.

    Raises:
        UnknownEvent: no event has this slug.
    """
    row = session.scalar(select(EventRow).where(EventRow.slug == slug))
    if row is None:
        raise practice.unknown(slug)
    columns = {name: getattr(row, name) for name in Event.__slots__ if name not in CATALOGUES}
    rehearsed = row.practice_of and session.get_one(EventRow, row.practice_of).slug
    return Event(
        **{**columns, "weights": Weights(**row.weights), "practice_of": rehearsed},
        **catalogues.read(session, row.id),
    )


def set_intake(
    session: Session,
    slug: str,
    intake: Intake,
    *,
    actor: Actor,
    at: datetime,
    pause: timedelta | None = None,
) -> None:
    """Open or close an event for questions, or pause it for a time, after which it is open again.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.SWITCH_INTAKE])
    change = Change(session, slug)
    kept = Intake.OPEN if intake is Intake.OPEN else Intake.CLOSED
    reopens_at = at + pause if intake is Intake.PAUSED and pause else None
    if (change.intake, change.reopens_at) == (kept, reopens_at):
        return
    change.record(
        f"intake_{intake}",
        actor=actor.name,
        account_id=actor.account_id,
        at=at,
        until=reopens_at.isoformat() if reopens_at else None,
    )
    change.finish(intake=kept, reopens_at=reopens_at, described_revision=change.revision)


def set_moderation(
    session: Session, slug: str, moderation: Moderation, *, actor: Actor, at: datetime
) -> None:
    """Have the desk read questions before everyone may, or afterwards.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.SET_MODERATION])
    change = Change(session, slug)
    if change.moderation is moderation:
        return
    change.record(f"moderation_{moderation}", actor=actor.name, account_id=actor.account_id, at=at)
    change.finish(moderation=moderation, described_revision=change.revision)


def set_weights(
    session: Session, slug: str, weights: Weights, *, actor: Actor, at: datetime
) -> None:
    """Say how much each part counts when the next question is suggested.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.SET_WEIGHTS])
    change = Change(session, slug)
    columns = asdict(weights)
    change.record("weights", actor=actor.name, account_id=actor.account_id, at=at, **columns)
    change.finish(weights=columns, described_revision=change.revision)


def _columns(event: Event) -> dict[str, Any]:
    return {name: value for name, value in asdict(event).items() if name not in CATALOGUES}
