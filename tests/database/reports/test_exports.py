"""Every file from one event, and its numbers against two other ways of counting them."""

import csv
import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest
from docx import Document
from pyarrow import parquet
from sqlalchemy import text

from data_access import engine
from data_access.activity import activity
from data_access.engine import Database
from data_access.events import events
from data_access.followup import replies
from data_access.questions.reading import record
from data_access.questions.writing import personal_data
from data_access.review import annotations
from dialogue.activity import ActivityFilters
from dialogue.annotations import Subject
from dialogue.events import Event
from dialogue.lifecycle import Action, Status
from dialogue.refusals import NotPermitted
from dialogue.roles import Role
from live import snapshots
from reports import charts, making
from reports.contents import Contents
from reports.orders import ENDINGS, MAY_NAME, FileKind, FileOrder
from reports.progress import Progress
from tests.factories import (
    NOON,
    REPLY,
    SLUG,
    act,
    actor,
    annotate,
    ask,
    ask_until,
    submit_reply,
)

Make = Callable[..., Path]
LATER = NOON + timedelta(days=30)
HOSTILE = '=HYPERLINK("http://x") <script>alert(1)</script> {{ title }} {% for a in b %} $\\frac{'
PERSONAL: dict[str, Any] = {
    "name": "=Bưởi",
    "contact": "hoa@example.vn",
    "organisation": "+Đoàn phường",
}
CALL_ME = "Xin gọi lại cho em theo số 0901 234 567 ạ"


@pytest.fixture
def make(database: Database, tmp_path: Path) -> Make:
    """Make a file in this process, as the process of its own does."""

    def made(kind: FileKind, *, slug: str = SLUG, at: datetime = LATER, **order: Any) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.{ENDINGS[kind]}"
        asked = FileOrder(kind=kind, slug=slug, language="vi", **order)
        with engine.current().reading() as session:
            making.make(session, asked, path, at=at, tell=lambda _done, _total: None)
        return path

    return made


@pytest.fixture
def busy(database: Database, event: Event) -> None:
    """An event with every state, every kind of hole, and hostile words."""
    target = ask_until(Status.APPROVED, district="731", topic="viec-lam")
    for place, status in enumerate(each for each in Status if each is not Status.ON_STAGE):
        for again in range(place % 3 + 1):
            ask_until(
                status,
                district=event.districts[(place + again) % 4].code,
                topic=[None, *(each.code for each in event.topics)][(place * again) % 5],
                text=f"Câu hỏi thứ {place}.{again}: {HOSTILE}",
                into=target,
                at=NOON - timedelta(hours=7 * place + again),
                **PERSONAL,
            )
    ask_until(Status.ON_STAGE, topic=None)
    ask(text=CALL_ME)


def content(path: Path) -> str:
    """All that is written in a file, the parts of a ZIP too."""
    if path.suffix == ".parquet":
        return str(parquet.read_table(path).to_pandas().to_csv())
    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8")
    with zipfile.ZipFile(path) as parts:
        written = "\n".join(
            parts.read(each).decode("utf-8", "replace") for each in parts.namelist()
        )
    return html.unescape(written)


def sheet(path: Path, title: str) -> pd.DataFrame:
    rows = [[each.value for each in row] for row in openpyxl.load_workbook(path)[title].iter_rows()]
    return pd.DataFrame(rows[1:], columns=rows[0])


def in_sql(database: Database, column: str) -> Counter[Any]:
    """Count the questions by a column, in SQL of the test's own."""
    with database.reading() as session:
        rows = session.execute(text(f"SELECT {column}, COUNT(*) FROM questions GROUP BY {column}"))
        return Counter({value: count for value, count in rows})  # noqa: C416


@contextmanager
def contents() -> Iterator[Contents]:
    """What the pictures are drawn from."""
    order = FileOrder(kind=FileKind.PICTURES, slug=SLUG, language="vi")
    with engine.current().reading() as session:
        yield Contents(session, order, LATER, Progress(lambda _done, _total: None))


