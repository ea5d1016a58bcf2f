"""A link to a page outside the framework's own, in the same tab: its own links open another."""

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
_LINK = st.components.v2.component(
    "link",
    js=(_FOLDER / "link.js").read_text(encoding="utf-8"),
    css=(_FOLDER / "link.css").read_text(encoding="utf-8"),
)


def show(label: str, path: str, *, key: str) -> None:
    """Draw a link to a path of ours, such as "/signin"."""
    _LINK(key=key, data={"label": label, "path": path, "now": False}, width="content")


def follow(label: str, path: str, *, key: str) -> None:
    """Draw a link to a path of ours and follow it at once."""
    _LINK(key=key, data={"label": label, "path": path, "now": True}, width="content")
