"""A whole event as its activity tells it: each step of a question, and how all stood at a time."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access import events
from data_access.models import AccountRow, ActivityRow, QuestionRow
from dialogue.events import Event
from dialogue.lifecycle import Status

NOBODY = ""
"""Stands for the state of a question before it came, and for who acts without an account."""

_COLUMNS = ("number", "at", "from_status", "to_status", "person", "district", "topic", "source")


def steps(session: Session, event: Event) -> pd.DataFrame:
    """List each step of a question from one state to another, the oldest first.

    Columns: `number`; `at`, aware, in the event's zone; `from_status` (`NOBODY` where it came) and
    `to_status`, categories of `Status`; `person`, the name of who did it (`NOBODY` for none of
    the desk); `district`, `topic` and `source` of the question, as they are now.
    """
    rows = session.execute(
        select(
            ActivityRow.number,
            ActivityRow.at,
            ActivityRow.from_status,
            ActivityRow.to_status,
            AccountRow.name,
            QuestionRow.district,
            QuestionRow.topic,
            QuestionRow.source,
        )
        .join(
            QuestionRow,
            (QuestionRow.event_id == ActivityRow.event_id)
            & (QuestionRow.number == ActivityRow.number),
        )
        .outerjoin(AccountRow, AccountRow.id == ActivityRow.account_id)
        .where(
            ActivityRow.event_id == events.event_id(session, event.slug),
            ActivityRow.to_status.is_not(None),
            ActivityRow.from_status.is_distinct_from(ActivityRow.to_status),
        )
        .order_by(ActivityRow.entry)
    )
    frame = pd.DataFrame(rows.all(), columns=_COLUMNS)
    frame["at"] = pd.to_datetime(frame["at"], utc=True).dt.tz_convert(ZoneInfo(event.timezone))
    for column in ("from_status", "person", "topic"):
        frame[column] = frame[column].fillna(NOBODY)
    kind = pd.CategoricalDtype([NOBODY, *(each.value for each in Status)])
    return frame.astype({"from_status": kind, "to_status": kind})


def states(steps: pd.DataFrame, *, at: datetime) -> dict[Status, int]:
    """Count how many questions were in each state at a time."""
    taken = steps[steps["at"] <= at]
    came, left = taken["to_status"].value_counts(), taken["from_status"].value_counts()
    return {each: int(came[each.value] - left[each.value]) for each in Status}


def waits(steps: pd.DataFrame) -> pd.DataFrame:
    """Tell how long each question waited: a row for each, by number.

    Columns: `number`, `district`, `topic`, `source`; `came`, aware; `decided`, minutes until the
    desk first did something that moved it; `staged`, minutes until it first came on stage. NaN
    where that never happened.
    """
    grouped = steps.groupby("number", sort=True)
    frame = grouped[["district", "topic", "source"]].first()
    frame["came"] = grouped["at"].min()
    moved = steps[steps["from_status"] != NOBODY]
    staged = steps[steps["to_status"] == Status.ON_STAGE.value]
    for column, chosen in (("decided", moved), ("staged", staged)):
        first = chosen.groupby("number")["at"].min()
        frame[column] = (first - frame["came"]).dt.total_seconds() / 60
    return frame.reset_index()


def paces(steps: pd.DataFrame) -> pd.DataFrame:
    """Tell how fast each person of the desk worked, who did most first.

    Columns: `person`; `steps`, how many questions they moved, once for each step; `a_minute`, the
    median number in the minutes in which they moved any.
    """
    own = steps[steps["person"] != NOBODY]
    minutes = own.groupby(["person", own["at"].dt.floor("min")]).size()
    frame = pd.DataFrame(
        {"steps": own.groupby("person").size(), "a_minute": minutes.groupby("person").median()}
    )
    return frame.sort_values("steps", ascending=False, kind="stable").reset_index(names="person")
