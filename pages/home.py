"""Who comes without a link of the desk learns what this is, and where to ask."""

import streamlit as st

import welcome
from components import event_picker, identity, language
from components.language import _
from data_access import boards

identity.receive()
slug = event_picker.public()
event = boards.current(slug).event
spoken = language.current()
# Plain text: a title would read the event's words as Markdown.
st.text(spoken.pick(event.title, event.title_en))
st.text(spoken.pick(event.theme, event.theme_en))
st.link_button(_("Ask a question"), welcome.ask_url(slug), type="primary", key="ask")
