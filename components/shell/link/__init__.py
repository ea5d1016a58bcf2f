"""A link to a page outside the framework's own, in the same tab: its own links open another."""

from pathlib import Path
from typing import TypedDict

import streamlit as st

from web import scripts
from web.addresses import under

_FOLDER = Path(__file__).parent
_LINK = st.components.v2.component(
    "link",
    js=scripts.bundle(_FOLDER / "link.js"),
    css=(_FOLDER / "link.css").read_text(encoding="utf-8"),
)


class Link(TypedDict):
    """A path of ours under a label, to be followed `now` or when it is clicked."""

    label: str
    path: str
    now: bool


def show(label: str, path: str, *, key: str) -> None:
    """Draw a link to a path of ours, such as "/signin"."""
    _draw(label, path, key=key, now=False)


def follow(label: str, path: str, *, key: str) -> None:
    """Draw a link to a path of ours and follow it at once."""
    _draw(label, path, key=key, now=True)


def _draw(label: str, path: str, *, key: str, now: bool) -> None:
    _LINK(key=key, data=Link(label=label, path=under(path), now=now), width="content")
