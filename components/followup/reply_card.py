"""One promised reply as the department and the editors see it, with what each may do."""

from datetime import date
from typing import Literal

import streamlit as st

import words.followup
import words.outcomes
from components.commands import callbacks
from components.followup import reply_form
from components.followup.reply_form import Heard, Sent
from components.shell import guard, session_language
from components.shell.session_language import _
from data_access.followup import replies
from data_access.questions.cached.snapshots import Snapshot
from dialogue import lifecycle
from dialogue import replies as rules
from dialogue.commands import (
    PublishReply,
    QuestionCommand,
    SaveReply,
    Seen,
    SendReplyBack,
    SubmitReply,
)
from dialogue.operations import Plain
from dialogue.refusals import NotPermitted
from dialogue.replies import (
    LONGEST_REMARK,
    LONGEST_TEXT,
    FollowUp,
    Reply,
    ReplyAction,
    ReplyState,
    Written,
)
from dialogue.roles import Role

NOTHING = Heard(turn=0, refusal="")
COLOURS: dict[ReplyState, Literal["gray", "blue", "orange", "violet", "green"]] = {
    ReplyState.PROMISED: "gray",
    ReplyState.DRAFT: "blue",
    ReplyState.SENT_BACK: "orange",
    ReplyState.SUBMITTED: "violet",
    ReplyState.PUBLISHED: "green",
}


def head(snapshot: Snapshot, follow_up: FollowUp, today: date) -> None:
    """Draw which question it is, how far its reply has come, until when, and the question."""
    language = session_language.current()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        number = _("Question {number}").format(number=follow_up.number)
        st.markdown(f"**{number}**", width="content")
        st.badge(words.followup.states(language)[follow_up.state], color=COLOURS[follow_up.state])
        if days := words.followup.left(follow_up, today, language):
            st.badge(days, color="red" if follow_up.is_overdue(today) else "gray")
        st.text(words.followup.facts(follow_up, snapshot, language), width="content")
    st.text(follow_up.text)


def show(snapshot: Snapshot, follow_up: FollowUp) -> None:
    """Draw the reply to a question, to be written, approved or read."""
    actor = guard.actor(snapshot.event.slug, active=False)
    try:
        with snapshot.database.reading() as session:
            reply = replies.reply(session, snapshot.event.slug, follow_up.number, actor=actor)
    except NotPermitted:
        st.text(_("Until it is published, only the department and the editors read this reply."))
        return
    roles = rules.roles_for(actor, follow_up.department)
    may = rules.actions(reply.state if reply else ReplyState.PROMISED, roles)
    writes = ReplyAction.SAVE in may and follow_up.department is not None
    in_form = writes and Role.DEPARTMENT in roles
    # In a container of its own: what moves in the page is made anew, a form under somebody's hands.
    with st.container():
        if reply is not None and reply.remark:
            st.warning(_("Sent back. Please mend this and submit it again:"))
            st.text(reply.remark)
        if not in_form:
            _text(snapshot, reply)
    if in_form:
        _form(snapshot, follow_up, reply)
    elif writes:
        with st.expander(_("Type in a reply that came on paper")):
            _form(snapshot, follow_up, reply)
    if reply is not None:
        _decide(snapshot, follow_up, reply, may)


def _form(snapshot: Snapshot, follow_up: FollowUp, reply: Reply | None) -> None:
    language = session_language.current()
    slug, number = snapshot.event.slug, follow_up.number
    heard = st.session_state.get("heard", {}).get(number, NOTHING)

    def write(sent: Sent) -> None:
        kind = SubmitReply if sent.action is ReplyAction.SUBMIT else SaveReply
        command = kind(number=number, version=sent.version, written=sent.written)
        refusal = callbacks.refusal(command, slug)
        st.session_state.heard = {number: Heard(turn=sent.turn, refusal=refusal)}

    reply_form.show(
        reply.written if reply else Written(text=""),
        key=f"reply-{number}",
        version=reply.version if reply else 0,
        heard=heard,
        saved=words.followup.saved(reply, snapshot, language),
        labels=words.followup.form(language),
        longest=LONGEST_TEXT,
        language=language.code,
        on_sent=write,
    )


def _text(snapshot: Snapshot, reply: Reply | None) -> None:
    if reply is None:
        st.text(_("Nothing is written yet."))
        return
    language = session_language.current()
    st.text(words.followup.document(reply, language))
    with st.container(border=True):
        st.text(reply.written.text)
    st.text(words.followup.saved(reply, snapshot, language))


def _decide(
    snapshot: Snapshot, follow_up: FollowUp, reply: Reply, may: tuple[ReplyAction, ...]
) -> None:
    """Draw what an editor may do with a reply that waits, or is published."""
    language = session_language.current()
    number, slug = follow_up.number, snapshot.event.slug
    names = words.followup.buttons(language)

    def publish() -> None:
        refusal = callbacks.refusal(PublishReply(number=number, version=reply.version), slug)
        st.session_state.reply_told = refusal or _("Published: question {number}.").format(
            number=number
        )

    def send_back() -> None:
        remark = st.session_state[f"remark-{number}"]
        command = SendReplyBack(number=number, version=reply.version, remark=remark)
        refusal = callbacks.refusal(command, slug)
        st.session_state.reply_told = refusal or _("Sent back: question {number}.").format(
            number=number
        )

    def take_back() -> None:
        seen = (Seen(number, follow_up.version),)
        asked = QuestionCommand(Plain(lifecycle.Action.RESTORE), seen)
        st.session_state.reply_told = callbacks.tell(asked, slug)

    if ReplyAction.PUBLISH in may:
        st.button(names[ReplyAction.PUBLISH], key="publish", type="primary", on_click=publish)
    if ReplyAction.SEND_BACK in may:
        st.text_area(
            _("What should be mended? The department reads this:"),
            key=f"remark-{number}",
            max_chars=LONGEST_REMARK,
            height=80,
        )
        st.button(names[ReplyAction.SEND_BACK], key="send-back", on_click=send_back)
    if ReplyAction.TAKE_BACK in may:
        st.button(names[ReplyAction.TAKE_BACK], key="take-back", on_click=take_back)
