"""Which lines of the activity are read: chosen here and kept in the address."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

import words.activity
from components.shell import options, session_language
from components.shell.session_language import _
from dialogue.activity import ActivityFilters, Person
from dialogue.events import Event

# What a database's whole number can be.
HIGHEST_NUMBER = 2**31 - 1


def show(event: Event, people: Iterable[Person]) -> ActivityFilters:
    """Draw the filters, and return them as they are chosen."""
    actions = words.activity.actions(session_language.current())
    everything = {"": _("All")}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        options.select(_("Who"), {**everything, **_names(people)}, key="who", default="", width=220)
        options.select(
            _("What was done"), {**everything, **actions}, key="what", default="", width=240
        )
        number = st.number_input(
            _("Question no."),
            min_value=1,
            max_value=HIGHEST_NUMBER,
            value=None,
            key="number",
            bind="query-params",
            width=130,
        )
        since = _time(_("From"), event, key="since")
        until = _time(_("Until"), event, key="until")
    who = st.session_state.who
    return ActivityFilters(
        account_id=int(who) if who.isdecimal() else None,
        source=who if who and not who.isdecimal() else None,
        action=st.session_state.what or None,
        number=number,
        since=since,
        until=until,
    )


def _time(label: str, event: Event, *, key: str) -> datetime | None:
    """Ask for a time by the event's own clock."""
    time = st.datetime_input(
        label,
        value=None,
        format="DD/MM/YYYY",
        step=60,
        key=key,
        bind="query-params",
        width=245,
    )
    return time and time.replace(tzinfo=ZoneInfo(event.timezone))


def _names(people: Iterable[Person]) -> dict[str, str]:
    """Name all who act, by account or source; of two with the same name one has its account too."""
    names = dict(words.activity.sources(session_language.current()))
    for each in people:
        taken = each.name in names.values()
        code = str(each.account_id)
        names[code] = f"{each.name} ({code})" if taken else each.name
    return names
