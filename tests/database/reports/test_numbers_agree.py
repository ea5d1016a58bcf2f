"""Every figure's numbers against two other ways of counting: from the rows, and from the workbook.

Nothing here is counted as the charts count: each question is a `Row`, and a number is how many
rows there are.
"""

import json
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from statistics import median_high
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from sqlalchemy import text

import words.questions
from charts import (
    balance,
    district_map,
    district_tiles,
    districts,
    matrix,
    path,
    timeline,
    topics,
    waiting,
)
from charts.measures import Measure
from data_access import engine
from data_access.base import UtcDateTime
from data_access.engine import Database
from data_access.events import events
from data_access.participation import frames
from data_access.participation.tallies import Selection
from data_access.questions.writing import undoing
from dialogue.events import District, Event
from dialogue.lifecycle import Action, Status
from dialogue.questions import Source
from live import snapshots
from locales import language
from reports import making
from reports.orders import FileKind, FileOrder
from tests.conftest import ROOT
from tests.database.reports.test_exports import sheet
from tests.factories import NOON, SLUG, act, actor, ask, ask_until

ENGLISH = language("en")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MIDNIGHT = datetime(2022, 11, 11, tzinfo=ZONE)
LATER = MIDNIGHT + timedelta(minutes=90)
TAN_HOA = District(code="733", name="Huyện Tân Hòa", short_name="Tân Hòa", young_people=20_000)
NAMES: dict[str, Any] = {"english": True, "without_topic": "No topic yet"}
SELECTIONS = (
    Selection(),
    Selection(district="731"),
    Selection(topic="viec-lam"),
    Selection(topic=""),
    Selection(district="733", topic="ha-tang-so"),
)
HEARD = {"answered", "replied"}
OUT = {"rejected", "merged"}
STATES = tuple(each.value for each in Status)


class Row(NamedTuple):
    """What is counted of a question; `topic` is "" where it has none."""

    number: int
    district: str
    topic: str
    status: str
    reason: str | None
    received_at: datetime


class Turn(NamedTuple):
    """A turn on stage, as the test has brought it about."""

    number: int
    began: datetime
    ended: datetime | None


# An event over midnight with all that can happen to a question


def minutes(count: float) -> datetime:
    """The time so many minutes after the midnight over which the event lasts."""
    return MIDNIGHT + timedelta(minutes=count)


def update(event: Event) -> None:
    with engine.current().transaction() as session:
        events.update(session, event, actor=actor(), at=NOON)


def look() -> None:
    """Look at the figures, so that their counts are kept up from now on, not made at once."""
    snapshot = snapshots.current(SLUG)
    for each in SELECTIONS:
        frames.waiting(snapshot, each, at=LATER)
    frames.on_stage(snapshot)


def undo(*, at: datetime) -> None:
    look()
    with engine.current().transaction() as session:
        undoing.undo(session, SLUG, actor=actor(), at=at)


@pytest.fixture
def turns(database: Database, event: Event) -> list[Turn]:
    """Let all of it happen; return who was on stage."""
    *known, last = event.districts
    described = replace(event, districts=(*known, replace(last, young_people=None)))
    update(described)
    target = ask_until(Status.APPROVED, topic="viec-lam", at=minutes(-190))
    turns = []
    for place, status in enumerate(each for each in Status if each is not Status.ON_STAGE):
        for again in range(place % 3 + 1):
            number = ask_until(
                status,
                district=event.districts[(place + again) % 4].code,
                topic=[None, "viec-lam", "ha-tang-so"][(place + 2 * again) % 3],
                source=list(Source)[(place + again) % 5],
                at=minutes(13 * place + 2 * again - 100),
                into=target,
            )
            turns += [Turn(number, NOON, NOON)] if status is Status.ANSWERED else []
    look()
    update(replace(described, districts=(TAN_HOA, *described.districts)))
    for topic in (None, "ha-tang-so", "ha-tang-so"):
        ask(district="733", topic=topic, at=LATER - timedelta(minutes=30))
    act(ask(district="733", at=minutes(21)).number, Action.REJECT, version=1, reason="unclear")
    asked = ask(topic=None, at=minutes(22)).number
    act(asked, Action.SPLIT, version=1, parts=("Câu hỏi thứ nhất ạ", "Câu hỏi thứ hai ạ"))
    for status in (Status.MERGED, Status.REJECTED, Status.DEFERRED):
        ask_until(status, district="736", into=target, at=minutes(23))
        undo(at=minutes(24))
    return [*turns, *bring_on_stage()]


