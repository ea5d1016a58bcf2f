"""A Streamlit app whose page says one word: what the framework alone can do."""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).parent / "trivial_page.py")
