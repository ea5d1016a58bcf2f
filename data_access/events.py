"""Events and their catalogues."""

from collections import defaultdict
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session, aliased

from data_access.models import (
    Base,
    DepartmentRow,
    DistrictRow,
    EventRow,
    HallRow,
    PartRow,
    ReasonRow,
    TopicDepartmentRow,
    TopicRow,
)
from data_access.revisions import Change
from dialogue import practice
from dialogue.accounts import Actor
from dialogue.events import (
    Department,
    District,
    Event,
    Intake,
    Moderation,
    Part,
    Reason,
    Topic,
    Weights,
)
from dialogue.hall import Scene
from dialogue.roles import MAY, Right, check

MOST_EVENTS = 200
_ID = select(EventRow.id).where(EventRow.slug == bindparam("slug"))
_CATALOGUES: dict[str, tuple[type[Base], Any]] = {
    "districts": (DistrictRow, District),
    "departments": (DepartmentRow, Department),
    "topics": (TopicRow, Topic),
    "reasons": (ReasonRow, Reason),
    "rundown": (PartRow, Part),
}


def add(session: Session, event: Event) -> None:
    """Add an event with its catalogues, at revision 0; its screens welcome the hall."""
    columns = {name: value for name, value in asdict(event).items() if name not in _CATALOGUES}
    if event.practice_of is not None:
        columns["practice_of"] = event_id(session, event.practice_of)
    row = EventRow(**columns, revision=0, described_revision=0, last_number=0, last_entry=0)
    session.add(row)
    session.flush()
    for name, (table, _) in _CATALOGUES.items():
        entries = [
            {"event_id": row.id, "place": place, **_columns(entry)}
            for place, entry in enumerate(getattr(event, name))
        ]
        if entries:
            session.execute(insert(table), entries)
    links = [
        {"event_id": row.id, "topic": topic.code, "department": department, "place": place}
        for topic in event.topics
        for place, department in enumerate(topic.departments)
    ]
    if links:
        session.execute(insert(TopicDepartmentRow), links)
    session.add(HallRow(event_id=row.id, scene=Scene.WELCOME))


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
    columns = {name: getattr(row, name) for name in Event.__slots__ if name not in _CATALOGUES}
    rehearsed = row.practice_of and session.get_one(EventRow, row.practice_of).slug
    return Event(
        **{**columns, "weights": Weights(**row.weights), "practice_of": rehearsed},
        districts=_entries(session, row.id, "districts"),
        departments=_entries(session, row.id, "departments"),
        topics=_entries(session, row.id, "topics"),
        reasons=_entries(session, row.id, "reasons"),
        rundown=_entries(session, row.id, "rundown"),
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


def _columns(entry: Any) -> dict[str, Any]:
    columns = asdict(entry)
    columns.pop("departments", None)
    return columns


def _entries(session: Session, event_id: int, name: str) -> Any:
    table: Any
    table, kind = _CATALOGUES[name]
    extra: dict[str, dict[str, Any]] = defaultdict(dict)
    if name == "topics":
        for code, departments in _departments_by_topic(session, event_id).items():
            extra[code] = {"departments": tuple(departments)}
    fields = [field for field in kind.__slots__ if field != "departments"]
    return tuple(
        kind(**{field: getattr(row, field) for field in fields}, **extra[row.code])
        for row in session.scalars(
            select(table).where(table.event_id == event_id).order_by(table.place)
        )
    )


def _departments_by_topic(session: Session, event_id: int) -> dict[str, list[str]]:
    departments: dict[str, list[str]] = defaultdict(list)
    for row in session.scalars(
        select(TopicDepartmentRow)
        .where(TopicDepartmentRow.event_id == event_id)
        .order_by(TopicDepartmentRow.place)
    ):
        departments[row.topic].append(row.department)
    return departments
