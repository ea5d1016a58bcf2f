"""Staff read what the day was, and take its tables and documents away for the report."""

from collections.abc import Callable

import streamlit as st

from components.drawing import selection, table
from components.participation import charts
from components.questions import table as question_table
from components.review import comparison, conclusion, delays, exports, replay, terms
from components.shell import frame, session_language
from components.shell.options import choose
from components.shell.session_language import _
from data_access.questions.cached.snapshots import Snapshot
from dialogue.roles import Place
from live import snapshots

HEIGHT = 640


def show_participation(snapshot: Snapshot) -> None:
    """Draw who asked, who was heard, and when."""
    charts.show(snapshot, is_live=False)


def show_questions(snapshot: Snapshot) -> None:
    """List what has no outcome yet, and then the questions of a district, on a topic, or all."""
    conclusion.show_open(snapshot)
    st.subheader(_("All questions"))
    with st.container(horizontal=True):
        selection.offer(snapshot.event)
    questions, all_ = question_table.of(snapshot, selection.current(snapshot.event))
    if len(questions) < all_:
        language = session_language.current()
        said = _("These are the newest {count} of {all}. The files have all of them.")
        many = {"count": language.number(len(questions)), "all": language.number(all_)}
        st.text(said.format(**many))
    table.show(
        questions,
        key="questions",
        height=HEIGHT,
        alt=_("All questions with district, topic, state and times"),
    )


def show_files(snapshot: Snapshot) -> None:
    """Offer the files."""
    exports.show(snapshot.event.slug)


slug = frame.show(Place.REVIEW)
snapshot = snapshots.current(slug)
parts: dict[str, tuple[str, Callable[[Snapshot], None]]] = {
    "participation": (_("Participation"), show_participation),
    "replay": (_("Replay"), replay.show),
    "delays": (_("Waiting and pace"), delays.show),
    "terms": (_("Terms"), terms.show),
    "questions": (_("Questions"), show_questions),
    "comparison": (_("Comparison"), comparison.show),
    "files": (_("Files"), show_files),
}

st.title(_("Review"))
conclusion.show(snapshot)
part = choose(
    _("Part"),
    {code: name for code, (name, draw) in parts.items()},
    key="part",
    default="participation",
    label_visibility="collapsed",
)
parts[part][1](snapshot)
