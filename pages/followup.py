"""Editors see what was promised in writing, remind, approve and publish; analysts look on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import streamlit as st

from components.followup import assignment, filters, reminders, table
from components.live import live_signal
from components.shell import frame, guard, session_language
from components.shell.session_language import _
from data_access import engine
from data_access.followup import replies
from dialogue.questions import Question
from dialogue.replies import FollowUp, ReplyState
from dialogue.roles import MAY_SEE_CONTACTS, Place
from dialogue.text import without_personal_details
from live import snapshots

Told = TypeVar("Told", FollowUp, Question)

slug = frame.show(Place.FOLLOWUP)


def as_told(listed: Sequence[Told]) -> list[Told]:
    """Leave out what leads to a person, for whoever may not see it."""
    if guard.visitor().roles(slug) & MAY_SEE_CONTACTS:
        return list(listed)
    return [replace(each, text=without_personal_details(each.text)) for each in listed]


def turn_to(number: int) -> None:
    """Open one question; the address has which, for a colleague."""
    st.query_params["question"] = str(number)


@st.fragment(run_every=live_signal.SAFETY_NET)
def followup() -> None:
    """Draw what was promised and what has no outcome yet, anew when something has changed."""
    guard.keep(Place.FOLLOWUP, slug)
    with engine.current().reading() as session:
        follow_ups = as_told(replies.list_promised(session, slug))
        open_numbers = replies.list_without_outcome(session, slug)
    # Read afterwards, so that the snapshot has every question that the lists speak of.
    snapshot = snapshots.current(slug)
    today = datetime.now(UTC).astimezone(ZoneInfo(snapshot.event.timezone)).date()
    show_headline(follow_ups, today)
    # Always there, so that nothing below moves when something is said.
    with st.container():
        if st.session_state.get("reply_told"):
            st.info(st.session_state.reply_told)
    shown = filters.show(follow_ups, snapshot, today)
    if shown:
        table.show(shown, snapshot, today, on_choose=turn_to)
    else:
        st.text(_("Nothing here. What is promised in writing appears by itself."))
    for each in follow_ups:
        if str(each.number) == st.query_params.get("question"):
            assignment.show(each, snapshot, today)
    reminders.show(follow_ups, snapshot, today)
    st.subheader(_("Without an outcome yet"))
    assignment.give_outcome(as_told([snapshot.questions[each] for each in open_numbers]), snapshot)
    live_signal.follow(slug, revision=snapshot.revision)


def show_headline(follow_ups: Sequence[FollowUp], today: date) -> None:
    """Draw how many replies were promised and where they stand."""
    language = session_language.current()
    counts = {
        _("Promised"): len(follow_ups),
        _("Overdue"): sum(each.is_overdue(today) for each in follow_ups),
        _("Wait for approval"): sum(each.state is ReplyState.SUBMITTED for each in follow_ups),
        _("Published"): sum(each.state is ReplyState.PUBLISHED for each in follow_ups),
    }
    with st.container(horizontal=True):
        for name, count in counts.items():
            st.metric(name, language.number(count), border=True)


st.title(_("Follow-up"))
followup()
