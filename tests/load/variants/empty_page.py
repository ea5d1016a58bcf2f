"""A page whose fragment has next to nothing: what the framework and the frame of our pages cost."""

import time

import streamlit as st


@st.fragment
def nothing() -> None:
    """Draw a button, and a number that is another one each time."""
    with st.container(key="nothing"):
        st.button("again")
        st.text(str(time.monotonic_ns()))


nothing()
