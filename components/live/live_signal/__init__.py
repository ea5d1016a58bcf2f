"""Reruns the fragment that it stands in when its event changes, or tells those who draw there."""

import time
from pathlib import Path
from typing import TypedDict

import streamlit as st

from web import scripts
from web.addresses import under

_FOLDER = Path(__file__).parent
_SIGNAL = st.components.v2.component("live_signal", js=scripts.bundle(_FOLDER / "live_signal.js"))
SAFETY_NET = 30.0
"""Seconds after which a fragment reruns by itself, should the socket be silently dead."""


class Follow(TypedDict):
    """What `follow` says: `pause` and `after` in milliseconds, `now` in seconds since 1970."""

    path: str
    slug: str
    revision: int
    pause: float
    after: float | None
    now: float


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
        data=Follow(
            path=under(f"/live/{slug}"),
            slug=slug,
            revision=revision,
            pause=pause_seconds * 1000,
            after=None if after_seconds is None else after_seconds * 1000,
            now=time.time(),
        ),
        on_revision_change=lambda: None,
    )
