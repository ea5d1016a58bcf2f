"""Which promised replies are read: chosen here and kept in the address."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import choice, language, reply_words
from components.language import _
from data_access.boards import Board
from dialogue.replies import Promise

OVERDUE = "overdue"
NOBODY = "none"


def show(promises: Sequence[Promise], board: Board, today: date) -> list[Promise]:
    """Draw the filters, and return the promises that pass them."""
    spoken = language.current()
    everything = {"": _("All")}
    states: dict[str, str] = {OVERDUE: _("Overdue")} | dict(reply_words.states(spoken).items())
    bodies = {**reply_words.departments(board, spoken), NOBODY: _("No department yet")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choice.select(_("Department"), {**everything, **bodies}, key="department", default="")
        choice.select(_("State"), {**everything, **states}, key="state", default="", width=220)
    body, state = st.session_state.department, st.session_state.state
    return [
        each
        for each in promises
        if body in ("", each.department or NOBODY)
        and (state in ("", each.state) or (state == OVERDUE and each.is_overdue(today)))
    ]
