"""Does what the chair presses, and says in a line what came of it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import words.outcomes
import words.questions
from components.chair.tablet import Button, ChairCommand
from components.commands import fields, notices
from components.commands.notices import Notice
from components.commands.outbox import OpenTransaction
from data_access.engine import Session
from data_access.hall import halls, staging
from data_access.questions.writing import commands, undoing
from dialogue.accounts import Actor
from dialogue.commands import Done, QuestionCommand, Seen
from dialogue.hall import Side
from dialogue.lifecycle import Action
from dialogue.operations import Defer, Operation, Plain
from dialogue.refusals import Refusal, UnknownQuestion
from locales import Language


def do_as(
    actor: Actor,
    slug: str,
    command: ChairCommand,
    language: Language,
    open_transaction: OpenTransaction,
) -> Notice | None:
    """Do what a button or a key says, and say in a language what came of it.

    Returns None where the page shows it by itself.
    """
    try:
        with open_transaction() as session:
            done = _do(session, slug, command, actor=actor, at=datetime.now(UTC))
    except Refusal as refusal:
        return notices.refused(words.outcomes.refusal(refusal, language))
    if done is None:
        return None
    said = notices.done(_outcome(command, done, language), undo=command.button is not Button.UNDO)
    if command.button is not Button.UNDO:
        said["revision"] = done.revision
    said["advanced"] = command.button is Button.NEXT
    return said


def read(sent: Mapping[str, Any]) -> ChairCommand:
    """Return a command as the page sends it.

    Raises:
        KeyError, TypeError, ValueError: no page sends this.
    """
    return ChairCommand(
        button=Button(sent["button"]),
        on_stage=_seen(sent["on_stage"]),
        coming=_seen(sent["coming"]),
        department=fields.words_if_any(sent.get("department")),
        due=fields.day_if_any(sent.get("due")),
        part=fields.words_if_any(sent.get("part")),
        running=fields.words_if_any(sent.get("running")),
        revision=fields.number_if_any(sent.get("revision")),
    )


def _seen(sent: Any) -> Seen | None:
    return None if sent is None else Seen(*map(fields.number, sent))


def _do(
    session: Session, slug: str, command: ChairCommand, *, actor: Actor, at: datetime
) -> Done | None:
    match command.button:
        case Button.NEXT:
            seen = {"ending": command.on_stage, "coming": command.coming}
            return staging.advance(session, slug, **seen, actor=actor, at=at)
        case Button.UNDO:
            return undoing.undo(session, slug, of=command.revision, actor=actor, at=at)
        case Button.ANSWER | Button.DEFER | Button.PUT_BACK:
            return commands.act(session, slug, _command(command), actor=actor, at=at)
        case Button.DARKEN | Button.LIGHTEN:
            dark = command.button is Button.DARKEN
            halls.darken(session, slug, dark=dark, actor=actor, at=at)
        case Button.ASK:
            number = _on_stage(command).number
            halls.ask_to_move_on(session, slug, Side.CHAIR, number=number, actor=actor, at=at)
        case Button.WITHDRAW:
            halls.withdraw(session, slug, Side.CHAIR, actor=actor, at=at)
        case Button.HEED:
            halls.heed(session, slug, Side.DESK, actor=actor, at=at)
        case Button.BEGIN:
            part, running = command.part, command.running
            halls.begin_part(session, slug, part, running=running, actor=actor, at=at)
        case Button.GO_BACK:
            halls.go_back(session, slug, running=command.running, actor=actor, at=at)
    return None


def _command(command: ChairCommand) -> QuestionCommand:
    """Return what is done to the question on stage."""
    operations: dict[Button, Operation] = {
        Button.ANSWER: Plain(Action.ANSWER),
        Button.DEFER: Defer(command.department, command.due),
        Button.PUT_BACK: Plain(Action.PUT_BACK),
    }
    return QuestionCommand(operations[command.button], (_on_stage(command),))


def _on_stage(command: ChairCommand) -> Seen:
    """Return the question that the person saw on stage.

    Raises:
        UnknownQuestion: none was.
    """
    if command.on_stage is None:
        raise UnknownQuestion
    return command.on_stage


def _outcome(command: ChairCommand, done: Done, language: Language) -> str:
    """Say what came of a press on questions; of an advance, what each of the two became."""
    if command.button is Button.UNDO:
        steps = [(Action.UNDO, sorted(done.numbers))]
    elif command.button is Button.NEXT:
        pairs = ((Action.ANSWER, command.on_stage), (Action.STAGE, command.coming))
        steps = [(action, [seen.number]) for action, seen in pairs if seen is not None]
    else:
        steps = [(done.action, list(done.numbers))]
    said = [
        words.questions.done_actions(language)[action].format(
            numbers=words.questions.numbers(numbers, language)
        )
        for action, numbers in steps
    ]
    return " ".join(
        [*said, *(words.outcomes.refusal(each.refusal, language) for each in done.refused)]
    )