@pytest.mark.usefixtures("busy")
def test_the_sums_of_the_workbook_are_those_of_the_list_and_of_sql(
    database: Database, make: Make, event: Event
) -> None:
    book = make(FileKind.WORKBOOK)
    listed = pd.read_csv(make(FileKind.CSV))

    names = {each.code: each.name for each in event.districts}
    districts = sheet(book, "Theo địa bàn").set_index("Địa bàn")
    expected = {names[code]: count for code, count in in_sql(database, "district").items()}
    assert districts["Câu hỏi"][lambda each: each > 0].to_dict() == expected
    assert listed["Địa bàn"].value_counts().to_dict() == expected

    topics = {each.code: each.name for each in event.topics} | {None: "Chưa có chủ đề"}
    by_topic = sheet(book, "Theo chủ đề").set_index("Chủ đề")
    expected = {topics[code]: count for code, count in in_sql(database, "topic").items()}
    assert by_topic["Câu hỏi"][lambda each: each > 0].to_dict() == expected
    assert listed["Chủ đề"].fillna("Chưa có chủ đề").value_counts().to_dict() == expected

    states = listed["Trạng thái"].value_counts()
    for frame in (districts, by_topic):
        assert frame[states.index].sum().to_dict() == states.to_dict()
        assert frame["Đã giải đáp"].sum() == states["Đã trả lời"] + states["Đã có văn bản trả lời"]
    summary = sheet(book, "Tóm tắt").set_index("Nội dung")["Giá trị"]
    assert summary["Câu hỏi"] == len(listed) == in_sql(database, "event_id").total()
    assert {name: summary[name] for name in states.index} == states.to_dict()

    pairs = sheet(book, "Địa bàn và chủ đề").set_index("Địa bàn")
    crossed = pd.crosstab(listed["Địa bàn"], listed["Chủ đề"].fillna("Chưa có chủ đề"))
    assert (
        pairs.loc[crossed.index, crossed.columns].to_numpy().tolist() == crossed.to_numpy().tolist()
    )
    assert pairs["Tất cả chủ đề"].sum() == len(listed)


@pytest.mark.usefixtures("busy")
def test_the_list_is_the_same_in_every_file(make: Make) -> None:
    listed = pd.read_csv(make(FileKind.CSV), dtype=str, keep_default_na=False)
    columnar = parquet.read_table(make(FileKind.PARQUET)).to_pandas()
    in_book = sheet(make(FileKind.WORKBOOK), "Tất cả câu hỏi")

    assert list(columnar.columns) == list(in_book.columns) == list(listed.columns)
    for column in ("Số", "Nguồn", "Địa bàn", "Trạng thái", "Câu hỏi"):
        expected = listed[column].tolist()
        assert columnar[column].astype(str).tolist() == expected
        assert in_book[column].astype(str).tolist() == expected
    written = pd.to_datetime(listed["Nhận lúc"])
    assert in_book["Nhận lúc"].tolist() == written.tolist()
    zoned = columnar["Nhận lúc"].dt.tz_convert("Asia/Ho_Chi_Minh").dt.tz_localize(None)
    assert zoned.tolist() == written.tolist()


@pytest.mark.usefixtures("busy")
def test_the_list_agrees_with_the_board(make: Make, event: Event) -> None:
    snapshot = snapshots.current(SLUG)
    listed = pd.read_csv(make(FileKind.CSV)).set_index("Số")

    assert listed["Lượt bình chọn"].to_dict() == {
        n: each.votes for n, each in snapshot.questions.items()
    }
    merged = listed["Gộp vào câu số"].dropna().astype(int).to_dict()
    assert merged == {
        n: each.merged_into for n, each in snapshot.questions.items() if each.merged_into
    }
    due = listed["Hạn trả lời"].dropna().to_dict()
    assert due == {n: str(each.due_on) for n, each in snapshot.questions.items() if each.due_on}


