"""How long questions waited, how fast the desk worked, and the ways they came in compared."""

from math import ceil

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

import words.questions
from charts import delays, topics
from charts.delays import Until
from components.drawing import annotations, figures
from components.review import replay
from components.shell import session_language
from components.shell.options import choose
from components.shell.session_language import _
from data_access.questions.cached.snapshots import Snapshot
from data_access.review import replay as steps
from dialogue.annotations import Subject
from locales import Language


def show(snapshot: Snapshot) -> None:
    """Draw the delays by topic, district or way in, the ways in themselves, and the desk's pace."""
    language = session_language.current()
    by = _choose_by()
    for column, title, until in zip(
        st.columns(2, gap="large"),
        (_("Until the desk decided"), _("Until on stage")),
        Until,
        strict=True,
    ):
        with column:
            st.subheader(title)
            figures.show(_delays(snapshot, language, by, until), key=f"delays-{until}")
    annotations.show(snapshot.event.slug, Subject.DELAYS)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Phones, portal and paper"))
        figures.show(_sources(snapshot, language), key="sources")
        annotations.show(snapshot.event.slug, Subject.SOURCES)
    with right:
        st.subheader(_("The desk's pace"))
        st.text(_pace(steps.pace(replay.steps(snapshot)), language))
        annotations.show(snapshot.event.slug, Subject.PACE)


def _choose_by() -> str:
    names = {"topic": _("Topic"), "district": _("District"), "source": _("Source")}
    return choose(_("Waiting time by"), names, key="by", default="topic")


@figures.kept
def _delays(snapshot: Snapshot, language: Language, by: str, until: Until) -> tuple[Figure, str]:
    frame = steps.delays_by(
        steps.delays(replay.steps(snapshot)), by, _names(snapshot, language)[by]
    )
    return delays.bars(frame, language, until=until), delays.finding(frame, language, until=until)


@figures.kept
def _sources(snapshot: Snapshot, language: Language) -> tuple[Figure, str]:
    taken = replay.steps(snapshot)
    standing = steps.standing(taken, at=taken["at"].max())
    frame = steps.by(standing, "source", _names(snapshot, language)["source"])
    frame = frame[frame["questions"] > 0]
    return topics.bars(frame, language), topics.finding(frame, language)


def _names(snapshot: Snapshot, language: Language) -> dict[str, dict[str, str]]:
    return {
        "topic": replay.topic_names(snapshot, language),
        "district": {each.code: each.short_name for each in snapshot.event.districts},
        "source": {each.value: name for each, name in words.questions.sources(language).items()},
    }


def _pace(counts: "pd.Series[int]", language: Language) -> str:
    """Say how much the desk did, all of it together, and how fast."""
    if counts.empty:
        return _("Nobody of the desk has moved a question yet.")
    said = _(
        "The desk moved questions {steps} times, in {minutes} different minutes: in half of these "
        "{median} times or more, {most} at most."
    )
    return said.format(
        steps=language.number(counts.sum()),
        minutes=language.number(len(counts)),
        median=language.number(ceil(counts.median())),
        most=language.number(counts.max()),
    )
