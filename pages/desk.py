"""Moderators read what arrives and send it to the chair."""

from datetime import UTC, datetime
from typing import Any

import streamlit as st

import words.activity
import words.outcomes
from components.commands import callbacks, notices
from components.desk import filters, lists, settings, stage_control, stage_facts
from components.desk.lists import MOST_PAGES, ViewState
from components.live import live_signal
from components.questions import lists as question_lists
from components.questions import question_board
from components.questions.question_board import NoticeLine
from components.shell import frame, guard, session_language
from components.shell.session_language import _
from data_access import engine
from data_access.activity import activity
from data_access.questions.cached.snapshots import Snapshot
from data_access.questions.writing import claims
from dialogue.inbox import View
from dialogue.refusals import Refusal
from dialogue.roles import Place
from live import snapshots

# How many questions a person keeps for themselves at once.
BATCH = 10
# What no list reads by itself, such as the settings of others, may come a little later.
REST_AFTER_SECONDS = 3.0
# What is left of the window below the head of the page, but never too little to read in.
READING_HEIGHT = "max(22rem, 100dvh - 19.6rem)"
# The stage control tells its own height.
QUEUE_HEIGHT = "max(16rem, 100dvh - 25.7rem - var(--stage-control, 16rem))"

slug = frame.show(Place.DESK)


def hear(name: str, value: Any) -> None:
    """Take note of what a person looks at, or keeps for themselves."""
    try:
        if name == "view":
            st.query_params["state"] = str(value)
        elif name == "arrivals":
            st.session_state.newest_shown = int(value)
        elif name == "open":
            show_open(int(value))
        elif name == "more":
            show_more()
        elif name == "batch":
            claim_oldest()
        elif name == "back":
            say_what_was_missed(int(value))
    except Refusal as refusal:
        st.session_state.notice = notices.refused(
            words.outcomes.refusal(refusal, session_language.current())
        )


def show_open(number: int) -> None:
    """Show the others that somebody has a question open."""
    st.session_state.opened = number
    me, now = guard.actor(slug), datetime.now(UTC)
    opened = callbacks.attempt(lambda session: claims.take(session, slug, number, actor=me, at=now))
    if isinstance(opened, Refusal):
        raise opened


def say_what_was_missed(revision: int) -> None:
    """Say in a line what others did since somebody looked last."""
    me = guard.actor(slug)
    with engine.current().reading() as session:
        missed = activity.since(session, slug, revision, without=me.account_id)
    text = words.activity.summary(missed, session_language.current())
    if text:
        st.session_state.notice = notices.done(text)


def claim_oldest() -> None:
    """Keep the questions that wait longest for whoever asks, and show only those."""
    me, now = guard.actor(slug), datetime.now(UTC)
    numbers = callbacks.attempt(
        lambda session: claims.take_oldest(session, slug, BATCH, actor=me, at=now)
    )
    if isinstance(numbers, Refusal):
        raise numbers
    text = _("Kept for you for a quarter of an hour: {count}.").format(count=len(numbers))
    st.session_state.notice = notices.done(text)
    filters.show_only_mine(bool(numbers))
    # The filter stands outside the part of the page that is drawn anew by itself.
    st.session_state.draw_all = True


def show_more() -> None:
    """Let the list show one page more."""
    view = filters.view(snapshots.current(slug).event, guard.visitor().account_id)
    st.session_state.shown = (view, pages_shown(view) + 1)


def pages_shown(view: View) -> int:
    """Return how many pages of a view are shown; another view begins with one."""
    shown, pages = st.session_state.get("shown", (view, 1))
    return min(int(pages), MOST_PAGES) if shown == view else 1


def view_state(snapshot: Snapshot, view: View) -> ViewState:
    """Return what somebody looks at in the list."""
    newest_shown = st.session_state.setdefault("newest_shown", snapshot.last_number)
    return ViewState(view, pages_shown(view), newest_shown, st.session_state.get("opened"))


@st.fragment(run_every=live_signal.SAFETY_NET)
def desk() -> None:
    """Draw the inbox beside the stage and the queue."""
    guard.keep(Place.DESK, slug)
    if st.session_state.pop("draw_all", False):
        st.rerun()
    visitor = guard.visitor()
    roles = visitor.roles(slug)
    snapshot = snapshots.current(slug)
    looked_at = view_state(snapshot, filters.view(snapshot.event, visitor.account_id))
    language = session_language.current()
    briefly = question_lists.brief_words(language)
    reading, speaking = st.columns([3, 2], gap="medium")
    with reading:
        question_board.show(
            lists.inbox(snapshot, visitor, looked_at, language),
            key="inbox",
            slug=slug,
            words=question_lists.list_words(snapshot, language),
            empty=_("Nothing here now. New questions appear by themselves."),
            source=lists.address(slug, looked_at, language),
            line=NoticeLine(notice=st.session_state.get("notice")),
            on_signal=hear,
            height=READING_HEIGHT,
        )
    with speaking:
        settings.show(snapshot)
        stage_control.show(stage_facts.current(snapshot, language), slug=slug)
        question_board.show(
            lists.stage(snapshot, roles, language),
            key="stage",
            slug=slug,
            words=briefly,
            empty=_("No question is on stage."),
        )
        question_board.show(
            lists.queue(snapshot, roles, language),
            key="queue",
            slug=slug,
            words=briefly,
            empty=_("The queue is empty. Send questions here from the list."),
            height=QUEUE_HEIGHT,
        )
    live_signal.follow(slug, revision=snapshot.revision, after_seconds=REST_AFTER_SECONDS)


# No title: the menu names the page, and its room is the list's.
filters.show(snapshots.current(slug).event, guard.visitor().account_id)
desk()
