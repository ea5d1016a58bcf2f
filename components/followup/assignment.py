"""Who is to reply to a question in writing, and until when: said, changed, promised."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

import words.followup
from components.commands import callbacks
from components.followup import reply_card, table
from components.shell import guard, session_language
from components.shell.session_language import _
from data_access.questions.cached.snapshots import Snapshot
from dialogue import lifecycle
from dialogue.commands import QuestionCommand, Seen
from dialogue.lifecycle import OPEN, Action, Status
from dialogue.operations import Defer, SetDepartment, SetDue
from dialogue.questions import Question
from dialogue.replies import FollowUp


def show(follow_up: FollowUp, snapshot: Snapshot, today: date) -> None:
    """Draw one promise with its question, its department, its due date and its reply."""
    language = session_language.current()
    with st.container(border=True, key="chosen"):
        reply_card.head(snapshot, follow_up, today)
        if _may(Action.SET_DUE, snapshot.questions[follow_up.number].status, snapshot):
            _change(follow_up, snapshot)
        else:
            st.text(words.followup.department(follow_up.department, snapshot, language))
        reply_card.show(snapshot, follow_up)


def give_outcome(questions: Sequence[Question], snapshot: Snapshot) -> None:
    """Draw the questions without an outcome, and offer to promise a reply to those chosen."""
    if not questions:
        st.text(_("Every question has an outcome."))
        return
    chosen = table.choose(questions, snapshot)
    if not _may(Action.DEFER, Status.RECEIVED, snapshot):
        return
    names = {"": _("The one that each question has"), **_departments(snapshot)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(_("Department"), list(names), format_func=names.__getitem__, key="defer-to")
        st.date_input(_("Due date"), value=None, format="DD/MM/YYYY", key="defer-due", width=200)
        st.button(
            _("Promise a written reply ({count})").format(count=len(chosen)),
            key="defer",
            type="primary",
            disabled=not chosen,
            on_click=_defer,
            args=(chosen, snapshot),
        )
    st.caption(
        _("Without a due date the event's rule holds: {days} days.").format(
            days=snapshot.event.reply_days
        )
    )


def _defer(chosen: Sequence[Question], snapshot: Snapshot) -> None:
    """Promise replies to questions, and give those that are promised already a department."""
    entry, due = st.session_state["defer-to"] or None, st.session_state["defer-due"]
    told = []
    for operation, statuses in (
        (Defer(entry, due), OPEN),
        (SetDepartment(entry), {Status.DEFERRED}),
    ):
        seen = tuple(Seen(each.number, each.version) for each in chosen if each.status in statuses)
        if seen:
            asked = QuestionCommand(operation, seen)
            told.append(callbacks.tell(asked, snapshot.event.slug))
    st.session_state.reply_told = " ".join(told)


def _change(follow_up: FollowUp, snapshot: Snapshot) -> None:
    """Offer another department, and another due date."""
    slug, seen = snapshot.event.slug, (Seen(follow_up.number, follow_up.version),)
    names = _departments(snapshot)
    # A new version of the question brings its new values.
    body, due = (f"{what}-{follow_up.number}-{follow_up.version}" for what in ("body", "due"))

    def set_department() -> None:
        asked = QuestionCommand(SetDepartment(st.session_state[body]), seen)
        st.session_state.reply_told = callbacks.tell(asked, slug)

    def set_due() -> None:
        if st.session_state[due] is not None:
            asked = QuestionCommand(SetDue(st.session_state[due]), seen)
            st.session_state.reply_told = callbacks.tell(asked, slug)

    with st.container(horizontal=True):
        st.selectbox(
            _("Department"),
            list(names),
            index=list(names).index(follow_up.department) if follow_up.department else None,
            placeholder=_("No department yet"),
            format_func=names.__getitem__,
            key=body,
            on_change=set_department,
        )
        st.date_input(
            _("Due date"),
            value=follow_up.due_on,
            format="DD/MM/YYYY",
            key=due,
            on_change=set_due,
            width=200,
        )


def _departments(snapshot: Snapshot) -> dict[str, str]:
    return words.followup.departments(snapshot, session_language.current())


def _may(action: Action, status: Status, snapshot: Snapshot) -> bool:
    return action in lifecycle.actions(status, guard.visitor().roles(snapshot.event.slug))
