"""Moderators read what arrives and send it to the chair."""

from datetime import UTC, datetime

import streamlit as st

from components import (
    event_picker,
    guard,
    language,
    live_signal,
    question_board,
    question_rows,
    words,
)
from components.guard import require
from components.language import _
from data_access import boards, deeds, engine, events
from dialogue.deeds import Deed
from dialogue.events import Intake
from dialogue.lifecycle import Status
from dialogue.refusals import Refusal
from dialogue.roles import Place

# How many questions the list shows at first, and how many more each time.
PAGE = 50
VIEWS = (Status.RECEIVED, Status.APPROVED, Status.ANSWERED, Status.REJECTED)

slug = event_picker.current(require(Place.DESK), Place.DESK)
# What could not be done, until the person has been told.
refused: list[str] = st.session_state.setdefault("refused", [])


def act(deed: Deed) -> None:
    """Do what a button says, or say why it was not done."""
    try:
        with engine.current().transaction() as session:
            deeds.act(session, slug, deed, actor=guard.actor(slug), at=datetime.now(UTC))
    except Refusal as refusal:
        refused.append(words.refusal(refusal, language.current()))


def set_intake() -> None:
    """Open or close the event for questions, as the switch stands."""
    intake = Intake.OPEN if st.session_state.intake else Intake.CLOSED
    try:
        with engine.current().transaction() as session:
            events.set_intake(session, slug, intake, actor=guard.actor(slug), at=datetime.now(UTC))
    except Refusal as refusal:
        refused.append(words.refusal(refusal, language.current()))


def show_view(status: Status) -> None:
    """Let the list show the questions in a state."""
    st.session_state.view = status


def show_older(view: Status) -> None:
    """Let the list show one page more."""
    st.session_state[f"shown-{view}"] += PAGE


@st.fragment(run_every=live_signal.SAFETY_NET)
def desk() -> None:
    """Draw the inbox beside the stage and the queue."""
    guard.keep(Place.DESK, slug)
    roles = guard.visitor().roles(slug)
    while refused:
        st.toast(refused.pop(0), icon=":material/info:", duration="long")
    board = boards.current(slug)
    reading, speaking = st.columns([3, 2], gap="medium")
    spoken = language.current()
    labels = words.board_labels(spoken)
    reasons = words.reasons(board.event, spoken)
    # What another desk has switched shows here too.
    st.session_state.intake = board.event.intake is Intake.OPEN
    with speaking:
        st.toggle(_("Taking questions"), key="intake", on_change=set_intake)
    with reading:
        view = st.session_state.setdefault("view", Status.RECEIVED)
        with st.container(horizontal=True, gap="small"):
            for status in VIEWS:
                # Buttons: when a count in its labels changes, a choice is set anew by the
                # server, and a click in that instant would be lost.
                st.button(
                    f"{words.statuses(spoken)[status]} ({board.counts[status]})",
                    key=f"view-{status}",
                    type="primary" if status is view else "secondary",
                    on_click=show_view,
                    args=(status,),
                )
        shown = st.session_state.setdefault(f"shown-{view}", PAGE)
        question_board.show(
            question_rows.newest(board, view, spoken, roles, most=shown),
            key="inbox",
            labels=labels,
            reasons=reasons,
            empty=_("Nothing here now. New questions appear by themselves."),
            on_deed=act,
            height=720,
        )
        older = board.counts[view] - shown
        if older > 0:
            words_for_older = _("Show older ones ({count} more)").format(count=older)
            st.button(words_for_older, key="older", on_click=show_older, args=(view,))
    with speaking:
        st.subheader(_("On the screen"))
        question_board.show(
            question_rows.newest(board, Status.ON_STAGE, spoken, roles, most=1),
            key="stage",
            labels=labels,
            reasons=reasons,
            empty=_("No question is on stage."),
            on_deed=act,
        )
        st.subheader(_("Queue ({count})").format(count=len(board.order)))
        question_board.show(
            question_rows.queue(board, spoken, roles),
            key="queue",
            labels=labels,
            reasons=reasons,
            empty=_("The queue is empty. Send questions here from the list."),
            on_deed=act,
            height=520,
        )
    live_signal.follow(slug, revision=board.revision)


st.title(_("Moderators' desk"))
desk()
