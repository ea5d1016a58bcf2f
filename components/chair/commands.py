"""What the chair presses, as the page sends it, and what is said of it in a line."""

from collections.abc import Mapping
from typing import Any, assert_never

import words.outcomes
import words.questions
from components.chair.tablet import Button
from components.commands import door, fields, hall_commands, notices
from components.commands.notices import Notice
from dialogue.commands import Advance, Command, Done, Outcome, QuestionCommand, Seen, Undo
from dialogue.hall import HallAction, Side
from dialogue.lifecycle import Action
from dialogue.operations import Defer, Operation, Plain
from locales import Language


def read(sent: Mapping[str, Any]) -> Command:
    """Return a command as the page sends it.

    Raises:
        KeyError, TypeError, ValueError: no page sends this.
    """
    button = Button(sent["button"])
    match button:
        case Button.NEXT:
            return Advance(_seen(sent["on_stage"]), _seen(sent["coming"]))
        case Button.ANSWER:
            return _on_stage(Plain(Action.ANSWER), sent)
        case Button.DEFER:
            department = fields.words_if_any(sent["department"])
            return _on_stage(Defer(department, fields.day_if_any(sent["due"])), sent)
        case Button.PUT_BACK:
            return _on_stage(Plain(Action.PUT_BACK), sent)
        case Button.UNDO:
            return Undo(fields.number(sent["revision"]))
        case (
            Button.DARKEN
            | Button.LIGHTEN
            | Button.ASK
            | Button.WITHDRAW
            | Button.HEED
            | Button.BEGIN
            | Button.GO_BACK
        ):
            return hall_commands.read(sent["command"], Side.CHAIR)
        case _:
            assert_never(button)


def _seen(sent: Any) -> Seen | None:
    return None if sent is None else Seen(*map(fields.number, sent))


def _on_stage(operation: Operation, sent: Mapping[str, Any]) -> QuestionCommand:
    """Return what is done to the question that was seen on stage."""
    return QuestionCommand(operation, (Seen(*map(fields.number, sent["on_stage"])),))


def say(outcome: Outcome, command: Command, slug: str, language: Language) -> Notice | None:
    """Say in a language what came of a press; None where the page shows it by itself."""
    match outcome:
        case Done():
            undone = isinstance(command, Undo)
            notice = notices.done(_done(outcome, command, language), undo=not undone)
            notice["advanced"] = isinstance(command, Advance)
            if not undone:
                notice["revision"] = outcome.revision
            return notice
        case HallAction():
            return None
        case _:
            return door.say(outcome, command, slug, language)


def _done(done: Done, command: Command, language: Language) -> str:
    """Say what came of a press on questions; of an advance, what each of the two became."""
    match command:
        case Undo():
            steps = [(Action.UNDO, sorted(done.numbers))]
        case Advance(ending, coming):
            pairs = ((Action.ANSWER, ending), (Action.STAGE, coming))
            steps = [(action, [seen.number]) for action, seen in pairs if seen is not None]
        case _:
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
