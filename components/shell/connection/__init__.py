"""A quiet line while the server is away, or has not saved yet what somebody did."""

from pathlib import Path
from typing import TypedDict

import streamlit as st

from components.shell.session_language import _
from web import scripts

_FOLDER = Path(__file__).parent
_CONNECTION = st.components.v2.component(
    "connection",
    js=scripts.bundle(_FOLDER / "connection.js"),
    css=(_FOLDER / "connection.css").read_text(encoding="utf-8"),
)


class Words(TypedDict):
    """What is said without a server, also with `{count}` commands kept, and while it is slow."""

    lost: str
    kept: str
    unsaved: str


def watch() -> None:
    """Say on this page, as long as it is so, that there is no server and what waits for it."""
    _CONNECTION(
        key="connection",
        data=Words(
            lost=_("No connection to the server. This page connects again by itself."),
            kept=_("No connection to the server. Kept and sent when it is back: {count}"),
            unsaved=_("Not saved yet; it is sent again: {count}"),
        ),
    )
