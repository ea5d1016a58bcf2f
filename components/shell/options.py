"""One of several options, kept in the address so that a link shows a colleague the same view."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st


def choose(
    label: str,
    names: Mapping[str, str],
    *,
    key: str,
    default: str,
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> str:
    """Draw the options and return the code of the chosen one.

    `names` maps each option's code to its words. The address has the code, which stays the same
    in every language; for the framework's own binding it would be the words.
    """
    asked = st.query_params.get(key)
    st.session_state.setdefault(key, asked if asked in names else default)
    chosen = str(
        st.segmented_control(
            label,
            list(names),
            required=True,
            format_func=names.__getitem__,
            key=key,
            label_visibility=label_visibility,
            persist_state="session",
        )
    )
    # A page switch clears the address; what was chosen still holds there.
    if chosen != st.query_params.get(key, default):
        st.query_params[key] = chosen
    return chosen


def select(
    label: str,
    names: Mapping[str, str],
    *,
    key: str,
    default: str,
    width: int | Literal["stretch"] = "stretch",
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> None:
    """Offer options by their codes: the address has the code, the same in every language."""
    asked = st.query_params.get(key, default)
    st.session_state[key] = asked if asked in names else default
    st.selectbox(
        label,
        list(names),
        format_func=names.__getitem__,
        key=key,
        on_change=_keep,
        args=(key, default),
        filter_mode=None,
        width=width,
        label_visibility=label_visibility,
    )


def _keep(key: str, default: str) -> None:
    chosen = st.session_state[key]
    if chosen == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen
