"""The projector's scene: one component over the whole window, and nothing above it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypedDict

import streamlit as st

from web import scripts, sheets

_FOLDER = Path(__file__).parent
SHEET = sheets.joined(_FOLDER, "stage", "scenes", "question", "lists", "slides")
_STAGE = st.components.v2.component("stage", css=SHEET, js=scripts.bundle(_FOLDER / "stage.js"))
# Now and then a screen hears the server's time again, should its own clock have stood still.
KEPT_SECONDS = 60
_SENT = "stage-sent"


class SceneQuestion(TypedDict):
    """A question as the hall reads it: its number, its words, and marks such as the district.

    `who` names an asker who agreed to be named, `department` says who will answer.
    """

    number: str
    text: str
    marks: Sequence[str]
    who: str | None
    department: str | None


class Listing(TypedDict):
    """Questions under a title; `empty` is said where there are none."""

    title: str
    questions: Sequence[SceneQuestion]
    empty: str


class DistrictCount(TypedDict):
    """How many questions a district asked, and its tile: column 0 is west, row 0 is north."""

    name: str
    count: int
    column: int | None
    row: int | None


class TopicCount(TypedDict):
    """How many questions are about a topic."""

    name: str
    count: int


class Timer(TypedDict):
    """The time that is left until `ends_at`, or without it what has passed since `started_at`.

    Both are seconds since 1970 by the server's clock; `label` may be empty.
    """

    started_at: float
    ends_at: float | None
    label: str


class Frame(TypedDict):
    """What every scene has.

    `now` is the server's time in seconds since 1970: the screen's own clock need not be right.
    `practice` are the words that say it is a rehearsal. `overlay` draws nothing but the question
    on stage, over a transparent ground, for a stream.
    """

    heading: str
    theme: str
    language: str
    now: float
    timer: Timer | None
    practice: str | None
    overlay: bool


class Welcome(Frame):
    """The theme and the way to ask, before it begins; `qr_code` is the URL of an image."""

    scene: Literal["welcome"]
    invitation: str
    address: str
    qr_code: str


class OnStage(Frame):
    """The question on stage, those that come next (2 at most), and the way to ask.

    `waiting` is said where no question is on stage. What stands around a long question makes
    room for it.
    """

    scene: Literal["question"]
    on_stage: SceneQuestion | None
    waiting: str
    next_heading: str
    following: Sequence[SceneQuestion]
    invitation: str
    address: str
    qr_code: str


class Next(Frame):
    """The questions that come next (5 at most)."""

    scene: Literal["next"]
    coming: Listing


class Participation(Frame):
    """Who takes part: districts on their tiles, or as bars where one has no place; topics; all.

    `total` are words such as "128 questions from 11 districts".
    """

    scene: Literal["participation"]
    title: str
    total: str
    districts: Sequence[DistrictCount]
    topics: Sequence[TopicCount]


class Message(Frame):
    """What the desk wants to tell the hall."""

    scene: Literal["message"]
    text: str


class Thanks(Frame):
    """The end, and where the replies can be read afterwards; or words without an address."""

    scene: Literal["thanks"]
    title: str
    text: str
    address: str | None
    qr_code: str | None


class Black(Frame):
    """Nothing."""

    scene: Literal["black"]


class HallBoard(Frame):
    """The hall's second screen: the newest public questions and those with the most votes."""

    scene: Literal["board"]
    newest: Listing
    most_voted: Listing


SceneData = Welcome | OnStage | Next | Participation | Message | Thanks | Black | HallBoard


class ScreenContent(TypedDict):
    """A scene, and which event's revision it shows: what comes late is not drawn over it.

    A scene of no event has an empty `slug`.
    """

    scene_data: SceneData
    slug: str
    revision: int


class StageData(ScreenContent):
    """What the component is given: where it reads the scene again, and whether it is held."""

    source: str | None
    is_held: bool


def show(shown: ScreenContent, *, source: str | None) -> None:
    """Draw a scene over the whole window, every word of it plain text.

    The browser reads it again from `source`, an address, as soon as it hears of a change. What
    differs from the last in nothing but its time is sent as it was: the browser has that message.
    """
    sent: ScreenContent | None = st.session_state.get(_SENT)
    if sent:
        then, now = sent["scene_data"]["now"], shown["scene_data"]["now"]
        is_same = {**shown, "scene_data": {**shown["scene_data"], "now": then}} == sent
        shown = sent if is_same and now - then < KEPT_SECONDS else shown
    st.session_state[_SENT] = shown
    _draw(shown, source=source, is_held=False)


def has_shown() -> bool:
    """Tell whether this page has shown a scene."""
    return _SENT in st.session_state


def hold(otherwise: SceneData) -> None:
    """Keep what the screen shows, which cannot be read anew, with the dot of a lost connection.

    A screen that has shown nothing yet draws `otherwise`.
    """
    _draw(ScreenContent(scene_data=otherwise, slug="", revision=0), source=None, is_held=True)


def _draw(shown: ScreenContent, *, source: str | None, is_held: bool) -> None:
    # Bytes, because the framework would write a mapping out twice at each rerun.
    drawn: StageData = {**shown, "source": source, "is_held": is_held}
    data = json.dumps(drawn, ensure_ascii=False).encode()
    _STAGE(key="stage", data=data, on_rerun_change=lambda: None)
