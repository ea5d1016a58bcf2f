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

from charts import balance, districts, matrix, path, timeline, topics, waiting
from charts.districts import Measure
from components import annotations, drawn, language, question_table, selection, table
from components.choice import choose
from components.language import _
from data_access import participation, tallies
from data_access.boards import Board
from data_access.tallies import Selection
from dialogue.annotations import Subject
from dialogue.events import Event
from dialogue.lifecycle import Status
from locales import Language

EVENTS = Path(__file__).parent.parent / "events"
VIEWS: dict[str, Callable[..., Figure]] = {
    "bars": districts.bars,
    "tiles": districts.tiles,
    "map": districts.boundaries_map,
}
RECENT = timedelta(hours=1)
MOST_LISTED = 50


def show(board: Board, *, is_live: bool) -> None:
    """Draw the numbers and all charts, narrowed to what is selected.

    The live page tells besides what came in the last minutes and waits now, and offers the last
    hour.
    """
    with st.container(horizontal=True, key="selection"):
        selection.offer(board.event)
    selected = selection.current(board.event)
    annotate = _say_nothing if is_live else partial(annotations.show, board.event.slug)
    _show_headline(board, selected, is_live=is_live)
    if not board.questions:
        st.info(_("No questions yet."))
        return
    spoken = language.current()
    left, right = st.columns(2, gap="large")
    with left:
        _show_districts(board, selected, spoken)
        annotate(Subject.DISTRICTS)
        if is_live:
            st.subheader(_("Waiting now"))
            drawn.show(_waiting(board, selected, spoken, _now()), key="waiting")
    with right:
        st.subheader(_("By topic"))
        drawn.show(_topics(board, selected, spoken), key="topics", selects=("topic",))
        annotate(Subject.TOPICS)
    st.subheader(_("Over time"))
    window = _choose_window() if is_live else None
    drawn.show(_timeline(board, selected, spoken, window), key="timeline", can_zoom=True)
    annotate(Subject.TIME)
    _show_balance(board, selected, spoken)
    annotate(Subject.BALANCE)
    st.subheader(_("District and topic"))
    drawn.show(_matrix(board, selected, spoken), key="matrix", selects=("district", "topic"))
    annotate(Subject.MATRIX)
    st.subheader(_("The path of the questions"))
    drawn.show(_path(board, selected, spoken), key="path")
    annotate(Subject.PATH)


def _say_nothing(subject: Subject) -> None:
    """Offer no annotations: while it goes on there is no time to write them."""


def show_questions(board: Board) -> None:
    """Draw the newest questions of what is selected."""
    numbers = tallies.newest(board, selection.current(board.event), most=MOST_LISTED)
    if not numbers:
        return
    st.subheader(_("The newest questions"))
    table.show(
        question_table.of_questions(board, [board.questions[each] for each in numbers]),
        key="newest",
        alt=_("The newest questions with district, topic and state"),
    )


def _show_headline(board: Board, selected: Selection, *, is_live: bool) -> None:
    spoken = language.current()
    counts = participation.totals(board, selected)
    grown = participation.changes(board, selected, at=_now()) if is_live else None
    # Together they are all of them.
    groups = [(each.name, tuple(map(Status, each.columns))) for each in topics.groups(spoken)]
    with st.container(horizontal=True, key="headline"):
        for name, states in ((_("Questions"), (None,)), *groups):
            change = None if grown is None else sum(grown[each] for each in states)
            st.metric(
                name,
                spoken.number(sum(counts[each] for each in states)),
                delta=None if change is None else _signed(change, spoken),
                delta_color="off",
                delta_arrow="off",
                delta_description=_("in ten minutes") if grown is not None else None,
                border=True,
            )


