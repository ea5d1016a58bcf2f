"""Where the day stands against its plan, and how many questions still fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from dialogue.events import Part, PartKind

# A rehearsal the day before begins at its own time, and so does its plan.
SAME_DAY = timedelta(hours=12)
NONE = timedelta()


class Begun(NamedTuple):
    """A part of the rundown that began, by its code, and when; None set the day back."""

    part: str | None
    at: datetime


class Planned(NamedTuple):
    """A part of the rundown, and the times that the plan gives it."""

    part: Part
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the day stands: the part that runs, the one that comes next, and the time.

    `behind` is how much later than planned the part that runs will be over, if it takes its
    minutes from its beginning; less than nothing means ahead. `left` is the time that the plan
    still leaves for questions.
    """

    running: Planned | None
    coming: Planned | None
    behind: timedelta
    left: timedelta


def plan(
    parts: Sequence[Part], *, held_at: datetime, began_at: datetime | None
) -> tuple[Planned, ...]:
    """Give each part its times, one after the other from when the event is held.

    Where the first part began on another day, the plan begins with it.
    """
    starts = held_at
    if began_at is not None and abs(began_at - held_at) > SAME_DAY:
        starts = began_at
    planned = []
    for part in parts:
        ends = starts + timedelta(minutes=part.minutes)
        planned.append(Planned(part, starts, ends))
        starts = ends
    return tuple(planned)


def today(course: Sequence[Begun]) -> Sequence[Begun]:
    """Leave out, of all that began in turn, what was before the day was last set back."""
    last = max((place for place, each in enumerate(course) if each.part is None), default=-1)
    return course[last + 1 :]


def standing(
    planned: Sequence[Planned], *, part: str | None, part_began_at: datetime | None, at: datetime
) -> Standing:
    """Compare a time with the plan, while a part, by its code, runs since another time."""
    codes = [each.part.code for each in planned]
    place = codes.index(part) if part in codes else -1
    running = planned[place] if place >= 0 else None
    coming = planned[place + 1] if place + 1 < len(planned) else None
    behind = NONE
    if running is not None and part_began_at is not None:
        minutes = running.ends - running.starts
        behind = max(part_began_at + minutes, at) - running.ends
    elif coming is not None:
        behind = max(NONE, at - coming.starts)
    dialogue = sum(
        (each.ends - each.starts for each in planned[place + 1 :] if _is_dialogue(each)), NONE
    )
    if running is not None and _is_dialogue(running):
        dialogue += running.ends - at
    else:
        dialogue -= max(NONE, behind)
    return Standing(running=running, coming=coming, behind=behind, left=max(NONE, dialogue))


def fitting(left: timedelta, *, each: timedelta, spent: timedelta | None = None) -> int:
    """Count how many more questions fit into a time, at a pace.

    `spent` is how long the question on stage has been there; the rest of its time is taken off
    first.
    """
    if spent is not None:
        left -= max(NONE, each - spent)
    return max(0, left // each)


def _is_dialogue(planned: Planned) -> bool:
    return planned.part.kind is PartKind.DIALOGUE
