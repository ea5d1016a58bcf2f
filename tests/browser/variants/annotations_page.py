"""Shows the annotations of a chart, and those of a moment of the day."""

import streamlit as st

from components.drawing import annotations
from components.shell.guard import require
from dialogue.annotations import Subject
from dialogue.roles import Place
from tests.factories import NOON, SLUG

require(Place.REVIEW)
st.subheader("Theo địa bàn")
annotations.show(SLUG, Subject.DISTRICTS)
st.subheader("Diễn biến")
annotations.show(SLUG, Subject.REPLAY, moment=NOON)
