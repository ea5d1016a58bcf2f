"""The activity as a table; names and questions are cells, so none of them is read as markup."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from components import activity_words, language
from components.language import _
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
    st.dataframe(
        pd.DataFrame(
            {
                _("Time"): [_local(each[0].at, zone) for each in deeds],
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
        hide_index=True,
        height="content",
        column_config=_columns(),
        alt=_("Who did what to which question, and when"),
    )


def _columns() -> dict[str, Any]:
    return {
        _("Time"): st.column_config.DatetimeColumn(format="DD/MM/YYYY HH:mm:ss", width=160),
        _("Who"): st.column_config.TextColumn(width=140),
        _("What was done"): st.column_config.TextColumn(width=265),
        _("State"): st.column_config.TextColumn(width=215),
        _("Details"): st.column_config.TextColumn(width=205),
        _("Question"): st.column_config.TextColumn(width="large"),
    }


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


def _local(time: datetime, zone: ZoneInfo) -> datetime:
    # Without the zone: a person reads the event's own clock.
    return time.astimezone(zone).replace(tzinfo=None, microsecond=0)


def _asked(lines: Sequence[Line], board: Board) -> str:
    # The database may be a moment ahead of the board.
    asked = [each.number for each in reversed(lines) if each.number in board.questions]
    if len(asked) == 1:
        return activity_words.brief(board.questions[asked[0]].text)
    return " · ".join(
        f"#{each} {activity_words.brief(board.questions[each].text, longest=LONGEST_OF_MANY)}"
        for each in asked
    )
