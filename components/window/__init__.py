"""What every page needs of the browser's window: its language kept, its history, its Escape."""

from pathlib import Path

import streamlit as st

from components import language
from web.addresses import base

_WINDOW = st.components.v2.component(
    "window", js=(Path(__file__).parent / "window.js").read_text(encoding="utf-8")
)


def show() -> None:
    """Keep the language of this session for other pages, and mind the window's keys and history."""
    spoken = language.current().code
    path = None if spoken == language.kept() else f"{base()}/language/{spoken}"
    _WINDOW(key="window", data={"keep": path})
