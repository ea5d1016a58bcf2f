"""What is done to a question: an action with all that it needs to know, and nothing else.

`Operation` is the union of them. Whoever handles one ends with `assert_never`, so that mypy finds
what forgets a new one; `PlainAction` lists the actions that need nothing else.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from dialogue.lifecycle import Action

PlainAction = Literal[
    Action.APPROVE,
    Action.UNQUEUE,
    Action.STAGE,
    Action.PUT_BACK,
    Action.ANSWER,
    Action.REPLY,
    Action.RESTORE,
    Action.FLAG,
    Action.UNFLAG,
    Action.PIN,
    Action.UNPIN,
    Action.HOLD,
    Action.UNHOLD,
]


@dataclass(frozen=True, slots=True)
class Plain:
    """An action that needs nothing else."""

    action: PlainAction


@dataclass(frozen=True, slots=True)
class Reject:
    """Put a question aside, for a `reason` of the event's list, by its code."""

    action: ClassVar = Action.REJECT
    reason: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Join a question with another that asks the same, by its number."""

    action: ClassVar = Action.MERGE
    into: int


@dataclass(frozen=True, slots=True)
class SendToQueue:
    """Put a question into the queue, at a `position` from 1 or else at the end."""

    action: ClassVar = Action.QUEUE
    position: int | None = None


@dataclass(frozen=True, slots=True)
class MoveTo:
    """Move a question of the queue to a `position` from 1, or else to the end."""

    action: ClassVar = Action.MOVE
    position: int | None = None


@dataclass(frozen=True, slots=True)
class MoveBefore:
    """Move a question of the queue right before another, by its number; to the end without it.

    Said by the neighbour, it is right whatever others have moved meanwhile.
    """

    action: ClassVar = Action.MOVE
    before: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Give a question another text."""

    action: ClassVar = Action.EDIT
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Write a note to the chair; an empty one takes it off."""

    action: ClassVar = Action.NOTE
    text: str


@dataclass(frozen=True, slots=True)
class Prepare:
    """Write an answer that the chair may use; an empty one takes it off."""

    action: ClassVar = Action.PREPARE
    text: str


@dataclass(frozen=True, slots=True)
class Split:
    """Make several questions of one; the first of the `parts` stays under its number."""

    action: ClassVar = Action.SPLIT
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetTopic:
    """Give a question a topic, the `entry` of the catalogue with this code; None takes it off."""

    action: ClassVar = Action.SET_TOPIC
    entry: str | None


@dataclass(frozen=True, slots=True)
class SetDepartment:
    """Give a question a department, the `entry` with this code; None takes it off."""

    action: ClassVar = Action.SET_DEPARTMENT
    entry: str | None


@dataclass(frozen=True, slots=True)
class Defer:
    """Have a question answered in writing.

    The department that replies is the `entry` with this code, the question's own without one.
    Without the day on which the reply is `due` the event's rule decides.
    """

    action: ClassVar = Action.DEFER
    entry: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class SetDue:
    """Change the day on which a reply is due."""

    action: ClassVar = Action.SET_DUE
    due: date


@dataclass(frozen=True, slots=True)
class SetVotesAside:
    """Let the votes of a `burst` not count, by its code."""

    action: ClassVar = Action.SET_VOTES_ASIDE
    burst: int


@dataclass(frozen=True, slots=True)
class CountVotes:
    """Let the votes of a `burst` count again, by its code."""

    action: ClassVar = Action.COUNT_VOTES
    burst: int


Operation = (
    Plain
    | Reject
    | Merge
    | SendToQueue
    | MoveTo
    | MoveBefore
    | Edit
    | Note
    | Prepare
    | Split
    | SetTopic
    | SetDepartment
    | Defer
    | SetDue
    | SetVotesAside
    | CountVotes
)
