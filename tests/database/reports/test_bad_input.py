"""What an event may be like that nobody thinks of: in every chart, and in every file."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from plotly.graph_objects import Figure
from pyarrow import parquet

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
from data_access.engine import Database
from data_access.events import events
from data_access.participation import frames
from data_access.review import annotations
from dialogue.annotations import Subject
from dialogue.events import CATALOGUES, Event
from dialogue.lifecycle import Status
from live import snapshots
from locales import language
from reports import charts, making
from reports.contents import Contents
from reports.orders import ENDINGS, FileKind, FileOrder
from reports.progress import Progress
from tests.conftest import ROOT
from tests.factories import NOON, actor, ask, ask_until

pytestmark = pytest.mark.usefixtures("database")
SLUG = "khac"
LATER = NOON + timedelta(hours=2)
NAME = "=1+1 <img src=x onerror=alert(1)> {{ title }}"
VIETNAMESE = language("vi")


def add(event: Event, **fields: Any) -> None:
    with engine.current().transaction() as session:
        events.add(session, replace(event, slug=SLUG, **fields))


def every_state() -> None:
    """Bring a question into every state, one without a topic on stage."""
    target = ask_until(Status.APPROVED, slug=SLUG, text=NAME)
    for status in (each for each in Status if each is not Status.ON_STAGE):
        ask_until(status, slug=SLUG, text=NAME, into=target)
    ask_until(Status.ON_STAGE, slug=SLUG, topic=None, text=NAME)


def figures() -> Iterator[tuple[Figure, str]]:
    """Draw every figure of the screen, each with what it says in a sentence."""
    snapshot = snapshots.current(SLUG)
    by_district, language = frames.by_district(snapshot), VIETNAMESE
    by_topic = frames.by_topic(snapshot, english=False, without_topic="–")
    file = ROOT / "events" / str(snapshot.event.boundaries)
    boundaries = json.loads(file.read_text("utf-8"))
    for measure in Measure:
        said = districts.finding(by_district, language, measure=measure)
        yield districts.bars(by_district, language, measure=measure), said
        yield district_tiles.tiles(by_district, language, measure=measure), said
        drawn = district_map.boundaries_map(
            by_district, language, measure=measure, boundaries=boundaries
        )
        yield drawn, said
    yield topics.bars(by_topic, language), topics.finding(by_topic, language)
    outcomes = frames.outcomes_by_district(snapshot)
    yield balance.bars(outcomes, language, side="district"), balance.finding(outcomes, language)
    outcomes = frames.outcomes_by_topic(snapshot, english=False, without_topic="–")
    yield balance.bars(outcomes, language, side="topic"), balance.finding(outcomes, language)
    pairs = frames.by_district_and_topic(snapshot, english=False, without_topic="–")
    yield matrix.cells(pairs, language), matrix.finding(pairs, language)
    course, turns = frames.over_time(snapshot), frames.on_stage(snapshot)
    yield timeline.bars(course, turns, language), timeline.finding(course, turns, language)
    way = frames.path(snapshot, english=False)
    yield path.bars(way, language), path.finding(way, language)
    waits = frames.waiting(snapshot, at=LATER)
    yield waiting.bars(waits, language), waiting.finding(waits, language)


def made(kind: FileKind, folder: Path) -> Path:
    file = folder / f"made.{ENDINGS[kind]}"
    order = FileOrder(kind=kind, slug=SLUG, language="vi")
    with engine.current().reading() as session:
        making.make(session, order, file, at=LATER, tell=lambda _done, _total: None)
    return file


# One district, one topic, nothing asked, nothing known


@pytest.fixture(params=["no questions", "one question without a topic", "every state"])
def alone(request: pytest.FixtureRequest, database: Database, event: Event) -> str:
    """An event of one district, whose young people nobody counted, and of one topic."""
    (district, *_), (_, topic, *_) = event.districts, event.topics
    district = replace(district, young_people=None, tile_column=None, tile_row=None)
    add(event, districts=(district,), topics=(topic,), rundown=())
    if request.param == "one question without a topic":
        ask(slug=SLUG, topic=None)
    if request.param == "every state":
        every_state()
    return str(request.param)


def test_every_figure_of_it_draws_something_or_says_why_not(alone: str) -> None:
    drawn = list(figures())

    assert all(figure.data or figure.layout.annotations for figure, _ in drawn)
    assert all(said.endswith(".") for _, said in drawn)
    assert any(figure.data for figure, _ in drawn) == (alone != "no questions")


@pytest.mark.parametrize("kind", FileKind)
@pytest.mark.usefixtures("alone")
def test_every_file_of_it_is_made(kind: FileKind, tmp_path: Path) -> None:
    assert made(kind, tmp_path).stat().st_size > 0


# Names that look like a formula, like HTML, and like a template


@pytest.fixture
def hostile(database: Database, event: Event) -> None:
    """An event of which every name is hostile, with questions in every state."""

    def renamed(entries: Any) -> Any:
        names = {"name", "name_en", "short_name", "text", "text_en"}
        return tuple(
            replace(each, **dict.fromkeys(names & set(each.__slots__), NAME)) for each in entries
        )

    described = ("title", "theme", "plan", "place", "unit_name", "official_name", "official_title")
    fields: dict[str, Any] = dict.fromkeys((*described, "title_en", "theme_en"), NAME)
    add(event, **fields, **{name: renamed(getattr(event, name)) for name in CATALOGUES})
    every_state()
    with database.transaction() as session:
        annotations.add(
            session,
            SLUG,
            subject=Subject.TOPICS,
            moment=None,
            text=NAME,
            actor=actor(name=NAME),
            at=NOON,
        )


@pytest.mark.usefixtures("hostile")
def test_no_figure_makes_anything_of_a_name() -> None:
    for figure, said in figures():
        drawn = figure.to_json()
        assert figure.data or "img" not in drawn
        assert "<img" not in drawn
        assert "\\u003cimg" not in drawn
        assert "&lt;" not in said


@pytest.mark.usefixtures("hostile")
def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(made(FileKind.WORKBOOK, tmp_path))

    for sheet in book:
        cells = [each for row in sheet.iter_rows() for each in row]
        assert "f" not in {each.data_type for each in cells}
        assert any(str(each.value).startswith(NAME) for each in cells), sheet.title


@pytest.mark.usefixtures("hostile")
def test_no_cell_of_a_list_is_a_formula(tmp_path: Path) -> None:
    listed = made(FileKind.CSV, tmp_path).read_text("utf-8-sig")
    with zipfile.ZipFile(made(FileKind.OPEN_DATA, tmp_path)) as package:
        public = package.read("questions.csv").decode("utf-8-sig")

    for lines in (listed, public):
        cells = [each for row in csv.reader(io.StringIO(lines)) for each in row]
        assert f"'{NAME}" in cells
        assert not [each for each in cells if each.startswith("=")]
    rows = parquet.read_table(made(FileKind.PARQUET, tmp_path)).to_pylist()
    assert {row["Địa bàn"] for row in rows} == {NAME}


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("kind", [FileKind.SUMMARY, FileKind.CONCLUSION])
def test_a_document_has_it_as_words(kind: FileKind, tmp_path: Path) -> None:
    document = Document(str(made(kind, tmp_path)))

    written = [each.text for each in document.paragraphs]
    written += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any(NAME in each for each in written)
    assert not [each for each in written if "1+1" in each and NAME.lower() not in each.lower()]


@pytest.mark.usefixtures("hostile")
def test_a_page_and_a_picture_have_it_as_words(tmp_path: Path) -> None:
    page = made(FileKind.PAGE, tmp_path).read_text("utf-8")
    with zipfile.ZipFile(made(FileKind.PICTURES, tmp_path)) as package:
        drawn = [package.read(each).decode() for each in package.namelist() if "svg" in each]

    assert "&lt;img src=x" in page
    assert "<img src=x" not in page
    assert drawn
    assert not [each for each in drawn if "<img" in each]


# Clocks that are changed while questions come


def test_no_question_is_lost_in_a_file_where_clocks_are_changed(
    database: Database, event: Event, tmp_path: Path
) -> None:
    add(event, timezone="Europe/Berlin")
    before = datetime(2022, 10, 29, 22, 30, tzinfo=UTC)  # 02:00 comes twice that night
    for hours in range(5):
        ask(slug=SLUG, at=before + timedelta(hours=hours))

    rows = openpyxl.load_workbook(made(FileKind.WORKBOOK, tmp_path))["Tất cả câu hỏi"]
    order = FileOrder(kind=FileKind.PICTURES, slug=SLUG, language="vi")
    with database.reading() as session:
        progress = Progress(lambda _done, _total: None)
        course = charts.over_time(Contents(session, order, LATER, progress))

    received = [f"{row[1]:%H:%M}" for row in rows.iter_rows(min_row=2, values_only=True)]
    assert received == ["00:30", "01:30", "02:30", "02:30", "03:30"]
    assert dict(zip(course.labels, course.parts[0].values, strict=True)) == {
        "00:00 30/10": 1,
        "01:00 30/10": 1,
        "02:00 30/10": 2,
        "03:00 30/10": 1,
    }
