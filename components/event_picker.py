"""Which event a page is about: the one in the address, else the latest."""

import streamlit as st

from components.language import _
from data_access import engine, events

KEPT_SECONDS = 5


def current() -> str:
    """Return the slug of the event, and offer the choice where there are several."""
    slugs = _slugs()
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