def bring_on_stage() -> list[Turn]:
    """Bring questions on stage: over midnight, by mistake, and until now."""
    first, second, third = (
        ask_until(Status.QUEUED, district=district, at=minutes(-30))
        for district in ("731", "739", "733")
    )
    act(first, Action.STAGE, version=2, at=minutes(-5))
    look()
    act(first, Action.ANSWER, version=3, at=minutes(4))
    act(second, Action.STAGE, version=2, at=minutes(5))
    undo(at=minutes(6))
    act(second, Action.STAGE, version=4, at=minutes(7))
    act(second, Action.PUT_BACK, version=5, at=minutes(9))
    act(third, Action.STAGE, version=2, at=minutes(10))
    act(third, Action.ANSWER, version=3, at=minutes(12))
    undo(at=minutes(13))
    return [
        Turn(first, minutes(-5), minutes(4)),
        Turn(second, minutes(7), minutes(9)),
        Turn(third, minutes(10), None),
    ]


# The two other ways


@pytest.fixture
def book(turns: list[Turn], tmp_path: Path) -> Path:
    """The workbook of the event."""
    order = FileOrder(kind=FileKind.WORKBOOK, slug=SLUG, language="en")
    file = tmp_path / "workbook.xlsx"
    with engine.current().reading() as session:
        making.make(session, order, file, at=LATER, tell=lambda _done, _total: None)
    return file


@pytest.fixture(params=["rows", "workbook"])
def rows(request: pytest.FixtureRequest, turns: list[Turn]) -> list[Row]:
    """The questions, as the database has them and as they stand in the workbook's list."""
    if request.param == "workbook":
        return listed(request.getfixturevalue("book"))
    columns = "number, district, coalesce(topic, ''), status, reason, received_at"
    with engine.current().reading() as session:
        found = session.execute(
            text(f"SELECT {columns} FROM questions ORDER BY number").columns(
                received_at=UtcDateTime
            )
        )
        return [Row(*each) for each in found]


def listed(book: Path) -> list[Row]:
    """Read the workbook's list of questions back, with codes for its names."""
    event = snapshots.current(SLUG).event
    districts_ = {each.name: each.code for each in event.districts}
    topics_ = {each.name_en: each.code for each in event.topics} | {None: ""}
    reasons = {each.text_en: each.code for each in event.reasons} | {None: None}
    states = {name: status.value for status, name in words.questions.statuses(ENGLISH).items()}
    return [
        Row(
            each["Question number"],
            districts_[each["District"]],
            topics_[each["Topic"]],
            states[each["State"]],
            reasons[each["Reason"]],
            each["Received"].to_pydatetime().replace(tzinfo=ZONE),
        )
        for each in sheet(book, "All questions").replace({float("nan"): None}).to_dict("records")
    ]


def chosen(rows: list[Row], *, district: str | None = None, topic: str | None = None) -> list[Row]:
    return [
        each for each in rows if district in (None, each.district) and topic in (None, each.topic)
    ]


def count(rows: list[Row], *statuses: str, **where: str) -> int:
    """Count the rows in some states, or in any, of a district or a topic where one is named."""
    return len([each for each in chosen(rows, **where) if each.status in (statuses or STATES)])


# The frames


def test_the_totals_agree(rows: list[Row]) -> None:
    for selection in SELECTIONS:
        counted = frames.totals(snapshots.current(SLUG), selection)

        here = chosen(rows, **selection._asdict())
        assert counted == {None: len(here)} | {each: count(here, each) for each in Status}


