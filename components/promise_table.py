"""Promised replies, and what has no outcome yet, as tables whose rows can be chosen."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from components import language, reply_words, words
from components.language import _
from data_access.boards import Board
from dialogue.questions import Question
from dialogue.replies import Promise

HEIGHT = 420


def show(
    promises: Sequence[Promise], board: Board, today: date, *, on_choose: Callable[[int], None]
) -> None:
    """Draw a row for each promise, what waits for its reply first; a click chooses one."""
    spoken = language.current()
    numbers = [each.number for each in promises]
    key = _key("promised", numbers)

    def tell() -> None:
        rows = st.session_state[key].selection.rows
        if rows:
            on_choose(numbers[rows[0]])

    st.dataframe(
        pd.DataFrame(
            {
                _("No."): numbers,
                _("Due date"): [each.due_on for each in promises],
                _("Days left"): [reply_words.left(each, today, spoken) for each in promises],
                _("State"): [_state(each, today) for each in promises],
                _("Department"): [
                    reply_words.department(each.department, board, spoken) for each in promises
                ],
                _("Question"): [each.text for each in promises],
            }
        ),
        key=key,
        hide_index=True,
        height=min(HEIGHT, 38 + 35 * len(promises)),
        on_select=tell,
        selection_mode="single-row",
        column_config={
            _("No."): st.column_config.NumberColumn(width=60, format="%d"),
            _("Due date"): st.column_config.DateColumn(format="DD/MM/YYYY", width=105),
            _("Days left"): st.column_config.TextColumn(width=125),
            _("State"): st.column_config.TextColumn(width=145),
            _("Department"): st.column_config.TextColumn(width=240),
            _("Question"): st.column_config.TextColumn(width="large"),
        },
        alt=_("Promised replies with due date, state and department"),
    )


def choose(questions: Sequence[Question], board: Board) -> list[Question]:
    """Draw a row for each question without an outcome, and return those that are chosen."""
    spoken = language.current()
    names = words.statuses(spoken)
    chosen: Any = st.dataframe(
        pd.DataFrame(
            {
                _("No."): [each.number for each in questions],
                _("State"): [names[each.status] for each in questions],
                _("Department"): [
                    reply_words.department(each.department, board, spoken) for each in questions
                ],
                _("Question"): [each.text for each in questions],
            }
        ),
        key=_key("open", [each.number for each in questions]),
        hide_index=True,
        height=min(HEIGHT, 38 + 35 * len(questions)),
        on_select="rerun",
        selection_mode="multi-row",
        column_config={
            _("No."): st.column_config.NumberColumn(width=60, format="%d"),
            _("State"): st.column_config.TextColumn(width=145),
            _("Department"): st.column_config.TextColumn(width=240),
            _("Question"): st.column_config.TextColumn(width="large"),
        },
        alt=_("Questions without an outcome"),
    )
    return [questions[row] for row in chosen.selection.rows]


def _key(name: str, numbers: Sequence[int]) -> str:
    """Return another key for other rows: a mark would stay at its place, on another question."""
    return f"{name}-{hash(tuple(numbers)) & 0xFFFFFFFF:x}"


def _state(promise: Promise, today: date) -> str:
    name = reply_words.states(language.current())[promise.state]
    return f"⚠ {name}" if promise.is_overdue(today) else name
