"""Everyone lands here first: the theme, the way to ask, and the pages one may open."""

import streamlit as st

import welcome
from components import event_picker, guard, language
from components.language import _
from data_access import boards
from dialogue.roles import Place, may_open

slug = event_picker.current()
event = boards.current(slug).event
spoken = language.current()
titles = {
    Place.DESK: _("Moderators' desk"),
    Place.PROJECTOR: _("Projector"),
    Place.PARTICIPATION: _("Participation"),
    Place.REVIEW: _("Review"),
}

# Plain text, not a title: a title would read the event's words as Markdown.
st.text(spoken.pick(event.title, event.title_en))
st.text(spoken.pick(event.theme, event.theme_en))
st.link_button(_("Ask a question"), welcome.ask_url(slug), type="primary", key="ask")
for place in Place:
    if may_open(guard.roles(), place):
        st.page_link(f"{place}.py", label=titles[place])
