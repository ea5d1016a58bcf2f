"""Moderators read what arrives and send it to the chair."""

from datetime import UTC, datetime

import streamlit as st

from components import event_picker, language, live_signal, question_board, question_rows, words
from components.guard import require
from components.language import _
from components.question_board import Deed
from data_access import boards, engine, events, questions
from data_access.questions import Actor
from dialogue.events import Intake
from dialogue.lifecycle import Status
from dialogue.refusals import Refusal
from dialogue.roles import Place

VIEWS = (Status.RECEIVED, Status.APPROVED, Status.ANSWERED, Status.REJECTED)

roles = require(Place.DESK)
slug = event_picker.current()
actor = Actor(name="desk", roles=roles)
# What could not be done, until the person has been told.
refused: list[str] = st.session_state.setdefault("refused", [])


def act(deed: Deed) -> None:
    """Do what a button says, or say why it was not done."""
    try:
        with engine.current().transaction() as session:
            questions.act(
                session,
                slug,
                deed.number,
                deed.action,
                version=deed.version,
                actor=actor,
                at=datetime.now(UTC),
                reason=deed.reason,
                position=deed.position,
            )
    except Refusal as refusal:
        refused.append(words.refusal(refusal, language.current()))


def set_intake() -> None:
    """Open or close the event for questions, as the switch stands."""
    intake = Intake.OPEN if st.session_state["intake"] else Intake.CLOSED
    with engine.current().transaction() as session:
        events.set_intake(session, slug, intake, actor=actor.name, at=datetime.now(UTC))


@st.fragment(run_every=live_signal.SAFETY_NET)
def desk() -> None:
    """Draw the inbox beside the stage and the queue."""
    while refused:
        st.toast(refused.pop(0), icon=":material/info:", duration="long")
    board = boards.current(slug)
    reading, speaking = st.columns([3, 2], gap="medium")
    spoken = language.current()
    labels = words.board_labels(spoken)
    reasons = words.reasons(board.event, spoken)
    with reading:
        view = st.segmented_control(
            _("Questions"),
            VIEWS,
            default=Status.RECEIVED,
            required=True,
            format_func=lambda status: f"{words.statuses(spoken)[status]} ({board.counts[status]})",
            key="view",
            label_visibility="collapsed",
        )
        question_board.show(
            question_rows.newest(board, view, spoken, roles),
            key="inbox",
            labels=labels,
            reasons=reasons,
            empty=_("Nothing here now. New questions appear by themselves."),
            on_deed=act,
            height=720,
        )
    with speaking:
        st.subheader(_("On the screen"))
        question_board.show(
            question_rows.newest(board, Status.ON_STAGE, spoken, roles),
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


with st.container(horizontal=True, vertical_alignment="center"):
    st.title(_("Moderators' desk"), width="stretch")
    st.toggle(
        _("Taking questions"),
        value=boards.current(slug).event.intake is Intake.OPEN,
        key="intake",
        on_change=set_intake,
    )
desk()
