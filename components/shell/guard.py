"""Lets a page go on only for those who may open it, now and at every rerun."""

from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st

from access import visitors
from access.visitors import SCREEN_COOKIE, SESSION_COOKIE
from components.shell import link
from components.shell.session_language import _
from dialogue.accounts import Actor, Visitor
from dialogue.refusals import UnknownEvent
from dialogue.roles import Place, may_open
from live import snapshots


def visitor(*, active: bool = False) -> Visitor:
    """Return whoever looks at the page, as of now; `active` where a person did something."""
    return visitors.current(st.context.cookies, active=active)


def require(place: Place) -> Visitor:
    """Return the visitor, or end the page with the way to sign in where it does not open."""
    here = visitor(active=True)
    if not here.may_open(place):
        refuse(here, place)
    return here


def was_let_in(here: Visitor) -> bool:
    """Tell whether this browser is that of a screen, or of somebody whose session has ended."""
    held = st.context.cookies
    return SCREEN_COOKIE in held or (here.account_id is None and SESSION_COOKIE in held)


def keep(place: Place, slug: str) -> None:
    """Go on with a fragment only while its visitor may, and its event is there.

    Else the whole page runs anew, and says so.
    """
    if not may_open(visitor().roles(slug), place) or not _is_there(slug):
        st.rerun()


def actor(slug: str | None = None, *, active: bool = True) -> Actor:
    """Return the visitor as somebody who acts in an event, or in all; asked anew at each command.

    Who acts on accounts is written down by address, since names can be alike. Not `active` is who
    only looks.
    """
    here = visitor(active=active)
    return here.actor(slug) if slug else Actor(here.email, here.roles(), here.account_id)


def _is_there(slug: str) -> bool:
    try:
        snapshots.current(slug)
    except UnknownEvent:
        return False  # a rehearsal that was wiped
    return True


def refuse(here: Visitor, place: Place) -> NoReturn:
    """End a page that does not open for a visitor, and offer the way to sign in to a stranger."""
    if here.account_id is None:
        st.info(
            _("Sign in with your account, or open the link that the event desk gave you."),
            title=_("This page is for the people who run the dialogue"),
            icon=":material/lock:",
        )
        query = {"next": place, **st.query_params}
        link.show(_("Sign in"), f"/signin?{urlencode(query)}", key="to-sign-in")
    else:
        st.info(
            _("Your account does not open this page. An admin can change that."),
            title=_("This page is for others"),
            icon=":material/lock:",
        )
    st.stop()
