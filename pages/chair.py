"""The presiding official sees what is asked now and what comes next, and leads with one press."""

from datetime import UTC, datetime

import streamlit as st

from components import chair, event_picker, guard, language, lead, live_signal
from components.chair import Press
from components.glance import glance
from components.guard import require
from data_access import boards
from dialogue.roles import Place

slug = event_picker.current(require(Place.CHAIR), Place.CHAIR)


def act(press: Press) -> None:
    """Do what a button or a key says, and say in a line what came of it."""
    said = lead.do(slug, press)
    if said is not None:
        st.session_state.led = said


@st.fragment(run_every=live_signal.SAFETY_NET)
def leading() -> None:
    """Draw the question on stage, the clocks, the next three and the buttons."""
    guard.keep(Place.CHAIR, slug)
    board = boards.current(slug)
    roles = guard.visitor().roles(slug)
    said = st.session_state.get("led")
    seen = glance(board, language.current(), roles, said=said, at=datetime.now(UTC))
    chair.show(seen, on_press=act)
    live_signal.follow(slug, revision=board.revision)


# No title: the menu names the page, and its room is the question's.
leading()
