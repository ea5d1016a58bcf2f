"""What a person of the desk does to one question or to several at once, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dialogue.lifecycle import Action
from dialogue.refusals import Refusal


class Seen(NamedTuple):
    """A question, and the version of it that the person saw."""

    number: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCommand:
    """An action on questions as the person saw them.

    `reason` goes with `REJECT`, `into` (a number) with `MERGE`, `position` (from 1; the end where
    absent) with `QUEUE` and `MOVE`, `before` (the number of the question that is to come next)
    with `MOVE`, `text` with `EDIT`, `NOTE` and `PREPARE`, `parts` with `SPLIT`, `entry` (a
    catalogue's code, None to take it off) with `SET_TOPIC` and `SET_DEPARTMENT`. `DEFER` may
    bring the `entry` of the department that replies, and the day on which its reply is `due`;
    without that day the event's rule decides. `SET_DUE` changes the day. `SET_VOTES_ASIDE` and
    `COUNT_VOTES` are about the votes of a `burst`, by its code.
    """

    action: Action
    seen: tuple[Seen, ...]
    reason: str | None = None
    into: int | None = None
    position: int | None = None
    before: int | None = None
    text: str | None = None
    parts: tuple[str, ...] = ()
    entry: str | None = None
    due: date | None = None
    burst: int | None = None


class Refused(NamedTuple):
    """One question of several to which a command was not done, and why."""

    number: int
    refusal: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a command: one new revision, the questions it changed, and those it did not.

    `action` is the one that was undone where it was an undo.
    """

    action: Action
    revision: int
    numbers: Sequence[int]
    refused: Sequence[Refused] = ()
