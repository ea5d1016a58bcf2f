"""Takes what a component of ours sends again and again until it sees it handled."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def take(key: str, on_deed: Callable[[dict[str, Any]], None]) -> None:
    """Pass on the deeds of a component that were not taken yet.

    Two quick clicks may reach us as one value, and none of them may be lost or done twice: each
    deed has its page, which is one browser's, and its place there.
    """
    for sent in st.session_state[key].deeds or ():
        page, place = sent["page"], sent["place"]
        if place > handled(key).get(page, 0):
            st.session_state[f"{key}-handled"] = {page: place}
            on_deed(sent)


def handled(key: str) -> dict[str, int]:
    """Return the place of the last deed that was taken, by its page."""
    known: dict[str, int] = st.session_state.get(f"{key}-handled", {})
    return known
