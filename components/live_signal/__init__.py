"""Reruns the fragment that it stands in when its event changes, or tells those who draw there."""

import time
from pathlib import Path

import streamlit as st

from web.addresses import under

_FOLDER = Path(__file__).parent
# Tells whether somebody is on the way to another page: then nothing more is asked for this one.
LEAVING = (_FOLDER / "leaving.js").read_text(encoding="utf-8")
# Keeps what is drawn from being stopped by a call that a newer one has overtaken.
ENDING = (_FOLDER / "ending.js").read_text(encoding="utf-8")
_SIGNAL = st.components.v2.component(
    "live_signal", js=LEAVING + ENDING + (_FOLDER / "live_signal.js").read_text(encoding="utf-8")
)

# Reads from the server again what somebody draws, as soon as there is news.
SOURCE = (_FOLDER / "source.js").read_text(encoding="utf-8")
SAFETY_NET = 30.0
"""Seconds after which a fragment reruns by itself, should the socket be silently dead."""


def follow(
    slug: str,
    *,
    revision: int,
    pause_seconds: float = 0.0,
    after_seconds: float | None = 0.0,
) -> None:
    """Rerun this fragment when the event has a revision above the one that was just drawn.

    `pause_seconds` is the least time between two reruns; the last change always gets one.
    Whoever reads by themselves in the browser hears at once, by the event `dialogue-changed`; the
    rerun may then come `after_seconds`, or not at all: None. Whoever counts time there hears the
    server's by the event `dialogue-now`.
    """
    _SIGNAL(
        key="live-signal",
        data={
            "path": under(f"/live/{slug}"),
            "slug": slug,
            "revision": revision,
            "pause": pause_seconds * 1000,
            "after": None if after_seconds is None else after_seconds * 1000,
            "now": time.time(),
        },
        on_revision_change=lambda: None,
    )