def test_districts_and_topics_agree(rows: list[Row]) -> None:
    for selection in SELECTIONS:
        snapshot = snapshots.current(SLUG)
        by_district = frames.by_district(snapshot, selection).set_index("code")
        by_topic = frames.by_topic(snapshot, selection, **NAMES).set_index("code")

        among = chosen(rows, topic=selection.topic)
        assert by_district.index.tolist() == [each.code for each in snapshot.event.districts]
        for code, counted in by_district.iterrows():
            here = chosen(among, district=str(code))
            assert counted["questions"] == len(here)
            assert counted["heard"] == count(here, *HEARD)
            young = people()[str(code)]
            rate = len(here) * 10_000 / young if young else float("nan")
            assert counted["per_10000"] == pytest.approx(rate, nan_ok=True)
        among = chosen(rows, district=selection.district)
        assert by_topic.index.tolist() == [*(each.code for each in snapshot.event.topics), ""]
        for code, counted in by_topic.iterrows():
            here = chosen(among, topic=str(code))
            assert [counted[each] for each in STATES] == [count(here, each) for each in STATES]
            assert counted["questions"] == len(here)
            assert counted["heard"] == count(here, *HEARD)


def people() -> dict[str, int | None]:
    with engine.current().reading() as session:
        found = session.execute(text("SELECT code, young_people FROM districts"))
        return {each.code: each.young_people for each in found}


def test_the_pairs_agree(rows: list[Row]) -> None:
    frame = frames.by_district_and_topic(snapshots.current(SLUG), **NAMES)

    assert len(frame) == 12 * 12
    for pair in frame.to_dict("records"):
        of_district = count(rows, district=pair["district"])
        of_topic = count(rows, topic=pair["topic"])
        both = count(rows, district=pair["district"], topic=pair["topic"])
        assert pair["questions"] == both
        assert pair["expected"] == pytest.approx(of_district * of_topic / len(rows))


def test_the_course_of_time_agrees(rows: list[Row], turns: list[Turn]) -> None:
    for selection in SELECTIONS:
        snapshot = snapshots.current(SLUG)
        frame = frames.over_time(snapshot, selection)
        on_stage = frames.on_stage(snapshot, selection)

        here = chosen(rows, **selection._asdict())
        starts = [each.to_pydatetime() for each in frame["start"]]
        came = Counter(bisect_right(starts, each.received_at) - 1 for each in here)
        assert frame["asked"].tolist() == [came[place] for place in range(len(starts))]
        asked = {each.number for each in here}
        assert [
            Turn(*each) for each in on_stage.replace({pd.NaT: None}).itertuples(index=False)
        ] == [each for each in turns if each.number in asked]


def test_the_path_agrees(rows: list[Row]) -> None:
    for selection in SELECTIONS:
        frame = frames.path(snapshots.current(SLUG), selection, english=True)

        here = chosen(rows, **selection._asdict())
        counts = Counter(each.status for each in here)
        # Who came there is who stays there, and who went on.
        stays = [
            counts["received"],
            counts["approved"],
            counts["queued"] + counts["on_stage"] + counts["deferred"],
            counts["answered"] + counts["replied"],
        ]
        came = [len(here), sum(stays[1:]), sum(stays[2:]), stays[3]]
        out = Counter(each.reason or "merged" for each in here if each.status in OUT)
        assert frame["here"].tolist()[:4] == stays
        assert frame["questions"].tolist()[:4] == came
        assert dict(zip(frame["code"][4:], frame["questions"][4:], strict=True)) == out
        assert frame["here"].tolist()[4:] == frame["questions"].tolist()[4:]


