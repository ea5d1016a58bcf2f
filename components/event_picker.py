"""Which event a page is about: the one in the address, else the latest that is no rehearsal."""

from collections.abc import Mapping

import streamlit as st

from components import banner, language, link, practice
from components.language import _
from data_access import engine, events
from dialogue.accounts import Visitor
from dialogue.practice import rehearsed
from dialogue.roles import Place, may_open

KEY = "event"
# What nobody stands at goes on by itself when a rehearsal is over.
SCREENS = (Place.PROJECTOR, Place.DISPLAY)


def current(visitor: Visitor, place: Place) -> str:
    """Return the slug of the event, offer the choice among several, and mark a rehearsal."""
    with engine.current().reading() as session:
        slugs, practices = events.list_slugs(session), events.list_practices(session)
    names = {each: each for each in slugs}
    for slug, real in practices.items():
        names[slug] = _("Rehearsal of {event}").format(event=real)
    names = {slug: name for slug, name in names.items() if may_open(visitor.roles(slug), place)}
    over = rehearsed(_asked()) or ""
    if over in names and _asked() not in names and place not in SCREENS:
        _say_that_it_is_over(place, over)
    slug = _choose(names, place, otherwise=over)
    if slug in practices:
        banner.show(practice.mark(language.current()))
    return slug


def kept(visitor: Visitor, place: Place) -> str | None:
    """Return the slug that `current` gave this session before, while it holds; nothing is read.

    A rehearsal may be over at any moment, so its slug is never kept.
    """
    slug = _asked()
    holds = slug == st.session_state.get(KEY) and rehearsed(slug) is None
    return slug if holds and may_open(visitor.roles(slug), place) else None


def latest() -> str:
    """Return the slug of the real event that a page without a guard is about."""
    with engine.current().reading() as session:
        slugs = events.list_slugs(session)
    return _choose({each: each for each in slugs}, "")


def _asked() -> str:
    # A switch to another page clears the address; what was chosen still holds there.
    return str(st.query_params.get(KEY, st.session_state.get(KEY, "")))


def _choose(names: Mapping[str, str], place: str, *, otherwise: str = "") -> str:
    """Return the event that is asked for, and lead to another one that is chosen."""
    if not names:
        st.info(_("There is no event yet."))
        st.stop()
    wanted = (each for each in (_asked(), otherwise, *names) if each in names)
    slug = st.session_state[KEY] = next(wanted)
    if len(names) == 1:
        return slug
    if st.query_params.get(KEY) != slug:
        st.query_params[KEY] = slug
    chosen = st.selectbox(
        _("Event"),
        list(names),
        index=list(names).index(slug),
        format_func=names.__getitem__,
        key="event-choice",
        filter_mode=None,
    )
    if chosen != slug:
        link.follow(_("Open"), practice.address(place, chosen), key="to-event")
        st.stop()
    return slug


def _say_that_it_is_over(place: Place, real: str) -> None:
    st.info(
        _("Its questions have been wiped. The real ones are as they were."),
        title=_("The rehearsal is over"),
        icon=":material/task_alt:",
    )
    link.show(_("Open the real event"), practice.address(place, real), key="to-real")
    st.stop()
