"""Promised replies, and what has no outcome yet, as tables whose rows can be chosen."""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd

from components import language, reply_words, table, words
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
    table.choose_one(
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
            },
            index=numbers,
        ),
        key="promised",
        height=HEIGHT,
        on_choose=on_choose,
        alt=_("Promised replies with due date, state and department"),
    )


def choose(questions: Sequence[Question], board: Board) -> list[Question]:
    """Draw a row for each question without an outcome, and return those that are chosen."""
    spoken = language.current()
    names = words.statuses(spoken)
    numbers = [each.number for each in questions]
    chosen = table.choose_several(
        pd.DataFrame(
            {
                _("No."): numbers,
                _("State"): [names[each.status] for each in questions],
                _("Department"): [
                    reply_words.department(each.department, board, spoken) for each in questions
                ],
                _("Question"): [each.text for each in questions],
            },
            index=numbers,
        ),
        key="open",
        height=HEIGHT,
        alt=_("Questions without an outcome"),
    )
    return [each for each in questions if each.number in chosen]


def _state(promise: Promise, today: date) -> str:
    name = reply_words.states(language.current())[promise.state]
    return f"⚠ {name}" if promise.is_overdue(today) else name
