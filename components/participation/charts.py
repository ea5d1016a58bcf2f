"""Participation as the live page and the review both show it: who asks, who is heard, and when.

Whatever is clicked in a chart is selected, in all of them and in the address.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import (
    balance,
    district_map,
    district_tiles,
    districts,
    matrix,
    path,
    timeline,
    topics,
    waiting,
)
from charts.measures import Measure
from components.drawing import annotations, figures, selection, table
from components.questions import table as question_table
from components.shell import session_language
from components.shell.options import choose
from components.shell.session_language import _
from data_access.participation import frames, tallies
from data_access.participation.tallies import Selection
from data_access.questions.cached.snapshots import Snapshot
from dialogue.annotations import Subject
from dialogue.events import Event
from dialogue.lifecycle import Status
from locales import Language

EVENTS = Path(__file__).parent.parent.parent / "events"
VIEWS: dict[str, Callable[..., Figure]] = {
    "bars": districts.bars,
    "tiles": district_tiles.tiles,
    "map": district_map.boundaries_map,
}
RECENT = timedelta(hours=1)
MOST_LISTED = 50


def show(snapshot: Snapshot, *, is_live: bool) -> None:
    """Draw the numbers and all charts, narrowed to what is selected.

    The live page tells besides what came in the last minutes and waits now, and offers the last
    hour.
    """
    with st.container(horizontal=True, key="selection"):
        selection.offer(snapshot.event)
    selected = selection.current(snapshot.event)
    annotate = _say_nothing if is_live else partial(annotations.show, snapshot.event.slug)
    _show_headline(snapshot, selected, is_live=is_live)
    if not snapshot.questions:
        st.info(_("No questions yet."))
        return
    language = session_language.current()
    left, right = st.columns(2, gap="large")
    with left:
        _show_districts(snapshot, selected, language)
        annotate(Subject.DISTRICTS)
        if is_live:
            st.subheader(_("Waiting now"))
            figures.show(_waiting(snapshot, selected, language, _now()), key="waiting")
    with right:
        st.subheader(_("By topic"))
        figures.show(_topics(snapshot, selected, language), key="topics", selects=("topic",))
        annotate(Subject.TOPICS)
    st.subheader(_("Over time"))
    window = _choose_window() if is_live else None
    figures.show(_timeline(snapshot, selected, language, window), key="timeline", can_zoom=True)
    annotate(Subject.TIME)
    _show_balance(snapshot, selected, language)
    annotate(Subject.BALANCE)
    st.subheader(_("District and topic"))
    figures.show(_matrix(snapshot, selected, language), key="matrix", selects=("district", "topic"))
    annotate(Subject.MATRIX)
    st.subheader(_("The path of the questions"))
    figures.show(_path(snapshot, selected, language), key="path")
    annotate(Subject.PATH)


def _say_nothing(subject: Subject) -> None:
    """Offer no annotations: while it goes on there is no time to write them."""


def show_questions(snapshot: Snapshot) -> None:
    """Draw the newest questions of what is selected."""
    numbers = tallies.newest(snapshot, selection.current(snapshot.event), most=MOST_LISTED)
    if not numbers:
        return
    st.subheader(_("The newest questions"))
    table.show(
        question_table.of_questions(snapshot, [snapshot.questions[each] for each in numbers]),
        key="newest",
        alt=_("The newest questions with district, topic and state"),
    )


def _show_headline(snapshot: Snapshot, selected: Selection, *, is_live: bool) -> None:
    language = session_language.current()
    counts = frames.totals(snapshot, selected)
    grown = frames.changes(snapshot, selected, at=_now()) if is_live else None
    # Together they are all of them.
    groups = [(each.name, tuple(map(Status, each.columns))) for each in topics.groups(language)]
    with st.container(horizontal=True, key="headline"):
        for name, states in ((_("Questions"), (None,)), *groups):
            change = None if grown is None else sum(grown[each] for each in states)
            st.metric(
                name,
                language.number(sum(counts[each] for each in states)),
                delta=None if change is None else _signed(change, language),
                delta_color="off",
                delta_arrow="off",
                delta_description=_("in ten minutes") if grown is not None else None,
                border=True,
            )


def _show_districts(snapshot: Snapshot, selected: Selection, language: Language) -> None:
    st.subheader(_("By district"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure, view = _choose_measure(), _choose_view(snapshot.event)
    figure = _districts(snapshot, selected, language, measure, view)
    figures.show(figure, key=f"districts-{view}", selects=("district",), can_zoom=view == "map")
    _credits(snapshot.event, view, measure)


def _show_balance(snapshot: Snapshot, selected: Selection, language: Language) -> None:
    st.subheader(_("Balance of voice"))
    left, right = st.columns(2, gap="large")
    with left:
        figure = _balance_of_districts(snapshot, selected, language)
        figures.show(figure, key="balance-districts", selects=("district",))
    with right:
        figure = _balance_of_topics(snapshot, selected, language)
        figures.show(figure, key="balance-topics", selects=("topic",))


@figures.kept
def _districts(
    snapshot: Snapshot, selected: Selection, language: Language, measure: Measure, view: str
) -> tuple[Figure, str]:
    frame = frames.by_district(snapshot, selected)
    how: dict[str, Any] = {"measure": measure, "chosen": selected.district}
    if view == "map":
        how["boundaries"] = _boundaries(snapshot.event.boundaries or "")
    finding = districts.finding(frame, language, measure=measure)
    return VIEWS[view](frame, language, **how), _on_topic(snapshot, selected, language) + finding


@figures.kept
def _topics(snapshot: Snapshot, selected: Selection, language: Language) -> tuple[Figure, str]:
    frame = _by_topic(snapshot, selected, language)
    figure = topics.bars(frame, language, chosen=selected.topic)
    return figure, _from_district(snapshot, selected, language) + topics.finding(frame, language)


@figures.kept
def _timeline(
    snapshot: Snapshot,
    selected: Selection,
    language: Language,
    window: tuple[datetime, datetime] | None,
) -> tuple[Figure, str]:
    frame = frames.over_time(snapshot, selected, window=window)
    turns = frames.on_stage(snapshot, selected)
    finding = timeline.finding(frame, turns, language)
    return timeline.bars(frame, turns, language), _narrowed(snapshot, selected, language) + finding


@figures.kept
def _balance_of_districts(
    snapshot: Snapshot, selected: Selection, language: Language
) -> tuple[Figure, str]:
    frame = frames.outcomes_by_district(snapshot, selected)
    figure = balance.bars(frame, language, side="district", chosen=selected.district)
    return figure, _on_topic(snapshot, selected, language) + balance.finding(frame, language)


@figures.kept
def _balance_of_topics(
    snapshot: Snapshot, selected: Selection, language: Language
) -> tuple[Figure, str]:
    frame = frames.outcomes_by_topic(snapshot, selected, **_names_of_topics(language))
    figure = balance.bars(frame, language, side="topic", chosen=selected.topic)
    return figure, _from_district(snapshot, selected, language) + balance.finding(frame, language)


@figures.kept
def _matrix(snapshot: Snapshot, selected: Selection, language: Language) -> tuple[Figure, str]:
    frame = frames.by_district_and_topic(snapshot, **_names_of_topics(language))
    figure = matrix.cells(frame, language, district=selected.district, topic=selected.topic)
    return figure, matrix.finding(frame, language)


@figures.kept
def _path(snapshot: Snapshot, selected: Selection, language: Language) -> tuple[Figure, str]:
    frame = frames.path(snapshot, selected, english=language.code == "en")
    finding = path.finding(frame, language)
    return path.bars(frame, language), _narrowed(snapshot, selected, language) + finding


@figures.kept
def _waiting(
    snapshot: Snapshot, selected: Selection, language: Language, at: datetime
) -> tuple[Figure, str]:
    frame = frames.waiting(snapshot, selected, at=at)
    finding = waiting.finding(frame, language)
    return waiting.bars(frame, language), _narrowed(snapshot, selected, language) + finding


def _narrowed(snapshot: Snapshot, selected: Selection, language: Language) -> str:
    """Say of which questions a finding speaks, where it is not of all."""
    return _from_district(snapshot, selected, language) + _on_topic(snapshot, selected, language)


def _from_district(snapshot: Snapshot, selected: Selection, language: Language) -> str:
    if selected.district is None:
        return ""
    name = snapshot.districts[selected.district].short_name
    return language.gettext("Only from {name}: ").format(name=name)


def _on_topic(snapshot: Snapshot, selected: Selection, language: Language) -> str:
    if selected.topic is None:
        return ""
    topic = snapshot.topics.get(selected.topic)
    if topic is None:
        return language.gettext("Only without a topic: ")
    return language.gettext("Only on “{name}”: ").format(
        name=language.pick(topic.name, topic.name_en)
    )


def _by_topic(snapshot: Snapshot, selected: Selection, language: Language) -> pd.DataFrame:
    return frames.by_topic(snapshot, selected, **_names_of_topics(language))


def _names_of_topics(language: Language) -> dict[str, Any]:
    return {"english": language.code == "en", "without_topic": language.gettext("No topic yet")}


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


def _choose_window() -> tuple[datetime, datetime] | None:
    names = {"hour": _("Last hour"), "all": _("Whole time")}
    if choose(_("Time"), names, key="time", default="hour", label_visibility="collapsed") == "all":
        return None
    now = _now()
    return now - RECENT, now


def _now() -> datetime:
    """Return the minute that has begun, so that not each rerun differs."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def _signed(change: int, language: Language) -> str:
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return f"{sign}{language.number(abs(change))}"


def _credits(event: Event, view: str, measure: Measure) -> None:
    if view == "map" and event.boundaries_credit:
        st.text(event.boundaries_credit)
    if measure is Measure.PER_10000 and event.population_source:
        st.text(event.population_source)


@cache
def _boundaries(name: str) -> Any:
    return json.loads((EVENTS / name).read_text(encoding="utf-8"))
