"""A strip along the foot of the window that stays there, however far somebody scrolls."""

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
_BANNER = st.components.v2.component(
    "banner",
    js=(_FOLDER / "banner.js").read_text(encoding="utf-8"),
    css=(_FOLDER / "banner.css").read_text(encoding="utf-8"),
)


def show(words: str) -> None:
    """Draw the strip with these words, as plain text."""
    _BANNER(key="banner", data={"words": words})
