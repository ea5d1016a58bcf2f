"""Everything that was asked, as a table in the session's language.

What leads to a person is left out, for every role: what a page is sent is handed out, and only an
export that is asked for, and is written down, may hand that out.
"""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

import words.events
import words.questions
from components.shell import session_language
from components.shell.session_language import _
from data_access.participation import frames
from data_access.participation.tallies import Selection
from data_access.questions.cached.snapshots import Snapshot
from data_access.questions.reading import record
from dialogue import text as texts
from dialogue.questions import Question


def of(snapshot: Snapshot, selected: Selection) -> tuple[pd.DataFrame, int]:
    """Return a row for each selected question by number, the newest of many, and how many are."""
    language = session_language.current()
    event = snapshot.event
    zone = ZoneInfo(event.timezone)
    with snapshot.database.reading() as session:
        frame = record.of_questions(
            session, event, district=selected.district, topic=selected.topic
        )
    districts = {each.code: each.name for each in event.districts}
    topics = {each.code: language.pick(each.name, each.name_en) for each in event.topics}
    reasons = words.events.reasons(event, language)
    rows = pd.DataFrame(
        {
            _("Question number"): frame["number"],
            _("Received"): _local(frame["received_at"], zone),
            _("Source"): frame["source"].map(words.questions.sources(language)),
            _("District"): frame["district"].map(districts),
            _("Topic"): frame["topic"].map(topics).fillna(""),
            _("State"): frame["status"].map(words.questions.statuses(language)),
            _("Reason"): frame["reason"].map(reasons).fillna(""),
            _("Votes"): frame["votes"],
            _("Answered at"): _local(frame["answered_at"], zone),
            _("Question"): frame["text"].map(texts.without_personal_details),
        }
    )
    return rows, frames.totals(snapshot, selected)[None]


def of_questions(snapshot: Snapshot, questions: Sequence[Question]) -> pd.DataFrame:
    """Return a row for each of some questions, in their order, as on a live page."""
    language = session_language.current()
    zone = ZoneInfo(snapshot.event.timezone)
    topics = {
        code: language.pick(each.name, each.name_en) for code, each in snapshot.topics.items()
    }
    received = pd.to_datetime(pd.Series([each.received_at for each in questions]), utc=True)
    return pd.DataFrame(
        {
            _("Question number"): [each.number for each in questions],
            _("Received"): _local(received, zone),
            _("District"): [snapshot.districts[each.district].short_name for each in questions],
            _("Topic"): [topics.get(each.topic or "", "") for each in questions],
            _("State"): [words.questions.statuses(language)[each.status] for each in questions],
            _("Question"): [texts.without_personal_details(each.text) for each in questions],
        }
    )


def _local(times: "pd.Series[Any]", zone: ZoneInfo) -> "pd.Series[Any]":
    # A person reads the event's own clock.
    local: pd.Series[Any] = times.dt.tz_convert(zone)
    return local
