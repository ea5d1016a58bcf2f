"""Which states a question has, which actions lead from one to another, and who may take them.

Pages draw their buttons from `TRANSITIONS`, `data_access` enforces it, the tests enumerate it.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from dialogue.roles import Role


class Status(StrEnum):
    """Where a question stands."""

    RECEIVED = "received"
    APPROVED = "approved"
    QUEUED = "queued"
    ON_STAGE = "on_stage"
    ANSWERED = "answered"
    DEFERRED = "deferred"
    REPLIED = "replied"
    REJECTED = "rejected"
    MERGED = "merged"


class Action(StrEnum):
    """What somebody does to a question. The last ones leave its state as it is.

    `SUBMIT` and, where a question was split, `SPLIT_OFF` begin one. `UNDO` takes back what a
    person did last, whatever it was. These three have no arrow of their own.
    """

    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    QUEUE = "queue"
    UNQUEUE = "unqueue"
    STAGE = "stage"
    PUT_BACK = "put_back"
    ANSWER = "answer"
    DEFER = "defer"
    REPLY = "reply"
    MERGE = "merge"
    RESTORE = "restore"
    MOVE = "move"
    EDIT = "edit"
    SET_TOPIC = "set_topic"
    SET_DEPARTMENT = "set_department"
    FLAG = "flag"
    UNFLAG = "unflag"
    SPLIT = "split"
    SPLIT_OFF = "split_off"
    PIN = "pin"
    UNPIN = "unpin"
    HOLD = "hold"
    UNHOLD = "unhold"
    NOTE = "note"
    PREPARE = "prepare"
    SET_DUE = "set_due"
    SET_VOTES_ASIDE = "set_votes_aside"
    COUNT_VOTES = "count_votes"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow of the lifecycle, and the roles that may follow it."""

    action: Action
    origin: Status
    target: Status
    roles: frozenset[Role]


DESK = frozenset({Role.MODERATOR})
STAGE = frozenset({Role.MODERATOR, Role.CHAIR})

_BEFORE_THE_STAGE = (Status.RECEIVED, Status.APPROVED, Status.QUEUED)
_KEPT = (*_BEFORE_THE_STAGE, Status.ON_STAGE, Status.ANSWERED, Status.DEFERRED, Status.REPLIED)


def _staying(action: Action, *states: Status) -> tuple[Transition, ...]:
    return tuple(Transition(action, each, each, DESK) for each in states)


