"""What the desk's list shows: chosen here and kept in the address, for a colleague to open."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, TypeVar

import streamlit as st

from components import language, words
from components.language import _
from dialogue.events import Event, Moderation
from dialogue.inbox import Asked, Filters, Order, View
from dialogue.lifecycle import Status
from dialogue.questions import Source

Kind = TypeVar("Kind", bound=StrEnum)
ALL = "all"
LONGEST_SEARCH = 100
# What there is to read: where everybody may read first, it is approved already.
FIRST = {Moderation.BEFORE: Status.RECEIVED, Moderation.AFTER: Status.APPROVED}


def view(event: Event, me: int | None) -> View:
    """Return the view that the address asks for; what it asks for wrongly is left out.

    `me` is the account of whoever looks.
    """
    asked = st.query_params.to_dict()
    status = asked.get("state")
    return View(
        status=None if status == ALL else _member(Status, status) or FIRST[event.moderation],
        filters=Filters(
            district=_code(asked.get("district"), _districts(event)),
            topic=_code(asked.get("topic"), _topics(event)),
            department=_code(asked.get("department"), _departments(event)),
            source=_member(Source, asked.get("source")),
            asked=_member(Asked, asked.get("asked")),
            # The framework keeps these in the address itself, and knows them sooner.
            voted=st.session_state.get("voted", asked.get("voted") == "true"),
            flagged=st.session_state.get("flagged", asked.get("flagged") == "true"),
            claimed_by=me if st.session_state.get("mine", asked.get("mine") == "true") else None,
            words=st.session_state.get("words", asked.get("words", ""))[:LONGEST_SEARCH].strip(),
        ),
        order=_member(Order, asked.get("order")) or Order.NEWEST,
    )


def show(event: Event, me: int | None) -> None:
    """Draw the search, the order and the filters."""
    spoken = language.current()
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
            filters.claimed_by,
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
        _select(
            _("Order"),
            dict(words.orders(spoken).items()),
            key="order",
            default=Order.NEWEST,
            width=220,
        )
        label = _("Filters ({count})").format(count=chosen) if chosen else _("Filters")
        with st.popover(label, icon=":material/filter_list:", key="filters"):
            everything = {"": _("All")}
            choices: list[tuple[str, str, Mapping[str, str]]] = [
                ("district", _("District"), _districts(event)),
                ("topic", _("Topic"), _topics(event)),
                ("department", _("Department"), _departments(event)),
                ("source", _("Came in by"), dict(words.sources(spoken).items())),
                ("asked", _("Asked"), dict(words.asked(spoken).items())),
            ]
            for key, name, names in choices:
                _select(name, {**everything, **names}, key=key, default="")
            st.checkbox(_("Has votes"), key="voted", bind="query-params")
            st.checkbox(_("Kept for me"), key="mine", bind="query-params")
            st.checkbox(_("Flagged"), key="flagged", bind="query-params")


def _select(
    label: str,
    names: Mapping[str, str],
    *,
    key: str,
    default: str,
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """Offer options by their codes: the address has the code, the same in every language."""
    asked = st.query_params.get(key, default)
    st.session_state[key] = asked if asked in names else default
    st.selectbox(
        label,
        list(names),
        format_func=names.__getitem__,
        key=key,
        on_change=_keep,
        args=(key, default),
        filter_mode=None,
        width=width,
    )


def _keep(key: str, default: str) -> None:
    chosen = st.session_state[key]
    if chosen == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen


def _districts(event: Event) -> dict[str, str]:
    return {each.code: each.short_name for each in event.districts}


def _topics(event: Event) -> dict[str, str]:
    return {each.code: language.current().pick(each.name, each.name_en) for each in event.topics}


def _departments(event: Event) -> dict[str, str]:
    return {each.code: words.department(each, language.current()) for each in event.departments}


def _code(asked: str | None, known: Mapping[str, str]) -> str | None:
    return asked if asked in known else None


def _member(kind: type[Kind], asked: str | None) -> Kind | None:
    return kind(asked) if asked in list(kind) else None
