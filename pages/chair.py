"""The presiding official sees what is asked now and what comes next, and leads with one press."""

from datetime import UTC, datetime

import streamlit as st

from components import chair, event_picker, guard, language, live_signal
from components.glance import glance
from components.guard import require
from data_access import boards
from dialogue.roles import Place

slug = event_picker.current(require(Place.CHAIR), Place.CHAIR)


@st.fragment(run_every=live_signal.SAFETY_NET)
def leading() -> None:
    """Draw the question on stage, the clocks, the next three and the buttons."""
    guard.keep(Place.CHAIR, slug)
    board = boards.current(slug)
    roles = guard.visitor().roles(slug)
    seen = glance(board, language.current(), roles, at=datetime.now(UTC))
    chair.show(seen, slug=slug)
    live_signal.follow(slug, revision=board.revision)


# No title: the menu names the page, and its room is the question's.
leading()
