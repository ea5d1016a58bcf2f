"""Staff watch, while the dialogue runs, which districts and topics are not being heard."""

import streamlit as st

from components import event_picker, guard, live_signal, participation
from components.guard import require
from components.language import _
from data_access import boards
from dialogue.roles import Place

# Charts that change more often than this cannot be read.
PAUSE_SECONDS = 2.0

slug = event_picker.current(require(Place.PARTICIPATION), Place.PARTICIPATION)


@st.fragment(run_every=live_signal.SAFETY_NET)
def live() -> None:
    """Draw the headline numbers and the charts, anew when something has changed."""
    guard.keep(Place.PARTICIPATION, slug)
    board = boards.current(slug)
    participation.show(board, is_live=True)
    participation.show_questions(board)
    live_signal.follow(slug, revision=board.revision, pause_seconds=PAUSE_SECONDS)


st.title(_("Participation"))
live()
