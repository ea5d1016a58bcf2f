"""Participation as the live page and the review both show it: districts, topics, time."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import districts, timeline, topics
from charts.districts import Measure
from components import language, words
from components.choice import choose
from components.language import _
from data_access import engine, participation
from data_access.boards import Board
from dialogue.events import Event
from dialogue.lifecycle import Status
from locales import Language

EVENTS = Path(__file__).parent.parent / "events"
# One entry for each revision, language and kind that somebody looks at now; older ones go.
KEPT = 64
# A board never changes, so its event and revision say all that a count of it depends on.
BY_REVISION: dict[type | str, Callable[[Any], Any]] = {
    Board: lambda board: (board.event.slug, board.revision),
    Language: lambda language: language.code,
}
HEADLINE = (Status.RECEIVED, Status.APPROVED, Status.QUEUED, Status.ANSWERED)


@st.cache_data(max_entries=KEPT, show_spinner=False, hash_funcs=BY_REVISION)
def by_district(board: Board) -> pd.DataFrame:
    """Return `data_access.participation.by_district`, counted once for each revision."""
    with engine.current().reading() as session:
        return participation.by_district(session, board.event)


@st.cache_data(max_entries=KEPT, show_spinner=False, hash_funcs=BY_REVISION)
def by_topic(board: Board, spoken: Language) -> pd.DataFrame:
    """Return `data_access.participation.by_topic` in a language."""
    with engine.current().reading() as session:
        return participation.by_topic(
            session,
            board.event,
            english=spoken.code == "en",
            without_topic=spoken.gettext("No topic yet"),
        )


@st.cache_data(max_entries=KEPT, show_spinner=False, hash_funcs=BY_REVISION)
def over_time(board: Board) -> pd.DataFrame:
    """Return `data_access.participation.over_time`, counted once for each revision."""
    with engine.current().reading() as session:
        return participation.over_time(session, board.event)


def show_headline(board: Board) -> None:
    """Draw how many questions there are and where they stand."""
    spoken = language.current()
    with st.container(horizontal=True):
        st.metric(_("Questions"), spoken.number(len(board.questions)), border=True)
        for status in HEADLINE:
            st.metric(
                words.statuses(spoken)[status], spoken.number(board.counts[status]), border=True
            )


def show(board: Board) -> None:
    """Draw the districts in the view that is chosen, the topics, and the course of time."""
    frame = by_district(board)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = _choose_measure()
        view = _choose_view(board.event)
    spoken = language.current()
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("By district"))
        finding = districts.finding(frame, spoken, measure=measure)
        _draw(_district_figure(frame, board.event, view, measure), key="districts", alt=finding)
        _credits(board.event, view, measure)
    with right:
        st.subheader(_("By topic"))
        counted = by_topic(board, spoken)
        _draw(topics.bars(counted, spoken), key="topics", alt=topics.finding(counted, spoken))
    st.subheader(_("Over time"))
    course = over_time(board)
    _draw(timeline.bars(course, spoken), key="timeline", alt=timeline.finding(course, spoken))


def _choose_measure() -> Measure:
    names = {
        Measure.QUESTIONS.value: _("Number"),
        Measure.PER_10000.value: _("Per 10,000 young people"),
    }
    return Measure(choose(_("Measure"), names, key="measure", default=Measure.QUESTIONS.value))


def _choose_view(event: Event) -> str:
    names = {"bars": _("Bars"), "tiles": _("Tiles")}
    if event.boundaries and (EVENTS / event.boundaries).exists():
        names["map"] = _("Map")
    return choose(_("Districts as"), names, key="districts-as", default="bars")


def _district_figure(frame: pd.DataFrame, event: Event, view: str, measure: Measure) -> Figure:
    spoken = language.current()
    if view == "map" and event.boundaries:
        boundaries = _boundaries(event.boundaries)
        return districts.boundaries_map(frame, spoken, boundaries=boundaries, measure=measure)
    if view == "tiles":
        return districts.tiles(frame, spoken, measure=measure)
    return districts.bars(frame, spoken, measure=measure)


def _draw(figure: Figure, *, key: str, alt: str) -> None:
    # The framework greys the words of a chart; at the back of a room they must not be grey.
    ink = "#eef3f5" if st.context.theme.type == "dark" else "#14212b"
    figure.update_layout(font_color=ink, legend_font_color=ink)
    figure.update_xaxes(tickfont_color=ink)
    figure.update_yaxes(tickfont_color=ink)
    st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False, "scrollZoom": False})
    st.text(alt)


def _credits(event: Event, view: str, measure: Measure) -> None:
    if view == "map" and event.boundaries_credit:
        st.text(event.boundaries_credit)
    if measure is Measure.PER_10000 and event.population_source:
        st.text(event.population_source)


@cache
def _boundaries(name: str) -> Any:
    return json.loads((EVENTS / name).read_text(encoding="utf-8"))
