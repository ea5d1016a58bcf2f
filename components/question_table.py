"""Everything that was asked, as a table in the session's language."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from components import language, words
from components.language import _
from data_access import engine, record
from data_access.boards import Board
from data_access.tallies import Selection
from dialogue.questions import Question


def of(board: Board, selected: Selection) -> pd.DataFrame:
    """Return a row for each selected question: codes as words, times in the event's zone."""
    spoken = language.current()
    event = board.event
    zone = ZoneInfo(event.timezone)
    with engine.current().reading() as session:
        frame = record.of_questions(
            session, event, district=selected.district, topic=selected.topic
        )
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


def of_questions(board: Board, questions: Sequence[Question]) -> pd.DataFrame:
    """Return a row for each of some questions, in their order, as on a live page."""
    spoken = language.current()
    zone = ZoneInfo(board.event.timezone)
    topics = {code: spoken.pick(each.name, each.name_en) for code, each in board.topics.items()}
    received = pd.to_datetime(pd.Series([each.received_at for each in questions]), utc=True)
    return pd.DataFrame(
        {
            _("Question number"): [each.number for each in questions],
            _("Received"): _local(received, zone),
            _("District"): [board.districts[each.district].short_name for each in questions],
            _("Topic"): [topics.get(each.topic or "", "") for each in questions],
            _("State"): [words.statuses(spoken)[each.status] for each in questions],
            _("Question"): [each.text for each in questions],
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