@pytest.mark.usefixtures("busy")
def test_the_pictures_show_the_numbers_of_the_workbook(make: Make) -> None:
    book = make(FileKind.WORKBOOK)
    with contents() as counted:
        bars, grid = charts.by_district(counted), charts.by_district_and_topic(counted)
        rates, course = charts.by_district_per_10000(counted), charts.over_time(counted)

    districts = sheet(book, "Theo địa bàn")
    heard, others = (list(each.values) for each in bars.parts)
    assert [one + other for one, other in zip(heard, others, strict=True)] == districts[
        "Câu hỏi"
    ].tolist()
    assert heard == districts["Đã giải đáp"].tolist()
    assert list(rates.parts[0].values) == pytest.approx(
        districts["Trên 10.000 thanh niên"].tolist()
    )
    pairs = sheet(book, "Địa bàn và chủ đề")
    assert [list(row) for row in zip(*grid.values, strict=True)] == (
        pairs.iloc[:, 1:-1].to_numpy().tolist()
    )
    assert sum(course.parts[0].values) == districts["Câu hỏi"].sum()


@pytest.mark.usefixtures("busy")
def test_the_documents_list_what_the_workbook_lists(make: Make) -> None:
    book = make(FileKind.WORKBOOK)
    listed = sheet(book, "Tất cả câu hỏi")
    raised = listed[~listed["Trạng thái"].isin(["Không nhận", "Đã gộp"])]

    summary = Document(str(make(FileKind.SUMMARY)))
    totals = {row.cells[1].text: int(row.cells[3].text) for row in summary.tables[1].rows[1:]}
    assert totals == raised["Chủ đề"].fillna("Chưa có chủ đề").value_counts().to_dict()
    numbers = [int(row.cells[0].text) for table in summary.tables[2:-1] for row in table.rows[1:]]
    assert sorted(numbers) == raised["Số"].tolist()

    conclusion = Document(str(make(FileKind.CONCLUSION)))
    issues, answered, forwarded = conclusion.tables[1:-1]
    counted = {row.cells[1].text: int(row.cells[2].text) for row in issues.rows[1:]}
    assert counted == totals
    is_answered = raised["Trạng thái"] == "Đã trả lời"
    assert [int(row.cells[0].text) for row in answered.rows[1:]] == raised["Số"][
        is_answered
    ].tolist()
    follow_up = sheet(book, "Trả lời sau đối thoại")
    assert [int(row.cells[0].text) for row in forwarded.rows[1:]] == follow_up["Số"].tolist()
    owed = re.findall(
        r"^- (.+): trả lời bằng văn bản (\d+) câu",
        "\n".join(each.text for each in conclusion.paragraphs),
        re.MULTILINE,
    )
    assert {name: int(count) for name, count in owed} == (
        follow_up["Đơn vị trả lời"].value_counts().to_dict()
    )
    assert len(conclusion.inline_shapes) == 3
    parts = [each.text[:2] for each in conclusion.paragraphs if each.text[1:2] == ")"]
    assert parts == ["a)", "b)", "c)", "d)"]


@pytest.mark.usefixtures("busy")
def test_the_page_and_the_open_data_count_alike(database: Database, make: Make) -> None:
    page = make(FileKind.PAGE).read_text("utf-8")
    snapshot = snapshots.current(SLUG)

    last = page.rpartition("<tbody>")[2]
    assert last.count("<tr>") == len(snapshot.questions)
    assert (
        html.escape(HOSTILE, quote=True).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
        in page
    )
    assert "<script>" not in page
    with zipfile.ZipFile(make(FileKind.OPEN_DATA)) as package:
        lines = package.read("questions.csv").decode("utf-8-sig")
    public = {int(row["number"]): row for row in csv.DictReader(io.StringIO(lines))}
    assert public.keys() == {each.number for each in snapshot.public}
    assert {row["status"] for row in public.values()} <= {each.value for each in Status}


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("kind", FileKind)
def test_no_file_says_who_asked_unless_it_is_asked_for(make: Make, kind: FileKind) -> None:
    said = content(make(kind, activity=True))

    assert not [each for each in (*PERSONAL.values(), "0901", "234 567") if each in said]
    if kind in MAY_NAME:
        with_names = content(make(kind, names=True))
        assert PERSONAL["name"] in with_names
        assert PERSONAL["organisation"] in with_names
        assert PERSONAL["contact"] not in with_names
        assert "0901" not in with_names
        with_contacts = content(make(kind, contacts=True))
        assert PERSONAL["contact"] in with_contacts
        assert "0901 234 567" in with_contacts
        assert PERSONAL["name"] not in with_contacts


