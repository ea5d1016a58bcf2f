"""The kinds of files, each from a small table with what is hard to write."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import frictionless
import openpyxl
import pytest
from PIL import Image
from pyarrow import parquet

import locales
from reports import package, pictures, printed, table, workbook
from reports.pictures import BarPart, Bars, Grid
from reports.table import Cell, Column, Table

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FORMULAS = [
    *("=1+1", "+84 901", "-2", "@SUM(A1)", "\t=1", "\n=1", "  =HYPERLINK(1)"),
    "=cmd|' /C calc'!A0",
]
HTML = "<img src=x onerror=alert(1)><script>alert(1)</script>"


def of_texts(*texts: str, title: str = "Câu hỏi") -> Table:
    return Table(title, (Column("=x", str),), [(each,) for each in texts])


def lines(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_a_list_opens_in_a_spreadsheet_with_its_letters(tmp_path: Path) -> None:
    asked = Table(
        "Câu hỏi",
        (Column("Câu hỏi", str), Column("Số", int), Column("Lúc", datetime), Column("Ngày", date)),
        [
            (
                "Khi nào có 4G ạ, ở ấp 4?",
                -3,
                datetime(2022, 11, 10, 5, 0, 1, 9, tzinfo=VIETNAM),
                None,
            )
        ],
    )
    table.write_csv(asked, tmp_path / "file")

    assert (tmp_path / "file").read_bytes().startswith(b"\xef\xbb\xbf")
    assert lines(tmp_path / "file") == [
        ["Câu hỏi", "Số", "Lúc", "Ngày"],
        ["Khi nào có 4G ạ, ở ấp 4?", "-3", "2022-11-10 05:00:01", ""],
    ]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_text_from_outside_is_a_formula_in_a_list(formula: str, tmp_path: Path) -> None:
    table.write_csv(of_texts(formula), tmp_path / "file")

    assert lines(tmp_path / "file") == [["'=x"], ["'" + formula]]


@pytest.mark.parametrize("formula", [*FORMULAS, HTML, "_x000D_", "#REF!", "TRUE"])
def test_no_text_from_outside_is_a_formula_in_a_workbook(formula: str, tmp_path: Path) -> None:
    workbook.write([of_texts(formula)], tmp_path / "file.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "file.xlsx").worksheets[0]
    assert [(each.value, each.data_type) for each in (sheet["A1"], sheet["A2"])] == [
        ("=x", "s"),
        (formula, "s"),
    ]
    written = zipfile.ZipFile(tmp_path / "file.xlsx").read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in written


def test_a_text_with_lines_and_quotes_stays_one_cell(tmp_path: Path) -> None:
    text = 'Dòng một\n"dòng", hai; <b>'
    table.write_csv(of_texts(text), tmp_path / "file")

    assert lines(tmp_path / "file")[1] == [text]


def test_a_workbook_has_real_tables_filters_and_dates(tmp_path: Path) -> None:
    at = datetime(2022, 11, 10, 23, 59, 59, tzinfo=VIETNAM)
    rows: list[tuple[Cell, ...]] = [(1, at, date(2022, 11, 25), 1.5, "a"), (None,) * 5]
    columns = (
        *(Column("Số", int), Column("Lúc", datetime), Column("Ngày", date)),
        *(Column("Tỉ lệ", float), Column("số", str, 80)),
    )
    workbook.write([Table("Một", columns, rows), of_texts(title="Hai")], tmp_path / "file.xlsx")

    book = openpyxl.load_workbook(tmp_path / "file.xlsx")
    first = book["Một"]
    assert [each.value for each in first[1]] == ["Số", "Lúc", "Ngày", "Tỉ lệ", "số (2)"]
    assert [each.value for each in first[2]][:3] == [
        *(1, at.replace(tzinfo=None), datetime.combine(date(2022, 11, 25), time())),
    ]
    assert [first["B2"].number_format, first["C2"].number_format] == [
        *("dd/mm/yyyy hh:mm", "dd/mm/yyyy"),
    ]
    assert {each.freeze_panes for each in book} == {"A2"}
    (made,) = first.tables.values()
    assert (made.ref, made.autoFilter.ref) == ("A1:E3", "A1:E3")
    assert book["Hai"].tables["Table2"].ref == "A1:A2"


def test_parquet_keeps_zones_and_kinds(tmp_path: Path) -> None:
    columns = (Column("Số", int), Column("Lúc", datetime), Column("Ngày", date), Column("Chữ", str))
    at = datetime(2022, 11, 10, 12, 0, tzinfo=VIETNAM)
    rows: list[tuple[Cell, ...]] = [(n, at, date(2022, 11, 10), HTML) for n in range(10_001)]
    table.write_parquet(Table("Câu hỏi", columns, rows), tmp_path / "file")

    read = parquet.read_table(tmp_path / "file")
    assert read.num_rows == 10_001
    assert read.slice(10_000).to_pylist() == [
        {"Số": 10_000, "Lúc": at.astimezone(UTC), "Ngày": date(2022, 11, 10), "Chữ": HTML}
    ]


def test_an_empty_table_is_a_file_too(tmp_path: Path) -> None:
    empty = of_texts()
    table.write_csv(empty, tmp_path / "csv")
    table.write_parquet(empty, tmp_path / "parquet")

    assert lines(tmp_path / "csv") == [["'=x"]]
    assert parquet.read_table(tmp_path / "parquet").column_names == ["=x"]


def test_machines_can_read_what_is_open(tmp_path: Path) -> None:
    columns = (Column("number", int), Column("at", datetime), Column("text", str))
    at = datetime(2022, 11, 10, 12, 0, tzinfo=VIETNAM)
    rows: list[tuple[Cell, ...]] = [(1, at, '=1, "hai"\nba'), (2, None, None)]
    path = tmp_path / "open.zip"
    package.write(
        [Table("questions", columns, rows)], path, name="dong-nai-2022", title="Đối thoại"
    )

    with zipfile.ZipFile(path) as kept:
        kept.extractall(tmp_path)
        described = json.loads(kept.read("datapackage.json"))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten()
    assert described["resources"][0]["bytes"] == (tmp_path / "questions.csv").stat().st_size
    opened: Any = frictionless.Package(str(tmp_path / "datapackage.json")).resources[0]
    assert [each["at"] for each in opened.read_rows()] == [at.replace(tzinfo=None), None]


def test_a_page_to_print_runs_nothing(tmp_path: Path) -> None:
    drawn = Bars(HTML, [HTML], [BarPart("", [1])], ["1"])
    rows: list[tuple[Cell, ...]] = [(HTML, 1234, 0.5, date(2022, 11, 10), None)]
    columns = (
        *(Column(HTML, str), Column("Số", int), Column("Tỉ lệ", float), Column("Ngày", date)),
        Column("Không", str),
    )
    printed.write(
        tmp_path / "page.html",
        locales.language("vi"),
        heading=HTML,
        drawn=[(drawn, [HTML])],
        tables=[Table(HTML, columns, rows)],
    )

    page = (tmp_path / "page.html").read_text("utf-8")
    assert "<script" not in page
    assert "<img src=x" not in page
    assert page.count("&lt;script&gt;") == 7
    assert all(each in page for each in (">1.234<", ">0,5<", ">10/11/2022<", "default-src 'none'"))
    assert "http" not in page.replace("http-equiv", "")


PICTURES = [
    Bars(
        "Theo địa bàn",
        ["Biên Hòa", "$\\frac{a"],
        [BarPart("Có", [3, 0]), BarPart("Chưa", [1, 0])],
        ["4", "0"],
    ),
    Bars("Không có gì", [], [BarPart("", [])], []),
    Bars(
        "Theo giờ",
        [f"{n} giờ" for n in range(100)],
        [BarPart("", range(100))],
        [],
        upright=True,
    ),
    Bars("Một giờ", ["1"], [BarPart("", [0])], ["0"], upright=True),
    Grid("Hai chiều", ["Chủ đề " * 20, "$"], ["Biên Hòa"], [[0], [12]]),
    Grid("Không có gì", [], [], []),
]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda each: each.title)
def test_a_chart_is_a_picture_without_a_browser(picture: pictures.Picture) -> None:
    raster = Image.open(io.BytesIO(pictures.write(picture, ending="png")))
    drawing = pictures.write(picture, ending="svg")

    assert raster.width == 1280
    assert len(set(raster.convert("L").tobytes())) > 2
    assert ElementTree.fromstring(drawing).tag.endswith("svg")
    assert drawing == pictures.write(picture, ending="svg")
