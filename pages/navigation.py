"""Names all pages, and runs the one that is open."""

from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

import words.places
from components.shell import connection, session_language, window
from components.shell.event_picker import SCREENS
from components.shell.session_language import _
from dialogue.roles import Place
from web import uploads

st.set_page_config(page_title="Đối Thoại", layout="wide")

uploads.expect_none()
language = session_language.current()
pages = [
    st.Page("home.py", title=_("Home"), default=True),
    # No icon: the framework would fetch it as the tab's picture from another site.
    *(st.Page(f"{place}.py", title=name) for place, name in words.places.places(language).items()),
]
# The bar of each page is its menu. All pages stay reachable, to say in words why they do not open.
opened = st.navigation(pages, position="hidden")
window.show()
if opened.url_path not in (*SCREENS, Place.CHAIR):
    # The hall sees no such line, and the chair's page says it itself.
    connection.watch()
# A script that is stopped keeps the fragments of the run before; one that is still asked for then
# draws where there is nothing any more, which breaks the page in the browser.
with suppress(StopException):
    opened.run()
