"""The chair's page as one glance: what is asked now, what comes next, and large buttons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, TypedDict

import streamlit as st

from components.stage import Timer
from dialogue.deeds import Seen

_FOLDER = Path(__file__).parent
# One script for the browser: what the projector's pictures are drawn and clocked with, the parts
# of the glance, its sheets, the clicker's keys, and what puts all that together.
_SCRIPTS = (
    "../stage/drawing.js",
    "../stage/timer.js",
    "asked.js",
    "sheets.js",
    "clicker.js",
    "chair.js",
)
_CHAIR = st.components.v2.component(
    "chair",
    css=(_FOLDER / "chair.css").read_text(encoding="utf-8"),
    js="\n".join((_FOLDER / each).read_text(encoding="utf-8") for each in _SCRIPTS),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button, with what the person saw.

    `on_stage` and `coming` are the question being asked and the one that comes next, each None
    where there was none. `DEFER` brings the `department` that replies, None where nobody was
    chosen, and the day the reply is `due`; `BEGIN` the code of the `part` of the rundown, and
    like `GO_BACK` that of the one seen `running`; `UNDO` the `revision` that is taken back.
    """

    button: Button
    on_stage: Seen | None = None
    coming: Seen | None = None
    department: str | None = None
    due: date | None = None
    part: str | None = None
    running: str | None = None
    revision: int | None = None


class Asked(TypedDict):
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


class PartLine(TypedDict):
    """A part of the rundown with its planned times in words; `begins` where it comes next."""

    code: str
    name: str
    times: str
    running: bool
    begins: bool


class Said(TypedDict):
    """What came of the last press, in words.

    It stands `until` then, in seconds since 1970 by the server's clock. `revision` is what "Undo"
    takes back, None where nothing can be; `advanced` tells that it was the next question.
    """

    text: str
    until: float
    revision: int | None
    advanced: bool


class Glance(TypedDict):
    """All that the chair sees.

    `day` says how the day stands, empty without a rundown. `now` is the server's time in seconds
    since 1970. `screens` says what the screens show besides the question, None where they show it.
    `asking` tells that the chair asks the desk to move on, `asked` that the desk asks the chair.
    `back` names what goes on when the rundown's last step is taken back. `departments` are (code,
    name); `due` is the day a reply is due by the event's rule and `today` the first day it can be,
    both in ISO form.
    """

    language: str
    now: float
    day: str
    question_clock: Timer | None
    part_clock: Timer | None
    on_stage: Asked | None
    coming: Sequence[Asked]
    screens: str | None
    dark: bool
    asking: bool
    asked: bool
    rundown: Sequence[PartLine]
    back: str | None
    departments: Sequence[tuple[str, str]]
    due: str
    today: str
    said: Said | None
    labels: Mapping[str, str]


def show(glance: Glance, *, on_press: Callable[[Press], None]) -> None:
    """Draw the glance, and call `on_press` once for each press."""
    _CHAIR(
        key="chair",
        data={**glance, "handled": _handled()},
        on_press_change=partial(_take, on_press),
    )


def _take(on_press: Callable[[Press], None]) -> None:
    """Pass on a press that was not taken yet: the browser repeats it until it sees it handled."""
    sent = st.session_state.chair.press
    if sent["place"] > _handled().get(sent["page"], 0):
        st.session_state["chair-handled"] = {sent["page"]: sent["place"]}
        on_press(_read(sent))


def _handled() -> dict[str, int]:
    handled: dict[str, int] = st.session_state.get("chair-handled", {})
    return handled


def _read(sent: dict[str, Any]) -> Press:
    return Press(
        button=Button(sent["button"]),
        on_stage=Seen(*sent["on_stage"]) if sent["on_stage"] else None,
        coming=Seen(*sent["coming"]) if sent["coming"] else None,
        department=sent.get("department"),
        due=date.fromisoformat(sent["due"]) if sent.get("due") else None,
        part=sent.get("part"),
        running=sent.get("running"),
        revision=sent.get("revision"),
    )
