"""What each department still owes, as a text to be copied into a message."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import streamlit as st

import welcome
import words.followup
from components.shell import session_language
from components.shell.session_language import _
from data_access.questions.cached.snapshots import Snapshot
from dialogue.replies import FollowUp, ReplyState
from dialogue.roles import Place


def show(follow_ups: Sequence[FollowUp], snapshot: Snapshot, today: date) -> None:
    """Draw a text for each department that owes a reply; what waits for approval is not owed."""
    owed = [
        each
        for each in follow_ups
        if each.department and each.state not in (ReplyState.SUBMITTED, ReplyState.PUBLISHED)
    ]
    owed.sort(key=lambda each: str(each.department))
    address = f"{welcome.public_url()}/{Place.DEPARTMENT}?event={snapshot.event.slug}"
    with st.expander(_("Reminders: what each department still owes"), key="reminders"):
        if not owed:
            st.text(_("No department owes a reply."))
        for _code, group in groupby(owed, lambda each: each.department):
            text = words.followup.reminder(
                [*group], snapshot, today, session_language.current(), address=address
            )
            st.code(text, language=None, wrap_lines=True)
