"""The one door through which questions change: checked, written, recorded, announced."""

from datetime import datetime

from sqlalchemy.orm import Session

from data_access.followup import publishing
from data_access.questions.writing import changes, columns, splits
from data_access.questions.writing.stored import StoredQuestion, stored
from data_access.revisions import Change
from dialogue import lifecycle
from dialogue.accounts import Actor
from dialogue.commands import Done, QuestionCommand, Refused, Seen
from dialogue.lifecycle import TOWARDS_THE_PUBLIC, Action
from dialogue.operations import Operation, Split
from dialogue.refusals import (
    Flagged,
    Held,
    Refusal,
    TransitionRefused,
)
from dialogue.roles import check


def act(
    session: Session, slug: str, command: QuestionCommand, *, actor: Actor, at: datetime
) -> Done:
    """Change questions as `lifecycle.TRANSITIONS` allows, all that can be in one revision.

    Of several questions, those that are refused stay as they are and are told in what is
    returned; where not even one could be changed, the first refusal is raised.

    Raises:
        UnknownEvent, UnknownQuestion, UnknownReason, UnknownEntry, WrongMergeTarget: there is no
            such thing.
        Conflict: somebody changed the question since that version.
        TransitionRefused: the question's state does not allow the action.
        Flagged, Held: the question needs a second look first, or is on hold.
        StageOccupied: another question is on stage.
        WrongText, WrongSplit: a new text is too short or too long, or there are too many.
        WrongDue: a reply would be due before today.
        NoReply: no reply waits for approval.
        UnknownBurst: none of its votes is left.
        NotPermitted: none of the actor's roles may do this.
    """
    change = Change(session, slug)
    done: list[int] = []
    refused: list[Refused] = []
    for seen in command.seen:
        try:
            act_on_one(change, command.operation, seen, actor=actor, at=at)
            done.append(seen.number)
        except Refusal as refusal:
            refused.append(Refused(seen.number, refusal))
    return changes.finish(change, command.operation.action, done, refused)


def act_on_one(
    change: Change, operation: Operation, seen: Seen, *, actor: Actor, at: datetime
) -> None:
    """Do an operation to one question, as part of a change.

    Raises:
        Refusal: as for `act`; then nothing was written.
    """
    # First, so that who may not do this at all learns nothing about the question.
    check(actor.roles, lifecycle.roles_of(operation.action))
    question = stored(change.session, change.event_id, seen.number)
    if question.version != seen.version:
        raise changes.conflict(change, question)
    step = lifecycle.transition(operation.action, question.status)
    if step is None:
        raise TransitionRefused(number=seen.number, status=question.status)
    check(actor.roles, step.roles)
    if question.flagged and operation.action in TOWARDS_THE_PUBLIC:
        raise Flagged(number=seen.number, status=question.status)
    if step.action is Action.STAGE:
        _require_ready(question)
        changes.require_free_stage(change, seen.number)
    if step.action is Action.REPLY:
        publishing.require_submitted(change, question)
    changed = columns.new_columns(change, operation, question, at=at)
    position = columns.wanted_position(change, operation, seen.number)
    aside = columns.wanted_aside(change, operation, seen.number)
    changes.write(
        change,
        question,
        operation.action,
        step.target,
        changed,
        position,
        aside,
        actor=actor,
        at=at,
    )
    if isinstance(operation, Split):
        others = splits.read(operation.parts)[1:]
        splits.off(change, seen.number, others, target=step.target, actor=actor, at=at)


def _require_ready(question: StoredQuestion) -> None:
    if question.held:
        raise Held(number=question.number, status=question.status)
