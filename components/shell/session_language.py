"""The language of a session's pages: Vietnamese unless somebody has chosen another."""

import streamlit as st

import locales
from locales import Language
from web.html import LANGUAGE_COOKIE

NAMES = {"vi": "Tiếng Việt", "en": "English"}


def current() -> Language:
    """Return the language of this session: chosen here, asked for by the address, or kept."""
    chosen = st.session_state.get("lang")
    # Before the switch is drawn for the first time only the address knows.
    return locales.language(chosen or st.query_params.get("lang") or kept())


def kept() -> str:
    """Return the code of the language that was chosen in this browser before."""
    code = st.context.cookies.get(LANGUAGE_COOKIE)
    return code if code in locales.CODES else locales.DEFAULT


def of_screens() -> Language:
    """Return the language of the hall's screens, unless the address of one of them says else."""
    return locales.language(locales.DEFAULT)


def of_screen() -> Language:
    """Return the language of the screen that this page is, whatever staff have chosen here."""
    return locales.language(st.query_params.get("lang", locales.DEFAULT))


def _(message: str) -> str:
    """Return the words for an English message, in the language of this session."""
    return current().gettext(message)


def choose(code: str) -> None:
    """Take another language for this session; the choice is part of the address."""
    if code in locales.CODES:
        st.session_state.lang = st.query_params["lang"] = code
