"""The control of the hall's screens: fed with facts, it sends commands."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict

import streamlit as st

from components.commands import outbox
from components.scenes import stage
from components.scenes.rundown import RundownPart
from components.scenes.stage import SceneData, Timer
from dialogue.hall import Scene
from web import scripts

_FOLDER = Path(__file__).parent
# The small screens are drawn by the projector's own scripts, in a shadow tree with its own sheet.
_CONTROL = st.components.v2.component(
    "stage_control",
    css=(_FOLDER / "stage_control.css").read_text(encoding="utf-8"),
    js=f"const SHEET = {json.dumps(stage.SHEET)};\n" + scripts.bundle(_FOLDER / "stage_control.js"),
)


class Ready(TypedDict):
    """What is armed, and its scene data; `name` says in words what it is."""

    scene: Scene
    message: str | None
    number: int | None
    name: str
    scene_data: SceneData


class OnAir(TypedDict):
    """What the projector shows: a scene, unless it is `dark`, and the number of the question.

    Not `on_screens` is what it would show: of an event and its rehearsal, they show the other one.
    """

    scene: Scene
    dark: bool
    on_screens: bool
    number: int | None
    name: str
    scene_data: SceneData


class Facts(TypedDict):
    """How the hall stands at a revision of its event, every word of it plain text.

    `fires` says what the big button will do. `messages` were shown before, the last first.
    `question_clock` and `part_clock` are the day's clocks, `shows_timer` whether the projector has
    the first one. `day` says where the day stands against `plan`; both are empty without a rundown.
    `back` names what goes on when the last step is taken back. `desk_asks` says that the desk wants
    the chair to move on, or that the chair knows; `chair_asks` the other way.
    """

    revision: int
    language: str
    labels: Mapping[str, str]
    scenes: Sequence[tuple[Scene, str, str]]
    on_air: OnAir
    ready: Ready | None
    fires: str
    messages: Sequence[str]
    longest_message: int
    question_clock: Timer | None
    part_clock: Timer | None
    shows_timer: bool
    day: str
    plan: Sequence[RundownPart]
    back: str | None
    desk_asks: str | None
    chair_asks: str | None
    moving_on: bool


class Control(TypedDict):
    """What the component is given: the facts of an event, and where commands are sent."""

    slug: str
    commands: str
    facts: Facts


def encode(facts: Facts) -> bytes:
    """Return facts as `show` takes them: made once, they are sent to many desks as they are."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


def show(facts: bytes, *, slug: str) -> None:
    """Draw facts from `encode`, whose buttons and keys do something to an event's hall.

    The browser sends a `HallMessage` to `/commands/{slug}/stage`, and `hall_commands` reads it.
    """
    # Bytes, because the framework would write a mapping out twice at each rerun. Without the time,
    # which the live signal tells: what does not change is not sent again.
    frame = json.dumps(
        {"slug": slug, "commands": outbox.address(f"/commands/{slug}/stage")}
    ).encode()
    data = frame[:-1] + b',"facts":' + facts + b"}"
    _CONTROL(key="stage-control", data=data)
