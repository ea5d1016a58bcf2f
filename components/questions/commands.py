"""Commands on questions: read as a list sends them, run, and told of in a line."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

import words.outcomes
from components.commands import callbacks, fields, notices
from components.commands.notices import Notice
from components.commands.outbox import OpenTransaction
from components.shell import guard, session_language
from data_access.questions.cached import snapshots
from data_access.questions.writing import commands, undoing
from dialogue import lifecycle
from dialogue.accounts import Actor
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
from dialogue.refusals import Conflict, Refusal
from locales import Language


def do(slug: str, command: QuestionCommand) -> Notice:
    """Do what a button says, as whoever looks at the page."""
    actor = guard.actor(slug)
    return do_as(actor, slug, command, session_language.current(), callbacks.writing)


def do_as(
    actor: Actor,
    slug: str,
    command: QuestionCommand | Undo,
    language: Language,
    open_transaction: OpenTransaction,
) -> Notice:
    """Do what somebody asks for, and say in a language what came of it."""
    undone = isinstance(command, Undo)
    try:
        with open_transaction() as session:
            if isinstance(command, Undo):
                done = undoing.undo(session, slug, of=command.of, actor=actor, at=datetime.now(UTC))
            else:
                done = commands.act(session, slug, command, actor=actor, at=datetime.now(UTC))
    except Refusal as refusal:
        again = _all_the_same(slug, command, refusal)
        return notices.refused(words.outcomes.refusal(refusal, language), again=again)
    notice = notices.done(words.outcomes.done(done, language, undone=undone), undo=not undone)
    if undone:
        notice["undone"] = list(done.numbers)
    if done.refused:
        notice["left"] = [each.number for each in done.refused]
    return notice


def _all_the_same(
    slug: str, command: QuestionCommand | Undo, refusal: Refusal
) -> dict[str, Any] | None:
    """Return a command that came too late as it can be run on what there is now, if it can."""
    if not isinstance(refusal, Conflict) or isinstance(command, Undo) or len(command.seen) != 1:
        return None
    # Another process may be a moment ahead of what is known here.
    question = snapshots.current(slug).questions.get(command.seen[0].number)
    if question is None or lifecycle.transition(command.operation.action, question.status) is None:
        return None
    return write(replace(command, seen=(Seen(question.number, question.version),)))


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
