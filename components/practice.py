"""What says on each page that it is a rehearsal, and what the desk begins and ends one with."""

from urllib.parse import urlencode

import streamlit as st

from components import deed, language, link, outbox
from components.language import _
from data_access import boards, practice
from data_access.boards import Board
from dialogue.roles import Place
from locales import Language

SHOWN = "practice-shown"
SURE = "practice-sure"
BEGUN = "practice-begun"


def mark(spoken: Language) -> str:
    """Return the words that mark every screen of a rehearsal."""
    return spoken.gettext("REHEARSAL – not real questions")


def address(place: str, slug: str) -> str:
    """Return the address of an event's page, to be loaded anew.

    What a page still holds of the real event must not meet the rehearsal, nor the other way.
    """
    return f"/{place}?{urlencode({'event': slug, 'lang': language.current().code})}"


def show_screens(board: Board) -> None:
    """Say that the screens show the other of the two, and let the desk change it."""
    rehearsed = board.event.practice_of
    if rehearsed is not None:
        # What another desk has set shows here too.
        st.session_state[SHOWN] = boards.current(rehearsed).hall.practice
        st.toggle(
            _("The screens show the rehearsal"),
            key=SHOWN,
            on_change=_switch_screens,
            args=(rehearsed,),
        )
    elif board.hall.practice:
        st.warning(_("The screens show the rehearsal, not this event."))
        st.button(
            _("Show this event on the screens"),
            key="practice-hide",
            on_click=_show_on_screens,
            args=(board.event.slug,),
            kwargs={"shown": False},
        )


def show_settings(board: Board) -> None:
    """Draw what begins a rehearsal, or what leads there and back and wipes it."""
    st.markdown("**" + _("Rehearsal") + "**")
    rehearsed, begun = board.event.practice_of, st.session_state.get(BEGUN)
    if rehearsed is not None:
        link.show(_("Back to the real event"), address(Place.DESK, rehearsed), key="practice-real")
        _offer_to_wipe(board.event.slug)
    elif board.practice is not None:
        link.show(_("Open the rehearsal"), address(Place.DESK, board.practice), key="practice-open")
        _offer_to_wipe(board.practice)
    else:
        st.caption(
            _(
                "Practise with copies of the questions that are approved or in the queue. "
                "Real questions stay as they are, and the screens too until you say so."
            )
        )
        st.button(
            _("Begin a rehearsal"), key="practice-begin", on_click=_begin, args=(board.event.slug,)
        )
    if begun is not None and begun == board.practice:
        link.follow(_("Open the rehearsal"), address(Place.DESK, begun), key="practice-go")


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
    st.session_state[BEGUN] = deed.change(practice.begin, slug)


def _wipe(slug: str) -> None:
    st.session_state[SURE] = False
    said = _("The rehearsal is wiped. Real questions are as they were.")
    st.session_state.said = outbox.say(said)
    deed.change(practice.wipe, slug)


def _switch_screens(slug: str) -> None:
    _show_on_screens(slug, shown=st.session_state[SHOWN])


def _show_on_screens(slug: str, *, shown: bool) -> None:
    deed.change(practice.show_on_screens, slug, shown=shown)
