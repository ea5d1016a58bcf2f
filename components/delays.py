"""How long questions waited, how fast the desk worked, and the ways they came in compared."""

from datetime import timedelta

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import delays, topics
from components import drawn, language, replay, words
from components.language import _
from data_access import replay as steps
from data_access.boards import Board
from locales import Language


def show(board: Board) -> None:
    """Draw the delays by topic and by district, the ways in, and the desk's pace."""
    spoken = language.current()
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Waiting time by topic"))
        drawn.show(_by_topic(board, spoken), key="delays-topics")
        st.subheader(_("Phones, portal and paper"))
        drawn.show(_by_source(board, spoken), key="sources")
        drawn.show(_delays_by_source(board, spoken), key="delays-sources")
    with right:
        st.subheader(_("Waiting time by district"))
        drawn.show(_by_district(board, spoken), key="delays-districts")
    st.subheader(_("The desk's pace"))
    _show_paces(steps.paces(replay.steps(board)), spoken)


@drawn.kept
def _by_topic(board: Board, spoken: Language) -> tuple[Figure, str]:
    return _delays(board, spoken, "topic", replay.topic_names(board, spoken))


@drawn.kept
def _by_district(board: Board, spoken: Language) -> tuple[Figure, str]:
    names = {each.code: each.short_name for each in board.event.districts}
    return _delays(board, spoken, "district", names)


@drawn.kept
def _delays_by_source(board: Board, spoken: Language) -> tuple[Figure, str]:
    return _delays(board, spoken, "source", _sources(spoken))


def _delays(
    board: Board, spoken: Language, column: str, names: dict[str, str]
) -> tuple[Figure, str]:
    frame = steps.delays_by(steps.delays(replay.steps(board)), column, names)
    return (
        delays.bars(frame, spoken, name=f"delays-{column}"),
        delays.finding(frame, spoken),
    )


@drawn.kept
def _by_source(board: Board, spoken: Language) -> tuple[Figure, str]:
    taken = replay.steps(board)
    frame = steps.by(steps.standing(taken, at=taken["at"].max()), "source", _sources(spoken))
    frame = frame[frame["questions"] > 0]
    return topics.bars(frame, spoken), topics.finding(frame, spoken)


def _sources(spoken: Language) -> dict[str, str]:
    return {each.value: name for each, name in words.sources(spoken).items()}


def _show_paces(paces: pd.DataFrame, spoken: Language) -> None:
    if paces.empty:
        st.text(_("Nobody of the desk has moved a question yet."))
        return
    st.dataframe(
        pd.DataFrame(
            {
                _("Person"): paces["person"],
                _("Questions moved"): paces["steps"],
                _("A minute, while at work"): paces["a_minute"].map(
                    lambda each: spoken.number(each, decimals=1)
                ),
            }
        ),
        key="paces",
        hide_index=True,
        alt=_("How many questions each person of the desk moved, and how fast"),
    )
