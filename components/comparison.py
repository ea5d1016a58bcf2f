"""Two events side by side: what came, how much of it was heard, and how soon."""

from typing import NamedTuple

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import districts, text, topics
from charts.districts import Measure
from components import annotations, conclusion, drawn, guard, language, replay
from components.choice import select
from components.language import _
from data_access import boards, engine, events, participation
from data_access import replay as steps
from data_access.boards import Board
from data_access.participation import HEARD
from dialogue.annotations import Subject
from dialogue.lifecycle import Status
from dialogue.roles import Place, may_open
from locales import Language

NONE = "none"


class Measures(NamedTuple):
    """What two events are compared by, each as words; "–" where it is not known."""

    held: str
    questions: str
    per_10000: str
    districts: str
    aloud: str
    in_writing: str
    heard: str
    without_outcome: str
    decided: str


def show(board: Board) -> None:
    """Offer the other events, and draw the chosen one beside this one."""
    spoken = language.current()
    others = _others(board.event.slug)
    if not others:
        st.info(_("There is no other event yet to compare with."))
        return
    select(_("Compare with"), {NONE: "–"} | others, key="with", default=NONE, width=420)
    chosen = st.session_state["with"]
    if chosen == NONE:
        return
    both = (board, boards.current(chosen))
    _show_table(both, spoken)
    annotations.show(board.event.slug, Subject.COMPARISON)
    for title, draw in ((_("By topic"), _topics), (_("By district"), _districts)):
        st.subheader(title)
        for column, each in zip(st.columns(2, gap="large"), both, strict=True):
            with column:
                st.text(_name(each, spoken))
                drawn.show(draw(each, spoken), key=f"{draw.__name__}-{each.event.slug}")


def _others(slug: str) -> dict[str, str]:
    """Name the other real events whose review the visitor may open."""
    visitor = guard.visitor()
    with engine.current().reading() as session:
        slugs = events.list_slugs(session)
    return {
        each: each for each in slugs if each != slug and may_open(visitor.roles(each), Place.REVIEW)
    }


def _name(board: Board, spoken: Language) -> str:
    event = board.event
    return f"{spoken.pick(event.title, event.title_en)} ({spoken.date(event.held_at)})"


def _show_table(both: tuple[Board, Board], spoken: Language) -> None:
    names = Measures(
        held=_("Held on"),
        questions=_("Questions"),
        per_10000=_("Per 10,000 young people"),
        districts=_("Districts that asked"),
        aloud=_("Answered aloud"),
        in_writing=_("Replied to in writing"),
        heard=_("Share that was heard"),
        without_outcome=_("Without an outcome"),
        decided=_("Until the desk decided, half of them"),
    )
    columns = {each.event.slug: list(_measures(each, spoken)) for each in both}
    st.dataframe(
        pd.DataFrame({_("Measure"): list(names), **columns}),
        key="comparison",
        hide_index=True,
        alt=_("Two events side by side"),
    )


def _measures(board: Board, spoken: Language) -> Measures:
    counts = participation.totals(board)
    by_district = participation.by_district(board)
    young_people = by_district["young_people"].sum()
    all_ = counts[None]
    heard = sum(counts[each] for each in HEARD)
    decided = steps.delays(replay.steps(board))["decided"].median()
    return Measures(
        held=spoken.date(board.event.held_at),
        questions=spoken.number(all_),
        per_10000=spoken.number(all_ / young_people * 10_000, decimals=1) if young_people else "–",
        districts=_("{asked} of {all}").format(
            asked=int((by_district["questions"] > 0).sum()), all=len(by_district)
        ),
        aloud=spoken.number(counts[Status.ANSWERED]),
        in_writing=spoken.number(counts[Status.REPLIED]),
        heard=text.percent(heard / all_, spoken) if all_ else "–",
        without_outcome=spoken.number(len(conclusion.without_outcome(board))),
        decided="–" if pd.isna(decided) else text.duration(decided, spoken),
    )


@drawn.kept
def _topics(board: Board, spoken: Language) -> tuple[Figure, str]:
    frame = participation.by_topic(
        board, english=spoken.code == "en", without_topic=spoken.gettext("No topic yet")
    )
    return topics.bars(frame, spoken), topics.finding(frame, spoken)


@drawn.kept
def _districts(board: Board, spoken: Language) -> tuple[Figure, str]:
    frame = participation.by_district(board)
    measure = Measure.PER_10000 if frame["young_people"].notna().all() else Measure.QUESTIONS
    return (
        districts.bars(frame, spoken, measure=measure),
        districts.finding(frame, spoken, measure=measure),
    )
