"""Does what the stage control asks for, and says in a line what came of it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from components import activity_words, outbox, words
from components.outbox import Begin, Said
from data_access import halls, staging
from dialogue import text as texts
from dialogue.accounts import Actor
from dialogue.deeds import Done
from dialogue.hall import Armed, Scene, Side
from dialogue.refusals import Refusal
from locales import Language


def do_as(actor: Actor, slug: str, sent: Mapping[str, Any], spoken: Language, begin: Begin) -> Said:
    """Do what a button or a key of the control says, and say in a language what came of it.

    Raises:
        KeyError, TypeError, ValueError: no control sends this.
    """
    try:
        with begin() as session:
            done = _do(session, slug, sent, actor=actor, at=datetime.now(UTC))
    except Refusal as refusal:
        return outbox.refuse(words.refusal(refusal, spoken))
    if isinstance(done, Done):
        return outbox.say(words.done(done, spoken, undone=False), undo=True)
    return outbox.say(activity_words.deeds(spoken)[done])


def _do(
    session: Session, slug: str, sent: Mapping[str, Any], *, actor: Actor, at: datetime
) -> Done | str:
    """Change the hall, and return what came of it for questions, or the action's name."""
    match sent["name"]:
        case "arm":
            armed = _armed(sent["armed"])
            halls.arm(session, slug, armed, actor=actor, at=at)
            return "armed" if armed else "disarmed"
        case "fire":
            armed = _armed(sent["armed"])
            ending = sent["ending"]
            done = staging.fire(session, slug, armed, ending=ending, actor=actor, at=at)
            return done or f"scene_{sent['armed']['scene']}"
        case "darken":
            halls.darken(session, slug, dark=sent["dark"], actor=actor, at=at)
            return "dark_on" if sent["dark"] else "dark_off"
        case "show_timer":
            halls.show_timer(session, slug, shown=sent["shown"], actor=actor, at=at)
            return "timer_on" if sent["shown"] else "timer_off"
        case "ask":
            number = sent["number"]
            halls.ask_to_move_on(session, slug, Side.DESK, number=number, actor=actor, at=at)
            return f"move_on_{Side.DESK}"
        case "withdraw":
            halls.withdraw(session, slug, Side.DESK, actor=actor, at=at)
            return f"withdrawn_{Side.DESK}"
        case "heed":
            halls.heed(session, slug, Side.CHAIR, actor=actor, at=at)
            return f"heeded_{Side.CHAIR}"
        case "go_back":
            halls.go_back(session, slug, running=sent["running"], actor=actor, at=at)
            return "part_back"
        case "begin":
            part, running = sent["part"], sent["running"]
            halls.begin_part(session, slug, part, running=running, actor=actor, at=at)
            return "part" if part else "part_reset"
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
        number=sent.get("number"),
    )
