"""A screen of the hall: whatever becomes of its link, the database or the network, it is calm."""

import time
from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from access import screens
from components.live import live_signal
from components.scenes import scene_data, stage
from components.scenes.stage import Frame, Message, SceneData, ScreenContent, Thanks
from components.shell import event_picker, guard, session_language
from data_access import engine
from dialogue.roles import Place
from locales import Language
from web.addresses import under

# Nobody stands beside a screen to touch it: after a fault it looks again before anybody wonders.
SAFETY_NET = 3.0


@st.fragment(run_every=SAFETY_NET)
def show(place: Place) -> None:
    """Draw a screen's scene for whom the page opens, again every few seconds.

    What changes meanwhile the browser reads by itself. Where the database does not answer, the
    screen keeps what it shows.
    """
    language = session_language.of_screen()
    try:
        here = guard.visitor()
        # Nobody in the hall is asked to sign in, whatever has ended overnight.
        if not here.may_open(place) and (guard.was_let_in(here) or stage.has_shown()):
            stage.show(
                ScreenContent(scene_data=_without_link(language), slug="", revision=0), source=None
            )
            return
        if not here.may_open(place):
            guard.refuse(here, place)
        slug = event_picker.kept(here, place) or event_picker.of_screen(here, place)
        now = datetime.now(UTC)
        shown = scene_data.shown(place, slug, language, at=now, overlay=_is_overlay())
    except engine.Failure:
        stage.hold(_patience(language))
        return
    stage.show(shown, source=_source(place, slug, language))
    live_signal.follow(shown["slug"], revision=shown["revision"], after_seconds=None)


def _source(place: Place, slug: str, language: Language) -> str:
    query = {"lang": language.code} | ({"overlay": "1"} if _is_overlay() else {})
    return under(f"/scene/{place}/{slug}?{urlencode(query)}")


def _is_overlay() -> bool:
    """Tell whether the address asks for what a stream lays over what it films."""
    return st.query_params.get("overlay") == "1"


def _without_link(language: Language) -> SceneData:
    first, *others = screens.invalid()
    lines = [first.text, *(f"\n{each.title}\n{each.text}" for each in others)]
    return Thanks(
        **_frame(language),
        scene="thanks",
        title=first.title,
        text="\n".join(lines),
        address=None,
        qr_code=None,
    )


def _patience(language: Language) -> SceneData:
    text = language.gettext("One moment, please")
    return Message(**_frame(language), scene="message", text=text)


def _frame(language: Language) -> Frame:
    return Frame(
        heading="Đối Thoại",
        theme="",
        language=language.code,
        now=time.time(),
        timer=None,
        practice=None,
        # Over a stream even this would be too much.
        overlay=_is_overlay(),
    )
