"""What a file changes of an event that is there already, and what stays as the desk has it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from dialogue.events import CATALOGUES, Event

# What is switched at the desk on the day is the desk's from the start: nobody in the hall may
# find the intake closed, or a question public, because somebody corrected a name in a file.
OF_THE_DESK = ("intake", "moderation", "weights")


class Update(NamedTuple):
    """What a file changed of an event, a line each; and the keys that the desk has another way."""

    changed: tuple[str, ...]
    kept: tuple[str, ...]


def merged(event: Event, file: Event) -> Event:
    """Return an event as its file describes it, with what is the desk's as the desk has it."""
    kept = {name: getattr(event, name) for name in (*OF_THE_DESK, "reopens_at")}
    return replace(file, **kept)


def update(event: Event, file: Event) -> Update:
    """Say what a file changes of an event, and what it does not because that is the desk's."""
    wanted = merged(event, file)
    changed = [*_fields(event, wanted)]
    for name in CATALOGUES:
        changed += _entries(name, event, wanted)
    kept = [name for name in OF_THE_DESK if getattr(event, name) != getattr(file, name)]
    return Update(tuple(changed), tuple(kept))


def _fields(before: Event, after: Event) -> Iterator[str]:
    zone = ZoneInfo(after.timezone)
    for name in Event.__slots__:
        was, becomes = getattr(before, name), getattr(after, name)
        if name not in CATALOGUES and was != becomes:
            yield f"{name}: {_said(was, zone)} → {_said(becomes, zone)}"


def _said(value: Any, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        value = value.astimezone(zone).isoformat()
    return "–" if value is None else str(value)


def _entries(name: str, before: Event, after: Event) -> Iterator[str]:
    was = {each.code: each for each in getattr(before, name)}
    becomes = {each.code: each for each in getattr(after, name)}
    yield from (f"{name}: + {_entry(each)}" for code, each in becomes.items() if code not in was)
    yield from (f"{name}: - {_entry(each)}" for code, each in was.items() if code not in becomes)
    for code, each in becomes.items():
        if code in was and was[code] != each:
            fields = [f for f in each.__slots__ if getattr(each, f) != getattr(was[code], f)]
            yield f"{name}: {_entry(each)}: {', '.join(fields)}"
    if [code for code in was if code in becomes] != [code for code in becomes if code in was]:
        yield f"{name}: in another order"


def _entry(entry: Any) -> str:
    """Name an entry of a catalogue; a reason has its text for a name."""
    return f"{entry.code} {getattr(entry, 'name', None) or entry.text}"
