"""A whole event as its activity tells it: each step of a question, and how all stood at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.accounts.models import AccountRow
from data_access.activity.models import ActivityRow
from data_access.events import events
from data_access.participation.frames import BUCKET_MINUTES
from data_access.questions.models import QuestionRow
from dialogue.events import Event
from dialogue.lifecycle import Status

NOBODY = ""
"""Stands for the state of a question before it came, and for who acts without an account."""
# As many as a slider has places for, and as there are minutes in a day.
MOST_MOMENTS = 1440
# What came before the first question on stage is part of the dialogue, so that one sees it begin.
BEFORE_THE_FIRST = timedelta(minutes=10)

_COLUMNS = ("number", "at", "from_status", "to_status", "person", "district", "topic", "source")


def steps(session: Session, event: Event) -> pd.DataFrame:
    """List each step of a question from one state to another, in the order of time.

    Columns: `number`; `at`, aware, in the event's zone; `from_status` (`NOBODY` where it came) and
    `to_status`, categories of `Status`; `person`, the name of who did it (`NOBODY` for none of
    the desk); `district`, `topic` and `source` of the question, as they are now. A step whose
    clock was behind counts as taken with the one before it.
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
    frame["at"] = frame.groupby("number")["at"].cummax()
    for column in ("from_status", "person", "topic"):
        frame[column] = frame[column].fillna(NOBODY)
    kind = pd.CategoricalDtype([NOBODY, *(each.value for each in Status)])
    frame = frame.astype({"from_status": kind, "to_status": kind})
    return frame.sort_values("at", kind="stable", ignore_index=True)


def dialogue(steps: pd.DataFrame) -> tuple[datetime, datetime] | None:
    """Return from when to when questions were on stage, with what led to it; None where none was.

    It may go on over midnight. Where a question is still on stage, it ends with the last step.
    """
    arrived = steps.loc[steps["to_status"] == Status.ON_STAGE.value, "at"]
    if arrived.empty:
        return None
    left = steps.loc[steps["from_status"] == Status.ON_STAGE.value, "at"]
    is_over = len(left) == len(arrived)
    last = left.iloc[-1] if is_over else steps["at"].iloc[-1]
    return arrived.iloc[0] - BEFORE_THE_FIRST, last


def moments(first: datetime, last: datetime) -> list[datetime]:
    """List times from one to another, in their zone, as close as `MOST_MOMENTS` of them can be.

    They are whole minutes of a round length apart, only the last one is what it is.
    """
    # Counted in UTC: where clocks are changed, an hour is there twice, or not at all.
    begun, end = (pd.Timestamp(each).tz_convert("UTC") for each in (first, last))
    begun = begun.floor("min")
    minutes = (end - begun).total_seconds() / 60
    lengths = (each for each in BUCKET_MINUTES if minutes / each < MOST_MOMENTS - 1)
    length = timedelta(minutes=next(lengths, BUCKET_MINUTES[-1]))
    times = pd.date_range(begun, end, freq=length).tz_convert(first.tzinfo)
    listed: list[datetime] = times.to_pydatetime().tolist()
    return listed if listed[-1] == last else [*listed, last]


def states(steps: pd.DataFrame, *, at: datetime) -> dict[Status, int]:
    """Count how many questions were in each state at a time."""
    counts = standing(steps, at=at)["status"].value_counts()
    return {each: int(counts[each.value]) for each in Status}


def standing(steps: pd.DataFrame, *, at: datetime) -> pd.DataFrame:
    """Tell how each question that had come stood at a time, by number.

    Columns: `number`, `status`; `district`, `topic` and `source`, as they are now.
    """
    last = steps[steps["at"] <= at].drop_duplicates("number", keep="last")
    frame = last[["number", "to_status", "district", "topic", "source"]]
    return frame.rename(columns={"to_status": "status"}).sort_values("number", ignore_index=True)


def by(standing: pd.DataFrame, column: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Count by state the questions of each topic, district or source, in the order of its name.

    `names` has each code's. Columns: `code`, `name`, one for each `Status`, and `questions`,
    their sum.
    """
    states = [status.value for status in Status]
    counts = standing.groupby([column, "status"], observed=False).size().unstack("status")
    counts = counts.reindex(index=list(names), columns=states, fill_value=0)
    frame = pd.DataFrame({"code": list(names), "name": list(names.values())})
    frame[states] = counts.fillna(0).astype("int64").to_numpy()
    frame["questions"] = frame[states].sum(axis="columns")
    return frame


def course(steps: pd.DataFrame, moments: Sequence[datetime]) -> pd.DataFrame:
    """Count the questions in each state at each of some times, which are in order.

    Columns: `at`, and one for each `Status`.
    """
    times = pd.DatetimeIndex(list(moments)).as_unit("us").asi8
    taken = pd.DatetimeIndex(steps["at"]).as_unit("us").asi8
    frame = pd.DataFrame({"at": list(moments)})
    for status in Status:
        came = taken[(steps["to_status"] == status.value).to_numpy()]
        left = taken[(steps["from_status"] == status.value).to_numpy()]
        counts = (np.searchsorted(each, times, side="right") for each in (came, left))
        frame[status.value] = np.subtract(*counts)
    return frame


def delays(steps: pd.DataFrame) -> pd.DataFrame:
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


def delays_by(delays: pd.DataFrame, column: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Tell how long the questions of each topic, district or source waited, in the order of names.

    Columns: `code`, `name`, `questions` (a count); for each of `decided` and `staged` the median
    minutes under its name, with `_low` and `_high` the quartiles (NaN where there were none), and
    with `_count` of how many questions.
    """
    frame = pd.DataFrame({"code": list(names), "name": list(names.values())})
    grouped = delays.groupby(column)
    frame["questions"] = grouped.size().reindex(list(names), fill_value=0).to_numpy()
    for until in ("decided", "staged"):
        waited = grouped[until]
        frame[f"{until}_count"] = waited.count().reindex(list(names), fill_value=0).to_numpy()
        for name, quantile in ((until, 0.5), (f"{until}_low", 0.25), (f"{until}_high", 0.75)):
            frame[name] = waited.quantile(quantile).reindex(list(names)).to_numpy()
    return frame


def pace(steps: pd.DataFrame) -> "pd.Series[int]":
    """Count the steps that the desk, all of it together, took in each minute in which it took any.

    By minute, in order.
    """
    own = steps[steps["person"] != NOBODY]
    counts: pd.Series[int] = own.groupby(own["at"].dt.floor("min")).size()
    return counts
