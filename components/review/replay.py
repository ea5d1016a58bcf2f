"""The dialogue told again: how the questions stood at any minute, as its activity has it."""

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import course, topics
from components.drawing import annotations, figures
from components.shell import session_language
from components.shell.options import select
from components.shell.session_language import _
from data_access.questions.cached.snapshots import Snapshot
from data_access.review import replay
from dialogue import text as texts
from dialogue.annotations import Subject
from dialogue.lifecycle import Status
from locales import Language

# So often the replay goes on by one step: fast enough for an afternoon, slow enough to read.
STEP_SECONDS = 0.7
# More places than a screen is wide would not be seen.
MOST_PLACES = 240
KEPT = 4
DIALOGUE, ALL = "dialogue", "all"
PLAYING, AT = "replay-playing", "replay-at"
# In the address, so that a link shows a colleague the same moment.
ADDRESS = "at"


@st.cache_resource(max_entries=KEPT, show_spinner=False, hash_funcs=figures.BY_REVISION)
def steps(snapshot: Snapshot) -> pd.DataFrame:
    """Return all steps of an event's questions, read once for each revision."""
    with snapshot.database.reading() as session:
        return replay.steps(session, snapshot.event)


def show(snapshot: Snapshot) -> None:
    """Draw the time, and how the questions stood then."""
    taken = steps(snapshot)
    if taken.empty:
        st.info(_("No questions yet."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        moments = replay.moments(*_choose_span(taken))
        playing = bool(st.session_state.get(PLAYING))
        st.button(
            _("Pause") if playing else _("Play"),
            key="replay-play",
            icon=":material/pause:" if playing else ":material/play_arrow:",
            on_click=_play,
            args=(not playing,),
        )
    st.fragment(_show_moment, run_every=STEP_SECONDS if playing else None)(snapshot, moments)


def _play(playing: bool) -> None:
    st.session_state[PLAYING] = playing
    _keep_in_the_address()


def _keep_in_the_address() -> None:
    if AT in st.session_state:
        st.query_params[ADDRESS] = _address(st.session_state[AT])


def _asked(moments: list[datetime]) -> datetime | None:
    """Return the moment that the address asks for, if it is one of these."""
    asked = st.query_params.get(ADDRESS)
    return next((each for each in moments if asked == _address(each)), None) if asked else None


def _address(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}"


def _choose_span(taken: pd.DataFrame) -> tuple[datetime, datetime]:
    """Offer the dialogue itself, each day on which something was done, and all of the time."""
    language = session_language.current()
    # On the event's own clock.
    days = taken["at"].dt.tz_localize(None).dt.normalize()
    hours = replay.dialogue(taken)
    names = {DIALOGUE: _("The dialogue")} if hours else {}
    names |= {f"{each:%Y-%m-%d}": language.date(each) for each in days.unique()}
    names |= {ALL: _("All of it")}
    select(_("Time"), names, key="span", default=DIALOGUE if hours else ALL, width=260)
    chosen = st.session_state["span"]
    if chosen == DIALOGUE and hours:
        return hours
    within = taken["at"] if chosen == ALL else taken.loc[days == pd.Timestamp(chosen), "at"]
    return within.iloc[0], within.iloc[-1]


def _show_moment(snapshot: Snapshot, moments: list[datetime]) -> None:
    language = session_language.current()
    at = _choose_moment(moments, language)
    taken = steps(snapshot)
    standing = replay.standing(taken, at=at)
    _show_headline(standing, language)
    _show_stage(snapshot, standing, at)
    figures.show(_course(snapshot, language, moments[0], moments[-1], at), key="course")
    annotations.show(snapshot.event.slug, Subject.REPLAY, moment=at)
    st.subheader(_("By topic"))
    figures.show(_topics(snapshot, language, at), key="replayed-topics")


def _choose_moment(moments: list[datetime], language: Language) -> datetime:
    """Offer the moments; while it is played each run takes the next, and the last one ends it."""
    kept = st.session_state.get(AT) or _asked(moments)
    place = moments.index(kept) if kept in moments else len(moments) - 1
    if st.session_state.get(PLAYING):
        # What is played again from its end begins anew.
        place = (place + 1) % len(moments)
        if place == len(moments) - 1:
            st.session_state[PLAYING] = False
            st.session_state[AT] = moments[place]
            st.rerun()
    st.session_state[AT] = moments[place]
    if len(moments) == 1:
        return moments[0]
    chosen: datetime = st.select_slider(
        _("Moment"),
        moments,
        format_func=language.date_time,
        key=AT,
        on_change=_keep_in_the_address,
    )
    return chosen


def _show_headline(standing: pd.DataFrame, language: Language) -> None:
    counts = standing["status"].value_counts()
    # Together they are all of them.
    shown = {_("Questions"): len(standing)} | {
        each.name: int(counts[list(each.columns)].sum()) for each in topics.groups(language)
    }
    with st.container(horizontal=True):
        for name, count in shown.items():
            st.metric(name, language.number(count), border=True)


def _show_stage(snapshot: Snapshot, standing: pd.DataFrame, at: datetime) -> None:
    """Say which question was on stage then; its words are those of now."""
    on_stage = standing.loc[standing["status"] == Status.ON_STAGE.value, "number"]
    with st.container(border=True):
        st.caption(_("On stage at {time}").format(time=session_language.current().date_time(at)))
        if on_stage.empty:
            st.text(_("No question was on stage."))
            return
        question = snapshot.questions[int(on_stage.iloc[0])]
        district = snapshot.districts[question.district].short_name
        st.text(f"#{question.number} · {district}\n{texts.without_personal_details(question.text)}")


@figures.kept
def _course(
    snapshot: Snapshot, language: Language, first: datetime, last: datetime, at: datetime
) -> tuple[Figure, str]:
    moments = replay.moments(first, last)
    shown = moments[:: len(moments) // MOST_PLACES + 1]
    frame = replay.course(steps(snapshot), shown if shown[-1] == last else [*shown, last])
    return course.areas(frame, language, marked=at), course.finding(frame, language, marked=at)


@figures.kept
def _topics(snapshot: Snapshot, language: Language, at: datetime) -> tuple[Figure, str]:
    standing = replay.standing(steps(snapshot), at=at)
    frame = replay.by(standing, "topic", topic_names(snapshot, language))
    return topics.bars(frame, language), topics.finding(frame, language)


def topic_names(snapshot: Snapshot, language: Language) -> dict[str, Any]:
    """Name the topics by code, and what has none."""
    names = {each.code: language.pick(each.name, each.name_en) for each in snapshot.event.topics}
    return names | {replay.NOBODY: language.gettext("No topic yet")}
