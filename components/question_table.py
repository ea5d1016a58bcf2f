"""Everything that was asked, as a table in the session's language.

What leads to a person is left out, for every role: what a page is sent is handed out, and only an
export that is asked for, and is written down, may hand that out.
"""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from components import language, words
from components.language import _
from data_access import engine, participation, record
from data_access.boards import Board
from data_access.tallies import Selection
from dialogue import text as texts
from dialogue.questions import Question


def of(board: Board, selected: Selection) -> tuple[pd.DataFrame, int]:
    """Return a row for each selected question by number, the newest of many, and how many are."""
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
    rows = pd.DataFrame(
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
            _("Question"): frame["text"].map(texts.without_personal_details),
        }
    )
    return rows, participation.totals(board, selected)[None]


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
            _("Question"): [texts.without_personal_details(each.text) for each in questions],
        }
    )


def _local(times: "pd.Series[Any]", zone: ZoneInfo) -> "pd.Series[Any]":
    # A person reads the event's own clock.
    local: pd.Series[Any] = times.dt.tz_convert(zone)
    return local
