"""Editors see what was promised in writing, remind, approve and publish; analysts look on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import streamlit as st

from components import (
    event_picker,
    guard,
    language,
    live_signal,
    promise_card,
    promise_filters,
    promise_table,
    reminders,
)
from components.guard import require
from components.language import _
from data_access import boards, engine, replies
from dialogue.questions import Question
from dialogue.replies import Promise, State
from dialogue.roles import MAY_SEE_CONTACTS, Place
from dialogue.text import without_personal_details

Told = TypeVar("Told", Promise, Question)

slug = event_picker.current(require(Place.FOLLOWUP), Place.FOLLOWUP)


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
        promises = as_told(replies.list_promised(session, slug))
        open_numbers = replies.list_without_outcome(session, slug)
    # Read afterwards, so that the board has every question that the lists speak of.
    board = boards.current(slug)
    today = datetime.now(UTC).astimezone(ZoneInfo(board.event.timezone)).date()
    show_headline(promises, today)
    # Always there, so that nothing below moves when something is said.
    with st.container():
        if st.session_state.get("reply_told"):
            st.info(st.session_state.reply_told)
    shown = promise_filters.show(promises, board, today)
    if shown:
        promise_table.show(shown, board, today, on_choose=turn_to)
    else:
        st.text(_("Nothing here. What is promised in writing appears by itself."))
    for each in promises:
        if str(each.number) == st.query_params.get("question"):
            promise_card.show(each, board, today)
    reminders.show(promises, board, today)
    st.subheader(_("Without an outcome yet"))
    promise_card.give_outcome(as_told([board.questions[each] for each in open_numbers]), board)
    live_signal.follow(slug, revision=board.revision)


def show_headline(promises: Sequence[Promise], today: date) -> None:
    """Draw how many replies were promised and where they stand."""
    spoken = language.current()
    counts = {
        _("Promised"): len(promises),
        _("Overdue"): sum(each.is_overdue(today) for each in promises),
        _("Wait for approval"): sum(each.state is State.SUBMITTED for each in promises),
        _("Published"): sum(each.state is State.PUBLISHED for each in promises),
    }
    with st.container(horizontal=True):
        for name, count in counts.items():
            st.metric(name, spoken.number(count), border=True)


st.title(_("Follow-up"))
followup()
