"""The head of every page of staff, and who may go on beneath it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

import words.events
import words.places
from components.shell import bar, event_picker, guard, practice, session_language
from components.shell.bar import Bar, EventState, Menu, Target
from components.shell.event_picker import Listed
from components.shell.session_language import _
from dialogue.accounts import Visitor
from dialogue.events import Event
from dialogue.roles import Place
from live import snapshots
from locales import Language
from web.addresses import under

# Who opens one of these sees no menu until they come back to this window.
APART = frozenset({Place.PROJECTOR, Place.DISPLAY})


def show(place: Place) -> str:
    """Draw the head of an event's page, let only those go on whom it opens, return the slug."""
    here = guard.visitor(active=True)
    events = event_picker.listed(here, place)
    slug = event_picker.choose(events, place) if events else None
    _draw(here, place, slug=slug, events=events)
    if not here.may_open(place):
        guard.refuse(here, place)
    return slug or event_picker.say_why_none(events, place)


def show_public() -> str:
    """Draw the head of a page that is for everybody, and return the slug of the event."""
    events = event_picker.public()
    slug = event_picker.choose(events, None)
    _draw(guard.visitor(), None, slug=slug, events=events)
    return slug or event_picker.say_why_none(events, None)


def show_without_event(place: Place) -> None:
    """Draw the head of a page about no event, and let only those go on whom it opens."""
    here = guard.visitor(active=True)
    _draw(here, place, slug=None, events={})
    if not here.may_open(place):
        guard.refuse(here, place)


def event_state(event: Event, language: Language) -> EventState:
    """Say how an event takes and shows questions now."""
    said = words.events.summary(event, language, at=datetime.now(UTC))
    if event.practice_of is not None:
        return EventState(words=f"{practice.mark(language)} · {said}", practice=True)
    return EventState(words=said, practice=False)


def _draw(here: Visitor, place: Place | None, *, slug: str | None, events: Listed) -> None:
    language = session_language.current()
    query = {"lang": language.code} | ({"event": slug} if slug else {})
    went = bar.show(
        Bar(
            event=_events(events, place, slug, language),
            state=event_state(snapshots.current(slug).event, language) if slug else None,
            source=under(f"/bar/{slug}?{urlencode({'lang': language.code})}") if slug else None,
            places=_places(here, place, query, language),
            account=_account(here, place),
            language=_other_language(language),
            words={
                "skip": _("Skip to the content"),
                "menu": _("Menu"),
                "places": _("Pages"),
            },
        ),
        on_language=session_language.choose,
    )
    if went in words.places.places(language):
        st.switch_page(f"{Place(went)}.py", query_params=query)


def _events(events: Listed, place: Place | None, slug: str | None, language: Language) -> Menu:
    names = words.events.events(events.values(), language)
    return Menu(
        name=names.get(slug or "", "Đối Thoại"),
        targets=[
            _target(each, name, practice.address(place or "", each), here=each == slug)
            for each, name in names.items()
        ],
    )


def _places(
    here: Visitor, place: Place | None, query: Mapping[str, str], language: Language
) -> list[Menu]:
    names = words.places.places(language)
    menus = []
    for group, places in words.places.groups(language).items():
        targets = [
            _target(
                each,
                names[each],
                f"/{each}?{urlencode(_for_screens(query) if each in APART else query)}",
                here=each is place,
                asks="window" if each in APART else "place",
            )
            for each in places
            if here.may_open(each)
        ]
        if targets:
            menus.append(Menu(name=group, targets=targets))
    return menus


def _for_screens(query: Mapping[str, str]) -> dict[str, str]:
    # The hall's language is its own, whatever staff have chosen.
    return {name: value for name, value in query.items() if name != "lang"}


def _account(here: Visitor, place: Place | None) -> Menu:
    if here.account_id is None:
        # A page that does not open offers the way itself.
        targets = [] if place else [_target("signin", _("Sign in"), "/signin")]
        return Menu(name="", targets=targets)
    return Menu(name=here.name, targets=[_target("account", _("Your account"), "/account")])


def _other_language(language: Language) -> Target:
    """Return the way to the other language, in its own words: who wants it may not read this."""
    [code] = (each for each in session_language.NAMES if each != language.code)
    name = session_language.NAMES[code]
    return Target(code=code, name=name, path=f"?lang={code}", here=False, asks="language")


def _target(
    code: str,
    name: str,
    path: str,
    *,
    here: bool = False,
    asks: Literal["place", "language", "window"] | None = None,
) -> Target:
    return Target(code=code, name=name, path=under(path), here=here, asks=asks)