def test_the_waiting_agrees(rows: list[Row]) -> None:
    for selection in SELECTIONS:
        frame = frames.waiting(snapshots.current(SLUG), selection, at=LATER)

        waited = {
            state: [
                (LATER - each.received_at) // timedelta(minutes=1)
                for each in chosen(rows, **selection._asdict())
                if each.status == state
            ]
            for state in ("received", "approved", "queued")
        }
        for least, below, *counted in frame[["least", "below", *waited]].itertuples(index=False):
            end = float("inf") if pd.isna(below) else below
            assert counted == [
                len([m for m in each if least <= m < end]) for each in waited.values()
            ]
        together = sorted(chain(*waited.values()))
        assert frame["longest"].iloc[0] == together[-1]
        assert frame["median"].iloc[0] == median_high(together)


# What is drawn of them


def drawn(trace: Any, values: Any, *, side: int = 0) -> dict[str, Any]:
    """What a trace says of each district or topic that its points stand for."""
    return {each[side]: value for each, value in zip(trace.customdata, values, strict=True)}


def numbers(said: str) -> list[int]:
    """The whole numbers in a text, without what makes some of it bold."""
    return [int(each) for each in re.findall(r"\d+", re.sub(r"<[^>]*>", " ", said))]


def test_the_bars_of_the_districts_show_them(rows: list[Row]) -> None:
    frame = frames.by_district(snapshots.current(SLUG))
    asked = {code: count(rows, district=code) for code in people()}

    (bars,) = districts.bars(frame, ENGLISH, measure=Measure.QUESTIONS).data
    (rates,) = districts.bars(frame, ENGLISH, measure=Measure.PER_10000).data

    assert drawn(bars, bars.x) == asked
    assert drawn(bars, map(int, bars.text)) == asked
    assert drawn(rates, rates.text) == {
        code: f"{asked[code] * 10_000 / young:.1f}" if young else "not known"
        for code, young in people().items()
    }


def test_the_tiles_and_the_map_show_them(rows: list[Row]) -> None:
    snapshot = snapshots.current(SLUG)
    frame = frames.by_district(snapshot)
    boundaries = json.loads((ROOT / "events" / str(snapshot.event.boundaries)).read_text("utf-8"))

    _, *texts = district_tiles.tiles(frame, ENGLISH, measure=Measure.QUESTIONS).data
    map_ = district_map.boundaries_map(
        frame, ENGLISH, measure=Measure.QUESTIONS, boundaries=boundaries
    )

    # Nobody knows yet where the new one lies.
    placed = {each.code: count(rows, district=each.code) for each in snapshot.event.districts[1:]}
    tiles = {(each.tile_column, each.tile_row): each.code for each in snapshot.event.districts}
    in_tiles = {
        tiles[column, row]: numbers(said)[0]
        for trace in texts
        for column, row, said in zip(trace.x, trace.y, trace.text, strict=True)
    }
    assert in_tiles == placed
    labels = [each for each in map_.data if each.mode == "markers+text"]
    on_map = {code: each for trace in labels for code, each in drawn(trace, trace.text).items()}
    assert {code: numbers(each)[0] for code, each in on_map.items()} == placed
    assert map_.layout.annotations[0].text == f"Not drawn: Tân Hòa {count(rows, district='733')}"


def test_the_bars_of_the_topics_show_them(rows: list[Row]) -> None:
    frame = frames.by_topic(snapshots.current(SLUG), **NAMES)

    figure = topics.bars(frame, ENGLISH)

    for trace, group in zip(figure.data, topics.groups(ENGLISH), strict=False):
        assert drawn(trace, trace.x, side=1) == {
            topic: count(rows, *group.columns, topic=topic) for topic in frame["code"]
        }
    assert [numbers(each)[0] for each in figure.data[-1].text] == [
        count(rows, topic=topic) for topic in frame["code"]
    ]


def test_the_cells_show_them(rows: list[Row]) -> None:
    frame = frames.by_district_and_topic(snapshots.current(SLUG), **NAMES)

    cells, *_ = matrix.cells(frame, ENGLISH).data

    assert len(cells.text) == 12 * 12
    for (district, topic), said in zip(cells.customdata, cells.text, strict=True):
        assert int(said or 0) == count(rows, district=district, topic=topic)


