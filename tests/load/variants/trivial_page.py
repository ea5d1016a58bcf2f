"""One word."""

import streamlit as st

st.text("word")
