"""The district and the topic that a page is narrowed to, kept in the address.

They are chosen from lists, or by a click in a chart.
"""

import streamlit as st

from components.drawing.chart import Choice
from components.shell import session_language
from components.shell.options import select
from components.shell.session_language import _
from data_access.participation.tallies import NO_TOPIC, Selection
from dialogue.events import Event

# In the address: nothing selected, and the questions without a topic.
ALL, WITHOUT = "all", "none"


def current(event: Event) -> Selection:
    """Return what the address selects; a code that the event does not have selects nothing."""
    district, topic = st.query_params.get("district"), st.query_params.get("topic")
    known = {each.code: each.code for each in event.topics} | {WITHOUT: NO_TOPIC}
    return Selection(
        district=district if district in {each.code for each in event.districts} else None,
        topic=known.get(topic or ALL),
    )


def offer(event: Event) -> None:
    """Offer the districts and the topics of an event."""
    language = session_language.current()
    places = {each.code: each.short_name for each in event.districts}
    subjects = {each.code: language.pick(each.name, each.name_en) for each in event.topics}
    for label, key, names in (
        (_("District"), "district", {ALL: _("All districts")} | places),
        (_("Topic"), "topic", {ALL: _("All topics")} | subjects | {WITHOUT: _("No topic yet")}),
    ):
        select(label, names, key=key, default=ALL)


def take(choice: Choice, selects: tuple[str, ...]) -> None:
    """Select what was clicked; a click on what is selected already selects all again."""
    chosen = {
        name: WITHOUT if code == NO_TOPIC else code
        for name, code in zip(("district", "topic"), choice, strict=True)
        if name in selects and code is not None
    }
    is_selected = all(st.query_params.get(name) == code for name, code in chosen.items())
    for name in selects:
        st.query_params.pop(name, None)
    if not is_selected:
        st.query_params.update(chosen)
