"""The row at the head of every page: which event it is about, the account, the language."""

from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.shell import link, session_language
from components.shell.session_language import _

# The page comes after its frame, and alone knows which events it opens for.
_event: ContextVar[DeltaGenerator] = ContextVar("event")


def show(*, signed_in: bool) -> None:
    """Draw the row; the choice of an event is left to the page."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="frame"):
        _event.set(st.container(key="frame-event"))
        if signed_in:
            link.show(_("Your account"), "/account", key="to-account")
        session_language.switch()


def event() -> DeltaGenerator:
    """Return where the page offers its events."""
    return _event.get()
