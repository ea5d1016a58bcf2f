"""A change of one question, written with all that follows from it, and recorded to be undone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from data_access.activity.models import ActivityRow
from data_access.followup import publishing
from data_access.hall import halls
from data_access.questions.models import QuestionRow
from data_access.questions.reading import search
from data_access.questions.writing import bursts, claims, queue, votes
from data_access.questions.writing.bursts import Aside
from data_access.questions.writing.stored import StoredQuestion
from data_access.revisions import Change
from dialogue.accounts import Actor
from dialogue.commands import Done, Refused
from dialogue.lifecycle import Action, Status
from dialogue.refusals import (
    Conflict,
    StageOccupied,
)

# What a command may change of a question besides its state and its place in the queue.
COLUMNS = StoredQuestion._fields[StoredQuestion._fields.index("version") + 1 :]
# What leaves the question as it was, such as erasing a name or writing a reply, has no state.
MOVED = ActivityRow.to_status.is_not(None)


def finish(
    change: Change, action: Action, done: Sequence[int], refused: Sequence[Refused] = ()
) -> Done:
    """End a change of questions, and tell what came of it.

    Raises:
        Refusal: the first one, where nothing was done.
    """
    if not done:
        raise refused[0].refusal
    claims.end(change, done)
    change.finish()
    return Done(action=action, revision=change.revision, numbers=done, refused=refused)


def conflict(change: Change, question: StoredQuestion) -> Conflict:
    """Return the refusal that says how a question stands, and who changed it last."""
    last = (
        change.session.execute(
            select(ActivityRow.actor, ActivityRow.action, ActivityRow.at)
            .where(
                ActivityRow.event_id == change.event_id,
                ActivityRow.number == question.number,
                MOVED,
            )
            .order_by(ActivityRow.entry.desc())
            .limit(1)
        )
        .one()
        ._asdict()
    )
    return Conflict(number=question.number, status=question.status, **last)


def require_free_stage(change: Change, number: int) -> None:
    """Raise `StageOccupied` where a question is on stage already."""
    on_stage = change.session.scalar(
        select(QuestionRow.number).where(
            QuestionRow.event_id == change.event_id, QuestionRow.status == Status.ON_STAGE
        )
    )
    if on_stage is not None:
        raise StageOccupied(number=number, on_stage=on_stage)


def write(
    change: Change,
    question: StoredQuestion,
    action: Action,
    target: Status,
    columns: dict[str, Any],
    position: int | None,
    aside: Aside | None,
    *,
    actor: Actor,
    at: datetime,
    **details: Any,
) -> None:
    """Write a change with all that follows from it, and record it so that it can be undone."""
    number = question.number
    if question.status is Status.QUEUED and target is not Status.QUEUED:
        columns = {**columns, **_unmarked(question)}
    before = {name: getattr(question, name) for name in columns}
    _follow_merge(change, question, columns)
    if aside is not None:
        before["aside"], details["votes"] = bursts.set_aside(change, number, aside)
        votes.count(change, number)
    if "text" in columns:
        search.replace(change.session, change.event_id, number, columns["text"])
    moves = target is not question.status or action is Action.MOVE or "pinned" in columns
    if moves or position is not None:
        before["position"] = queue.position(change, number)
        if target is Status.QUEUED:
            pinned = columns.get("pinned", question.pinned)
            # Without its pin it comes first of the others.
            position = 1 if action is Action.UNPIN else position
            details["position"] = queue.place(change, number, position=position, pinned=pinned)
        elif question.status is Status.QUEUED:
            queue.leave(change, number)
    halls.follow(change, number, origin=question.status, target=target)
    publishing.follow(change, question, target=target, at=at)
    _write(change, question, status=target, changed_at=at, **columns)
    change.record(
        action,
        actor=actor.name,
        account_id=actor.account_id,
        at=at,
        number=number,
        origin=question.status,
        target=target,
        before={name: _written(value) for name, value in before.items()},
        **{name: _written(value) for name, value in columns.items() if value is not None},
        **details,
    )


def _written(value: Any) -> Any:
    """Return a value as the activity keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def _unmarked(question: StoredQuestion) -> dict[str, bool]:
    """Return what takes off the marks that mean something only in the queue."""
    return {name: False for name in ("pinned", "held") if getattr(question, name)}


def _follow_merge(change: Change, question: StoredQuestion, columns: dict[str, Any]) -> None:
    if "merged_into" not in columns:
        return
    if question.merged_into is not None:
        votes.unmerge(change, question.number, out_of=question.merged_into)
    if columns["merged_into"] is not None:
        votes.merge(change, question.number, into=columns["merged_into"])


def _write(change: Change, question: StoredQuestion, **columns: Any) -> None:
    # Compare and set: the event's lock makes it succeed, and should that lock ever be lost,
    # nothing is overwritten.
    written = change.session.execute(
        update(QuestionRow)
        .where(
            QuestionRow.event_id == change.event_id,
            QuestionRow.number == question.number,
            QuestionRow.version == question.version,
        )
        .values(version=question.version + 1, revision=change.revision, **columns)
        .returning(QuestionRow.version)
    ).all()
    if not written:  # pragma: no cover — cannot be reached while the lock works
        raise conflict(change, question)