def _show_districts(board: Board, selected: Selection, spoken: Language) -> None:
    st.subheader(_("By district"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure, view = _choose_measure(), _choose_view(board.event)
    figure = _districts(board, selected, spoken, measure, view)
    drawn.show(figure, key=f"districts-{view}", selects=("district",), can_zoom=view == "map")
    _credits(board.event, view, measure)


def _show_balance(board: Board, selected: Selection, spoken: Language) -> None:
    st.subheader(_("Balance of voice"))
    left, right = st.columns(2, gap="large")
    with left:
        figure = _balance_of_districts(board, selected, spoken)
        drawn.show(figure, key="balance-districts", selects=("district",))
    with right:
        figure = _balance_of_topics(board, selected, spoken)
        drawn.show(figure, key="balance-topics", selects=("topic",))


@drawn.kept
def _districts(
    board: Board, selected: Selection, spoken: Language, measure: Measure, view: str
) -> tuple[Figure, str]:
    frame = participation.by_district(board, selected)
    how: dict[str, Any] = {"measure": measure, "chosen": selected.district}
    if view == "map":
        how["boundaries"] = _boundaries(board.event.boundaries or "")
    finding = districts.finding(frame, spoken, measure=measure)
    return VIEWS[view](frame, spoken, **how), _on_topic(board, selected, spoken) + finding


@drawn.kept
def _topics(board: Board, selected: Selection, spoken: Language) -> tuple[Figure, str]:
    frame = _by_topic(board, selected, spoken)
    figure = topics.bars(frame, spoken, chosen=selected.topic)
    return figure, _from_district(board, selected, spoken) + topics.finding(frame, spoken)


@drawn.kept
def _timeline(
    board: Board,
    selected: Selection,
    spoken: Language,
    window: tuple[datetime, datetime] | None,
) -> tuple[Figure, str]:
    frame = participation.over_time(board, selected, window=window)
    turns = participation.on_stage(board, selected)
    finding = timeline.finding(frame, turns, spoken)
    return timeline.bars(frame, turns, spoken), _narrowed(board, selected, spoken) + finding


@drawn.kept
def _balance_of_districts(
    board: Board, selected: Selection, spoken: Language
) -> tuple[Figure, str]:
    frame = participation.outcomes_by_district(board, selected)
    figure = balance.bars(frame, spoken, side="district", chosen=selected.district)
    return figure, _on_topic(board, selected, spoken) + balance.finding(frame, spoken)


@drawn.kept
def _balance_of_topics(board: Board, selected: Selection, spoken: Language) -> tuple[Figure, str]:
    frame = participation.outcomes_by_topic(board, selected, **_names_of_topics(spoken))
    figure = balance.bars(frame, spoken, side="topic", chosen=selected.topic)
    return figure, _from_district(board, selected, spoken) + balance.finding(frame, spoken)


@drawn.kept
def _matrix(board: Board, selected: Selection, spoken: Language) -> tuple[Figure, str]:
    frame = participation.by_district_and_topic(board, **_names_of_topics(spoken))
    figure = matrix.cells(frame, spoken, district=selected.district, topic=selected.topic)
    return figure, matrix.finding(frame, spoken)


@drawn.kept
def _path(board: Board, selected: Selection, spoken: Language) -> tuple[Figure, str]:
    frame = participation.path(board, selected, english=spoken.code == "en")
    finding = path.finding(frame, spoken)
    return path.bars(frame, spoken), _narrowed(board, selected, spoken) + finding


@drawn.kept
def _waiting(
    board: Board, selected: Selection, spoken: Language, at: datetime
) -> tuple[Figure, str]:
    frame = participation.waiting(board, selected, at=at)
    finding = waiting.finding(frame, spoken)
    return waiting.bars(frame, spoken), _narrowed(board, selected, spoken) + finding


def _narrowed(board: Board, selected: Selection, spoken: Language) -> str:
    """Say of which questions a finding speaks, where it is not of all."""
    return _from_district(board, selected, spoken) + _on_topic(board, selected, spoken)


def _from_district(board: Board, selected: Selection, spoken: Language) -> str:
    if selected.district is None:
        return ""
    name = board.districts[selected.district].short_name
    return spoken.gettext("Only from {name}: ").format(name=name)


def _on_topic(board: Board, selected: Selection, spoken: Language) -> str:
    if selected.topic is None:
        return ""
    topic = board.topics.get(selected.topic)
    if topic is None:
        return spoken.gettext("Only without a topic: ")
    return spoken.gettext("Only on “{name}”: ").format(name=spoken.pick(topic.name, topic.name_en))


def _by_topic(board: Board, selected: Selection, spoken: Language) -> pd.DataFrame:
    return participation.by_topic(board, selected, **_names_of_topics(spoken))


def _names_of_topics(spoken: Language) -> dict[str, Any]:
    return {"english": spoken.code == "en", "without_topic": spoken.gettext("No topic yet")}


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


def _signed(change: int, spoken: Language) -> str:
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return f"{sign}{spoken.number(abs(change))}"


def _credits(event: Event, view: str, measure: Measure) -> None:
    if view == "map" and event.boundaries_credit:
        st.text(event.boundaries_credit)
    if measure is Measure.PER_10000 and event.population_source:
        st.text(event.population_source)


@cache
def _boundaries(name: str) -> Any:
    return json.loads((EVENTS / name).read_text(encoding="utf-8"))
