"""What a person of the desk does to one question or to several at once, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dialogue.lifecycle import Action
from dialogue.operations import Operation
from dialogue.refusals import Refusal


class Seen(NamedTuple):
    """A question, and the version of it that the person saw."""

    number: int
    version: int


@dataclass(frozen=True, slots=True)
class QuestionCommand:
    """An operation on questions, each as the person saw it."""

    operation: Operation
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what the person did last, or what they did in the revision `of`."""

    of: int | None = None


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
