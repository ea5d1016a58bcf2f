"""The events' catalogues: read, written, and made what a file says now."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from data_access.accounts.models import GrantDepartmentRow
from data_access.activity.models import ActivityRow
from data_access.events.models import (
    DepartmentRow,
    DistrictRow,
    PartRow,
    ReasonRow,
    TopicDepartmentRow,
    TopicRow,
)
from data_access.followup.models import ReplyRow
from data_access.hall.models import HallRow
from data_access.questions.models import QuestionRow
from dialogue.events import CATALOGUES, Department, District, Event, Part, Reason, Topic
from dialogue.refusals import EntriesInUse

_TABLES: dict[str, tuple[Any, Any]] = {
    "districts": (DistrictRow, District),
    "departments": (DepartmentRow, Department),
    "topics": (TopicRow, Topic),
    "reasons": (ReasonRow, Reason),
    "rundown": (PartRow, Part),
}
_Reference = tuple[str, type[Any], Any]
# What refers to an entry, besides the catalogues of its own file: in words, its table and column.
_REFERENCES: dict[str, tuple[_Reference, ...]] = {
    "districts": (("questions", QuestionRow, QuestionRow.district),),
    "departments": (
        ("questions", QuestionRow, QuestionRow.department),
        ("replies", ReplyRow, ReplyRow.department),
        ("accounts", GrantDepartmentRow, GrantDepartmentRow.department),
    ),
    "topics": (("questions", QuestionRow, QuestionRow.topic),),
    "reasons": (("questions", QuestionRow, QuestionRow.reason),),
    "rundown": (("hall", HallRow, HallRow.part),),
}
# What the activity calls them; what was there before may come back by an undo.
_RECORDED = {"departments": "department", "topics": "topic", "reasons": "reason", "rundown": "part"}


def add(session: Session, event_id: int, event: Event) -> None:
    """Add all catalogues of an event."""
    for name in CATALOGUES:
        _insert(session, name, _rows(event_id, event, name))
    _link(session, event_id, event)


def read(session: Session, event_id: int) -> dict[str, Any]:
    """Return the catalogues of an event by name, each in the order of its file."""
    departments = _departments_by_topic(session, event_id)
    return {name: tuple(_entries(session, event_id, name, departments)) for name in CATALOGUES}


def change(session: Session, event_id: int, before: Event, after: Event) -> None:
    """Make the catalogues of an event what they are in `after`, entry by entry, by code.

    Raises:
        EntriesInUse: something refers to entries that are not there any more; nothing was written.
    """
    gone = {
        name: {each.code for each in getattr(before, name)}
        - {each.code for each in getattr(after, name)}
        for name in CATALOGUES
    }
    _require_unused(session, event_id, gone)
    session.execute(delete(TopicDepartmentRow).where(TopicDepartmentRow.event_id == event_id))
    for name in CATALOGUES:
        table, known = _TABLES[name][0], {each.code for each in getattr(before, name)}
        is_gone = table.code.in_(gone[name])
        session.execute(delete(table).where(table.event_id == event_id, is_gone))
        rows = _rows(event_id, after, name)
        if kept := [each for each in rows if each["code"] in known]:
            session.execute(update(table), kept)
        _insert(session, name, [each for each in rows if each["code"] not in known])
    _link(session, event_id, after)


def _insert(session: Session, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(_TABLES[name][0]), rows)


def _link(session: Session, event_id: int, event: Event) -> None:
    """Add which departments answer which topics."""
    links = [
        {"event_id": event_id, "topic": topic.code, "department": department, "place": place}
        for topic in event.topics
        for place, department in enumerate(topic.departments)
    ]
    if links:
        session.execute(insert(TopicDepartmentRow), links)


def _rows(event_id: int, event: Event, name: str) -> list[dict[str, Any]]:
    entries = [asdict(each) for each in getattr(event, name)]
    for each in entries:
        each.pop("departments", None)
    return [{"event_id": event_id, "place": place} | each for place, each in enumerate(entries)]


def _entries(
    session: Session, event_id: int, name: str, departments: Mapping[str, list[str]]
) -> Iterator[Any]:
    table, kind = _TABLES[name]
    fields = [field for field in kind.__slots__ if field != "departments"]
    for row in session.scalars(
        select(table).where(table.event_id == event_id).order_by(table.place)
    ):
        columns = {field: getattr(row, field) for field in fields}
        if kind is Topic:
            columns["departments"] = tuple(departments.get(row.code, ()))
        yield kind(**columns)


def _departments_by_topic(session: Session, event_id: int) -> dict[str, list[str]]:
    departments: dict[str, list[str]] = defaultdict(list)
    for row in session.scalars(
        select(TopicDepartmentRow)
        .where(TopicDepartmentRow.event_id == event_id)
        .order_by(TopicDepartmentRow.place)
    ):
        departments[row.topic].append(row.department)
    return departments


def _require_unused(session: Session, event_id: int, gone: Mapping[str, set[str]]) -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for name, codes in gone.items():
        for words, table, code in _references(name) if codes else ():
            found = select(code).where(table.event_id == event_id, code.in_(codes)).distinct()
            for each in session.scalars(found):
                used[f"{name} {each}"].add(words)
    if used:
        entries = (f"{each} ({', '.join(sorted(by))})" for each, by in sorted(used.items()))
        raise EntriesInUse(entries="; ".join(entries))


def _references(name: str) -> Iterator[_Reference]:
    yield from _REFERENCES[name]
    if recorded := _RECORDED.get(name):
        details = ActivityRow.details
        yield "activity", ActivityRow, details[recorded].as_string()
        yield "activity", ActivityRow, details["before", recorded].as_string()
