"""A screen of the hall: whatever becomes of its link, the database or the network, it is calm."""

import time
from collections.abc import Callable

import streamlit as st

from access import screens
from components import event_picker, guard, language, live_signal, stage
from components.stage import Message, Picture
from data_access import boards, engine
from data_access.boards import Board
from dialogue.roles import Place
from locales import Language

# Nobody stands beside a screen to touch it: after a fault it looks again before anybody wonders.
SAFETY_NET = 3.0


@st.fragment(run_every=SAFETY_NET)
def show(place: Place, draw: Callable[[Board, Language], Picture]) -> None:
    """Draw a screen's picture for whom the page opens, again with each change of the event.

    Where the database does not answer, the screen keeps what it shows.
    """
    spoken = language.current()
    try:
        here = guard.visitor()
        if not here.may_open(place) and guard.holds_screen_key():
            stage.show(_message(_without_link(), spoken))
            return
        if not here.may_open(place):
            guard.refuse(here, place)
        slug = event_picker.current(here, place)
        board = boards.current(slug)
        picture = draw(board, spoken)
    except engine.Failure:
        stage.hold(_message(spoken.gettext("One moment, please"), spoken))
        return
    stage.show(picture)
    live_signal.follow(slug, revision=board.revision)


def is_overlay() -> bool:
    """Tell whether the address asks for what a stream lays over its picture."""
    return st.query_params.get("overlay") == "1"


def _without_link() -> str:
    return "\n\n".join(f"{each.title}\n{each.text}" for each in screens.invalid())


def _message(text: str, spoken: Language) -> Message:
    return Message(
        scene="message",
        text=text,
        heading="Đối Thoại",
        theme="",
        language=spoken.code,
        now=time.time(),
        timer=None,
        practice=None,
        # Over a stream even this would be too much.
        overlay=is_overlay(),
    )
