"""A department writes the replies that it owes, and sees what became of them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from components import event_picker, guard, language, live_signal, reply_card, reply_words
from components.guard import require
from components.language import _
from data_access import boards, engine, replies
from dialogue.replies import State
from dialogue.roles import Place

slug = event_picker.current(require(Place.DEPARTMENT), Place.DEPARTMENT)


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
    spoken = language.current()
    board = boards.current(slug)
    departments = guard.visitor().departments(slug)
    with engine.current().reading() as session:
        promises = replies.list_promised(session, slug, departments=departments)
    today = datetime.now(UTC).astimezone(ZoneInfo(board.event.timezone)).date()
    names = [reply_words.department(code, board, spoken) for code in sorted(departments)]
    st.text(" · ".join(names))
    owed = [each for each in promises if each.state not in WITH_OTHERS]
    overdue = sum(each.is_overdue(today) for each in owed)
    with st.container(horizontal=True):
        st.metric(_("To be replied to"), spoken.number(len(owed)), border=True)
        st.metric(_("Overdue"), spoken.number(overdue), border=True)
    if not promises:
        st.text(_("No question waits for your reply. What is sent to you appears by itself."))
    for each in promises:
        with st.container(border=True, key=f"promise-{each.number}"):
            reply_card.head(board, each, today)
            if len(departments) > 1:
                st.text(reply_words.department(each.department, board, spoken))
            is_open = st.query_params.get("question") == str(each.number)
            st.button(
                _("Close") if is_open else _("Read") if each.state in WITH_OTHERS else _("Write"),
                key=f"open-{each.number}",
                on_click=turn_to,
                args=(None if is_open else each.number,),
            )
            if is_open:
                reply_card.show(board, each)
    live_signal.follow(slug, revision=board.revision)


# What its department has handed on, and only reads.
WITH_OTHERS = (State.SUBMITTED, State.PUBLISHED)

st.title(_("Department's page"))
if guard.visitor().departments(slug):
    promised()
else:
    st.warning(
        _("Your account is not tied to a department of this event yet. An admin can do that.")
    )
