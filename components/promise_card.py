"""Who is to reply to a question in writing, and until when: said, changed, promised."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import deed, guard, language, promise_table, reply_card, reply_words
from components.language import _
from data_access.boards import Board
from dialogue import lifecycle
from dialogue.deeds import Deed, Seen
from dialogue.lifecycle import OPEN, Action, Status
from dialogue.questions import Question
from dialogue.replies import Promise


def show(promise: Promise, board: Board, today: date) -> None:
    """Draw one promise with its question, its department, its due date and its reply."""
    spoken = language.current()
    with st.container(border=True, key="chosen"):
        reply_card.head(board, promise, today)
        if _may(Action.SET_DUE, board.questions[promise.number].status, board):
            _change(promise, board)
        else:
            st.text(reply_words.department(promise.department, board, spoken))
        reply_card.show(board, promise)


def give_outcome(questions: Sequence[Question], board: Board) -> None:
    """Draw the questions without an outcome, and offer to promise a reply to those chosen."""
    if not questions:
        st.text(_("Every question has an outcome."))
        return
    chosen = promise_table.choose(questions, board)
    if not _may(Action.DEFER, Status.RECEIVED, board):
        return
    names = {"": _("The one that each question has"), **_departments(board)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(_("Department"), list(names), format_func=names.__getitem__, key="defer-to")
        st.date_input(_("Due date"), value=None, format="DD/MM/YYYY", key="defer-due", width=200)
        st.button(
            _("Promise a written reply ({count})").format(count=len(chosen)),
            key="defer",
            type="primary",
            disabled=not chosen,
            on_click=_defer,
            args=(chosen, board),
        )
    st.caption(
        _("Without a due date the event's rule holds: {days} days.").format(
            days=board.event.reply_days
        )
    )


def _defer(chosen: Sequence[Question], board: Board) -> None:
    """Promise replies to questions, and give those that are promised already a department."""
    entry, due = st.session_state["defer-to"] or None, st.session_state["defer-due"]
    told = []
    for action, statuses in ((Action.DEFER, OPEN), (Action.SET_DEPARTMENT, {Status.DEFERRED})):
        seen = tuple(Seen(each.number, each.version) for each in chosen if each.status in statuses)
        if seen:
            asked = Deed(action=action, seen=seen, entry=entry, due=due)
            told.append(deed.do(board.event.slug, asked)["text"])
    st.session_state.reply_told = " ".join(told)


def _change(promise: Promise, board: Board) -> None:
    """Offer another department, and another due date."""
    slug, seen = board.event.slug, (Seen(promise.number, promise.version),)
    names = _departments(board)
    # A new version of the question brings its new values.
    body, due = (f"{what}-{promise.number}-{promise.version}" for what in ("body", "due"))

    def set_department() -> None:
        asked = Deed(action=Action.SET_DEPARTMENT, seen=seen, entry=st.session_state[body])
        st.session_state.reply_told = deed.do(slug, asked)["text"]

    def set_due() -> None:
        if st.session_state[due] is not None:
            asked = Deed(action=Action.SET_DUE, seen=seen, due=st.session_state[due])
            st.session_state.reply_told = deed.do(slug, asked)["text"]

    with st.container(horizontal=True):
        st.selectbox(
            _("Department"),
            list(names),
            index=list(names).index(promise.department) if promise.department else None,
            placeholder=_("No department yet"),
            format_func=names.__getitem__,
            key=body,
            on_change=set_department,
        )
        st.date_input(
            _("Due date"),
            value=promise.due_on,
            format="DD/MM/YYYY",
            key=due,
            on_change=set_due,
            width=200,
        )


def _departments(board: Board) -> dict[str, str]:
    return reply_words.departments(board, language.current())


def _may(action: Action, status: Status, board: Board) -> bool:
    return action in lifecycle.actions(status, guard.visitor().roles(board.event.slug))
