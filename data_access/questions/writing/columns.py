"""What a command makes of the columns of a question, checked against what there is."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from data_access.events.models import DepartmentRow, ReasonRow, TopicRow
from data_access.questions.writing import bursts, changes, queue, splits
from data_access.questions.writing.bursts import Aside
from data_access.revisions import Change
from dialogue import lifecycle, submissions
from dialogue import text as texts
from dialogue.commands import QuestionCommand
from dialogue.lifecycle import Action
from dialogue.refusals import (
    UnknownEntry,
    UnknownReason,
    WrongDue,
    WrongMergeTarget,
    WrongText,
)

# What comes back to the queue comes back to its head: the hall was waiting for it.
_TO_THE_HEAD = frozenset({Action.PUT_BACK, Action.RESTORE})
_TO_A_PLACE = frozenset({Action.QUEUE, Action.MOVE})
_OF_A_BURST = frozenset({Action.SET_VOTES_ASIDE, Action.COUNT_VOTES})
_LONGEST_NOTE = 500


def wanted_position(change: Change, command: QuestionCommand, number: int) -> int | None:
    """Return the place in the queue that a command asks for, None for none."""
    if command.action in _TO_THE_HEAD:
        return 1
    if command.action not in _TO_A_PLACE:
        return None
    if command.before is not None:
        # Said by the neighbour, so that it is right whatever others have moved meanwhile.
        found = queue.position_before(change, number, following=command.before)
        return found or command.position
    return command.position


def wanted_aside(change: Change, command: QuestionCommand, number: int) -> Aside | None:
    """Return what a command does with the votes of a burst, None for nothing."""
    if command.action not in _OF_A_BURST:
        return None
    code = bursts.require(change, number, command.burst)
    return Aside(code, command.action is Action.SET_VOTES_ASIDE)


def new_columns(
    change: Change, command: QuestionCommand, question: Row[Any], *, at: datetime
) -> dict[str, Any]:
    """Return the columns that a command changes, as they will be.

    Raises:
        Refusal: what it asks for is not there, or not allowed.
    """
    match command.action:
        case Action.REJECT:
            return {"reason": _known_reason(change, command.reason)}
        case Action.MERGE:
            return {"merged_into": merge_target(change, question.number, command.into)}
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


def merge_target(change: Change, number: int, into: int | None) -> int:
    """Return the question that another is merged into.

    Raises:
        WrongMergeTarget: it is the same one, or cannot take another.
    """
    if into is None or into == number:
        raise WrongMergeTarget
    if changes.locked(change, into).status not in lifecycle.OPEN:
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
