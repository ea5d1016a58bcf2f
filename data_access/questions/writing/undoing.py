"""Commands are taken back: question by question, where nobody has changed it since."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.activity.models import ActivityRow
from data_access.followup import publishing
from data_access.questions.writing import changes, columns
from data_access.questions.writing.bursts import Aside
from data_access.questions.writing.stored import stored
from data_access.revisions import Change
from dialogue import lifecycle
from dialogue.accounts import Actor
from dialogue.commands import Done, Refused
from dialogue.lifecycle import Action, Status
from dialogue.refusals import (
    NothingToUndo,
    Refusal,
)
from dialogue.roles import Role, check

_NEVER_UNDONE = frozenset({Action.UNDO, Action.SUBMIT})
# How far back somebody's own commands are looked through to find one to undo.
_MOST_ENTRIES = 500


class _Entry(NamedTuple):
    """A line of the activity that can be undone."""

    number: int
    action: Action
    revision: int
    origin: Status
    before: dict[str, Any]


def undo(session: Session, slug: str, *, actor: Actor, at: datetime, of: int | None = None) -> Done:
    """Take back what a person did last and has not yet taken back, on all its questions.

    With a revision `of` it is what they did in that one. Questions that somebody has changed
    since stay as they are and are told as refused.

    Raises:
        UnknownEvent: no event has this slug.
        NothingToUndo: the person did nothing yet, or has taken all of it back.
        Conflict, StageOccupied, WrongMergeTarget, NotPermitted: as for `act`.
    """
    change = Change(session, slug)
    done: list[int] = []
    refused: list[Refused] = []
    entries = _last_command(change, actor, of)
    # The last first, so that each finds the queue as it left it.
    for entry in entries:
        try:
            _undo_one(change, entry, actor=actor, at=at)
            done.append(entry.number)
        except Refusal as refusal:
            refused.append(Refused(entry.number, refusal))
    return changes.finish(change, entries[0].action, done, refused)


def _undo_one(change: Change, entry: _Entry, *, actor: Actor, at: datetime) -> None:
    question = stored(change.session, change.event_id, entry.number)
    if _newest_standing(change, entry.number) != entry.revision:
        raise changes.conflict(change, question)
    check(actor.roles, _roles_to_undo(entry))
    before = {name: entry.before[name] for name in changes.COLUMNS if name in entry.before}
    if before.get("due_on") is not None:
        before["due_on"] = date.fromisoformat(before["due_on"])
    if entry.origin is Status.ON_STAGE and question.status is not entry.origin:
        changes.require_free_stage(change, entry.number)
    if entry.origin is Status.REPLIED and question.status is not entry.origin:
        publishing.require_submitted(change, question)
    if before.get("merged_into") is not None:
        columns.merge_target(change, entry.number, before["merged_into"])
    changes.write(
        change,
        question,
        Action.UNDO,
        entry.origin,
        before,
        entry.before.get("position"),
        Aside(*entry.before["aside"]) if "aside" in entry.before else None,
        actor=actor,
        at=at,
        undoes=entry.revision,
    )


def _last_command(change: Change, actor: Actor, of: int | None) -> list[_Entry]:
    """Return the newest revision of somebody that they have not undone, the last entry first.

    With `of` no other revision is looked for.
    """
    entries = change.session.scalars(
        select(ActivityRow)
        .where(
            ActivityRow.event_id == change.event_id,
            ActivityRow.account_id == actor.account_id,
            ActivityRow.number.is_not(None),
            changes.MOVED,
        )
        .order_by(ActivityRow.entry.desc())
        .limit(_MOST_ENTRIES)
    ).all()
    undone = {entry.details.get("undoes") for entry in entries}
    open_to_undo = [
        entry
        for entry in entries
        if entry.action not in _NEVER_UNDONE
        and entry.revision not in undone
        and of in (None, entry.revision)
    ]
    if not open_to_undo or actor.account_id is None:
        raise NothingToUndo
    return [
        _Entry(
            number=entry.number or 0,
            action=Action(entry.action),
            revision=entry.revision,
            # What was split off goes back into what it came from.
            origin=entry.from_status or Status.MERGED,
            before=entry.details["before"],
        )
        for entry in open_to_undo
        if entry.revision == open_to_undo[0].revision
    ]


def _roles_to_undo(entry: _Entry) -> frozenset[Role]:
    if entry.action is Action.SPLIT_OFF:
        return lifecycle.DESK
    step = lifecycle.transition(entry.action, entry.origin)
    return step.roles if step else frozenset()


def _newest_standing(change: Change, number: int) -> int:
    """Return the revision of what was last done to a question and not undone."""
    entries = change.session.execute(
        select(ActivityRow.revision, ActivityRow.action)
        .where(
            ActivityRow.event_id == change.event_id,
            ActivityRow.number == number,
            changes.MOVED,
        )
        .order_by(ActivityRow.entry)
    )
    standing: list[int] = []
    for revision, action in entries:
        if action == Action.UNDO:
            standing.pop()
        else:
            standing.append(revision)
    return standing[-1]
