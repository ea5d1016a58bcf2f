"""Annotations of the review: written by staff, changed, withdrawn, never deleted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, insert, select, update
from sqlalchemy.orm import Session

from data_access.events import events
from data_access.review.models import AnnotationRow
from data_access.revisions import Change
from dialogue import annotations
from dialogue.accounts import Actor
from dialogue.annotations import Annotation, Subject
from dialogue.refusals import AnnotationChanged, NotPermitted, UnknownAnnotation
from dialogue.roles import MAY, Right, check

WRITTEN = "annotation_written"
CHANGED = "annotation_changed"
WITHDRAWN = "annotation_withdrawn"
MOST_LISTED = 1_000
_COLUMNS = tuple(getattr(AnnotationRow, name) for name in Annotation.__slots__)
_PLACES = {each.value: place for place, each in enumerate(Subject)}


def add(
    session: Session,
    slug: str,
    *,
    subject: Subject,
    moment: datetime | None,
    text: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Keep an annotation on a subject, at a moment (aware) or on the whole; return its entry.

    The same again of the same person, as of a double click, is the one that is there already.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
        WrongText: the text is too short or too long.
    """
    check(actor.roles, MAY[Right.ANNOTATE])
    change = Change(session, slug)
    columns: dict[str, Any] = {
        "subject": subject,
        "moment": moment,
        "text": annotations.read(text),
        "written_by": actor.name,
        "account_id": actor.account_id,
    }
    written = _entry(change, columns)
    if written is not None:
        return written
    entry = _last_entry(change) + 1
    key = {"event_id": change.event_id, "entry": entry}
    session.execute(insert(AnnotationRow).values(**key, **columns, written_at=at, version=1))
    _finish(change, WRITTEN, subject, columns["text"], actor=actor, at=at)
    return entry


def change(
    session: Session,
    slug: str,
    entry: int,
    *,
    version: int,
    text: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Give an annotation another text, and return its new version.

    `version` is the one that the person saw.

    Raises:
        UnknownEvent, UnknownAnnotation: there is no such thing, or it was withdrawn.
        NotPermitted: the actor neither wrote it nor may change what others wrote.
        AnnotationChanged: somebody changed it since that version.
        WrongText: the text is too short or too long.
    """
    writing = Change(session, slug)
    before = _seen(writing, entry, version=version, actor=actor)
    kept = annotations.read(text)
    _update(writing, before, {"text": kept, "changed_by": actor.name, "changed_at": at})
    _finish(writing, CHANGED, before.subject, kept, actor=actor, at=at)
    return version + 1


def withdraw(
    session: Session, slug: str, entry: int, *, version: int, actor: Actor, at: datetime
) -> None:
    """Have an annotation no longer shown or printed; what it said stays in the database.

    Raises:
        Refusal: as for `change`.
    """
    withdrawing = Change(session, slug)
    before = _seen(withdrawing, entry, version=version, actor=actor)
    _update(withdrawing, before, {"withdrawn_at": at})
    _finish(withdrawing, WITHDRAWN, before.subject, before.text, actor=actor, at=at)


def list_current(session: Session, slug: str) -> list[Annotation]:
    """List the annotations that nobody withdrew, at most `MOST_LISTED`.

    By subject in the order of `Subject`, those on the whole before those on a moment, then by
    moment and by when they were written. Each is a `dialogue.annotations.Annotation`.

    Raises:
        UnknownEvent: no event has this slug.
    """
    rows = session.execute(
        select(*_COLUMNS)
        .where(
            AnnotationRow.event_id == events.event_id(session, slug),
            AnnotationRow.withdrawn_at.is_(None),
            # A later version may know other subjects.
            AnnotationRow.subject.in_(Subject),
        )
        .order_by(
            case(_PLACES, value=AnnotationRow.subject),
            AnnotationRow.moment.nulls_first(),
            AnnotationRow.written_at,
            AnnotationRow.entry,
        )
        .limit(MOST_LISTED)
    )
    return [_annotation(row._mapping) for row in rows]


def _annotation(columns: Mapping[Any, Any]) -> Annotation:
    return Annotation(**{**columns, "subject": Subject(columns["subject"])})


def _entry(change: Change, columns: dict[str, Any]) -> int | None:
    """Return the entry of the current annotation that has all of some columns."""
    return change.session.scalar(
        select(AnnotationRow.entry)
        .where(
            AnnotationRow.event_id == change.event_id,
            AnnotationRow.withdrawn_at.is_(None),
            *(
                getattr(AnnotationRow, name).is_not_distinct_from(value)
                for name, value in columns.items()
            ),
        )
        .limit(1)
    )


def _last_entry(change: Change) -> int:
    last = select(func.max(AnnotationRow.entry)).where(AnnotationRow.event_id == change.event_id)
    return change.session.scalar(last) or 0


def _seen(change: Change, entry: int, *, version: int, actor: Actor) -> Annotation:
    """Return an annotation that somebody is about to change, as it is before that."""
    row = change.session.execute(
        select(*_COLUMNS).where(
            AnnotationRow.event_id == change.event_id,
            AnnotationRow.entry == entry,
            AnnotationRow.withdrawn_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        raise UnknownAnnotation
    if not annotations.may_change(actor, account_id=row.account_id):
        raise NotPermitted
    if row.version != version:
        raise AnnotationChanged
    return _annotation(row._mapping)


def _update(change: Change, before: Annotation, columns: dict[str, Any]) -> None:
    change.session.execute(
        update(AnnotationRow)
        .where(AnnotationRow.event_id == change.event_id, AnnotationRow.entry == before.entry)
        .values(version=before.version + 1, **columns)
    )


def _finish(
    change: Change, action: str, subject: str, text: str, *, actor: Actor, at: datetime
) -> None:
    change.record(
        action,
        actor=actor.name,
        account_id=actor.account_id,
        at=at,
        subject=subject,
        annotation=text,
    )
    change.finish()
