"""The one door of what staff do: done in a transaction, and what came of it told in a line."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar, assert_never

import words.activity
import words.outcomes
from components.commands import notices, question_commands
from components.commands.notices import Notice
from data_access import commands
from data_access.engine import Session
from dialogue import lifecycle
from dialogue.accounts import Actor
from dialogue.commands import Command, Done, Outcome, QuestionCommand, Seen, Undo
from dialogue.hall import HallAction
from dialogue.refusals import Conflict, Refusal
from live import snapshots
from locales import Language

Did = TypeVar("Did")
OpenTransaction = Callable[[], AbstractContextManager[Session]]
"""Opens the transaction that something is done in."""


def attempt(work: Callable[[Session], Did], open_transaction: OpenTransaction) -> Did | Refusal:
    """Do something in a transaction, or return why it was refused."""
    try:
        with open_transaction() as session:
            return work(session)
    except Refusal as refusal:
        return refusal


def run(command: Command, slug: str, *, actor: Actor, open_transaction: OpenTransaction) -> Outcome:
    """Do a command to an event, as somebody."""

    def work(session: Session) -> Outcome:
        return commands.run(session, slug, command, actor=actor, at=datetime.now(UTC))

    return attempt(work, open_transaction)


def say(outcome: Outcome, command: Command, slug: str, language: Language) -> Notice | None:
    """Say in a language what came of a command; None where its page shows it by itself."""
    match outcome:
        case Refusal():
            again = _all_the_same(slug, command, outcome)
            return notices.refused(words.outcomes.refusal(outcome, language), again=again)
        case Done():
            undone = isinstance(command, Undo)
            said = words.outcomes.done(outcome, language, undone=undone)
            notice = notices.done(said, undo=not undone)
            if undone:
                notice["undone"] = list(outcome.numbers)
            if outcome.refused:
                notice["left"] = [each.number for each in outcome.refused]
            return notice
        case HallAction():
            return notices.done(words.activity.hall(language)[outcome])
        case None:
            return None
        case _:
            assert_never(outcome)


def _all_the_same(slug: str, command: Command, refusal: Refusal) -> Mapping[str, Any] | None:
    """Return a command that came too late as it can be run on what there is now, if it can."""
    if not isinstance(refusal, Conflict) or not isinstance(command, QuestionCommand):
        return None
    if len(command.seen) != 1:
        return None
    # Another process may be a moment ahead of what is known here.
    question = snapshots.current(slug).questions.get(command.seen[0].number)
    action = command.operation.action
    if question is None or lifecycle.transition(action, question.status) is None:
        return None
    seen = Seen(question.number, question.version)
    return question_commands.write(replace(command, seen=(seen,)))
