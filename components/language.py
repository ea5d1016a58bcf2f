"""The language of a session's screens: Vietnamese unless the address says otherwise."""

import streamlit as st

import locales
from locales import Language

_NAMES = {"vi": "Tiếng Việt", "en": "English"}


def current() -> Language:
    """Return the language of this session."""
    return locales.language(st.session_state.get("lang") or locales.DEFAULT)


def _(message: str) -> str:
    """Return the words for an English message, in the language of this session."""
    return current().gettext(message)


def switch() -> None:
    """Draw the switch between the languages; the choice is part of the address."""
    st.segmented_control(
        "Ngôn ngữ · Language",
        locales.CODES,
        default=locales.DEFAULT,
        required=True,
        format_func=_NAMES.__getitem__,
        key="lang",
        bind="query-params",
        label_visibility="collapsed",
    )
