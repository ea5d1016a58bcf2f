"""Who is being heard: counts by district, by topic and over time, as small frames."""

from datetime import datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_access.models import ActivityRow, EventRow, QuestionRow
from dialogue.events import Event
from dialogue.lifecycle import Action, Status

HEARD = (Status.ANSWERED, Status.REPLIED)
# A chart over time has at most about this many bars, each of a round length.
MOST_BUCKETS = 60
BUCKET_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 2880, 10080)


def by_district(session: Session, event: Event) -> pd.DataFrame:
    """Count the questions of each district, in the catalogue's order, districts without any too.

    Columns: `code`, `short_name`; `young_people` (persons aged 15 to 34), `tile_column`,
    `tile_row` (nullable integers); `questions` and `answered` (counts); `per_10000` (questions
    per 10,000 young people, NaN where their number is unknown).
    """
    counts = _counts_by_status(session, event, "district")
    frame = pd.DataFrame(
        {
            "code": each.code,
            "short_name": each.short_name,
            "young_people": each.young_people,
            "tile_column": each.tile_column,
            "tile_row": each.tile_row,
            "questions": sum(counts.get(each.code, {}).values()),
            "answered": sum(counts.get(each.code, {}).get(status, 0) for status in HEARD),
        }
        for each in event.districts
    )
    integers = ["young_people", "tile_column", "tile_row"]
    frame[integers] = frame[integers].astype("Int64")
    young_people = frame["young_people"].astype("float64").replace(0.0, float("nan"))
    frame["per_10000"] = frame["questions"] / young_people * 10_000
    return frame


def by_topic(session: Session, event: Event, *, english: bool, without_topic: str) -> pd.DataFrame:
    """Count the questions of each topic by state, in the catalogue's order.

    Questions without a topic make a last row with the code "" and the name `without_topic`,
    where there are any. Columns: `code`, `name`, one for each `Status`, and `questions`.
    """
    counts = _counts_by_status(session, event, "topic")
    names = {
        each.code: (each.name_en if english and each.name_en else each.name)
        for each in event.topics
    }
    if None in counts:
        names[""] = without_topic
    frame = pd.DataFrame(
        [
            {"code": code, "name": name}
            | {status.value: counts.get(code or None, {}).get(status, 0) for status in Status}
            for code, name in names.items()
        ],
        columns=["code", "name", *(status.value for status in Status)],
    )
    frame["questions"] = frame[[status.value for status in Status]].sum(axis="columns")
    return frame


def over_time(session: Session, event: Event) -> pd.DataFrame:
    """Count what was asked and what was answered in each stretch of time, without gaps.

    Columns: `start` (aware, in the event's zone), `asked`, `answered`. The stretches are equally
    long, as short as keeps the frame under about `MOST_BUCKETS` rows.
    """
    counts = _counts_by_minute(session, event)
    if not counts:
        return pd.DataFrame({"start": pd.to_datetime([], utc=True), "asked": [], "answered": []})
    first, last = counts[0][0], counts[-1][0]
    length = _bucket(last - first)
    origin = _floor(first.astimezone(ZoneInfo(event.timezone)), length)
    index = [int((minute - origin) / length) for minute, _, _ in counts]
    frame = pd.DataFrame(
        {
            "bucket": index,
            "asked": [n if action == Action.SUBMIT else 0 for _, action, n in counts],
            "answered": [n if action == Action.ANSWER else 0 for _, action, n in counts],
        }
    )
    summed = frame.groupby("bucket").sum().reindex(range(max(index) + 1), fill_value=0)
    starts = [origin + bucket * length for bucket in summed.index]
    return pd.DataFrame(
        {
            "start": starts,
            "asked": summed["asked"].tolist(),
            "answered": summed["answered"].tolist(),
        }
    )


def _counts_by_status(
    session: Session, event: Event, column: str
) -> dict[str | None, dict[Status, int]]:
    group = getattr(QuestionRow, column)
    counts: dict[str | None, dict[Status, int]] = {}
    for code, status, count in session.execute(
        select(group, QuestionRow.status, func.count())
        .join(EventRow, EventRow.id == QuestionRow.event_id)
        .where(EventRow.slug == event.slug)
        .group_by(group, QuestionRow.status)
    ):
        counts.setdefault(code, {})[status] = count
    return counts


def _counts_by_minute(session: Session, event: Event) -> list[tuple[datetime, str, int]]:
    """Count by minute in SQL; a stretch is a whole number of minutes, so it adds up from them."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    minute = (
        func.strftime("%Y-%m-%dT%H:%M:00+00:00", ActivityRow.at)
        if is_sqlite
        else func.date_trunc("minute", ActivityRow.at)
    )
    rows = session.execute(
        select(minute, ActivityRow.action, func.count())
        .join(EventRow, EventRow.id == ActivityRow.event_id)
        .where(
            EventRow.slug == event.slug,
            ActivityRow.action.in_([Action.SUBMIT, Action.ANSWER]),
        )
        .group_by(minute, ActivityRow.action)
        .order_by(minute)
    )
    return [
        (datetime.fromisoformat(at) if isinstance(at, str) else at, action, count)
        for at, action, count in rows
    ]


def _bucket(span: timedelta) -> timedelta:
    minutes = ceil(span.total_seconds() / 60)
    length = next(
        (each for each in BUCKET_MINUTES if minutes <= each * MOST_BUCKETS), BUCKET_MINUTES[-1]
    )
    return timedelta(minutes=length)


def _floor(at: datetime, length: timedelta) -> datetime:
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (at - midnight) // length * length
