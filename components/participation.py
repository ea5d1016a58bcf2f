"""Participation as the live page and the review both show it: who asks, who is heard, and when.

Whatever is clicked in a chart is selected, in all of them and in the address.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import balance, districts, matrix, path, timeline, topics, waiting
from charts.districts import Measure
from components import choice, language, question_table, words
from components.choice import choose
from components.language import _
from data_access import engine, participation, tallies
from data_access.boards import Board
from data_access.tallies import NO_TOPIC, Selection
from dialogue.events import Event
from dialogue.lifecycle import Status
from locales import Language

EVENTS = Path(__file__).parent.parent / "events"
# One entry for each revision, language and view that somebody looks at now; older ones go.
KEPT = 64
# A board never changes, so its event and revision say all that a count of it depends on.
BY_REVISION: dict[type | str, Callable[[Any], Any]] = {
    Board: lambda board: (board.event.slug, board.revision),
    Language: lambda language: language.code,
}
VIEWS: dict[str, Callable[..., Figure]] = {
    "bars": districts.bars,
    "tiles": districts.tiles,
    "map": districts.boundaries_map,
}
HEADLINE = (Status.RECEIVED, Status.APPROVED, Status.QUEUED, Status.ANSWERED)
LATELY = timedelta(minutes=10)
RECENT = timedelta(hours=1)
MOST_LISTED = 50
# In the address: nothing selected, and the questions without a topic.
ALL, WITHOUT = "all", "none"
# The framework greys the words of a chart; at the back of a room they must not be grey.
INKS = {"dark": "#eef3f5", "light": "#14212b"}


class Drawn(NamedTuple):
    """A figure, and what it says in a sentence."""

    figure: Figure
    finding: str


def _kept(draw: Callable[..., Drawn]) -> Callable[..., Drawn]:
    """Draw once for each revision and view; a figure that is the same is not sent again."""
    return st.cache_resource(max_entries=KEPT, show_spinner=False, hash_funcs=BY_REVISION)(draw)


def show(board: Board, *, is_live: bool) -> None:
    """Draw the numbers and all charts, narrowed to what is selected.

    The live page offers the last hour besides the whole time.
    """
    spoken = language.current()
    with st.container(horizontal=True, key="selection"):
        _offer_selection(board.event)
    selection = _selection(board.event)
    _show_headline(board, selection, spoken)
    left, right = st.columns(2, gap="large")
    with left:
        _show_districts(board, selection, spoken)
        st.subheader(_("Waiting now"))
        _show(_waiting(board, selection, spoken, _now(seconds=60)), key="waiting")
    with right:
        st.subheader(_("By topic"))
        _show(_topics(board, selection, spoken), key="topics", selects=("topic",))
    st.subheader(_("Over time"))
    window = _choose_window() if is_live else None
    _show(_timeline(board, selection, spoken, window), key="timeline")
    _show_balance(board, selection, spoken)
    st.subheader(_("District and topic"))
    _show(_matrix(board, selection, spoken), key="matrix", selects=("district", "topic"))
    st.subheader(_("The path of the questions"))
    _show(_path(board, selection, spoken), key="path")


def show_questions(board: Board) -> None:
    """Draw the newest questions of what is selected."""
    numbers = tallies.newest(board, _selection(board.event), most=MOST_LISTED)
    st.subheader(_("The newest questions"))
    st.dataframe(
        question_table.of_questions(board, [board.questions[each] for each in numbers]),
        key="newest",
        hide_index=True,
        column_config=question_table.columns(),
        alt=_("The newest questions with district, topic and state"),
    )


def _show_headline(board: Board, selection: Selection, spoken: Language) -> None:
    counts = participation.totals(board, selection)
    grown = _changes(board, selection, _now(seconds=10))
    with st.container(horizontal=True):
        for status in (None, *HEADLINE):
            st.metric(
                words.statuses(spoken)[status] if status else _("Questions"),
                spoken.number(counts[status]),
                delta=_signed(grown.get(status, 0), spoken),
                delta_color="off",
                delta_arrow="off",
                delta_description=_("in ten minutes"),
                border=True,
            )


def _show_districts(board: Board, selection: Selection, spoken: Language) -> None:
    st.subheader(_("By district"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure, view = _choose_measure(), _choose_view(board.event)
    drawn = _districts(board, selection, spoken, measure, view)
    _show(drawn, key=f"districts-{view}", selects=("district",))
    _credits(board.event, view, measure)


def _show_balance(board: Board, selection: Selection, spoken: Language) -> None:
    st.subheader(_("Balance of voice"))
    left, right = st.columns(2, gap="large")
    with left:
        drawn = _balance_of_districts(board, selection, spoken)
        _show(drawn, key="balance-districts", selects=("district",))
    with right:
        drawn = _balance_of_topics(board, selection, spoken)
        _show(drawn, key="balance-topics", selects=("topic",))


@_kept
def _districts(
    board: Board, selection: Selection, spoken: Language, measure: Measure, view: str
) -> Drawn:
    frame = participation.by_district(board, selection)
    how: dict[str, Any] = {"measure": measure, "chosen": selection.district}
    if view == "map":
        how["boundaries"] = _boundaries(board.event.boundaries or "")
    return Drawn(
        VIEWS[view](frame, spoken, **how), districts.finding(frame, spoken, measure=measure)
    )


@_kept
def _topics(board: Board, selection: Selection, spoken: Language) -> Drawn:
    frame = _by_topic(board, selection, spoken)
    return Drawn(topics.bars(frame, spoken, chosen=selection.topic), topics.finding(frame, spoken))


@_kept
def _timeline(
    board: Board,
    selection: Selection,
    spoken: Language,
    window: tuple[datetime, datetime] | None,
) -> Drawn:
    frame = participation.over_time(board, selection, window=window)
    turns = participation.on_stage(board, selection)
    return Drawn(timeline.bars(frame, turns, spoken), timeline.finding(frame, turns, spoken))


@_kept
def _balance_of_districts(board: Board, selection: Selection, spoken: Language) -> Drawn:
    frame = participation.by_district(board, selection).rename(columns={"short_name": "name"})
    figure = balance.dots(frame, spoken, name="districts", chosen=selection.district)
    return Drawn(figure, balance.finding(frame, spoken))


@_kept
def _balance_of_topics(board: Board, selection: Selection, spoken: Language) -> Drawn:
    frame = _by_topic(board, selection, spoken)
    figure = balance.dots(frame, spoken, name="topics", chosen=selection.topic)
    return Drawn(figure, balance.finding(frame, spoken))


@_kept
def _matrix(board: Board, selection: Selection, spoken: Language) -> Drawn:
    frame = participation.by_district_and_topic(board, **_names_of_topics(spoken))
    figure = matrix.cells(frame, spoken, district=selection.district, topic=selection.topic)
    return Drawn(figure, matrix.finding(frame, spoken))


@_kept
def _path(board: Board, selection: Selection, spoken: Language) -> Drawn:
    frame = participation.path(board, selection, english=spoken.code == "en")
    return Drawn(path.bars(frame, spoken), path.finding(frame, spoken))


@_kept
def _waiting(board: Board, selection: Selection, spoken: Language, at: datetime) -> Drawn:
    frame = participation.waiting(board, selection, at=at)
    return Drawn(waiting.bars(frame, spoken), waiting.finding(frame, spoken))


@st.cache_data(max_entries=KEPT, show_spinner=False, hash_funcs=BY_REVISION)
def _changes(board: Board, selection: Selection, at: datetime) -> dict[Status | None, int]:
    with engine.current().reading() as session:
        return participation.changes(session, board, selection, since=at - LATELY)


def _by_topic(board: Board, selection: Selection, spoken: Language) -> pd.DataFrame:
    return participation.by_topic(board, selection, **_names_of_topics(spoken))


def _names_of_topics(spoken: Language) -> dict[str, Any]:
    return {"english": spoken.code == "en", "without_topic": spoken.gettext("No topic yet")}


def _selection(event: Event) -> Selection:
    """Return what the address selects; a code that the event does not have selects nothing."""
    district, topic = st.query_params.get("district"), st.query_params.get("topic")
    known = {each.code: each.code for each in event.topics} | {WITHOUT: NO_TOPIC}
    return Selection(
        district=district if district in {each.code for each in event.districts} else None,
        topic=known.get(topic or ALL),
    )


def _offer_selection(event: Event) -> None:
    spoken = language.current()
    places = {each.code: each.short_name for each in event.districts}
    subjects = {each.code: spoken.pick(each.name, each.name_en) for each in event.topics}
    for label, key, names in (
        (_("District"), "district", {ALL: _("All districts")} | places),
        (_("Topic"), "topic", {ALL: _("All topics")} | subjects | {WITHOUT: _("No topic yet")}),
    ):
        choice.select(label, names, key=key, default=ALL)


def _take_click(key: str, selects: tuple[str, ...]) -> None:
    """Select what was clicked; a click on what is selected already selects all again."""
    points = st.session_state[key].selection.points
    codes = points[0]["customdata"] if points else (None, None)
    clicked = {
        name: WITHOUT if code == NO_TOPIC else code
        for name, code in zip(("district", "topic"), codes, strict=True)
        if name in selects and code is not None
    }
    is_selected = all(st.query_params.get(name) == code for name, code in clicked.items())
    for name in selects:
        st.query_params.pop(name, None)
    if not is_selected:
        st.query_params.update(clicked)


def _show(drawn: Drawn, *, key: str, selects: tuple[str, ...] = ()) -> None:
    figure = Figure(drawn.figure)
    ink = INKS["dark" if st.context.theme.type == "dark" else "light"]
    figure.update_layout(font_color=ink, legend_font_color=ink)
    figure.update_xaxes(tickfont_color=ink)
    figure.update_yaxes(tickfont_color=ink)
    how: dict[str, Any] = {"on_select": "ignore"}
    if selects:
        how = {"on_select": lambda: _take_click(key, selects), "selection_mode": "points"}
    st.plotly_chart(
        figure,
        key=key,
        alt=drawn.finding,
        config={"displayModeBar": False, "scrollZoom": False},
        **how,
    )
    st.text(drawn.finding)


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
    now = _now(seconds=60)
    return now - RECENT, now


def _now(*, seconds: int) -> datetime:
    """Return the time in whole steps of so many seconds, so that not each rerun differs."""
    return datetime.fromtimestamp(datetime.now(UTC).timestamp() // seconds * seconds, UTC)


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
