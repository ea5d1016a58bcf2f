"""Who comes without a link of the desk learns what this is, and where to ask."""

import streamlit as st

import welcome
from components.shell import frame, identity, session_language
from components.shell.session_language import _
from live import snapshots

identity.receive()
slug = frame.show_public()
event = snapshots.current(slug).event
language = session_language.current()
# Plain text: a title would read the event's words as Markdown.
st.text(language.pick(event.title, event.title_en))
st.text(language.pick(event.theme, event.theme_en))
st.link_button(_("Ask a question"), welcome.ask_url(slug), type="primary", key="ask")
