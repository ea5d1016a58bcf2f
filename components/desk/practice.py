"""What begins and ends a rehearsal at the desk, and what has the screens show it."""

import streamlit as st

from components.commands import callbacks, notices
from components.shell import link, practice
from components.shell.session_language import _
from data_access.questions.cached.snapshots import Snapshot
from dialogue.commands import BeginPractice, ShowPractice, WipePractice
from dialogue.roles import Place
from live import snapshots

SHOWN = "practice-shown"
SURE = "practice-sure"
BEGUN = "practice-begun"


def show_screens(snapshot: Snapshot) -> None:
    """Say that the screens show the other of the two, and let the desk change it."""
    rehearsed = snapshot.event.practice_of
    if rehearsed is not None:
        # What another desk has set shows here too.
        st.session_state[SHOWN] = snapshots.current(rehearsed).hall.practice
        st.toggle(
            _("The screens show the rehearsal"),
            key=SHOWN,
            on_change=_switch_screens,
            args=(rehearsed,),
        )
    elif snapshot.hall.practice:
        st.warning(_("The screens show the rehearsal, not this event."))
        st.button(
            _("Show this event on the screens"),
            key="practice-hide",
            on_click=_show_on_screens,
            args=(snapshot.event.slug,),
            kwargs={"shown": False},
        )


def show_settings(snapshot: Snapshot) -> None:
    """Draw what begins a rehearsal, or what leads there and back and wipes it."""
    st.markdown("**" + _("Rehearsal") + "**")
    rehearsed, begun = snapshot.event.practice_of, st.session_state.get(BEGUN)
    if rehearsed is not None:
        link.show(
            _("Back to the real event"),
            practice.address(Place.DESK, rehearsed),
            key="practice-real",
        )
        _offer_to_wipe(snapshot.event.slug)
    elif snapshot.practice is not None:
        link.show(
            _("Open the rehearsal"),
            practice.address(Place.DESK, snapshot.practice),
            key="practice-open",
        )
        _offer_to_wipe(snapshot.practice)
    else:
        st.caption(
            _(
                "Practise with copies of the questions that are approved or in the queue. "
                "Real questions stay as they are, and the screens too until you say so."
            )
        )
        st.button(
            _("Begin a rehearsal"),
            key="practice-begin",
            on_click=_begin,
            args=(snapshot.event.slug,),
        )
    if begun is not None and begun == snapshot.practice:
        link.follow(_("Open the rehearsal"), practice.address(Place.DESK, begun), key="practice-go")


def _offer_to_wipe(slug: str) -> None:
    sure = st.checkbox(
        _("Yes, wipe everything of the rehearsal for good. Real questions stay."), key=SURE
    )
    st.button(
        _("Wipe the rehearsal"),
        key="practice-wipe",
        type="primary",
        disabled=not sure,
        on_click=_wipe,
        args=(slug,),
    )


def _begin(slug: str) -> None:
    begun = callbacks.change(BeginPractice(), slug)
    st.session_state[BEGUN] = snapshots.current(slug).practice if begun else None


def _wipe(slug: str) -> None:
    st.session_state[SURE] = False
    said = _("The rehearsal is wiped. Real questions are as they were.")
    st.session_state.notice = notices.done(said)
    callbacks.change(WipePractice(), slug)


def _switch_screens(slug: str) -> None:
    _show_on_screens(slug, shown=st.session_state[SHOWN])


def _show_on_screens(slug: str, *, shown: bool) -> None:
    callbacks.change(ShowPractice(shown), slug)
