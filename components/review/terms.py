"""Which terms the questions used, and the questions that use one of them."""

from math import ceil

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import terms as chart
from components.drawing import annotations, figures, table
from components.questions import table as question_table
from components.shell import session_language
from components.shell.options import select
from components.shell.session_language import _
from data_access.questions.cached.snapshots import Snapshot
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


def show(snapshot: Snapshot) -> None:
    """Draw the terms by how many questions use them, and list the questions of a chosen one."""
    language = session_language.current()
    read = _read(snapshot)
    if len(read) < len(_there(snapshot)):
        said = _("Found in {read} of {all} questions, taken evenly from all of them.")
        many = {"read": language.number(len(read)), "all": language.number(len(_there(snapshot)))}
        st.text(said.format(**many))
    figures.show(_terms(snapshot, language), key="terms")
    annotations.show(snapshot.event.slug, Subject.TERMS)
    names = {each.words: each.words for each in _found(snapshot)}
    if not names:
        return
    select(_("Questions that use"), {NONE: "–"} | names, key="term", default=NONE, width=360)
    chosen = st.session_state["term"]
    if chosen != NONE:
        _list(snapshot, [each for each in read if terms.uses(_text(each), chosen)])


def _list(snapshot: Snapshot, questions: list[Question]) -> None:
    if len(questions) > MOST_LISTED:
        language = session_language.current()
        said = _("These are the first {count} of {all}.")
        many = {"count": language.number(MOST_LISTED), "all": language.number(len(questions))}
        st.text(said.format(**many))
    table.show(
        question_table.of_questions(snapshot, questions[:MOST_LISTED]),
        key="term-questions",
        alt=_("Questions that use the term"),
    )


@st.cache_resource(max_entries=KEPT, show_spinner=False, hash_funcs=figures.BY_REVISION)
def _found(snapshot: Snapshot) -> list[terms.Term]:
    return terms.find(map(_text, _read(snapshot)), most=MOST_TERMS)


def _read(snapshot: Snapshot) -> list[Question]:
    """Return the questions that are read, at most `MOST_READ`."""
    questions = _there(snapshot)
    return questions[:: ceil(len(questions) / MOST_READ) or 1]


def _there(snapshot: Snapshot) -> list[Question]:
    """Return the questions that there are: those that were merged say the same once more."""
    return [each for each in snapshot.questions.values() if each.status is not Status.MERGED]


def _text(question: Question) -> str:
    """Return what is read of a question: a telephone number is no term."""
    return texts.without_personal_details(question.text)


@figures.kept
def _terms(snapshot: Snapshot, language: Language) -> tuple[Figure, str]:
    frame = pd.DataFrame(_found(snapshot), columns=list(terms.Term._fields))
    frame = frame.rename(columns={"words": "term"})
    return chart.bars(frame, language), chart.finding(frame, language)