TRANSITIONS: tuple[Transition, ...] = (
    Transition(Action.APPROVE, Status.RECEIVED, Status.APPROVED, DESK),
    Transition(Action.QUEUE, Status.RECEIVED, Status.QUEUED, DESK),
    Transition(Action.QUEUE, Status.APPROVED, Status.QUEUED, DESK),
    Transition(Action.UNQUEUE, Status.QUEUED, Status.APPROVED, DESK),
    Transition(Action.STAGE, Status.QUEUED, Status.ON_STAGE, STAGE),
    Transition(Action.PUT_BACK, Status.ON_STAGE, Status.QUEUED, STAGE),
    Transition(Action.ANSWER, Status.ON_STAGE, Status.ANSWERED, STAGE),
    Transition(Action.DEFER, Status.RECEIVED, Status.DEFERRED, DESK),
    Transition(Action.DEFER, Status.APPROVED, Status.DEFERRED, STAGE),
    Transition(Action.DEFER, Status.QUEUED, Status.DEFERRED, STAGE),
    Transition(Action.DEFER, Status.ON_STAGE, Status.DEFERRED, STAGE),
    Transition(Action.REPLY, Status.DEFERRED, Status.REPLIED, DESK),
    Transition(Action.REJECT, Status.RECEIVED, Status.REJECTED, DESK),
    Transition(Action.REJECT, Status.APPROVED, Status.REJECTED, DESK),
    Transition(Action.MERGE, Status.RECEIVED, Status.MERGED, DESK),
    Transition(Action.MERGE, Status.APPROVED, Status.MERGED, DESK),
    Transition(Action.MERGE, Status.QUEUED, Status.MERGED, DESK),
    Transition(Action.RESTORE, Status.REJECTED, Status.RECEIVED, DESK),
    Transition(Action.RESTORE, Status.MERGED, Status.RECEIVED, DESK),
    Transition(Action.RESTORE, Status.ANSWERED, Status.QUEUED, DESK),
    Transition(Action.RESTORE, Status.REPLIED, Status.DEFERRED, DESK),
    *_staying(Action.MOVE, Status.QUEUED),
    *_staying(Action.EDIT, *_BEFORE_THE_STAGE, Status.ON_STAGE),
    *_staying(Action.SET_TOPIC, *_KEPT),
    *_staying(Action.SET_DEPARTMENT, *_KEPT),
    *_staying(Action.FLAG, *_BEFORE_THE_STAGE),
    *_staying(Action.UNFLAG, *_BEFORE_THE_STAGE),
    *_staying(Action.SPLIT, *_BEFORE_THE_STAGE),
    *_staying(Action.PIN, Status.QUEUED),
    *_staying(Action.UNPIN, Status.QUEUED),
    *_staying(Action.HOLD, Status.QUEUED),
    *_staying(Action.UNHOLD, Status.QUEUED),
    *_staying(Action.NOTE, *_BEFORE_THE_STAGE, Status.ON_STAGE),
    *_staying(Action.PREPARE, *_BEFORE_THE_STAGE, Status.ON_STAGE),
    *_staying(Action.SET_DUE, Status.DEFERRED),
    *_staying(Action.SET_VOTES_ASIDE, *_KEPT),
    *_staying(Action.COUNT_VOTES, *_KEPT),
)

_BY_ACTION_AND_ORIGIN = {(each.action, each.origin): each for each in TRANSITIONS}

# What was answered, aloud or in writing. Every number that says "answered" counts these.
HEARD = frozenset({Status.ANSWERED, Status.REPLIED})
# What was answered, or has its place already: its turn in the hall or a promised reply.
TAKEN_UP = HEARD | {Status.QUEUED, Status.ON_STAGE, Status.DEFERRED}
# What the desk put aside. Whoever was merged is answered with the other question.
PUT_ASIDE = frozenset({Status.REJECTED, Status.MERGED})
# What the public may read: the words of these questions have passed the desk.
PUBLIC = frozenset(Status) - PUT_ASIDE - {Status.RECEIVED}
# What brings a question before the public, or nearer to it; a flagged one waits.
TOWARDS_THE_PUBLIC = frozenset({Action.APPROVE, Action.QUEUE, Action.STAGE, Action.DEFER})
# What has no arrow: a beginning, and a step back.
WITHOUT_ARROW = frozenset({Action.SUBMIT, Action.SPLIT_OFF, Action.UNDO})
# What another question may still be merged into.
OPEN = frozenset({Status.RECEIVED, Status.APPROVED, Status.QUEUED, Status.ON_STAGE})


def is_public(status: Status, *, flagged: bool) -> bool:
    """Tell whether everyone may read a question; in SQL `questions.models.IS_PUBLIC` says so."""
    return status in PUBLIC and not flagged


def transition(action: Action, origin: Status) -> Transition | None:
    """Return the arrow that an action follows from a state, or None where there is none."""
    return _BY_ACTION_AND_ORIGIN.get((action, origin))


@cache
def roles_of(action: Action) -> frozenset[Role]:
    """Return who may do an action to a question in some state."""
    return frozenset().union(*(each.roles for each in TRANSITIONS if each.action is action))


@cache
def actions(origin: Status, roles: frozenset[Role]) -> tuple[Action, ...]:
    """List what somebody with these roles may do to a question in a state, in table order."""
    return tuple(
        each.action for each in TRANSITIONS if each.origin == origin and each.roles & roles
    )
