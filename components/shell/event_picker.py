"""Which event a page is about: the one in its address, else the one that is on or the nearest."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

import streamlit as st

import words.events
from components.shell import banner, frame, link, practice, session_language
from components.shell.session_language import _
from data_access import engine
from data_access.events import events
from dialogue.accounts import Visitor
from dialogue.events import EventSummary
from dialogue.practice import rehearsed
from dialogue.roles import Place, may_open

KEY = "event"
# What nobody stands at goes on by itself when a rehearsal is over.
SCREENS = (Place.PROJECTOR, Place.DISPLAY)


def current(visitor: Visitor, place: Place) -> str:
    """Return the slug of the event, offer the choice among several, and mark a rehearsal."""
    listed = {each.slug: each for each in _listed() if may_open(visitor.roles(each.slug), place)}
    over = rehearsed(_asked()) or ""
    if over in listed and _asked() not in listed and place not in SCREENS:
        _say_that_it_is_over(place, over)
    slug = _choose(listed, otherwise=over)
    if len(listed) > 1 and place not in SCREENS:
        _offer(words.events.events(listed.values(), session_language.current()), place, slug)
    if listed[slug].practice_of is not None:
        banner.show(practice.mark(session_language.current()))
    return slug


def kept(visitor: Visitor, place: Place) -> str | None:
    """Return the slug that `current` gave this session before, while it holds; nothing is read.

    A rehearsal may be over at any moment, so its slug is never kept.
    """
    slug = st.query_params.get(KEY, "")
    holds = slug == st.session_state.get(KEY) and rehearsed(slug) is None
    return slug if holds and may_open(visitor.roles(slug), place) else None


def public() -> str:
    """Return the slug of the real event that a page without a guard is about."""
    listed = {each.slug: each for each in _listed() if each.practice_of is None}
    slug = _choose(listed)
    if len(listed) > 1:
        _offer(words.events.events(listed.values(), session_language.current()), "", slug)
    return slug


def _listed() -> list[EventSummary]:
    with engine.current().reading() as session:
        return events.list_nearest(session, at=datetime.now(UTC))


def _asked() -> str:
    # A switch to another page clears the address; what was chosen still holds there.
    return str(st.query_params.get(KEY, st.session_state.get(KEY, "")))


def _choose(listed: Collection[str], *, otherwise: str = "") -> str:
    """Return the event that is asked for, and keep it in the address.

    Whatever event is added meanwhile, a page that is loaded again is about the same one.
    """
    if not listed:
        st.info(_("There is no event yet."))
        st.stop()
    wanted = (each for each in (_asked(), otherwise, *listed) if each in listed)
    slug = st.session_state[KEY] = next(wanted)
    if st.query_params.get(KEY) != slug:
        st.query_params[KEY] = slug
    return slug


def _offer(names: Mapping[str, str], place: str, slug: str) -> None:
    """Offer the events in the page's frame, and lead to another one that is chosen."""
    with frame.event():
        chosen = st.selectbox(
            _("Event"),
            list(names),
            index=list(names).index(slug),
            format_func=names.__getitem__,
            key="event-choice",
            filter_mode=None,
            label_visibility="collapsed",
        )
    if chosen != slug:
        link.follow(_("Open"), practice.address(place, chosen), key="to-event")
        st.stop()


def _say_that_it_is_over(place: Place, real: str) -> None:
    st.info(
        _("Its questions have been wiped. The real ones are as they were."),
        title=_("The rehearsal is over"),
        icon=":material/task_alt:",
    )
    link.show(_("Open the real event"), practice.address(place, real), key="to-real")
    st.stop()
