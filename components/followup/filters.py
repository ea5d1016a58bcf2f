"""Which promised replies are read: chosen here and kept in the address."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

import words.followup
from components.shell import options, session_language
from components.shell.session_language import _
from data_access.questions.cached.snapshots import Snapshot
from dialogue.replies import FollowUp

OVERDUE = "overdue"
NOBODY = "none"


def show(follow_ups: Sequence[FollowUp], snapshot: Snapshot, today: date) -> list[FollowUp]:
    """Draw the filters, and return the promises that pass them."""
    language = session_language.current()
    everything = {"": _("All")}
    states: dict[str, str] = {OVERDUE: _("Overdue")} | dict(words.followup.states(language).items())
    bodies = {**words.followup.departments(snapshot, language), NOBODY: _("No department yet")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        options.select(_("Department"), {**everything, **bodies}, key="department", default="")
        options.select(_("State"), {**everything, **states}, key="state", default="", width=220)
    body, state = st.session_state.department, st.session_state.state
    return [
        each
        for each in follow_ups
        if body in ("", each.department or NOBODY)
        and (state in ("", each.state) or (state == OVERDUE and each.is_overdue(today)))
    ]
