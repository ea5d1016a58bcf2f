"""A strip along the foot of the window that stays there, however far somebody scrolls."""

from pathlib import Path
from typing import TypedDict

import streamlit as st

from web import scripts

_FOLDER = Path(__file__).parent
_BANNER = st.components.v2.component(
    "banner",
    js=scripts.bundle(_FOLDER / "banner.js"),
    css=(_FOLDER / "banner.css").read_text(encoding="utf-8"),
)


class Strip(TypedDict):
    """What the strip says."""

    words: str


def show(words: str) -> None:
    """Draw the strip with these words, as plain text."""
    _BANNER(key="banner", data=Strip(words=words))