@pytest.mark.usefixtures("database")
def test_parts_of_a_question_are_said_to_be_asked_by_its_asker(make: Make) -> None:
    number = ask(**PERSONAL).number
    act(number, Action.SPLIT, version=1, parts=("Câu hỏi thứ nhất của em", "Câu thứ hai của em"))

    named = pd.read_csv(make(FileKind.CSV, names=True))

    assert named["Tên"].tolist() == ["'=Bưởi", "'=Bưởi"]


@pytest.mark.usefixtures("busy")
def test_the_activity_is_written_whole_and_its_details_name_nobody(make: Make) -> None:
    act(ask(text=CALL_ME).number, Action.EDIT, version=1, text="Xin đừng gọi số 0901 234 567 nữa ạ")
    lines = sheet(make(FileKind.WORKBOOK, activity=True), "Nhật ký")

    with engine.current().reading() as session:
        expected = activity.page(session, SLUG, ActivityFilters(), most=10_000)
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    assert [f"{each:%d/%m %H:%M}" for each in lines["Thời gian"]] == [
        f"{each.at.astimezone(zone):%d/%m %H:%M}" for each in expected
    ]
    assert "[…]" in "".join(lines["Chi tiết"].dropna())


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("kind", FileKind)
def test_an_event_without_questions_gives_every_file(make: Make, kind: FileKind) -> None:
    assert make(kind, activity=True, names=kind in MAY_NAME).stat().st_size > 0


@pytest.mark.parametrize("kind", FileKind)
def test_an_event_of_one_district_and_no_topic_gives_every_file(
    database: Database, event: Event, make: Make, kind: FileKind
) -> None:
    alone = replace(
        event,
        slug="mot-dia-ban",
        title='Đối thoại "<b>" & =1+1',
        districts=(
            replace(event.districts[0], name="=A1 <i>", short_name="<i>", young_people=None),
        ),
        topics=event.topics[:1],
        rundown=(),
    )
    with database.transaction() as session:
        events.add(session, alone)
    ask(slug=alone.slug, topic=None, text=HOSTILE)

    path = make(kind, slug=alone.slug)

    if kind in (FileKind.CSV, FileKind.PAGE):
        assert "<i>" in html.unescape(content(path))
        assert "<i>" not in content(path) or kind is FileKind.CSV


@pytest.mark.usefixtures("database")
def test_what_was_asked_around_midnight_is_on_its_own_day(make: Make) -> None:
    midnight = datetime.fromisoformat("2022-11-11T00:00:00+07:00")
    for minutes in (-90, -1, 0, 125):
        ask(at=midnight + timedelta(minutes=minutes))

    received = sheet(make(FileKind.WORKBOOK), "Tất cả câu hỏi")["Nhận lúc"]
    with contents() as counted:
        course = charts.over_time(counted)

    assert [f"{each:%d/%m %H:%M}" for each in received] == [
        *("10/11 22:30", "10/11 23:59", "11/11 00:00", "11/11 02:05"),
    ]
    assert list(zip(course.labels, course.parts[0].values, strict=True)) == [
        *(("22:00 10/11", 1), ("23:00 10/11", 1), ("00:00 11/11", 1)),
        *(("01:00 11/11", 0), ("02:00 11/11", 1)),
    ]


@pytest.mark.usefixtures("database")
def test_a_longer_course_is_counted_by_day(make: Make) -> None:
    for days in (0, 0, 3):
        ask(at=NOON + timedelta(days=days))

    with contents() as counted:
        course = charts.over_time(counted)

    assert list(zip(course.labels, course.parts[0].values, strict=True)) == [
        *(("10/11", 2), ("11/11", 0), ("12/11", 0), ("13/11", 1)),
    ]


