"""Moderators and admins read who did what to which question, and when."""

import streamlit as st

from components.activity import filters as activity_filters
from components.activity import table
from components.live import live_signal
from components.shell import frame, guard
from components.shell.session_language import _
from data_access.activity import activity
from dialogue.activity import ActivityFilters
from dialogue.roles import Place
from live import snapshots

# How many lines are shown at first, and how many more each time.
PAGE = 50
# Older lines are found by their time.
MOST_PAGES = 20
# A table that changes more often than this cannot be read.
PAUSE_SECONDS = 2.0

slug = frame.show(Place.ACTIVITY)


def reading(filters: ActivityFilters) -> tuple[int | None, int]:
    """Return the newest entry of a list that stands still, None while it is live, and its pages.

    Other filters begin with one page, live; whoever comes back finds it as it was left.
    """
    kept, newest, pages = st.session_state.get("reading", (filters, None, 1))
    return (newest, pages) if kept == filters else (None, 1)


def read_on(filters: ActivityFilters, newest: int, pages: int) -> None:
    """Let the list stand still from an entry on, and show so many pages of it."""
    st.session_state.reading = (filters, newest, pages)


def follow(filters: ActivityFilters, newest: int) -> None:
    """Let the list be live or stand still, as the switch stands."""
    st.session_state.reading = (filters, None if st.session_state.following else newest, 1)


@st.fragment(run_every=live_signal.SAFETY_NET)
def lines(filters: ActivityFilters) -> None:
    """Draw the lines, anew when something has changed; older ones when they are asked for."""
    guard.keep(Place.ACTIVITY, slug)
    snapshot = snapshots.current(slug)
    held, pages = reading(filters)
    with snapshot.database.reading() as session:
        newest = activity.page(session, slug, filters, most=1)
        last = held if held is not None else max((each.entry for each in newest), default=0)
        # One more than is shown tells whether there are older ones.
        found = activity.page(session, slug, filters, before=last + 1, most=PAGE * pages + 1)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.session_state.following = held is None
        st.toggle(
            _("Follow live"),
            key="following",
            help=_("Switch this off to read in peace: the list then stays as it is."),
            on_change=follow,
            args=(filters, last),
        )
        if any(each.entry > last for each in newest):
            st.text(_("There are newer lines."))
    if found:
        table.show(found[: PAGE * pages], snapshot)
    else:
        st.text(_("Nothing here. What is done appears by itself."))
    if len(found) > PAGE * pages and pages == MOST_PAGES:
        st.text(_("What was done before is found by its time, in the filters."))
    elif len(found) > PAGE * pages:
        st.button(_("Show older"), key="older", on_click=read_on, args=(filters, last, pages + 1))
    live_signal.follow(slug, revision=snapshot.revision, pause_seconds=PAUSE_SECONDS)


st.title(_("Activity"))
snapshot = snapshots.current(slug)
with snapshot.database.reading() as session:
    people = activity.people(session, slug)
lines(activity_filters.show(snapshot.event, people))
