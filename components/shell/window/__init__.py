"""What every page needs of the browser's window: its language kept, its history, its Escape."""

from pathlib import Path
from typing import TypedDict

import streamlit as st

from components.shell import session_language
from web import scripts
from web.addresses import base

_WINDOW = st.components.v2.component(
    "window", js=scripts.bundle(Path(__file__).parent / "window.js")
)


class Window(TypedDict):
    """The path that keeps the language of this session, None where it is kept already."""

    keep: str | None


def show() -> None:
    """Keep the language of this session for other pages, and mind the window's keys and history."""
    language = session_language.current().code
    path = None if language == session_language.kept() else f"{base()}/language/{language}"
    _WINDOW(key="window", data=Window(keep=path))
