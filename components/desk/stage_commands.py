"""Commands on the hall as the stage control sends them."""

from collections.abc import Mapping
from typing import Any

from components.commands import fields
from dialogue import text as texts
from dialogue.hall import (
    Arm,
    Armed,
    AskToMoveOn,
    BeginPart,
    Darken,
    Fire,
    GoBack,
    HallCommand,
    Heed,
    Scene,
    ShowTimer,
    Side,
    Withdraw,
)


def read(sent: Mapping[str, Any]) -> HallCommand:
    """Return what the control sends.

    Raises:
        KeyError, TypeError, ValueError: no control sends this.
    """
    match sent["name"]:
        case "arm":
            return Arm(_armed(sent["armed"]))
        case "fire":
            return Fire(_armed(sent["armed"]), fields.number_if_any(sent["ending"]))
        case "darken":
            return Darken(bool(sent["dark"]))
        case "show_timer":
            return ShowTimer(bool(sent["shown"]))
        case "ask":
            return AskToMoveOn(Side.DESK, fields.number(sent["number"]))
        case "withdraw":
            return Withdraw(Side.DESK)
        case "heed":
            return Heed(Side.CHAIR)
        case "go_back":
            return GoBack(fields.words_if_any(sent["running"]))
        case "begin":
            part, running = (fields.words_if_any(sent[each]) for each in ("part", "running"))
            return BeginPart(part, running)
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
