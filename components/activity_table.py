"""The activity as a table; names and questions are cells, so none of them is read as markup."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from components import activity_words, language, table
from components.language import _
from components.table import Cell
from data_access.boards import Board
from dialogue.activity import Line

# Of each of several questions less is shown than of one.
LONGEST_OF_MANY = 40


def show(lines: Sequence[Line], board: Board) -> None:
    """Draw a row for each deed, the newest first: on one question, or on several at once."""
    spoken = language.current()
    event = board.event
    zone = ZoneInfo(event.timezone)
    deeds = [list(group) for _key, group in groupby(lines, _deed)]
    table.show(
        pd.DataFrame(
            {
                _("Time"): [_time(each[0].at.astimezone(zone)) for each in deeds],
                _("Who"): [activity_words.who(each[0], spoken) for each in deeds],
                _("What was done"): [activity_words.deed(each, spoken) for each in deeds],
                _("State"): [activity_words.states(each[0], spoken) for each in deeds],
                _("Details"): [
                    " · ".join(activity_words.details(each, event, spoken)) for each in deeds
                ],
                _("Question"): [_asked(each, board) for each in deeds],
            }
        ),
        key="activity",
        alt=_("Who did what to which question, and when"),
    )


def _deed(line: Line) -> tuple[Any, ...]:
    """Return what lines share that were written by one deed; of sources each line is its own."""
    return (
        line.revision,
        line.action,
        line.undoes,
        line.from_status,
        line.to_status,
        line.entry if line.account_id is None else line.account_id,
    )


def _time(at: datetime) -> Cell:
    """Write a time to the second, on the event's own clock."""
    return Cell(f"{at:%H:%M:%S %d/%m/%Y}", at.timestamp())


def _asked(lines: Sequence[Line], board: Board) -> str:
    # The database may be a moment ahead of the board.
    asked = [each.number for each in reversed(lines) if each.number in board.questions]
    if len(asked) == 1:
        return activity_words.brief(board.questions[asked[0]].text)
    return " · ".join(
        f"#{each} {activity_words.brief(board.questions[each].text, longest=LONGEST_OF_MANY)}"
        for each in asked
    )