@pytest.mark.usefixtures("database")
def test_what_is_overdue_is_said(make: Make) -> None:
    ask_until(Status.DEFERRED)
    ask_until(Status.REPLIED)

    rows = sheet(make(FileKind.WORKBOOK, at=NOON + timedelta(days=20)), "Trả lời sau đối thoại")

    assert rows["Số ngày quá hạn"].tolist()[0] == 5
    assert pd.isna(rows["Số ngày quá hạn"].tolist()[1])


@pytest.mark.usefixtures("database")
def test_a_published_reply_is_in_what_follows_up(make: Make) -> None:
    number = ask_until(Status.DEFERRED)
    version = submit_reply(number, text="Từ quý I sẽ có sóng, hỏi thêm số 0901 234 567.")
    promised = sheet(make(FileKind.WORKBOOK), "Trả lời sau đối thoại")
    with engine.current().transaction() as session:
        replies.publish(session, SLUG, number, version=version, actor=actor(), at=NOON)

    replied = sheet(make(FileKind.WORKBOOK), "Trả lời sau đối thoại").iloc[0]
    with zipfile.ZipFile(make(FileKind.OPEN_DATA)) as package:
        lines = package.read("questions.csv").decode("utf-8-sig")

    assert promised["Số văn bản trả lời"].tolist() == [None]
    assert replied["Trả lời bằng văn bản"] == "Từ quý I sẽ có sóng, hỏi thêm số […]."
    assert replied["Số văn bản trả lời"] == REPLY.document_number
    assert replied["Ngày văn bản trả lời"].date() == REPLY.document_date
    (public,) = csv.DictReader(io.StringIO(lines))
    assert public["reply"] == replied["Trả lời bằng văn bản"]


@pytest.fixture
def annotated(database: Database) -> None:
    """What staff wrote: on a chart that is printed, on a moment, and hostile; one was withdrawn."""
    by = actor(name="=Trần Bình")
    annotate("Huyện xa ít hỏi.\nGọi 0901 234 567.", subject=Subject.DISTRICTS, by=by)
    annotate(f"{HOSTILE} {{{{ 7*7 }}}}", subject=Subject.REPLAY, moment=NOON, by=by)
    annotate("Đông nhất", subject=Subject.TIME, moment=NOON, by=by)
    entry = annotate("Đã rút lại", by=by)
    with database.transaction() as session:
        annotations.withdraw(session, SLUG, entry, version=1, actor=by, at=NOON)


@pytest.mark.usefixtures("annotated")
def test_annotations_are_a_sheet_of_the_workbook(make: Make) -> None:
    rows = sheet(make(FileKind.WORKBOOK), "Nhận xét")

    assert rows["Phần tổng kết"].tolist() == [*("Theo địa bàn", "Theo thời gian", "Diễn biến")]
    assert rows["Nhận xét"].tolist() == [
        *("Huyện xa ít hỏi.\nGọi […].", "Đông nhất", f"{HOSTILE} {{{{ 7*7 }}}}")
    ]
    at_noon = datetime.fromisoformat("2022-11-10T12:00")
    assert [None if pd.isna(each) else each for each in rows["Thời điểm"]] == [
        *(None, at_noon, at_noon)
    ]
    assert set(rows["Người viết"]) == {"=Trần Bình"}
    assert set(rows["Viết lúc"]) == {at_noon}


@pytest.mark.usefixtures("annotated")
def test_annotations_are_printed_below_their_chart_or_in_a_table(make: Make) -> None:
    page = make(FileKind.PAGE).read_text("utf-8")
    said = {
        re.findall(r'alt="([^"]+)"', each)[0]: re.findall("<p>(.*?)</p>", each, re.DOTALL)
        for each in page.split("<figure>")[1:]
    }

    assert {title: below for title, below in said.items() if below} == {
        "Số câu hỏi theo địa bàn": ["Huyện xa ít hỏi.\nGọi […]."],
        "Số câu hỏi theo thời gian": ["12:00 10/11/2022: Đông nhất"],
    }
    table = page.partition("<h2>Nhận xét</h2>")[2].partition("</table>")[0]
    assert "<td>Diễn biến</td><td>12:00 10/11/2022</td>" in table
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ title }}" in table
    assert "Đông nhất" not in table
    assert "Đã rút lại" not in page


