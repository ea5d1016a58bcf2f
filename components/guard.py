"""Lets a page go on only for those who may open it."""

import streamlit as st

from access import links
from components.language import _
from dialogue.roles import Place, Role, may_open


def roles() -> frozenset[Role]:
    """Return the roles of whoever looks at the page."""
    return links.roles(st.context.cookies.get(links.COOKIE))


def require(place: Place) -> frozenset[Role]:
    """Return the person's roles, or end the page with words where they may not open it."""
    held = roles()
    if not may_open(held, place):
        st.info(
            _("Open this page with the link that the event desk gave you."),
            title=_("This page is for the people who run the dialogue"),
            icon=":material/lock:",
        )
        st.stop()
    return held
