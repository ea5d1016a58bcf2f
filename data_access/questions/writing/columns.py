"""What an operation makes of the columns of a question, checked against what there is."""

from datetime import date, datetime, timedelta
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from sqlalchemy import select

from data_access.events.models import DepartmentRow, ReasonRow, TopicRow
from data_access.questions.writing import bursts, queue, splits
from data_access.questions.writing.bursts import Aside
from data_access.questions.writing.stored import StoredQuestion, stored
from data_access.revisions import Change
from dialogue import lifecycle, submissions
from dialogue import text as texts
from dialogue.lifecycle import Action
from dialogue.operations import (
    CountVotes,
    Defer,
    Edit,
    Merge,
    MoveBefore,
    MoveTo,
    Note,
    Operation,
    Plain,
    Prepare,
    Reject,
    SendToQueue,
    SetDepartment,
    SetDue,
    SetTopic,
    SetVotesAside,
    Split,
)
from dialogue.refusals import (
    UnknownEntry,
    UnknownReason,
    WrongDue,
    WrongMergeTarget,
    WrongText,
)

_LONGEST_NOTE = 500


def wanted_position(change: Change, operation: Operation, number: int) -> int | None:
    """Return the place in the queue that an operation asks for, None for none."""
    match operation:
        case SendToQueue(position) | MoveTo(position):
            return position
        case MoveBefore(before):
            return queue.position_before(change, number, following=before)
        case Plain(Action.PUT_BACK | Action.RESTORE):
            # To the head: the hall was waiting for it.
            return 1
        case _:
            return None


def wanted_aside(change: Change, operation: Operation, number: int) -> Aside | None:
    """Return what an operation does with the votes of a burst, None for nothing."""
    if not isinstance(operation, SetVotesAside | CountVotes):
        return None
    bursts.require(change, number, operation.burst)
    return Aside(operation.burst, isinstance(operation, SetVotesAside))


def new_columns(
    change: Change, operation: Operation, question: StoredQuestion, *, at: datetime
) -> dict[str, Any]:
    """Return the columns that an operation changes, as they will be.

    Raises:
        Refusal: what it asks for is not there, or not allowed.
    """
    match operation:
        case Plain():
            return _switched(operation)
        case Reject(reason):
            return {"reason": _known_reason(change, reason)}
        case Merge(into):
            return {"merged_into": merge_target(change, question.number, into)}
        case Edit(text):
            return _edited(question, text)
        case Split(parts):
            return _edited(question, splits.read(parts)[0])
        case Note(text):
            return {"note": _note(text)}
        case Prepare(text):
            return {"prepared": _note(text)}
        case Defer(entry, due):
            department = _known_entry(change, DepartmentRow, entry or question.department)
            return {"department": department, "due_on": _due(change, due, at=at)}
        case SetDue(due):
            return {"due_on": _due(change, due, at=at)}
        case SetTopic(entry):
            return {"topic": _known_entry(change, TopicRow, entry)}
        case SetDepartment(entry):
            return {"department": _known_entry(change, DepartmentRow, entry)}
        case SendToQueue() | MoveTo() | MoveBefore() | SetVotesAside() | CountVotes():
            return {}
        case _:
            assert_never(operation)


def _switched(operation: Plain) -> dict[str, Any]:
    """Return the columns that an action changes by itself."""
    match operation.action:
        case Action.RESTORE:
            return {"reason": None, "merged_into": None}
        case Action.PIN | Action.UNPIN:
            return {"pinned": operation.action is Action.PIN}
        case Action.HOLD | Action.UNHOLD:
            return {"held": operation.action is Action.HOLD}
        case Action.FLAG | Action.UNFLAG:
            return {"flagged": operation.action is Action.FLAG}
        case (
            Action.APPROVE
            | Action.UNQUEUE
            | Action.STAGE
            | Action.PUT_BACK
            | Action.ANSWER
            | Action.REPLY
        ):
            return {}
        case _:
            assert_never(operation.action)


def _known_reason(change: Change, reason: str) -> str:
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


def merge_target(change: Change, number: int, into: int) -> int:
    """Return the question that another is merged into.

    Raises:
        WrongMergeTarget: it is the same one, or cannot take another.
    """
    if into == number:
        raise WrongMergeTarget
    if stored(change.session, change.event_id, into).status not in lifecycle.OPEN:
        raise WrongMergeTarget
    return into


def _edited(question: StoredQuestion, text: str) -> dict[str, Any]:
    """Return the new text, with a flag where it tells too much; a flag for the old text goes."""
    text = submissions.read_text(text)
    told = bool(texts.personal_details(question.text))
    tells = bool(texts.personal_details(text))
    return {"text": text, "flagged": tells or (question.flagged and not told)}


def _note(text: str) -> str | None:
    text = texts.normalise(text)
    if len(text) > _LONGEST_NOTE:
        raise WrongText(least=0, most=_LONGEST_NOTE, count=len(text))
    return text or None


def _due(change: Change, wanted: date | None, *, at: datetime) -> date:
    today = at.astimezone(ZoneInfo(change.timezone)).date()
    due = wanted or today + timedelta(days=change.reply_days)
    if due < today:
        raise WrongDue
    return due
