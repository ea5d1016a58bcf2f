"""The one door through which questions change: checked, written, recorded, announced, undone."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from data_access.activity.models import ActivityRow
from data_access.events.models import DepartmentRow, ReasonRow, TopicRow
from data_access.followup import publishing
from data_access.hall import halls
from data_access.questions.models import QuestionRow
from data_access.questions.reading import search
from data_access.questions.writing import bursts, claims, queue, splits, votes
from data_access.questions.writing.bursts import Aside
from data_access.revisions import Change
from dialogue import lifecycle, submissions
from dialogue import text as texts
from dialogue.accounts import Actor
from dialogue.commands import Done, QuestionCommand, Refused, Seen
from dialogue.lifecycle import TOWARDS_THE_PUBLIC, Action, Status
from dialogue.refusals import (
    Conflict,
    Flagged,
    Held,
    NothingToUndo,
    Refusal,
    StageOccupied,
    TransitionRefused,
    UnknownEntry,
    UnknownQuestion,
    UnknownReason,
    WrongDue,
    WrongMergeTarget,
    WrongText,
)
from dialogue.roles import Role, check

# What comes back to the queue comes back to its head: the hall was waiting for it.
_TO_THE_HEAD = frozenset({Action.PUT_BACK, Action.RESTORE})
_TO_A_PLACE = frozenset({Action.QUEUE, Action.MOVE})
_OF_A_BURST = frozenset({Action.SET_VOTES_ASIDE, Action.COUNT_VOTES})
# What a command may change of a question besides its state and its place in the queue.
_COLUMNS = (
    *("reason", "merged_into", "text", "topic", "department", "flagged"),
    *("pinned", "held", "note", "prepared", "due_on"),
)
_LONGEST_NOTE = 500
# What leaves the question as it was, such as erasing a name or writing a reply, has no state.
_MOVED = ActivityRow.to_status.is_not(None)
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
            act_on_one(change, command, seen, actor=actor, at=at)
            done.append(seen.number)
        except Refusal as refusal:
            refused.append(Refused(seen.number, refusal))
    return finish(change, command.action, done, refused)


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
    return finish(change, entries[0].action, done, refused)


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


# Every refusal comes before the first write: a question is changed as a whole or not at all.


def act_on_one(
    change: Change, command: QuestionCommand, seen: Seen, *, actor: Actor, at: datetime
) -> None:
    """Do a command to one question, as part of a change.

    Raises:
        Refusal: as for `act`; then nothing was written.
    """
    # First, so that who may not do this at all learns nothing about the question.
    check(actor.roles, lifecycle.roles_of(command.action))
    question = _question(change, seen.number)
    if question.version != seen.version:
        raise _conflict(change, question)
    step = lifecycle.transition(command.action, question.status)
    if step is None:
        raise TransitionRefused(number=seen.number, status=question.status)
    check(actor.roles, step.roles)
    if question.flagged and command.action in TOWARDS_THE_PUBLIC:
        raise Flagged(number=seen.number, status=question.status)
    if step.action is Action.STAGE:
        _require_ready(question)
        _require_free_stage(change, seen.number)
    if step.action is Action.REPLY:
        publishing.require_submitted(change, question)
    columns = _new_columns(change, command, question, at=at)
    position = _wanted_position(change, command, seen.number)
    aside = _wanted_aside(change, command, seen.number)
    _change(
        change,
        question,
        command.action,
        step.target,
        columns,
        position,
        aside,
        actor=actor,
        at=at,
    )
    if command.action is Action.SPLIT:
        others = splits.read(command.parts)[1:]
        splits.off(change, seen.number, others, target=step.target, actor=actor, at=at)


def _wanted_position(change: Change, command: QuestionCommand, number: int) -> int | None:
    if command.action in _TO_THE_HEAD:
        return 1
    if command.action not in _TO_A_PLACE:
        return None
    if command.before is not None:
        # Notice by the neighbour, so that it is right whatever others have moved meanwhile.
        found = queue.position_before(change, number, following=command.before)
        return found or command.position
    return command.position


def _wanted_aside(change: Change, command: QuestionCommand, number: int) -> Aside | None:
    if command.action not in _OF_A_BURST:
        return None
    code = bursts.require(change, number, command.burst)
    return Aside(code, command.action is Action.SET_VOTES_ASIDE)


def _new_columns(
    change: Change, command: QuestionCommand, question: Row[Any], *, at: datetime
) -> dict[str, Any]:
    match command.action:
        case Action.REJECT:
            return {"reason": _known_reason(change, command.reason)}
        case Action.MERGE:
            return {"merged_into": _merge_target(change, question.number, command.into)}
        case Action.RESTORE:
            return {"reason": None, "merged_into": None}
        case Action.EDIT:
            return _edited(question, command.text)
        case Action.SPLIT:
            return _edited(question, splits.read(command.parts)[0])
        case Action.NOTE:
            return {"note": _note(command.text)}
        case Action.PREPARE:
            return {"prepared": _note(command.text)}
        case Action.DEFER:
            entry = command.entry or question.department
            department = _known_entry(change, DepartmentRow, entry)
            return {"department": department, "due_on": _due(change, command.due, at=at)}
        case Action.SET_DUE:
            return {"due_on": _due(change, command.due, at=at)}
        case Action.PIN | Action.UNPIN:
            return {"pinned": command.action is Action.PIN}
        case Action.HOLD | Action.UNHOLD:
            return {"held": command.action is Action.HOLD}
        case Action.SET_TOPIC:
            return {"topic": _known_entry(change, TopicRow, command.entry)}
        case Action.SET_DEPARTMENT:
            return {"department": _known_entry(change, DepartmentRow, command.entry)}
        case Action.FLAG | Action.UNFLAG:
            return {"flagged": command.action is Action.FLAG}
        case _:
            return {}


def _undo_one(change: Change, entry: _Entry, *, actor: Actor, at: datetime) -> None:
    question = _question(change, entry.number)
    if _newest_standing(change, entry.number) != entry.revision:
        raise _conflict(change, question)
    check(actor.roles, _roles_to_undo(entry))
    columns = {name: entry.before[name] for name in _COLUMNS if name in entry.before}
    if columns.get("due_on") is not None:
        columns["due_on"] = date.fromisoformat(columns["due_on"])
    if entry.origin is Status.ON_STAGE and question.status is not entry.origin:
        _require_free_stage(change, entry.number)
    if entry.origin is Status.REPLIED and question.status is not entry.origin:
        publishing.require_submitted(change, question)
    if columns.get("merged_into") is not None:
        _merge_target(change, entry.number, columns["merged_into"])
    _change(
        change,
        question,
        Action.UNDO,
        entry.origin,
        columns,
        entry.before.get("position"),
        Aside(*entry.before["aside"]) if "aside" in entry.before else None,
        actor=actor,
        at=at,
        undoes=entry.revision,
    )


def _change(
    change: Change,
    question: Row[Any],
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


def _unmarked(question: Row[Any]) -> dict[str, bool]:
    """Return what takes off the marks that mean something only in the queue."""
    return {name: False for name in ("pinned", "held") if getattr(question, name)}


def _follow_merge(change: Change, question: Row[Any], columns: dict[str, Any]) -> None:
    if "merged_into" not in columns:
        return
    if question.merged_into is not None:
        votes.unmerge(change, question.number, out_of=question.merged_into)
    if columns["merged_into"] is not None:
        votes.merge(change, question.number, into=columns["merged_into"])


def _question(change: Change, number: int) -> Row[Any]:
    row = change.session.execute(
        select(
            QuestionRow.number,
            QuestionRow.status,
            QuestionRow.version,
            *(getattr(QuestionRow, name) for name in _COLUMNS),
        ).where(QuestionRow.event_id == change.event_id, QuestionRow.number == number)
    ).one_or_none()
    if row is None:
        raise UnknownQuestion(number=number)
    return row


def _conflict(change: Change, question: Row[Any]) -> Conflict:
    last = (
        change.session.execute(
            select(ActivityRow.actor, ActivityRow.action, ActivityRow.at)
            .where(
                ActivityRow.event_id == change.event_id,
                ActivityRow.number == question.number,
                _MOVED,
            )
            .order_by(ActivityRow.entry.desc())
            .limit(1)
        )
        .one()
        ._asdict()
    )
    return Conflict(number=question.number, status=question.status, **last)


def _known_reason(change: Change, reason: str | None) -> str:
    known = change.session.scalar(
        select(ReasonRow.code).where(
            ReasonRow.event_id == change.event_id, ReasonRow.code == reason
        )
    )
    if known is None:
        raise UnknownReason
    return known


def _known_entry(
    change: Change, catalogue: type[TopicRow | DepartmentRow], code: str | None
) -> str | None:
    known = change.session.scalar(
        select(catalogue.code).where(catalogue.event_id == change.event_id, catalogue.code == code)
    )
    if known != code:
        raise UnknownEntry
    return known


def _merge_target(change: Change, number: int, into: int | None) -> int:
    if into is None or into == number:
        raise WrongMergeTarget
    if _question(change, into).status not in lifecycle.OPEN:
        raise WrongMergeTarget
    return into


def _edited(question: Row[Any], text: str | None) -> dict[str, Any]:
    """Return the new text, with a flag where it tells too much; a flag for the old text goes."""
    text = submissions.read_text(text)
    told = bool(texts.personal_details(question.text))
    tells = bool(texts.personal_details(text))
    return {"text": text, "flagged": tells or (question.flagged and not told)}


def _note(text: str | None) -> str | None:
    text = texts.normalise(text or "")
    if len(text) > _LONGEST_NOTE:
        raise WrongText(least=0, most=_LONGEST_NOTE, count=len(text))
    return text or None


def _due(change: Change, wanted: date | None, *, at: datetime) -> date:
    today = at.astimezone(ZoneInfo(change.timezone)).date()
    due = wanted or today + timedelta(days=change.reply_days)
    if due < today:
        raise WrongDue
    return due


def _require_ready(question: Row[Any]) -> None:
    if question.held:
        raise Held(number=question.number, status=question.status)


def _require_free_stage(change: Change, number: int) -> None:
    on_stage = change.session.scalar(
        select(QuestionRow.number).where(
            QuestionRow.event_id == change.event_id, QuestionRow.status == Status.ON_STAGE
        )
    )
    if on_stage is not None:
        raise StageOccupied(number=number, on_stage=on_stage)


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
            _MOVED,
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
            _MOVED,
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


def _write(change: Change, question: Row[Any], **columns: Any) -> None:
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
        raise _conflict(change, question)
