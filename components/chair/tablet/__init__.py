"""The chair's page, all of it at once: what is asked now, what comes next, and large buttons."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NotRequired, TypedDict

import streamlit as st

from components.commands import outbox
from components.commands.hall_commands import HallMessage
from components.scenes.rundown import RundownPart
from components.scenes.stage import Timer
from web import scripts, sheets

_FOLDER = Path(__file__).parent
_CHAIR = st.components.v2.component(
    "chair",
    css=sheets.joined(_FOLDER, "chair", "reading", "buttons", "sheets", "windows"),
    js=scripts.bundle(_FOLDER / "chair.js"),
)


class Button(StrEnum):
    """What the chair presses, by finger, key or clicker."""

    NEXT = "next"
    ANSWER = "answer"
    DEFER = "defer"
    PUT_BACK = "put_back"
    UNDO = "undo"
    DARKEN = "darken"
    LIGHTEN = "lighten"
    ASK = "ask"
    WITHDRAW = "withdraw"
    HEED = "heed"
    BEGIN = "begin"
    GO_BACK = "go_back"


class ChairQuestion(TypedDict):
    """A question as the chair reads it, every word of it plain text.

    `marks` are short facts: district, topic, who asked. `answers` names the department that will
    answer, `department` is the code of the one that would reply in writing.
    """

    number: int
    version: int
    text: str
    marks: Sequence[str]
    answers: str | None
    note: str | None
    prepared: str | None
    department: str | None


class ChairView(TypedDict):
    """All that the chair sees at a revision of the event.

    `day` says how the day stands, empty without a rundown. `now` is the server's time in seconds
    since 1970. `screens` says what the screens show besides the question, None where they show it.
    `asking` tells that the chair asks the desk to move on, `asked` that the desk asks the chair.
    `back` names what goes on when the rundown's last step is taken back. `departments` are (code,
    name); `due` is the day a reply is due by the event's rule and `today` the first day it can be,
    both in ISO form.
    """

    revision: int
    language: str
    now: float
    day: str
    question_clock: Timer | None
    part_clock: Timer | None
    on_stage: ChairQuestion | None
    coming: Sequence[ChairQuestion]
    screens: str | None
    dark: bool
    asking: bool
    asked: bool
    rundown: Sequence[RundownPart]
    back: str | None
    departments: Sequence[tuple[str, str]]
    due: str
    today: str
    labels: Mapping[str, str]


class Sent(TypedDict):
    """A command as the browser sends it and `components.chair.commands` reads it.

    Questions are (number, version), the day is in ISO form. `command` is what a button asks of the
    hall, where it is not about questions.
    """

    button: Button
    on_stage: tuple[int, int] | None
    coming: tuple[int, int] | None
    department: NotRequired[str | None]
    due: NotRequired[str]
    revision: NotRequired[int]
    command: NotRequired[HallMessage]


class Chair(ChairView):
    """What the component is given: the view of an event, and where commands are sent."""

    slug: str
    commands: str


def show(view: ChairView, *, slug: str) -> None:
    """Draw the view, whose buttons and keys lead an event.

    The browser sends a `Sent` to `/commands/{slug}/chair`, and `chair.commands` reads it.
    """
    commands = outbox.address(f"/commands/{slug}/chair")
    chair: Chair = {**view, "slug": slug, "commands": commands}
    _CHAIR(key="chair", data=chair)
