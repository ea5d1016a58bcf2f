"""Staff read what the day was, and take its table away for the report."""

import streamlit as st

from components import event_picker, participation, question_table
from components.guard import require
from components.language import _
from data_access import boards
from dialogue.roles import Place
from reports import section

slug = event_picker.current(require(Place.REVIEW), Place.REVIEW)
board = boards.current(slug)

st.title(_("Review"))
participation.show(board, is_live=False)

st.subheader(_("All questions"))
questions = question_table.of(board)
st.dataframe(
    questions,
    key="questions",
    hide_index=True,
    column_config=question_table.columns(),
    alt=_("All questions with district, topic, state and times"),
)
section.show(slug)
