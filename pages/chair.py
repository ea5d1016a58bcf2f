"""The presiding official sees what is asked now and what comes next, and leads with one press."""

from datetime import UTC, datetime

import streamlit as st

from components.chair import tablet
from components.chair.view import chair_view
from components.live import live_signal
from components.shell import frame, guard, session_language
from dialogue.roles import Place
from live import snapshots

slug = frame.show(Place.CHAIR)


@st.fragment(run_every=live_signal.SAFETY_NET)
def leading() -> None:
    """Draw the question on stage, the clocks, the next three and the buttons."""
    guard.keep(Place.CHAIR, slug)
    snapshot = snapshots.current(slug)
    roles = guard.visitor().roles(slug)
    seen = chair_view(snapshot, session_language.current(), roles, at=datetime.now(UTC))
    tablet.show(seen, slug=slug)
    live_signal.follow(slug, revision=snapshot.revision)


# No title: the menu names the page, and its room is the question's.
leading()
