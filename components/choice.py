"""One of a few options, kept in the address so that a link shows a colleague the same view."""

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
