"""Decides which pages somebody is offered, and runs the one that is open."""

from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from components.shell import connection, frame, guard, window
from components.shell.event_picker import SCREENS
from components.shell.session_language import _
from data_access import engine
from dialogue.accounts import Visitor
from dialogue.roles import Place
from web import uploads

st.set_page_config(page_title="Đối Thoại", layout="wide")

uploads.expect_none()
try:
    here = guard.visitor()
except engine.Failure:
    # What can be done without the database, the page itself knows best.
    here = Visitor()


def page(place: Place, title: str) -> st.Page:
    """Offer a page to whom it opens. To others it stays reachable, to say why not in words."""
    return st.Page(
        f"{place}.py",
        title=title,
        # No icon: the framework would fetch it as the tab's picture from another site.
        visibility="visible" if here.may_open(place) else "hidden",
    )


pages = [
    st.Page("home.py", title=_("Home"), default=True, visibility="hidden"),
    page(Place.DESK, _("Moderators' desk")),
    page(Place.ENTRY, _("Type in a question")),
    page(Place.ACTIVITY, _("Activity")),
    page(Place.CHAIR, _("Chair")),
    page(Place.PROJECTOR, _("Projector")),
    page(Place.DISPLAY, _("Hall display")),
    page(Place.PARTICIPATION, _("Participation")),
    page(Place.REVIEW, _("Review")),
    page(Place.FOLLOWUP, _("Follow-up")),
    page(Place.DEPARTMENT, _("Department's page")),
    page(Place.ACCOUNTS, _("Accounts")),
]
opened = st.navigation(pages, position="top" if here.grants else "hidden")
# Under a stage nobody sees a frame; its language is that of the hall.
if opened.url_path not in SCREENS:
    frame.show(signed_in=here.account_id is not None)
window.show()
if opened.url_path not in (*SCREENS, Place.CHAIR):
    # The hall sees no such line, and the chair's page says it itself.
    connection.watch()
# A script that is stopped keeps the fragments of the run before; one that is still asked for then
# draws where there is nothing any more, which breaks the page in the browser.
with suppress(StopException):
    opened.run()
