"""How long questions waited, how fast the desk worked, and the ways they came in compared."""

from math import ceil

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import delays, topics
from charts.delays import Until
from components import annotations, drawn, language, replay, words
from components.choice import choose
from components.language import _
from data_access import replay as steps
from data_access.boards import Board
from dialogue.annotations import Subject
from locales import Language


def show(board: Board) -> None:
    """Draw the delays by topic, district or way in, the ways in themselves, and the desk's pace."""
    spoken = language.current()
    by = _choose_by()
    for column, title, until in zip(
        st.columns(2, gap="large"),
        (_("Until the desk decided"), _("Until on stage")),
        Until,
        strict=True,
    ):
        with column:
            st.subheader(title)
            drawn.show(_delays(board, spoken, by, until), key=f"delays-{until}")
    annotations.show(board.event.slug, Subject.DELAYS)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Phones, portal and paper"))
        drawn.show(_sources(board, spoken), key="sources")
        annotations.show(board.event.slug, Subject.SOURCES)
    with right:
        st.subheader(_("The desk's pace"))
        st.text(_pace(steps.pace(replay.steps(board)), spoken))
        annotations.show(board.event.slug, Subject.PACE)


def _choose_by() -> str:
    names = {"topic": _("Topic"), "district": _("District"), "source": _("Source")}
    return choose(_("Waiting time by"), names, key="by", default="topic")


@drawn.kept
def _delays(board: Board, spoken: Language, by: str, until: Until) -> tuple[Figure, str]:
    frame = steps.delays_by(steps.delays(replay.steps(board)), by, _names(board, spoken)[by])
    return delays.bars(frame, spoken, until=until), delays.finding(frame, spoken, until=until)


@drawn.kept
def _sources(board: Board, spoken: Language) -> tuple[Figure, str]:
    taken = replay.steps(board)
    standing = steps.standing(taken, at=taken["at"].max())
    frame = steps.by(standing, "source", _names(board, spoken)["source"])
    frame = frame[frame["questions"] > 0]
    return topics.bars(frame, spoken), topics.finding(frame, spoken)


def _names(board: Board, spoken: Language) -> dict[str, dict[str, str]]:
    return {
        "topic": replay.topic_names(board, spoken),
        "district": {each.code: each.short_name for each in board.event.districts},
        "source": {each.value: name for each, name in words.sources(spoken).items()},
    }


def _pace(counts: "pd.Series[int]", spoken: Language) -> str:
    """Say how much the desk did, all of it together, and how fast."""
    if counts.empty:
        return _("Nobody of the desk has moved a question yet.")
    said = _(
        "The desk moved questions {steps} times, in {minutes} different minutes: in half of these "
        "{median} times or more, {most} at most."
    )
    return said.format(
        steps=spoken.number(counts.sum()),
        minutes=spoken.number(len(counts)),
        median=spoken.number(ceil(counts.median())),
        most=spoken.number(counts.max()),
    )
