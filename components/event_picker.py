"""Which event a page is about: the one in the address, else the latest."""

import streamlit as st

from components.language import _
from data_access import engine, events
from dialogue.accounts import Visitor
from dialogue.roles import Place, may_open

KEPT_SECONDS = 5


def current(visitor: Visitor, place: Place) -> str:
    """Return the slug of the event, and offer the choice where the page opens for several."""
    return _choose([each for each in _slugs() if may_open(visitor.roles(each), place)])


def latest() -> str:
    """Return the slug of the event that a page without a guard is about."""
    return _choose(_slugs())


def _choose(slugs: list[str]) -> str:
    if not slugs:
        st.info(_("There is no event yet."))
        st.stop()
    if len(slugs) == 1:
        return slugs[0]
    return str(st.selectbox(_("Event"), slugs, key="event", bind="query-params", filter_mode=None))


@st.cache_data(ttl=KEPT_SECONDS, show_spinner=False)
def _slugs() -> list[str]:
    with engine.current().reading() as session:
        return events.list_slugs(session)
