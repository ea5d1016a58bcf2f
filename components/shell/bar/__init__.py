"""The bar at the head of every page of staff: the event and its state, the places, the account."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypedDict

import streamlit as st

from web import scripts

_FOLDER = Path(__file__).parent
_BAR = st.components.v2.component(
    "bar",
    js=scripts.bundle(_FOLDER / "bar.js"),
    css=(_FOLDER / "bar.css").read_text(encoding="utf-8"),
)
KEY = "bar"


class Target(TypedDict):
    """Something to open or to choose, by its `code`; `path` is its address on this site.

    `asks` is what a click asks of this page: to go to a place or for a language. Without it the
    address is followed, in this window or in one of its own. `here` is where somebody is.
    """

    code: str
    name: str
    path: str
    here: bool
    asks: Literal["place", "language", "window"] | None


class Menu(TypedDict):
    """Targets that belong together, under a name."""

    name: str
    targets: list[Target]


class EventState(TypedDict):
    """How an event takes and shows questions, in words, and whether it is a rehearsal."""

    words: str
    practice: bool


class Bar(TypedDict):
    """What the bar shows; `language` is the other one.

    `state` is read anew from `source`; both are None without an event.
    """

    event: Menu
    state: EventState | None
    source: str | None
    places: list[Menu]
    account: Menu
    language: Target
    words: dict[str, str]


def show(bar: Bar, *, on_language: Callable[[str], None]) -> str | None:
    """Draw the bar; return the code of the place that somebody wants to go to, None to stay.

    `on_language` is given the code of the language that somebody chooses.
    """
    result = _BAR(
        key=KEY,
        data=bar,
        on_place_change=lambda: None,
        on_language_change=lambda: on_language(str(st.session_state[KEY].language)),
    )
    return str(result.place) if result.place else None
