"""Everything that was asked, as a table in the session's language."""

from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from components import language, words
from components.language import _
from data_access import engine, record
from data_access.boards import Board


def of(board: Board) -> pd.DataFrame:
    """Return a row for each question: its codes as words, its times in the event's zone."""
    spoken = language.current()
    event = board.event
    zone = ZoneInfo(event.timezone)
    with engine.current().reading() as session:
        frame = record.of_questions(session, event)
    districts = {each.code: each.name for each in event.districts}
    topics = {each.code: spoken.pick(each.name, each.name_en) for each in event.topics}
    reasons = dict(words.choices(event, spoken)["reasons"])
    return pd.DataFrame(
        {
            _("Question number"): frame["number"],
            _("Received"): _local(frame["received_at"], zone),
            _("Source"): frame["source"].map(words.sources(spoken)),
            _("District"): frame["district"].map(districts),
            _("Topic"): frame["topic"].map(topics).fillna(""),
            _("State"): frame["status"].map(words.statuses(spoken)),
            _("Reason"): frame["reason"].map(reasons).fillna(""),
            _("Votes"): frame["votes"],
            _("Answered at"): _local(frame["answered_at"], zone),
            _("Question"): frame["text"],
        }
    )


def columns() -> dict[str, Any]:
    """Return how the table's columns are shown."""
    time = "DD/MM/YYYY HH:mm"
    return {
        _("Question number"): st.column_config.NumberColumn(width="small"),
        _("Received"): st.column_config.DatetimeColumn(format=time),
        _("Answered at"): st.column_config.DatetimeColumn(format=time),
        _("Question"): st.column_config.TextColumn(width="large"),
    }


def _local(times: "pd.Series[Any]", zone: ZoneInfo) -> "pd.Series[Any]":
    # Without the zone: a spreadsheet, and the person before it, reads the event's own clock.
    local: pd.Series[Any] = times.dt.tz_convert(zone).dt.tz_localize(None).dt.floor("s")
    return local
