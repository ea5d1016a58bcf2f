"""Staff watch, while the dialogue runs, which districts and topics are not being heard."""

import streamlit as st

from components import event_picker, live_signal, participation
from components.guard import require
from components.language import _
from data_access import boards
from dialogue.roles import Place

# Charts that change more often than this cannot be read.
PAUSE_SECONDS = 2.0

require(Place.PARTICIPATION)
slug = event_picker.current()


@st.fragment(run_every=live_signal.SAFETY_NET)
def live() -> None:
    """Draw the headline numbers and the charts, anew when something has changed."""
    board = boards.current(slug)
    participation.show_headline(board)
    participation.show(board)
    live_signal.follow(slug, revision=board.revision, pause_seconds=PAUSE_SECONDS)


st.title(_("Participation"))
live()
