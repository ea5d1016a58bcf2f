"""Decides which pages somebody is offered, and runs the one that is open."""

import streamlit as st

from components import guard, language
from components.language import _
from dialogue.roles import Place, may_open

st.set_page_config(page_title="Đối Thoại", layout="wide")

with st.container(horizontal=True, horizontal_alignment="right", key="frame"):
    language.switch()

home = st.Page("home.py", title=_("Home"), default=True, visibility="hidden")
pages = {
    Place.DESK: st.Page("desk.py", title=_("Moderators' desk"), icon=":material/inbox:"),
    Place.PROJECTOR: st.Page("projector.py", title=_("Projector"), icon=":material/slideshow:"),
    Place.PARTICIPATION: st.Page(
        "participation.py", title=_("Participation"), icon=":material/bar_chart:"
    ),
    Place.REVIEW: st.Page("review.py", title=_("Review"), icon=":material/fact_check:"),
}
held = guard.roles()
offered = [page for place, page in pages.items() if may_open(held, place)]
# Pages that are not offered stay reachable, so that their own guard can say why not in words.
st.navigation([home, *pages.values()], position="top" if offered else "hidden").run()
