"""What each department still owes, as a text to be copied into a message."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import streamlit as st

import welcome
from components import language, reply_words
from components.language import _
from data_access.boards import Board
from dialogue.replies import Promise, State
from dialogue.roles import Place


def show(promises: Sequence[Promise], board: Board, today: date) -> None:
    """Draw a text for each department that owes a reply; what waits for approval is not owed."""
    owed = [
        each
        for each in promises
        if each.department and each.state not in (State.SUBMITTED, State.PUBLISHED)
    ]
    owed.sort(key=lambda each: str(each.department))
    address = f"{welcome.public_url()}/{Place.DEPARTMENT}?event={board.event.slug}"
    with st.expander(_("Reminders: what each department still owes"), key="reminders"):
        if not owed:
            st.text(_("No department owes a reply."))
        for _code, group in groupby(owed, lambda each: each.department):
            text = reply_words.reminder([*group], board, today, language.current(), address=address)
            st.code(text, language=None, wrap_lines=True)
