"""One promised reply as the department and the editors see it, with what each may do."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

import streamlit as st

from components import deed, guard, language, reply_form, reply_words, words
from components.language import _
from components.reply_form import Heard, Sent
from data_access import engine, replies
from data_access.boards import Board
from dialogue import lifecycle
from dialogue import replies as rules
from dialogue.deeds import Deed, Seen
from dialogue.refusals import NotPermitted
from dialogue.replies import LONGEST_REMARK, LONGEST_TEXT, Action, Promise, Reply, State, Written
from dialogue.roles import Role

NOTHING = Heard(turn=0, refusal="")
COLOURS: dict[State, Literal["gray", "blue", "orange", "violet", "green"]] = {
    State.PROMISED: "gray",
    State.DRAFT: "blue",
    State.SENT_BACK: "orange",
    State.SUBMITTED: "violet",
    State.PUBLISHED: "green",
}


def head(board: Board, promise: Promise, today: date) -> None:
    """Draw which question it is, how far its reply has come, until when, and the question."""
    spoken = language.current()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        number = _("Question {number}").format(number=promise.number)
        st.markdown(f"**{number}**", width="content")
        st.badge(reply_words.states(spoken)[promise.state], color=COLOURS[promise.state])
        if days := reply_words.left(promise, today, spoken):
            st.badge(days, color="red" if promise.is_overdue(today) else "gray")
        st.text(reply_words.facts(promise, board, spoken), width="content")
    st.text(promise.text)


def show(board: Board, promise: Promise) -> None:
    """Draw the reply to a question, to be written, approved or read."""
    actor = guard.actor(board.event.slug, active=False)
    try:
        with engine.current().reading() as session:
            reply = replies.current(session, board.event.slug, promise.number, actor=actor)
    except NotPermitted:
        st.text(_("Until it is published, only the department and the editors read this reply."))
        return
    roles = rules.roles_for(actor, promise.department)
    may = rules.actions(reply.state if reply else State.PROMISED, roles)
    writes = Action.SAVE in may and promise.department is not None
    in_form = writes and Role.DEPARTMENT in roles
    # In a container of its own: what moves in the page is made anew, a form under somebody's hands.
    with st.container():
        if reply is not None and reply.remark:
            st.warning(_("Sent back. Please mend this and submit it again:"))
            st.text(reply.remark)
        if not in_form:
            _text(board, reply)
    if in_form:
        _form(board, promise, reply)
    elif writes:
        with st.expander(_("Type in a reply that came on paper")):
            _form(board, promise, reply)
    if reply is not None:
        _decide(board, promise, reply, may)


def _form(board: Board, promise: Promise, reply: Reply | None) -> None:
    spoken = language.current()
    slug, number = board.event.slug, promise.number
    heard = st.session_state.get("heard", {}).get(number, NOTHING)

    def write(sent: Sent) -> None:
        todo = replies.submit if sent.action is Action.SUBMIT else replies.save
        refusal = _attempt(todo, slug, number, sent.written, version=sent.version)
        st.session_state.heard = {number: Heard(turn=sent.turn, refusal=refusal)}

    reply_form.show(
        reply.written if reply else Written(text=""),
        key=f"reply-{number}",
        version=reply.version if reply else 0,
        heard=heard,
        saved=reply_words.saved(reply, board, spoken),
        labels=reply_words.form(spoken),
        longest=LONGEST_TEXT,
        language=spoken.code,
        on_sent=write,
    )


def _text(board: Board, reply: Reply | None) -> None:
    if reply is None:
        st.text(_("Nothing is written yet."))
        return
    spoken = language.current()
    st.text(reply_words.document(reply, spoken))
    with st.container(border=True):
        st.text(reply.written.text)
    st.text(reply_words.saved(reply, board, spoken))


def _decide(board: Board, promise: Promise, reply: Reply, may: tuple[Action, ...]) -> None:
    """Draw what an editor may do with a reply that waits, or is published."""
    spoken = language.current()
    number, slug = promise.number, board.event.slug
    names = reply_words.buttons(spoken)

    def publish() -> None:
        refusal = _attempt(replies.publish, slug, number, version=reply.version)
        st.session_state.reply_told = refusal or _("Published: question {number}.").format(
            number=number
        )

    def send_back() -> None:
        remark = st.session_state[f"remark-{number}"]
        refusal = _attempt(replies.send_back, slug, number, remark, version=reply.version)
        st.session_state.reply_told = refusal or _("Sent back: question {number}.").format(
            number=number
        )

    def take_back() -> None:
        seen = (Seen(number, promise.version),)
        asked = Deed(action=lifecycle.Action.RESTORE, seen=seen)
        st.session_state.reply_told = deed.do(slug, asked)["text"]

    if Action.PUBLISH in may:
        st.button(names[Action.PUBLISH], key="publish", type="primary", on_click=publish)
    if Action.SEND_BACK in may:
        st.text_area(
            _("What should be mended? The department reads this:"),
            key=f"remark-{number}",
            max_chars=LONGEST_REMARK,
            height=80,
        )
        st.button(names[Action.SEND_BACK], key="send-back", on_click=send_back)
    if Action.TAKE_BACK in may:
        st.button(names[Action.TAKE_BACK], key="take-back", on_click=take_back)


def _attempt(todo: Callable[..., Any], slug: str, number: int, *how: Any, version: int) -> str:
    """Do something to a reply, and say why it was not done, if so."""
    refusal = deed.attempt(todo, slug, number, *how, version=version)
    return words.refusal(refusal, language.current()) if refusal else ""
