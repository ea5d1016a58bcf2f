"""Staff watch, while the dialogue runs, which districts and topics are not being heard."""

import streamlit as st

from components.live import live_signal
from components.participation import charts
from components.shell import frame, guard
from components.shell.session_language import _
from dialogue.roles import Place
from live import snapshots

# Charts that change more often than this cannot be read.
PAUSE_SECONDS = 2.0

slug = frame.show(Place.PARTICIPATION)


@st.fragment(run_every=live_signal.SAFETY_NET)
def live() -> None:
    """Draw the headline numbers and the charts, anew when something has changed."""
    guard.keep(Place.PARTICIPATION, slug)
    snapshot = snapshots.current(slug)
    charts.show(snapshot, is_live=True)
    charts.show_questions(snapshot)
    live_signal.follow(slug, revision=snapshot.revision, pause_seconds=PAUSE_SECONDS)


st.title(_("Participation"))
live()
