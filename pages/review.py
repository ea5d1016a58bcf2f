"""Staff read what the day was, and take its tables and documents away for the report."""

from collections.abc import Callable

import streamlit as st

from components import (
    comparison,
    conclusion,
    delays,
    event_picker,
    language,
    participation,
    question_table,
    replay,
    selection,
    table,
    vocabulary,
)
from components.choice import choose
from components.guard import require
from components.language import _
from data_access import boards
from data_access.boards import Board
from dialogue.roles import Place
from reports import section

HEIGHT = 640


def show_participation(board: Board) -> None:
    """Draw who asked, who was heard, and when."""
    participation.show(board, is_live=False)


def show_questions(board: Board) -> None:
    """List what has no outcome yet, and then the questions of a district, on a topic, or all."""
    conclusion.show_open(board)
    st.subheader(_("All questions"))
    with st.container(horizontal=True):
        selection.offer(board.event)
    questions, all_ = question_table.of(board, selection.current(board.event))
    if len(questions) < all_:
        spoken = language.current()
        said = _("These are the newest {count} of {all}. The files have all of them.")
        many = {"count": spoken.number(len(questions)), "all": spoken.number(all_)}
        st.text(said.format(**many))
    table.show(
        questions,
        key="questions",
        height=HEIGHT,
        alt=_("All questions with district, topic, state and times"),
    )


def show_files(board: Board) -> None:
    """Offer the files."""
    section.show(board.event.slug)


slug = event_picker.current(require(Place.REVIEW), Place.REVIEW)
board = boards.current(slug)
parts: dict[str, tuple[str, Callable[[Board], None]]] = {
    "participation": (_("Participation"), show_participation),
    "replay": (_("Replay"), replay.show),
    "delays": (_("Waiting and pace"), delays.show),
    "terms": (_("Terms"), vocabulary.show),
    "questions": (_("Questions"), show_questions),
    "comparison": (_("Comparison"), comparison.show),
    "files": (_("Files"), show_files),
}

st.title(_("Review"))
conclusion.show(board)
part = choose(
    _("Part"),
    {code: name for code, (name, draw) in parts.items()},
    key="part",
    default="participation",
    label_visibility="collapsed",
)
parts[part][1](board)
