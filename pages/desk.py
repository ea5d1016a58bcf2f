"""Moderators read what arrives and send it to the chair."""

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from components import (
    activity_words,
    deed,
    desk_settings,
    event_picker,
    guard,
    inbox_filters,
    language,
    live_signal,
    question_board,
    question_rows,
    stage_control,
    stage_deed,
    stage_facts,
    words,
)
from components.guard import require
from components.language import _
from components.question_board import Inbox, Said, Tab
from data_access import activity, boards, claims, engine
from data_access.boards import Board
from dialogue.deeds import Deed
from dialogue.inbox import Order, View
from dialogue.lifecycle import Status
from dialogue.refusals import Refusal
from dialogue.roles import Place

# How many questions the list shows at first, and how many more each time.
PAGE = 50
# How many questions a person keeps for themselves at once.
BATCH = 10
# So many new questions gather before the oldest of a page make room for them; room is made for
# many at once, so that desks that looked up at different times are sent the same list.
MOST_ARRIVALS = 200
ROOM = 50
# What is left of the window below the head of the page, but never too little to read in.
READING_HEIGHT = "max(22rem, 100dvh - 20.5rem)"
# The stage control tells its own height.
QUEUE_HEIGHT = "max(16rem, 100dvh - 30rem - var(--stage-control, 16rem))"
VIEWS = (
    Status.RECEIVED,
    Status.APPROVED,
    Status.QUEUED,
    Status.ANSWERED,
    Status.DEFERRED,
    Status.REJECTED,
    Status.MERGED,
)

slug = event_picker.current(require(Place.DESK), Place.DESK)


def act(asked: Deed) -> None:
    """Do what a button or a key says, and say in a line what came of it."""
    st.session_state.said = deed.do(slug, asked)


def conduct(sent: dict[str, Any]) -> None:
    """Do what the stage control says, and say in a line what came of it."""
    st.session_state.said = stage_deed.do(slug, sent)


def hear(name: str, value: Any) -> None:
    """Take note of what a person looks at, or keeps for themselves."""
    try:
        if name == "view":
            st.query_params["state"] = str(value)
        elif name == "arrivals":
            st.session_state.newest_shown = int(value)
        elif name == "open":
            st.session_state.opened = int(value)
            with engine.current().transaction() as session:
                now = datetime.now(UTC)
                claims.take(session, slug, int(value), actor=guard.actor(slug), at=now)
        elif name == "batch":
            claim_oldest()
        elif name == "back":
            say_what_was_missed(int(value))
    except Refusal as refusal:
        st.session_state.said = Said(text=words.refusal(refusal, language.current()), undo=False)


def say_what_was_missed(revision: int) -> None:
    """Say in a line what others did since somebody looked last."""
    with engine.current().reading() as session:
        missed = activity.since(session, slug, revision, without=guard.actor(slug).account_id)
    text = activity_words.summary(missed, language.current())
    if text:
        st.session_state.said = Said(text=text, undo=False)


def claim_oldest() -> None:
    """Keep the questions that wait longest for whoever asks, and show only those."""
    with engine.current().transaction() as session:
        now = datetime.now(UTC)
        numbers = claims.take_oldest(session, slug, BATCH, actor=guard.actor(slug), at=now)
    text = _("Kept for you for a quarter of an hour: {count}.").format(count=len(numbers))
    st.session_state.said = Said(text=text, undo=False)
    st.session_state.mine = bool(numbers)
    # The filter stands outside the part of the page that is drawn anew by itself.
    st.session_state.draw_all = True


def show_more(view: View) -> None:
    """Let the list show one page more."""
    st.session_state.shown = (view, pages_shown(view) + 1)


def pages_shown(view: View) -> int:
    """Return how many pages of a view are shown; another view begins with one."""
    shown, pages = st.session_state.get("shown", (view, 1))
    return int(pages) if shown == view else 1


def length(board: Board, view: View) -> int:
    """Return how many questions the list shows: its pages, and what came in above them since."""
    arrived = board.last_number - st.session_state.setdefault("newest_shown", board.last_number)
    room = min(-(-arrived // ROOM) * ROOM, MOST_ARRIVALS) if view.order is Order.NEWEST else 0
    return PAGE * pages_shown(view) + room


def history(board: Board) -> tuple[int, list[str]] | None:
    """Return what was done to the question that was opened last."""
    number = st.session_state.get("opened")
    if number not in board.questions:
        return None
    return question_rows.history(board, number, language.current())


def tabs(board: Board, view: View) -> list[Tab]:
    """Offer the views by state, with how many questions pass the filters."""
    counts = question_rows.counts(board, view.filters)
    names = words.statuses(language.current())
    every = Tab(code=inbox_filters.ALL, name=_("All"), count=sum(counts.values()), active=False)
    every["active"] = view.status is None
    return [
        *(
            Tab(code=each, name=names[each], count=counts[each], active=each is view.status)
            for each in VIEWS
        ),
        every,
    ]


@st.fragment(run_every=live_signal.SAFETY_NET)
def desk() -> None:
    """Draw the inbox beside the stage and the queue."""
    guard.keep(Place.DESK, slug)
    if st.session_state.pop("draw_all", False):
        st.rerun()
    visitor = guard.visitor()
    roles = visitor.roles(slug)
    board = boards.current(slug)
    view = inbox_filters.view(board.event, visitor.account_id)
    spoken = language.current()
    briefly = question_rows.said_briefly(spoken)
    reading, speaking = st.columns([3, 2], gap="medium")
    with reading:
        offered = tabs(board, view)
        most = length(board, view)
        question_board.show(
            question_rows.listed(board, view, spoken, roles, most=most),
            key="inbox",
            said=question_rows.said(board, spoken),
            empty=_("Nothing here now. New questions appear by themselves."),
            inbox=Inbox(
                view=repr(view),
                tabs=offered,
                newest=board.last_number,
                me=visitor.account_id,
                said=st.session_state.get("said"),
                slug=slug,
                revision=board.revision,
                history=history(board),
            ),
            on_deed=act,
            on_signal=hear,
            height=READING_HEIGHT,
        )
        more = sum(each["count"] for each in offered if each["active"]) - most
        if more > 0:
            words_for_more = _("Show {count} more").format(count=min(more, PAGE))
            st.button(words_for_more, key="more", on_click=show_more, args=(view,))
    with speaking:
        desk_settings.show(board)
        stage_control.show(stage_facts.current(board, spoken), on_deed=conduct)
        question_board.show(
            question_rows.on_stage(board, spoken, roles),
            key="stage",
            said=briefly,
            empty=_("No question is on stage."),
            on_deed=act,
        )
        st.subheader(_("Queue ({count})").format(count=len(board.order)))
        question_board.show(
            question_rows.queue(board, spoken, roles),
            key="queue",
            said=briefly,
            empty=_("The queue is empty. Send questions here from the list."),
            queue=question_rows.speed(board),
            armed=board.hall.armed.number if board.hall.armed else None,
            height=QUEUE_HEIGHT,
            on_deed=act,
        )
    live_signal.follow(slug, revision=board.revision)


# No title: the menu names the page, and its room is the list's.
inbox_filters.show(boards.current(slug).event, guard.visitor().account_id)
desk()
