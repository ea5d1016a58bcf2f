"""Commands on the hall as the stage control and the chair's page send them."""

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

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


class ArmedMessage(TypedDict):
    """What is made ready: a scene, the line of a message, or the question with a number."""

    scene: Scene
    message: NotRequired[str | None]
    number: NotRequired[int | None]


class ArmMessage(TypedDict):
    """Make something ready, or nothing."""

    name: Literal["arm"]
    armed: ArmedMessage | None


class FireMessage(TypedDict):
    """Show what was seen to be ready, over the question that was seen on stage."""

    name: Literal["fire"]
    armed: ArmedMessage | None
    ending: int | None


class DarkenMessage(TypedDict):
    """Darken the screens, or light them."""

    name: Literal["darken"]
    dark: bool


class ShowTimerMessage(TypedDict):
    """Show the question's clock on the projector, or hide it."""

    name: Literal["show_timer"]
    shown: bool


class AskMessage(TypedDict):
    """Ask the other side to move on from a question."""

    name: Literal["ask"]
    number: int


class WithdrawMessage(TypedDict):
    """Take that back."""

    name: Literal["withdraw"]


class HeedMessage(TypedDict):
    """Take note of what the other side asks for."""

    name: Literal["heed"]


class GoBackMessage(TypedDict):
    """Go back from the part of the rundown that was seen running."""

    name: Literal["go_back"]
    running: str | None


class BeginMessage(TypedDict):
    """Begin a part of the rundown after the one that was seen running, or be before the first."""

    name: Literal["begin"]
    part: str | None
    running: str | None


HallMessage = (
    ArmMessage
    | FireMessage
    | DarkenMessage
    | ShowTimerMessage
    | AskMessage
    | WithdrawMessage
    | HeedMessage
    | GoBackMessage
    | BeginMessage
)
"""What the browser asks of the hall, at the stage control or at the chair's."""


_OTHER = {Side.DESK: Side.CHAIR, Side.CHAIR: Side.DESK}


def read(sent: Mapping[str, Any], side: Side) -> HallCommand:
    """Return what a side sends as a `HallMessage`.

    Raises:
        KeyError, TypeError, ValueError: no page sends this.
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
            return AskToMoveOn(side, fields.number(sent["number"]))
        case "withdraw":
            return Withdraw(side)
        case "heed":
            return Heed(_OTHER[side])
        case "go_back":
            return GoBack(fields.words_if_any(sent["running"]))
        case "begin":
            part, running = (fields.words_if_any(sent[each]) for each in ("part", "running"))
            return BeginPart(part, running)
        case other:
            raise ValueError(f"no page sends this: {other!r:.40}")


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
