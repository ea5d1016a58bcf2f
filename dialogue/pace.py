"""How long questions stay on stage, and what that says about those that wait."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

# The last few tell the pace of now; a morning's do not.
MOST_TURNS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A question that came on stage, or left it; `undoes` where that only took back the last."""

    number: int
    at: datetime
    arrives: bool
    undoes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question's time on stage; `ended` is None while it is there."""

    number: int
    began: datetime
    ended: datetime | None = None


def turns(steps: Iterable[Step]) -> list[Turn]:
    """Put the steps of an event, the oldest first, together to turns.

    What was undone never happened: a question that is back goes on, and one that was put on
    stage by mistake had no turn.
    """
    found: list[Turn] = []
    for step in steps:
        last = found[-1] if found and found[-1].number == step.number else None
        if step.arrives and step.undoes and last is not None:
            found[-1] = replace(last, ended=None)
        elif step.arrives:
            found.append(Turn(number=step.number, began=step.at))
        elif last is not None and step.undoes:
            found.pop()
        elif last is not None:
            found[-1] = replace(last, ended=step.at)
    return found


def typical(found: Iterable[Turn]) -> timedelta | None:
    """Return the median length of the last turns that have ended, None before the first."""
    lengths = [each.ended - each.began for each in found if each.ended is not None]
    if not lengths:
        return None
    return timedelta(seconds=median(each.total_seconds() for each in lengths[-MOST_TURNS:]))
