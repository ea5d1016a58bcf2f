"""Two events side by side: what came, how much of it was answered, and how soon."""

from typing import NamedTuple

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import comparison, text
from components import annotations, conclusion, drawn, guard, language, replay, table
from components.choice import select
from components.language import _
from data_access import boards, engine, events, participation
from data_access import replay as steps
from data_access.boards import Board
from data_access.tallies import NO_TOPIC
from dialogue.annotations import Subject
from dialogue.events import per_10000
from dialogue.lifecycle import HEARD, Status
from dialogue.roles import Place, may_open
from locales import Language

NONE = "none"


class Measures(NamedTuple):
    """What two events are compared by, each as words; "not known" where it is not."""

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
    others = _others(board.event.slug, spoken)
    if not others:
        st.info(_("There is no other event yet to compare with."))
        return
    select(_("Compare with"), {NONE: "–"} | others, key="with", default=NONE, width=420)
    chosen = st.session_state["with"]
    if chosen == NONE:
        return
    other = boards.current(chosen)
    _show_table((board, other), spoken)
    annotations.show(board.event.slug, Subject.COMPARISON)
    st.subheader(_("By topic"))
    drawn.show(_topics(board, other, spoken), key="compared-topics")
    st.subheader(_("By district"))
    st.text(_("Per 10,000 young people") if _know_people(board, other) else _("Questions"))
    drawn.show(_districts(board, other, spoken), key="compared-districts")


def _others(slug: str, spoken: Language) -> dict[str, str]:
    """Name the other real events whose review the visitor may open."""
    visitor = guard.visitor()
    with engine.current().reading() as session:
        slugs = events.list_slugs(session)
        return {
            each: name(boards.current(each), spoken)
            for each in slugs
            if each != slug and may_open(visitor.roles(each), Place.REVIEW)
        }


def name(board: Board, spoken: Language) -> str:
    """Name an event so that two of the same title are told apart."""
    event = board.event
    return f"{spoken.pick(event.title, event.title_en)} ({spoken.date(event.held_on)})"


def _short_names(both: tuple[Board, Board], spoken: Language) -> tuple[str, str]:
    """Name two events in few words: by their days, or else by their titles too."""
    one, other = (spoken.date(each.event.held_on) for each in both)
    return (one, other) if one != other else (name(both[0], spoken), name(both[1], spoken))


def _show_table(both: tuple[Board, Board], spoken: Language) -> None:
    names = Measures(
        held=_("Held on"),
        questions=_("Questions"),
        per_10000=_("Per 10,000 young people"),
        districts=_("Districts that asked"),
        aloud=_("Answered aloud"),
        in_writing=_("Replied to in writing"),
        heard=_("Answered, aloud or in writing"),
        without_outcome=_("Without an outcome"),
        decided=_("Until the desk decided, half of them"),
    )
    columns = {each.event.slug: list(_measures(each, spoken)) for each in both}
    table.show(
        pd.DataFrame({"": list(names), **columns}),
        key="comparison",
        alt=_("Two events side by side"),
        names={each.event.slug: name(each, spoken) for each in both},
    )


def _measures(board: Board, spoken: Language) -> Measures:
    counts = participation.totals(board)
    by_district = participation.by_district(board)
    all_ = counts[None]
    rate = per_10000(all_, board.event.young_people)
    heard = sum(counts[each] for each in HEARD)
    share = f"{text.percent(heard / all_, spoken)} · " if all_ else ""
    return Measures(
        held=spoken.date(board.event.held_on),
        questions=spoken.number(all_),
        per_10000=_("not known") if rate is None else spoken.number(rate, decimals=1),
        districts=text.part(int((by_district["questions"] > 0).sum()), len(by_district), spoken),
        aloud=spoken.number(counts[Status.ANSWERED]),
        in_writing=spoken.number(counts[Status.REPLIED]),
        heard=share + text.part(heard, all_, spoken),
        without_outcome=spoken.number(len(conclusion.without_outcome(board))),
        decided=_decided(board, spoken),
    )


def _decided(board: Board, spoken: Language) -> str:
    """Say how long the desk took: the median, the middle half, and of how many questions."""
    waited = steps.delays(replay.steps(board))["decided"]
    if not waited.count():
        return "–"
    low, median, high = (
        text.duration(float(waited.quantile(each)), spoken) for each in (0.25, 0.5, 0.75)
    )
    said = _("{median} or more (the middle half {low} to {high}; {count})")
    count = text.part(waited.count(), len(waited), spoken)
    return said.format(median=median, low=low, high=high, count=count)


def _know_people(*both: Board) -> bool:
    return all(each.event.young_people for each in both)


@drawn.kept
def _topics(board: Board, other: Board, spoken: Language) -> tuple[Figure, str]:
    frames = [
        participation.by_topic(
            each, english=spoken.code == "en", without_topic=spoken.gettext("No topic yet")
        )
        for each in (board, other)
    ]
    return _drawn(frames, (board, other), spoken, column="questions")


@drawn.kept
def _districts(board: Board, other: Board, spoken: Language) -> tuple[Figure, str]:
    frames = [
        participation.by_district(each).rename(columns={"short_name": "name"})
        for each in (board, other)
    ]
    if _know_people(board, other):
        return _drawn(frames, (board, other), spoken, column="per_10000", decimals=1)
    return _drawn(frames, (board, other), spoken, column="questions")


def _drawn(
    frames: list[pd.DataFrame],
    both: tuple[Board, Board],
    spoken: Language,
    *,
    column: str,
    decimals: int = 0,
) -> tuple[Figure, str]:
    first, second = (
        each[["code", "name", column]].rename(columns={column: side})
        for each, side in zip(frames, ("first", "second"), strict=True)
    )
    frame = first.merge(second, on="code", how="outer", suffixes=("", "_there"), sort=False)
    frame["name"] = frame["name"].fillna(frame["name_there"])
    # What has no topic is missing where there is nothing of the kind.
    without = frame["code"] == NO_TOPIC
    frame.loc[without, ["first", "second"]] = frame.loc[without, ["first", "second"]].fillna(0)
    names = _short_names(both, spoken)
    return (
        comparison.bars(frame, spoken, events=names, decimals=decimals),
        comparison.finding(frame, spoken, events=names, decimals=decimals),
    )
