"""Promised replies, and what has no outcome yet, as tables whose rows can be chosen."""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd

import words.followup
import words.questions
from components.drawing import table
from components.shell import session_language
from components.shell.session_language import _
from data_access.questions.cached.snapshots import Snapshot
from dialogue.questions import Question
from dialogue.replies import FollowUp

HEIGHT = 420


def show(
    follow_ups: Sequence[FollowUp],
    snapshot: Snapshot,
    today: date,
    *,
    on_choose: Callable[[int], None],
) -> None:
    """Draw a row for each promise, what waits for its reply first; a click chooses one."""
    language = session_language.current()
    numbers = [each.number for each in follow_ups]
    table.choose_one(
        pd.DataFrame(
            {
                _("No."): numbers,
                _("Due date"): [each.due_on for each in follow_ups],
                _("Days left"): [words.followup.left(each, today, language) for each in follow_ups],
                _("State"): [_state(each, today) for each in follow_ups],
                _("Department"): [
                    words.followup.department(each.department, snapshot, language)
                    for each in follow_ups
                ],
                _("Question"): [each.text for each in follow_ups],
            },
            index=numbers,
        ),
        key="promised",
        height=HEIGHT,
        on_choose=on_choose,
        alt=_("Promised replies with due date, state and department"),
    )


def choose(questions: Sequence[Question], snapshot: Snapshot) -> list[Question]:
    """Draw a row for each question without an outcome, and return those that are chosen."""
    language = session_language.current()
    names = words.questions.statuses(language)
    numbers = [each.number for each in questions]
    chosen = table.choose_several(
        pd.DataFrame(
            {
                _("No."): numbers,
                _("State"): [names[each.status] for each in questions],
                _("Department"): [
                    words.followup.department(each.department, snapshot, language)
                    for each in questions
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


def _state(follow_up: FollowUp, today: date) -> str:
    name = words.followup.states(session_language.current())[follow_up.state]
    return f"⚠ {name}" if follow_up.is_overdue(today) else name
