"""Who is being heard: counts by district, by topic and over time, as small frames.

All take a snapshot and the selection to which they are narrowed. Those by district leave the
selected district out of account, and those by topic the selected topic, so that what is
selected can be compared with the others. A public chart would have to hide what counts fewer
than three people where it could name one of them; these are for staff.
"""

from collections import Counter
from collections.abc import Callable, Hashable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from data_access.participation import tallies
from data_access.participation.tallies import (
    EVERYTHING,
    NO_TOPIC,
    WAITING,
    Cell,
    Minutes,
    Selection,
    minute_of,
)
from data_access.questions.cached.snapshots import Snapshot
from dialogue.events import Event, per_10000
from dialogue.lifecycle import HEARD, PUBLIC, PUT_ASIDE, TAKEN_UP, Status

Key = TypeVar("Key", bound=Hashable)
# What became of a question, by the state of the one that stands for it: it may have been merged.
OUTCOMES = {
    "answered": HEARD,
    "open": frozenset(Status) - HEARD - PUT_ASIDE,
    "rejected": frozenset({Status.REJECTED}),
}
# How far questions have come that are in a state, or are beyond it, step by step.
REACHED: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset(Status),
    Status.APPROVED: PUBLIC,
    Status.QUEUED: TAKEN_UP,
    Status.ANSWERED: HEARD,
}
# The least minutes of each class of waiting time, and where the next one begins.
WAITED_MINUTES = (0, 10, 30, 60, 180, 1440)
# A chart over time has at most about this many bars, each of a round length.
MOST_BUCKETS = 60
BUCKET_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 2880, 10080)


def totals(snapshot: Snapshot, selection: Selection = EVERYTHING) -> dict[Status | None, int]:
    """Count the selected questions in each state; under None, all of them."""
    counts = _summed(snapshot, lambda each: each.status, among=selection)
    return {None: counts.total()} | {each: counts[each] for each in Status}


