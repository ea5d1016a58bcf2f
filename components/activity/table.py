"""The activity as a table; names and questions are cells, so none of them is read as markup."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

import words.activity
from components.drawing import table
from components.drawing.table import TableCell
from components.shell import session_language
from components.shell.session_language import _
from data_access.questions.cached.snapshots import Snapshot
from dialogue.activity import Line

# Of each of several questions less is shown than of one.
LONGEST_OF_MANY = 40


def show(lines: Sequence[Line], snapshot: Snapshot) -> None:
    """Draw a row for each command, the newest first: on one question, or on several at once."""
    language = session_language.current()
    event = snapshot.event
    zone = ZoneInfo(event.timezone)
    commands = [list(group) for _key, group in groupby(lines, _command)]
    table.show(
        pd.DataFrame(
            {
                _("Time"): [_time(each[0].at.astimezone(zone)) for each in commands],
                _("Who"): [words.activity.who(each[0], language) for each in commands],
                _("What was done"): [words.activity.command(each, language) for each in commands],
                _("State"): [words.activity.states(each[0], language) for each in commands],
                _("Details"): [
                    " · ".join(words.activity.details(each, event, language)) for each in commands
                ],
                _("Question"): [_asked(each, snapshot) for each in commands],
            }
        ),
        key="activity",
        alt=_("Who did what to which question, and when"),
    )


def _command(line: Line) -> tuple[Any, ...]:
    """Return what lines share that were written by one command; of sources each line is its own."""
    return (
        line.revision,
        line.action,
        line.undoes,
        line.from_status,
        line.to_status,
        line.entry if line.account_id is None else line.account_id,
    )


def _time(at: datetime) -> TableCell:
    """Write a time to the second, on the event's own clock."""
    return TableCell(f"{at:%H:%M:%S %d/%m/%Y}", at.timestamp())


def _asked(lines: Sequence[Line], snapshot: Snapshot) -> str:
    # The database may be a moment ahead of the snapshot.
    asked = [each.number for each in reversed(lines) if each.number in snapshot.questions]
    if len(asked) == 1:
        return words.activity.brief(snapshot.questions[asked[0]].text)
    return " · ".join(
        f"#{each} {words.activity.brief(snapshot.questions[each].text, longest=LONGEST_OF_MANY)}"
        for each in asked
    )
