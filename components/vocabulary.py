"""Which terms the questions used, and the questions that use one of them."""

from math import ceil

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import terms as chart
from components import annotations, drawn, language, question_table, table
from components.choice import select
from components.language import _
from data_access.boards import Board
from dialogue import terms
from dialogue import text as texts
from dialogue.annotations import Subject
from dialogue.lifecycle import Status
from dialogue.questions import Question
from locales import Language

MOST_TERMS = 25
# Read evenly from all of them: more would not find others, only later.
MOST_READ = 5_000
MOST_LISTED = 50
KEPT = 8
NONE = "none"


def show(board: Board) -> None:
    """Draw the terms by how many questions use them, and list the questions of a chosen one."""
    spoken = language.current()
    read = _read(board)
    if len(read) < len(_there(board)):
        said = _("Found in {read} of {all} questions, taken evenly from all of them.")
        many = {"read": spoken.number(len(read)), "all": spoken.number(len(_there(board)))}
        st.text(said.format(**many))
    drawn.show(_terms(board, spoken), key="terms")
    annotations.show(board.event.slug, Subject.TERMS)
    names = {each.words: each.words for each in _found(board)}
    if not names:
        return
    select(_("Questions that use"), {NONE: "–"} | names, key="term", default=NONE, width=360)
    chosen = st.session_state["term"]
    if chosen != NONE:
        _list(board, [each for each in read if terms.uses(_text(each), chosen)])


def _list(board: Board, questions: list[Question]) -> None:
    if len(questions) > MOST_LISTED:
        spoken = language.current()
        said = _("These are the first {count} of {all}.")
        many = {"count": spoken.number(MOST_LISTED), "all": spoken.number(len(questions))}
        st.text(said.format(**many))
    table.show(
        question_table.of_questions(board, questions[:MOST_LISTED]),
        key="term-questions",
        alt=_("Questions that use the term"),
    )


@st.cache_resource(max_entries=KEPT, show_spinner=False, hash_funcs=drawn.BY_REVISION)
def _found(board: Board) -> list[terms.Term]:
    return terms.find(map(_text, _read(board)), most=MOST_TERMS)


def _read(board: Board) -> list[Question]:
    """Return the questions that are read, at most `MOST_READ`."""
    questions = _there(board)
    return questions[:: ceil(len(questions) / MOST_READ) or 1]


def _there(board: Board) -> list[Question]:
    """Return the questions that there are: those that were merged say the same once more."""
    return [each for each in board.questions.values() if each.status is not Status.MERGED]


def _text(question: Question) -> str:
    """Return what is read of a question: a telephone number is no term."""
    return texts.without_personal_details(question.text)


@drawn.kept
def _terms(board: Board, spoken: Language) -> tuple[Figure, str]:
    frame = pd.DataFrame(_found(board), columns=list(terms.Term._fields))
    frame = frame.rename(columns={"words": "term"})
    return chart.bars(frame, spoken), chart.finding(frame, spoken)
