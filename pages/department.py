"""A department writes the replies that it owes, and sees what became of them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

import words.followup
from components.followup import reply_card
from components.live import live_signal
from components.shell import frame, guard, session_language
from components.shell.session_language import _
from data_access.followup import replies
from dialogue.replies import ReplyState
from dialogue.roles import Place
from live import snapshots

slug = frame.show(Place.DEPARTMENT)


def turn_to(number: int | None) -> None:
    """Open one question, or fold it; the address has which."""
    if number is None:
        st.query_params.pop("question", None)
    else:
        st.query_params["question"] = str(number)


@st.fragment(run_every=live_signal.SAFETY_NET)
def promised() -> None:
    """Draw the questions of the visitor's departments, overdue first, one of them open."""
    guard.keep(Place.DEPARTMENT, slug)
    language = session_language.current()
    snapshot = snapshots.current(slug)
    departments = guard.visitor().departments(slug)
    with snapshot.database.reading() as session:
        follow_ups = replies.list_promised(session, slug, departments=departments)
    today = datetime.now(UTC).astimezone(ZoneInfo(snapshot.event.timezone)).date()
    names = [words.followup.department(code, snapshot, language) for code in sorted(departments)]
    st.text(" · ".join(names))
    owed = [each for each in follow_ups if each.state not in WITH_OTHERS]
    overdue = sum(each.is_overdue(today) for each in owed)
    with st.container(horizontal=True):
        st.metric(_("To be replied to"), language.number(len(owed)), border=True)
        st.metric(_("Overdue"), language.number(overdue), border=True)
    if not follow_ups:
        st.text(_("No question waits for your reply. What is sent to you appears by itself."))
    for each in follow_ups:
        with st.container(border=True, key=f"promise-{each.number}"):
            reply_card.head(snapshot, each, today)
            if len(departments) > 1:
                st.text(words.followup.department(each.department, snapshot, language))
            is_open = st.query_params.get("question") == str(each.number)
            st.button(
                _("Close") if is_open else _("Read") if each.state in WITH_OTHERS else _("Write"),
                key=f"open-{each.number}",
                on_click=turn_to,
                args=(None if is_open else each.number,),
            )
            if is_open:
                reply_card.show(snapshot, each)
    live_signal.follow(slug, revision=snapshot.revision)


# What its department has handed on, and only reads.
WITH_OTHERS = (ReplyState.SUBMITTED, ReplyState.PUBLISHED)

st.title(_("Department's page"))
if guard.visitor().departments(slug):
    promised()
else:
    st.warning(
        _("Your account is not tied to a department of this event yet. An admin can do that.")
    )
