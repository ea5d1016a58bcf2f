"""The language of a session's screens: Vietnamese unless the address says else."""

import streamlit as st

import locales
from components.choice import choose
from locales import Language

NAMES = {"vi": "Tiếng Việt", "en": "English"}


def current() -> Language:
    """Return the language of this session."""
    chosen = st.session_state.get("lang")
    # Before the switch is drawn for the first time only the address knows.
    return locales.language(chosen or st.query_params.get("lang", locales.DEFAULT))


def of_screens() -> Language:
    """Return the language of the hall's screens, unless the address of one of them says else."""
    return locales.language(locales.DEFAULT)


def _(message: str) -> str:
    """Return the words for an English message, in the language of this session."""
    return current().gettext(message)


def switch() -> None:
    """Draw the switch between the languages; the choice is part of the address."""
    choose(
        "Ngôn ngữ · Language",
        NAMES,
        key="lang",
        default=locales.DEFAULT,
        label_visibility="collapsed",
    )
