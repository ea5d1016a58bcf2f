"""Commands on questions as a list of the browser sends them: read, and written to be sent."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from components.commands import fields
from dialogue.commands import QuestionCommand, Seen, Undo
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


def read(sent: Mapping[str, Any]) -> QuestionCommand | Undo:
    """Return a command as a list sends it.

    Raises:
        KeyError, TypeError, ValueError: no list sends this.
    """
    action = Action(sent["action"])
    if action is Action.UNDO:
        return Undo()
    seen = (Seen(fields.number(number), fields.number(version)) for number, version in sent["seen"])
    return QuestionCommand(_operation(action, sent), tuple(seen))


def _operation(action: Action, sent: Mapping[str, Any]) -> Operation:
    match action:
        case Action.REJECT:
            return Reject(fields.words(sent["reason"]))
        case Action.MERGE:
            return Merge(fields.number(sent["into"]))
        case Action.QUEUE:
            return SendToQueue(fields.number_if_any(sent.get("position")))
        case Action.MOVE if "before" in sent:
            return MoveBefore(fields.number(sent["before"]))
        case Action.MOVE:
            return MoveTo(fields.number_if_any(sent.get("position")))
        case Action.EDIT:
            return Edit(fields.words(sent["text"]))
        case Action.NOTE:
            return Note(fields.words(sent["text"]))
        case Action.PREPARE:
            return Prepare(fields.words(sent["text"]))
        case Action.SPLIT:
            return Split(tuple(fields.words(each) for each in sent["parts"]))
        case Action.SET_TOPIC:
            return SetTopic(fields.words_if_any(sent.get("entry")))
        case Action.SET_DEPARTMENT:
            return SetDepartment(fields.words_if_any(sent.get("entry")))
        case Action.DEFER:
            entry = fields.words_if_any(sent.get("entry"))
            return Defer(entry, fields.day_if_any(sent.get("due")))
        case Action.SET_DUE:
            return SetDue(date.fromisoformat(sent["due"]))
        case Action.SET_VOTES_ASIDE:
            return SetVotesAside(fields.number(sent["burst"]))
        case Action.COUNT_VOTES:
            return CountVotes(fields.number(sent["burst"]))
        case Action.SUBMIT | Action.SPLIT_OFF | Action.UNDO:
            raise ValueError(f"no list sends this: {action}")
        case _:
            return Plain(action)


def write(command: QuestionCommand) -> dict[str, Any]:
    """Return a command as a list sends it."""
    needed = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(command.operation).items()
        if value is not None
    }
    return {"action": command.operation.action, "seen": command.seen, **needed}