def test_the_timeline_shows_them(rows: list[Row], turns: list[Turn]) -> None:
    snapshot = snapshots.current(SLUG)

    asked, on_stage = timeline.bars(
        frames.over_time(snapshot), frames.on_stage(snapshot), ENGLISH
    ).data

    starts = [datetime.fromisoformat(str(each)[:19]).replace(tzinfo=ZONE) for each in asked.x]
    came = Counter(bisect_right(starts, each.received_at) - 1 for each in rows)
    assert list(asked.y) == [came[place] for place in range(len(starts))]
    assert sum(asked.y) == len(rows)
    # Those of noon are over before the first question that is drawn.
    assert [numbers(each)[0] for each in on_stage.hovertext[::3]] == [
        each.number for each in turns if each.began > starts[0]
    ]


def test_the_bars_of_the_path_and_of_the_waiting_show_them(rows: list[Row]) -> None:
    snapshot = snapshots.current(SLUG)

    *_, steps = path.bars(frames.path(snapshot, english=True), ENGLISH).data
    *waits, together = waiting.bars(frames.waiting(snapshot, at=LATER), ENGLISH).data

    came = [numbers(each)[0] for each in steps.text]
    assert came[0] == len(rows)
    assert came[3] == count(rows, *HEARD)
    assert sum(came[4:]) == count(rows, *OUT)
    states = ("received", "approved", "queued")
    assert [sum(each.x) for each in waits] == [count(rows, each) for each in states]
    assert sum(numbers(each)[0] for each in together.text) == count(rows, *states)


@pytest.mark.parametrize("side", ["district", "topic"])
def test_the_balance_shows_them(rows: list[Row], side: Literal["district", "topic"]) -> None:
    snapshot = snapshots.current(SLUG)
    by_district = frames.outcomes_by_district(snapshot)
    by_topic = frames.outcomes_by_topic(snapshot, **NAMES)

    frame = by_district if side == "district" else by_topic
    *parts, _, labels = balance.bars(frame, ENGLISH, side=side).data

    # The one that others were merged into is approved, and so still open.
    states = (HEARD, {*STATES} - HEARD - {"rejected"}, {"rejected"})
    at = 0 if side == "district" else 1
    for marks, statuses in zip(parts, states, strict=True):
        assert drawn(marks, (numbers(each)[-1] for each in marks.hovertext), side=at) == {
            code: count(rows, *statuses, **{side: code})
            for code in {getattr(each, side) for each in rows}
        }
    asked = [count(rows, **{side: each[at]}) for each in parts[0].customdata]
    assert [numbers(each)[-1] for each in labels.text] == asked


# The workbook's own sums


def test_the_sums_of_the_workbook_are_those_of_the_screen(book: Path) -> None:
    snapshot = snapshots.current(SLUG)
    names = {status.value: name for status, name in words.questions.statuses(ENGLISH).items()}
    columns = {"questions": "Questions", "heard": "Answered or replied to"}

    totals = frames.totals(snapshot)
    summary = sheet(book, "Summary").set_index("What")["Value"]
    assert [summary["Questions"], *summary[list(names.values())]] == list(totals.values())
    in_book = sheet(book, "By district").set_index("District")
    shown = frames.by_district(snapshot)
    shown.index = pd.Index([snapshot.districts[each].name for each in shown["code"]])
    for name, title in (columns | {"per_10000": "Per 10,000 young people"}).items():
        assert in_book[title].astype(float).to_dict() == pytest.approx(
            shown[name].astype(float).to_dict(), nan_ok=True
        )
    in_book = sheet(book, "By topic").set_index("Topic")
    shown = frames.by_topic(snapshot, **NAMES).set_index("name")
    for name, title in (columns | names).items():
        assert in_book[title].to_dict() == shown[name].to_dict()
    in_book = sheet(book, "District and topic").set_index("District")
    for pair in frames.by_district_and_topic(snapshot, **NAMES).to_dict("records"):
        district = snapshot.districts[pair["district"]].name
        assert in_book.loc[district, pair["topic_name"]] == pair["questions"]