@pytest.mark.usefixtures("annotated")
def test_annotations_are_in_the_conclusion_without_who_wrote_them(make: Make) -> None:
    document = Document(str(make(FileKind.CONCLUSION)))

    said = [each.text for each in document.paragraphs]
    begun = said.index("Một số nhận xét về số liệu và diễn biến:")
    assert said[begun + 1 : begun + 5] == [
        "- Theo địa bàn: Huyện xa ít hỏi.\nGọi […].",
        "- Theo thời gian (lúc 12:00 10/11/2022): Đông nhất",
        f"- Diễn biến (lúc 12:00 10/11/2022): {HOSTILE} {{{{ 7*7 }}}}",
        "b) Những vấn đề đã được trả lời tại buổi đối thoại",
    ]
    assert "Trần Bình" not in "".join(said)


@pytest.mark.usefixtures("database")
def test_where_nobody_annotated_nothing_is_said_of_it(make: Make) -> None:
    said = [each.text for each in Document(str(make(FileKind.CONCLUSION))).paragraphs]

    assert not [each for each in said if "nhận xét" in each.lower()]
    assert "Nhận xét" not in make(FileKind.PAGE).read_text("utf-8")
    assert sheet(make(FileKind.WORKBOOK), "Nhận xét")["Nhận xét"].dropna().empty


@pytest.mark.usefixtures("annotated")
@pytest.mark.parametrize("kind", [FileKind.OPEN_DATA, FileKind.SUMMARY, FileKind.CSV])
def test_other_files_say_nothing_of_annotations(make: Make, kind: FileKind) -> None:
    assert "Huyện xa ít hỏi" not in content(make(kind))


@pytest.mark.usefixtures("database")
def test_districts_stand_in_the_order_of_the_dictionary(make: Make) -> None:
    names = sheet(make(FileKind.WORKBOOK), "Theo địa bàn")["Địa bàn"].tolist()

    assert [each.split(maxsplit=1)[1].removeprefix("phố ") for each in names] == [
        *("Biên Hòa", "Cẩm Mỹ", "Định Quán", "Long Khánh", "Long Thành", "Nhơn Trạch"),
        *("Tân Phú", "Thống Nhất", "Trảng Bom", "Vĩnh Cửu", "Xuân Lộc"),
    ]


def test_many_questions_are_read_in_pieces(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "AT_ONCE", 2)
    numbers = [ask_until(Status.ANSWERED if n % 2 else Status.REJECTED) for n in range(5)]

    with database.reading() as session:
        everything = list(record.each_question(session, SLUG))
        answered = list(record.each_question(session, SLUG, statuses=(Status.ANSWERED,)))

    assert [each.question.number for each in everything] == numbers
    assert [each.answered_at for each in everything] == [None, NOON, None, NOON, None]
    assert [each.question.number for each in answered] == numbers[1::2]


def test_who_may_not_see_names_takes_no_file_with_them(database: Database) -> None:
    with database.transaction() as session:
        for names, contacts, role in (
            (True, False, Role.ANALYST),
            (False, True, Role.CHAIR),
        ):
            with pytest.raises(NotPermitted):
                personal_data.export(
                    session, SLUG, names=names, contacts=contacts, actor=actor(role), at=NOON
                )
        personal_data.export(
            session,
            SLUG,
            names=True,
            contacts=False,
            actor=actor(Role.CHAIR, name="Chủ trì"),
            at=NOON,
        )

    with database.reading() as session:
        (line,) = activity.page(session, SLUG, ActivityFilters(), most=10)
    assert (line.action, line.actor, line.number) == (personal_data.EXPORT, "Chủ trì", None)
