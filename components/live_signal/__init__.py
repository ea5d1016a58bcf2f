"""Reruns the fragment that it stands in as soon as its event changes."""

import time
from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
_SIGNAL = st.components.v2.component(
    "live_signal", js=(_FOLDER / "live_signal.js").read_text(encoding="utf-8")
)

SAFETY_NET = 30.0
"""Seconds after which a fragment reruns by itself, should the socket be silently dead."""


def follow(slug: str, *, revision: int, pause_seconds: float = 0.0, reruns: bool = True) -> None:
    """Rerun this fragment when the event has a revision above the one that was just drawn.

    `pause_seconds` is the least time between two reruns; the last change always gets one. Without
    `reruns` the browser alone hears of a change, by the event `dialogue-changed`. Whoever counts
    time there hears the server's by the event `dialogue-now`.
    """
    _SIGNAL(
        key="live-signal",
        data={
            "path": f"/live/{slug}",
            "revision": revision,
            "pause": pause_seconds * 1000,
            "reruns": reruns,
            "now": time.time(),
        },
        on_revision_change=lambda: None,
    )
