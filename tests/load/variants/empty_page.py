"""A page whose fragment has nothing: what the framework and the frame of our pages cost."""

import streamlit as st


@st.fragment
def nothing() -> None:
    """Draw nothing."""
    st.empty()


nothing()
