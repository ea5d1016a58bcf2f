"""Does what the stage control asks for, and says in a line what came of it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

import words.activity
import words.outcomes
from components.commands import fields, notices
from components.commands.notices import Notice
from components.commands.outbox import OpenTransaction
from data_access.hall import halls, staging
from dialogue import text as texts
from dialogue.accounts import Actor
from dialogue.commands import Done
from dialogue.hall import Armed, Scene, Side
from dialogue.refusals import Refusal
from locales import Language


class StageCommand(NamedTuple):
    """What the control asks for: what does it, in a session, and the action that it is told as."""

    do: Callable[..., Done | None]
    told: str


def do_as(
    actor: Actor,
    slug: str,
    command: StageCommand,
    language: Language,
    open_transaction: OpenTransaction,
) -> Notice:
    """Do what a button or a key of the control says, and say in a language what came of it."""
    try:
        with open_transaction() as session:
            done = command.do(session, slug, actor=actor, at=datetime.now(UTC))
    except Refusal as refusal:
        return notices.refused(words.outcomes.refusal(refusal, language))
    if done is not None:
        return notices.done(words.outcomes.done(done, language, undone=False), undo=True)
    return notices.done(words.activity.commands(language)[command.told])


def read(sent: Mapping[str, Any]) -> StageCommand:
    """Return what the control sends.

    Raises:
        KeyError, TypeError, ValueError: no control sends this.
    """
    match sent["name"]:
        case "arm":
            armed = _armed(sent["armed"])
            return StageCommand(partial(halls.arm, armed=armed), "armed" if armed else "disarmed")
        case "fire":
            armed = _armed(sent["armed"])
            ending = fields.number_if_any(sent["ending"])
            told = f"scene_{armed.scene}" if armed else ""
            return StageCommand(partial(staging.fire, armed=armed, ending=ending), told)
        case "darken":
            dark = bool(sent["dark"])
            return StageCommand(partial(halls.darken, dark=dark), "dark_on" if dark else "dark_off")
        case "show_timer":
            shown = bool(sent["shown"])
            told = "timer_on" if shown else "timer_off"
            return StageCommand(partial(halls.show_timer, shown=shown), told)
        case "ask":
            number = fields.number(sent["number"])
            ask = partial(halls.ask_to_move_on, side=Side.DESK, number=number)
            return StageCommand(ask, f"move_on_{Side.DESK}")
        case "withdraw":
            return StageCommand(partial(halls.withdraw, side=Side.DESK), f"withdrawn_{Side.DESK}")
        case "heed":
            return StageCommand(partial(halls.heed, side=Side.CHAIR), f"heeded_{Side.CHAIR}")
        case "go_back":
            running = fields.words_if_any(sent["running"])
            return StageCommand(partial(halls.go_back, running=running), "part_back")
        case "begin":
            part, running = (fields.words_if_any(sent[each]) for each in ("part", "running"))
            open_transaction = partial(halls.begin_part, part=part, running=running)
            return StageCommand(open_transaction, "part" if part else "part_reset")
        case other:
            raise ValueError(f"no control sends this: {other!r:.40}")


def _armed(sent: Mapping[str, Any] | None) -> Armed | None:
    if sent is None:
        return None
    message = sent.get("message")
    return Armed(
        scene=Scene(sent["scene"]),
        # As it is kept, so that it is known again when it is fired.
        message=texts.one_line(message) if message is not None else None,
        number=fields.number_if_any(sent.get("number")),
    )
