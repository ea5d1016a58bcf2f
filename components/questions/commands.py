"""Commands on questions: read as a list sends them, run, and told of in a line."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
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
from dialogue.commands import QuestionCommand, Seen
from dialogue.lifecycle import Action
from dialogue.refusals import Conflict, Refusal
from locales import Language


def do(slug: str, command: QuestionCommand) -> Notice:
    """Do what a button says, as whoever looks at the page."""
    actor = guard.actor(slug)
    return do_as(actor, slug, command, session_language.current(), callbacks.writing)


def do_as(
    actor: Actor,
    slug: str,
    command: QuestionCommand,
    language: Language,
    open_transaction: OpenTransaction,
) -> Notice:
    """Do what somebody asks for, and say in a language what came of it."""
    undone = command.action is Action.UNDO
    try:
        with open_transaction() as session:
            if undone:
                done = undoing.undo(session, slug, actor=actor, at=datetime.now(UTC))
            else:
                done = commands.act(session, slug, command, actor=actor, at=datetime.now(UTC))
    except Refusal as refusal:
        again = _all_the_same(slug, command, refusal)
        return notices.refused(words.outcomes.refusal(refusal, language), again=again)
    notice = notices.done(words.outcomes.done(done, language, undone=undone), undo=not undone)
    return {**notice, "undone": list(done.numbers)} if undone else notice


def _all_the_same(slug: str, command: QuestionCommand, refusal: Refusal) -> dict[str, Any] | None:
    """Return a command that came too late as it can be run on what there is now, if it can."""
    if not isinstance(refusal, Conflict) or len(command.seen) != 1:
        return None
    # Another process may be a moment ahead of what is known here.
    question = snapshots.current(slug).questions.get(command.seen[0].number)
    if question is None or lifecycle.transition(command.action, question.status) is None:
        return None
    return _write(replace(command, seen=(Seen(question.number, question.version),)))


def read(sent: Mapping[str, Any]) -> QuestionCommand:
    """Return a command as a list sends it.

    Raises:
        KeyError, TypeError, ValueError: no list sends this.
    """
    return QuestionCommand(
        action=Action(sent["action"]),
        seen=tuple(
            Seen(fields.number(number), fields.number(version)) for number, version in sent["seen"]
        ),
        reason=fields.words_if_any(sent.get("reason")),
        into=fields.number_if_any(sent.get("into")),
        position=fields.number_if_any(sent.get("position")),
        before=fields.number_if_any(sent.get("before")),
        text=fields.words_if_any(sent.get("text")),
        parts=tuple(str(each) for each in sent.get("parts", ())),
        entry=fields.words_if_any(sent.get("entry")),
        burst=fields.number_if_any(sent.get("burst")),
    )


def _write(command: QuestionCommand) -> dict[str, Any]:
    return {name: value for name, value in asdict(command).items() if value not in (None, ())}
