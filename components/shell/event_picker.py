"""Which event a page is about: the one in its address, else the one that is on or the nearest."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NoReturn

import streamlit as st

from components.shell import banner, link, practice, session_language
from components.shell.session_language import _
from data_access import engine
from data_access.events import events
from dialogue.accounts import Visitor
from dialogue.events import EventSummary
from dialogue.practice import rehearsed
from dialogue.roles import Place, may_open

KEY = "event"
Listed = Mapping[str, EventSummary]
# What nobody stands at goes on by itself when a rehearsal is over.
SCREENS = (Place.PROJECTOR, Place.DISPLAY)


def listed(visitor: Visitor, place: Place) -> Listed:
    """Return the events in which a place opens for a visitor, by slug, the nearest first."""
    return {each.slug: each for each in _nearest() if may_open(visitor.roles(each.slug), place)}


def public() -> Listed:
    """Return the real events, by slug, for a page without a guard."""
    return {each.slug: each for each in _nearest() if each.practice_of is None}


def choose(events: Listed, place: Place | None) -> str | None:
    """Return the event that is asked for, and keep it in the address; mark a rehearsal.

    Whatever event is added meanwhile, a page that is loaded again is about the same one. None
    where there is none, or where it was a rehearsal that is over: `say_why_none` tells.
    """
    over = _ended(events)
    goes_on = place is None or place in SCREENS
    if not events or (over and not goes_on):
        return None
    wanted = (each for each in (_asked(), over or "", *events) if each in events)
    slug = next(wanted)
    st.session_state[KEY] = slug
    if st.query_params.get(KEY) != slug:
        st.query_params[KEY] = slug
    if events[slug].practice_of is not None:
        banner.show(practice.mark(session_language.current()))
    return slug


def say_why_none(events: Listed, place: Place | None) -> NoReturn:
    """End a page for which there is no event."""
    over = _ended(events)
    if not over or place is None:
        st.info(_("There is no event yet."))
        st.stop()
    st.info(
        _("Its questions have been wiped. The real ones are as they were."),
        title=_("The rehearsal is over"),
        icon=":material/task_alt:",
    )
    link.show(_("Open the real event"), practice.address(place, over), key="to-real")
    st.stop()


def of_screen(visitor: Visitor, place: Place) -> str:
    """Return the slug of the event that a screen of the hall shows, which has no bar."""
    events = listed(visitor, place)
    return choose(events, place) or say_why_none(events, place)


def kept(visitor: Visitor, place: Place) -> str | None:
    """Return the slug that was chosen for this session before, while it holds; nothing is read.

    A rehearsal may be over at any moment, so its slug is never kept.
    """
    slug = st.query_params.get(KEY, "")
    holds = slug == st.session_state.get(KEY) and rehearsed(slug) is None
    return slug if holds and may_open(visitor.roles(slug), place) else None


def _nearest() -> list[EventSummary]:
    with engine.current().reading() as session:
        return events.list_nearest(session, at=datetime.now(UTC))


def _asked() -> str:
    # A switch to another page clears the address; what was chosen still holds there.
    return str(st.query_params.get(KEY, st.session_state.get(KEY, "")))


def _ended(events: Listed) -> str | None:
    """Return the real event of a rehearsal that is asked for and is over."""
    over = rehearsed(_asked())
    return over if over in events and _asked() not in events else None
