"""What the desk's list shows: chosen here and kept in the address, for a colleague to open."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

import streamlit as st

import words.events
import words.questions
from components.shell import options, session_language
from components.shell.session_language import _
from dialogue.events import Department, District, Event, Moderation, Topic
from dialogue.inbox import Filters, Order, Period, View
from dialogue.lifecycle import Status
from dialogue.questions import Source

Kind = TypeVar("Kind", bound=StrEnum)
ALL = "all"
ONLY_MINE = "mine"
LONGEST_SEARCH = 100
# What there is to read: where everybody may read first, it is approved already.
FIRST = {Moderation.BEFORE: Status.RECEIVED, Moderation.AFTER: Status.APPROVED}


def view(event: Event, me: int | None) -> View:
    """Return the view that the page's address asks for.

    `me` is the account of whoever looks.
    """
    asked = st.query_params.to_dict()
    # In the session sooner than in the address.
    for name in ("voted", "flagged", ONLY_MINE):
        if name in st.session_state:
            asked[name] = "true" if st.session_state[name] else ""
    asked["words"] = st.session_state.get("words", asked.get("words", ""))
    return read(asked, event, me)


def read(asked: Mapping[str, str], event: Event, me: int | None) -> View:
    """Return the view that an address asks for; what it asks for wrongly is left out."""
    status = asked.get("state")
    return View(
        status=None if status == ALL else _member(Status, status) or FIRST[event.moderation],
        filters=Filters(
            district=_code(asked.get("district"), event.districts),
            topic=_code(asked.get("topic"), event.topics),
            department=_code(asked.get("department"), event.departments),
            source=_member(Source, asked.get("source")),
            asked=_member(Period, asked.get("asked")),
            voted=asked.get("voted") == "true",
            flagged=asked.get("flagged") == "true",
            claimed_by=me if asked.get(ONLY_MINE) == "true" else None,
            words=asked.get("words", "")[:LONGEST_SEARCH].strip(),
        ),
        order=_member(Order, asked.get("order")) or Order.NEWEST,
    )


def write(view: View) -> dict[str, str]:
    """Return what an address says to ask for a view."""
    filters = view.filters
    asked = {
        "state": view.status or ALL,
        "district": filters.district,
        "topic": filters.topic,
        "department": filters.department,
        "source": filters.source,
        "asked": filters.asked,
        "voted": "true" if filters.voted else None,
        "flagged": "true" if filters.flagged else None,
        ONLY_MINE: "true" if filters.claimed_by is not None else None,
        "words": filters.words,
        "order": view.order,
    }
    return {name: str(value) for name, value in asked.items() if value}


def show_only_mine(wanted: bool) -> None:
    """Show only what somebody keeps for themselves, or everything again.

    No box to tick: the server ticks it too, and what the browser sends at the same moment would
    still say what it was before.
    """
    st.session_state[ONLY_MINE] = wanted
    if wanted:
        st.query_params[ONLY_MINE] = "true"
    else:
        st.query_params.pop(ONLY_MINE, None)


def show(event: Event, me: int | None) -> None:
    """Draw the search, the order and the filters."""
    language = session_language.current()
    filters = view(event, me).filters
    chosen = sum(
        value not in (None, False)
        for value in (
            filters.district,
            filters.topic,
            filters.department,
            filters.source,
            filters.asked,
            filters.voted,
            filters.flagged,
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            _("Search"),
            key="words",
            type="search",
            placeholder=_("Words, name, number or code"),
            label_visibility="collapsed",
            max_chars=LONGEST_SEARCH,
            live=True,
            bind="query-params",
        )
        options.select(
            _("Order"),
            dict(words.questions.orders(language).items()),
            key="order",
            default=Order.NEWEST,
            width=220,
            label_visibility="collapsed",
        )
        label = _("Filters ({count})").format(count=chosen) if chosen else _("Filters")
        with st.popover(label, icon=":material/filter_list:", key="filters"):
            everything = {"": _("All")}
            choices: list[tuple[str, str, Mapping[str, str]]] = [
                ("district", _("District"), _districts(event)),
                ("topic", _("Topic"), _topics(event)),
                ("department", _("Department"), _departments(event)),
                ("source", _("Came in by"), dict(words.questions.sources(language).items())),
                ("asked", _("Asked"), dict(words.questions.asked(language).items())),
            ]
            for key, name, names in choices:
                options.select(name, {**everything, **names}, key=key, default="")
            st.checkbox(_("Has votes"), key="voted", bind="query-params")
            st.checkbox(_("Flagged"), key="flagged", bind="query-params")
        only_mine = filters.claimed_by is not None
        st.button(
            _("Kept for me"),
            icon=":material/close:" if only_mine else ":material/bookmark:",
            type="primary" if only_mine else "secondary",
            key="only-mine",
            on_click=show_only_mine,
            args=(not only_mine,),
        )


def _districts(event: Event) -> dict[str, str]:
    return {each.code: each.short_name for each in event.districts}


def _topics(event: Event) -> dict[str, str]:
    return {
        each.code: session_language.current().pick(each.name, each.name_en) for each in event.topics
    }


def _departments(event: Event) -> dict[str, str]:
    return {
        each.code: words.events.department(each, session_language.current())
        for each in event.departments
    }


def _code(asked: str | None, known: Iterable[District | Topic | Department]) -> str | None:
    return asked if asked in {each.code for each in known} else None


def _member(kind: type[Kind], asked: str | None) -> Kind | None:
    return kind(asked) if asked in list(kind) else None
