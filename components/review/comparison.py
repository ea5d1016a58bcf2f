"""Two events side by side: what came, how much of it was answered, and how soon."""

from typing import NamedTuple

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import comparison, text
from components.drawing import annotations, figures, table
from components.review import conclusion, replay
from components.shell import guard, session_language
from components.shell.options import select
from components.shell.session_language import _
from data_access import engine
from data_access.events import events
from data_access.participation import frames as participation
from data_access.participation.tallies import NO_TOPIC
from data_access.questions.cached.snapshots import Snapshot
from data_access.review import replay as steps
from dialogue.annotations import Subject
from dialogue.events import per_10000
from dialogue.lifecycle import HEARD, Status
from dialogue.roles import Place, may_open
from live import snapshots
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


def show(snapshot: Snapshot) -> None:
    """Offer the other events, and draw the chosen one beside this one."""
    language = session_language.current()
    others = _others(snapshot.event.slug, language)
    if not others:
        st.info(_("There is no other event yet to compare with."))
        return
    select(_("Compare with"), {NONE: "–"} | others, key="with", default=NONE, width=420)
    chosen = st.session_state["with"]
    if chosen == NONE:
        return
    other = snapshots.current(chosen)
    _show_table((snapshot, other), language)
    annotations.show(snapshot.event.slug, Subject.COMPARISON)
    st.subheader(_("By topic"))
    figures.show(_topics(snapshot, other, language), key="compared-topics")
    st.subheader(_("By district"))
    st.text(_("Per 10,000 young people") if _know_people(snapshot, other) else _("Questions"))
    figures.show(_districts(snapshot, other, language), key="compared-districts")


def _others(slug: str, language: Language) -> dict[str, str]:
    """Name the other real events whose review the visitor may open."""
    visitor = guard.visitor()
    with engine.current().reading() as session:
        slugs = events.list_slugs(session)
        return {
            each: name(snapshots.current(each), language)
            for each in slugs
            if each != slug and may_open(visitor.roles(each), Place.REVIEW)
        }


def name(snapshot: Snapshot, language: Language) -> str:
    """Name an event so that two of the same title are told apart."""
    event = snapshot.event
    return f"{language.pick(event.title, event.title_en)} ({language.date(event.held_on)})"


def _short_names(both: tuple[Snapshot, Snapshot], language: Language) -> tuple[str, str]:
    """Name two events in few words: by their days, or else by their titles too."""
    one, other = (language.date(each.event.held_on) for each in both)
    return (one, other) if one != other else (name(both[0], language), name(both[1], language))


def _show_table(both: tuple[Snapshot, Snapshot], language: Language) -> None:
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
    columns = {each.event.slug: list(_measures(each, language)) for each in both}
    table.show(
        pd.DataFrame({"": list(names), **columns}),
        key="comparison",
        alt=_("Two events side by side"),
        names={each.event.slug: name(each, language) for each in both},
    )


def _measures(snapshot: Snapshot, language: Language) -> Measures:
    counts = participation.totals(snapshot)
    by_district = participation.by_district(snapshot)
    all_ = counts[None]
    rate = per_10000(all_, snapshot.event.young_people)
    heard = sum(counts[each] for each in HEARD)
    share = f"{text.percent(heard / all_, language)} · " if all_ else ""
    return Measures(
        held=language.date(snapshot.event.held_on),
        questions=language.number(all_),
        per_10000=_("not known") if rate is None else language.number(rate, decimals=1),
        districts=text.part(int((by_district["questions"] > 0).sum()), len(by_district), language),
        aloud=language.number(counts[Status.ANSWERED]),
        in_writing=language.number(counts[Status.REPLIED]),
        heard=share + text.part(heard, all_, language),
        without_outcome=language.number(len(conclusion.without_outcome(snapshot))),
        decided=_decided(snapshot, language),
    )


def _decided(snapshot: Snapshot, language: Language) -> str:
    """Say how long the desk took: the median, the middle half, and of how many questions."""
    waited = steps.delays(replay.steps(snapshot))["decided"]
    if not waited.count():
        return "–"
    low, median, high = (
        text.duration(float(waited.quantile(each)), language) for each in (0.25, 0.5, 0.75)
    )
    said = _("{median} or more (the middle half {low} to {high}; {count})")
    count = text.part(waited.count(), len(waited), language)
    return said.format(median=median, low=low, high=high, count=count)


def _know_people(*both: Snapshot) -> bool:
    return all(each.event.young_people for each in both)


@figures.kept
def _topics(snapshot: Snapshot, other: Snapshot, language: Language) -> tuple[Figure, str]:
    frames = [
        participation.by_topic(
            each, english=language.code == "en", without_topic=language.gettext("No topic yet")
        )
        for each in (snapshot, other)
    ]
    return _drawn(frames, (snapshot, other), language, column="questions")


@figures.kept
def _districts(snapshot: Snapshot, other: Snapshot, language: Language) -> tuple[Figure, str]:
    frames = [
        participation.by_district(each).rename(columns={"short_name": "name"})
        for each in (snapshot, other)
    ]
    if _know_people(snapshot, other):
        return _drawn(frames, (snapshot, other), language, column="per_10000", decimals=1)
    return _drawn(frames, (snapshot, other), language, column="questions")


def _drawn(
    frames: list[pd.DataFrame],
    both: tuple[Snapshot, Snapshot],
    language: Language,
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
    names = _short_names(both, language)
    return (
        comparison.bars(frame, language, events=names, decimals=decimals),
        comparison.finding(frame, language, events=names, decimals=decimals),
    )