def by_district(snapshot: Snapshot, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """Count the questions of each district, in the catalogue's order, districts without any too.

    Columns: `code`, `short_name`; `young_people` (persons aged 15 to 34), `tile_column`,
    `tile_row` (nullable integers); `questions`, and `heard` of them (answered, aloud or in
    writing); `per_10000` (questions per 10,000 young people, NaN where their number is unknown).
    """
    among = Selection(topic=selection.topic)
    counts = _summed(snapshot, lambda each: (each.district, each.status), among=among)
    frame = pd.DataFrame(
        {
            "code": each.code,
            "short_name": each.short_name,
            "young_people": each.young_people,
            "tile_column": each.tile_column,
            "tile_row": each.tile_row,
            "questions": sum(counts[each.code, status] for status in Status),
            "heard": sum(counts[each.code, status] for status in HEARD),
        }
        for each in snapshot.event.districts
    )
    integers = ["young_people", "tile_column", "tile_row"]
    frame[integers] = frame[integers].astype("Int64")
    rates = map(
        per_10000, frame["questions"], (each.young_people for each in snapshot.event.districts)
    )
    frame["per_10000"] = pd.Series(rates, dtype="float64")
    return frame


def by_topic(
    snapshot: Snapshot, selection: Selection = EVERYTHING, *, english: bool, without_topic: str
) -> pd.DataFrame:
    """Count the questions of each topic by state, in the catalogue's order.

    Questions without a topic make a last row with the code "" and the name `without_topic`,
    where the event has any. Columns: `code`, `name`, one for each `Status`; `questions`, and
    `heard` of them (answered, aloud or in writing).
    """
    among = Selection(district=selection.district)
    counts = _summed(snapshot, lambda each: (each.topic or NO_TOPIC, each.status), among=among)
    states = [status.value for status in Status]
    frame = pd.DataFrame(
        [
            {"code": code, "name": name} | {each.value: counts[code, each] for each in Status}
            for code, name in _topics(
                snapshot, english=english, without_topic=without_topic
            ).items()
        ],
        columns=["code", "name", *states],
    )
    frame["questions"] = frame[states].sum(axis="columns")
    frame["heard"] = frame[sorted(HEARD)].sum(axis="columns")
    return frame


def outcomes_by_district(snapshot: Snapshot, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """Count what became of the questions of each district, in the catalogue's order.

    Columns: `code`, `name`; `asked`, all of them, and a count for each of `OUTCOMES`, which
    together are all of them. What was merged has the outcome of the question it was merged into.
    """
    names = {each.code: each.short_name for each in snapshot.event.districts}
    among = Selection(topic=selection.topic)
    return _outcomes(snapshot, names, lambda each: each.district, among=among)


def outcomes_by_topic(
    snapshot: Snapshot, selection: Selection = EVERYTHING, *, english: bool, without_topic: str
) -> pd.DataFrame:
    """Count what became of the questions on each topic, as `outcomes_by_district` does."""
    names = _topics(snapshot, english=english, without_topic=without_topic)
    among = Selection(district=selection.district)
    return _outcomes(snapshot, names, lambda each: each.topic or NO_TOPIC, among=among)


def _outcomes(
    snapshot: Snapshot, names: dict[str, str], side: Callable[[Cell], str], *, among: Selection
) -> pd.DataFrame:
    counts = Counter[tuple[str, Status]]()
    for cell, count in tallies.outcomes(snapshot).items():
        if among.has(cell):
            counts[side(cell), cell.status] += count
    rows = [
        (code, name, *(sum(counts[code, each] for each in states) for states in OUTCOMES.values()))
        for code, name in names.items()
    ]
    frame = pd.DataFrame(rows, columns=["code", "name", *OUTCOMES])
    frame["asked"] = frame[[*OUTCOMES]].sum(axis="columns")
    return frame


def by_district_and_topic(snapshot: Snapshot, *, english: bool, without_topic: str) -> pd.DataFrame:
    """Count the questions of each district on each topic, a row for each pair, also where none.

    Columns: `district`, `district_name`, `topic`, `topic_name`, `questions`; `expected`, how many
    there would be if each district asked about the topics as all together do.
    """
    counts = _summed(snapshot, lambda each: (each.district, each.topic or NO_TOPIC))
    names = _topics(snapshot, english=english, without_topic=without_topic)
    frame = pd.DataFrame(
        [
            (each.code, each.short_name, topic, name, counts[each.code, topic])
            for topic, name in names.items()
            for each in snapshot.event.districts
        ],
        columns=["district", "district_name", "topic", "topic_name", "questions"],
    )
    sums = (
        frame.groupby(side)["questions"].transform("sum").astype("float64")
        for side in ("district", "topic")
    )
    of_district, of_topic = sums
    frame["expected"] = of_district * of_topic / max(frame["questions"].sum(), 1)
    return frame


def over_time(
    snapshot: Snapshot,
    selection: Selection = EVERYTHING,
    *,
    window: tuple[datetime, datetime] | None = None,
) -> pd.DataFrame:
    """Count what was asked in each stretch of time, without gaps.

    From the stretch in which a window begins to the minute of its end, else from the first question
    to the last one or the last turn on stage; empty where nothing was asked. Columns: `start`
    (aware, in the event's zone), `asked`. The stretches are equally long, as short as keeps the
    frame at about `MOST_BUCKETS` rows.
    """
    minutes, counts = tallies.minutes(snapshot, selection)
    nothing = pd.DataFrame({"start": pd.to_datetime([], utc=True), "asked": []})
    if not minutes.size:
        return nothing
    if window is not None:
        first, last = map(minute_of, window)
    else:
        turns = [minute_of(each.ended or each.began) for each in tallies.turns(snapshot)]
        first, last = int(minutes.min()), max([int(minutes.max()), *turns])
    zone = ZoneInfo(snapshot.event.timezone)
    length = _bucket(last - first)
    origin = _floor(first, length, zone)
    # The first stretch begins before the window, and has all of its own.
    is_within = (origin <= minutes) & (minutes <= last)
    minutes, counts = minutes[is_within], counts[is_within]
    if not minutes.size:
        return nothing
    asked = np.zeros((last - origin) // length + 1, dtype="int64")
    np.add.at(asked, (minutes - origin) // length, counts)
    starts = [_moment(origin + place * length).astimezone(zone) for place in range(len(asked))]
    return pd.DataFrame({"start": starts, "asked": asked.tolist()})


def on_stage(snapshot: Snapshot, selection: Selection = EVERYTHING) -> pd.DataFrame:
    """List the turns on stage of the selected questions, the oldest first.

    Columns: `number`; `began` and `ended`, aware, in the event's zone, NaT where it goes on.
    """
    zone = ZoneInfo(snapshot.event.timezone)
    turns = [
        each
        for each in tallies.turns(snapshot)
        if (asked := snapshot.questions.get(each.number)) is not None and selection.has(asked)
    ]
    frame = pd.DataFrame(
        [(each.number, each.began, each.ended) for each in turns],
        columns=["number", "began", "ended"],
    )
    for column in ("began", "ended"):
        frame[column] = pd.to_datetime(frame[column], utc=True).dt.tz_convert(zone)
    return frame


def path(snapshot: Snapshot, selection: Selection = EVERYTHING, *, english: bool) -> pd.DataFrame:
    """Count how far the selected questions have come, and what dropped out and why.

    Rows: the steps of `REACHED` in their order, each with a `Status` as its `code`; then `merged`,
    and the event's reasons for a rejection as far as they occur, each with its own code. Columns:
    `code`; `name`, of the reasons only; `questions`, so many have come there; `here`, so many
    have come no further.
    """
    counts = _summed(snapshot, lambda each: (each.status, each.reason), among=selection)
    by_status = Counter[Status]()
    for (status, _), count in counts.items():
        by_status[status] += count
    reached = [sum(by_status[each] for each in there) for there in REACHED.values()]
    rows = [
        (step.value, "", count, count - further)
        for step, count, further in zip(REACHED, reached, (*reached[1:], 0), strict=True)
    ]
    # What dropped out at the first step has come no further, but does not wait there.
    out = by_status[Status.MERGED] + by_status[Status.REJECTED]
    rows[0] = (*rows[0][:3], rows[0][3] - out)
    dropped = [(Status.MERGED.value, "", by_status[Status.MERGED])]
    dropped += [
        (each.code, _picked(each.text, each.text_en, english=english), count)
        for each in snapshot.event.reasons
        if (count := counts[Status.REJECTED, each.code])
    ]
    rows += [(*each, each[2]) for each in dropped if each[2]]
    return pd.DataFrame(rows, columns=["code", "name", "questions", "here"])


def waiting(snapshot: Snapshot, selection: Selection = EVERYTHING, *, at: datetime) -> pd.DataFrame:
    """Count the selected questions that wait, by how long they have waited since they came.

    A row for each of `WAITED_MINUTES`. Columns: `least` and `below` (minutes, NaN where there is
    no end); a count for each state of `WAITING`; `median` and `longest` (minutes, the same in all
    rows, NaN where nothing waits).
    """
    now = minute_of(at)
    waited = {}
    for status in WAITING:
        minutes, counts = tallies.minutes(snapshot, selection, status=status)
        # What came by a clock that was ahead of ours has not waited yet.
        waited[status] = Minutes(np.maximum(now - minutes, 0), counts)
    at_least = {
        status: [*(int(counts[minutes >= each].sum()) for each in WAITED_MINUTES), 0]
        for status, (minutes, counts) in waited.items()
    }
    together = Minutes(*map(np.concatenate, zip(*waited.values(), strict=True)))
    return pd.DataFrame(
        {
            "least": WAITED_MINUTES,
            "below": np.array([*WAITED_MINUTES[1:], None], dtype="float64"),
            **{
                status.value: [more - less for more, less in pairwise(each)]
                for status, each in at_least.items()
            },
            "median": _median(together),
            "longest": together.minutes.max() if together.minutes.size else float("nan"),
        }
    )


def changes(
    snapshot: Snapshot, selection: Selection = EVERYTHING, *, at: datetime
) -> "Counter[Status | None]":
    """Count by how much each state grew in the last ten minutes; under None, what came."""
    grown: Counter[Status | None] = Counter()
    for move, count in tallies.moves(snapshot, at=at).items():
        if selection.has(move):
            grown[move.target] += count
            grown[move.origin] += -count if move.origin else count
    return grown


def _summed(
    snapshot: Snapshot, by: Callable[[Cell], Key], *, among: Selection = EVERYTHING
) -> "Counter[Key]":
    """Sum the counts of a selection by what a cell is told by."""
    sums = Counter[Key]()
    for cell, count in tallies.counts(snapshot).items():
        if among.has(cell):
            sums[by(cell)] += count
    return sums


def _topics(snapshot: Snapshot, *, english: bool, without_topic: str) -> dict[str, str]:
    """Name the topics by code, and what has none where there is any."""
    event: Event = snapshot.event
    names = {each.code: _picked(each.name, each.name_en, english=english) for each in event.topics}
    if any(count and cell.topic is None for cell, count in tallies.counts(snapshot).items()):
        names[NO_TOPIC] = without_topic
    return names


def _picked(vietnamese: str, in_english: str, *, english: bool) -> str:
    return in_english if english and in_english else vietnamese


def _moment(minute: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)


def _bucket(span: int) -> int:
    """Return the length of the stretches, in minutes, for a span of so many."""
    lengths = (each for each in BUCKET_MINUTES if ceil(span / each) <= MOST_BUCKETS)
    return next(lengths, BUCKET_MINUTES[-1])


def _floor(minute: int, length: int, zone: ZoneInfo) -> int:
    """Return where the stretch begins that has a minute: they are counted from midnight."""
    local = _moment(minute).astimezone(zone)
    midnight = minute_of(local.replace(hour=0, minute=0, fold=0))
    return midnight + (minute - midnight) // length * length


def _median(several: Minutes) -> float:
    """Return the most minutes that half of all, or more, have reached."""
    if not several.minutes.size:
        return float("nan")
    order = np.argsort(several.minutes)
    so_far = np.cumsum(several.counts[order])
    return float(several.minutes[order][np.searchsorted(so_far, so_far[-1] // 2, side="right")])
