"""What one press brings on stage or on the screens: the next question, or what is armed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from data_access.hall import halls
from data_access.questions.models import QuestionRow
from data_access.questions.writing import changes, commands
from data_access.revisions import Change
from dialogue.accounts import Actor
from dialogue.commands import Done, Seen
from dialogue.hall import SHOWN, Armed, HallAction, Scene
from dialogue.lifecycle import Action, Status
from dialogue.operations import Plain, PlainAction
from dialogue.refusals import ArmedAnew, NothingArmed, NothingComing, StageOccupied
from dialogue.roles import MAY, Right, check


def advance(
    session: Session,
    slug: str,
    *,
    ending: Seen | None,
    coming: Seen | None,
    actor: Actor,
    at: datetime,
) -> Done:
    """Mark the question on stage answered and bring the next one on, in one revision.

    Either may be missing, where the stage is empty or nothing waits. One undo takes back both.

    Raises:
        NothingComing: both are missing.
        Refusal: as for `commands.act`; then neither is changed.
    """
    return _advance(Change(session, slug), ending, coming, actor=actor, at=at)


def fire(
    session: Session,
    slug: str,
    armed: Armed | None,
    *,
    ending: int | None,
    actor: Actor,
    at: datetime,
) -> Done | HallAction:
    """Show what is armed; a question comes on stage in place of the one that is there.

    What is `armed` and the number of the question on stage, `ending`, are what the person saw.
    Returns what came of it for the questions, or the action where only the scene changed.

    Raises:
        NothingArmed: nothing is ready, or another desk was quicker.
        ArmedAnew: another desk has made something else ready.
        StageOccupied: another question than the one that was seen came on stage.
        NotPermitted: none of the actor's roles may do this.
        Refusal: as for `commands.act`.
    """
    check(actor.roles, MAY[Right.SWITCH_SCENE])
    change = Change(session, slug)
    ready = halls.current(change).armed
    if ready is None:
        raise NothingArmed
    if ready != armed:
        raise ArmedAnew
    if ready.number is not None:
        on_stage = _seen(change, QuestionRow.status == Status.ON_STAGE)
        if on_stage is not None and on_stage.number != ending:
            raise StageOccupied(number=ready.number, on_stage=on_stage.number)
        coming = _seen(change, QuestionRow.number == ready.number)
        return _advance(change, on_stage, coming, actor=actor, at=at)
    columns: dict[str, Any] = {"scene": ready.scene, "dark": False, **halls.DISARMED}
    if ready.scene is Scene.MESSAGE:
        columns["message"] = ready.message
    return halls.finish(change, SHOWN[ready.scene], columns, actor=actor, at=at)


def _advance(
    change: Change, ending: Seen | None, coming: Seen | None, *, actor: Actor, at: datetime
) -> Done:
    steps: list[tuple[PlainAction, Seen | None]] = [
        (Action.ANSWER, ending),
        (Action.STAGE, coming),
    ]
    taken = [(action, seen) for action, seen in steps if seen is not None]
    if not taken:
        raise NothingComing
    for action, seen in taken:
        commands.act_on_one(change, Plain(action), seen, actor=actor, at=at)
    return changes.finish(change, taken[-1][0], [seen.number for _, seen in taken])


def _seen(change: Change, condition: ColumnElement[bool]) -> Seen | None:
    row = change.session.execute(
        select(QuestionRow.number, QuestionRow.version).where(
            QuestionRow.event_id == change.event_id, condition
        )
    ).one_or_none()
    return Seen(row.number, row.version) if row else None
