"""Which event a page is about: the one in the address, else the latest."""

import streamlit as st

from components.language import _
from data_access import engine, events


def current() -> str:
    """Return the slug of the event, and offer the choice where there are several."""
    with engine.current().reading() as session:
        slugs = events.list_slugs(session)
    if not slugs:
        st.info(_("There is no event yet."))
        st.stop()
    if len(slugs) == 1:
        return slugs[0]
    return str(st.selectbox(_("Event"), slugs, key="event", bind="query-params", filter_mode=None))
