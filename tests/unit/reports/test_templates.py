"""Templates of documents: ours are right, and whatever is wrong in one is named with its line."""

import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Pt

from reports import documents
from reports.documents import CONCLUSION, SUMMARY, TemplateMistake, TemplateWrong, Vocabulary, Wrong

ROOT = Path(__file__).parent.parent.parent.parent
OURS = {"summary": SUMMARY, "conclusion": CONCLUSION}


def template(path: Path, *paragraphs: str, cells: tuple[str, ...] = ()) -> Path:
    document = Document()
    for each in paragraphs:
        document.add_paragraph(each)
    if cells:
        table = document.add_table(rows=0, cols=1)
        for each in cells:
            table.add_row().cells[0].text = each
    document.save(str(path / "template.docx"))
    return path / "template.docx"


@pytest.mark.parametrize(("name", "vocabulary"), OURS.items())
def test_our_templates_are_right(name: str, vocabulary: Vocabulary) -> None:
    assert documents.check(documents.FOLDER / f"{name}.docx", vocabulary) == []


@pytest.mark.parametrize("name", OURS)
def test_our_templates_have_the_official_form(name: str) -> None:
    document: Any = Document(str(documents.FOLDER / f"{name}.docx"))

    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm) <= 25
    assert 20 <= round(section.bottom_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35
    assert 15 <= round(section.right_margin.mm) <= 20
    assert section.different_first_page_header_footer
    assert " PAGE " in section.header._element.xml
    assert document.styles["Normal"].font.name == "Times New Roman"
    _left, right = document.tables[0].rows[0].cells
    lines = [each for each in right.paragraphs if each.text.strip()]
    assert [each.text for each in lines] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert [(each.runs[0].bold, each.runs[0].font.size) for each in lines] == [
        (True, Pt(12)),
        (True, Pt(13)),
    ]
    number, day = document.tables[0].rows[1].cells
    assert number.text.startswith("Số:          /")
    assert day.paragraphs[0].runs[0].italic
    last = document.tables[-1].rows[0].cells
    assert last[0].paragraphs[0].text == "Nơi nhận:"
    assert last[0].paragraphs[-1].text == "- Lưu: VT, …"
    assert any(each.text.endswith("./.") for each in document.paragraphs)


@pytest.mark.parametrize(("name", "vocabulary"), OURS.items())
def test_every_placeholder_is_documented(name: str, vocabulary: Vocabulary) -> None:
    described = (ROOT / "docs" / "reports.md").read_text("utf-8")

    def names(of: Vocabulary) -> set[str]:
        return {*of, *(each for has in of.values() if has for each in names(has))}

    assert [each for each in names(vocabulary) if f"`{each}`" not in described] == []


@pytest.mark.parametrize(
    ("paragraphs", "wrong"),
    [
        (["Một", "{{ titel }}"], (2, Wrong.UNKNOWN, "titel", "title")),
        (["{{ xyzzy }}"], (1, Wrong.UNKNOWN, "xyzzy", "")),
        (["{{ topics }}"], (1, Wrong.NOT_ALLOWED, "topics", "")),
        (["{{ title.upper }}"], (1, Wrong.UNKNOWN, "title.upper", "")),
        (["{{ title.__class__ }}"], (1, Wrong.UNKNOWN, "title.__class__", "")),
        (["{{ title|upper }}"], (1, Wrong.NOT_ALLOWED, "title|upper", "")),
        (["{{ ''.join(title) }}"], (1, Wrong.NOT_ALLOWED, "''.join(title)", "")),
        (["{% set x = 1 %}"], (1, Wrong.NOT_ALLOWED, "set x = 1", "")),
        (["{% for i in range(9) %}"], (1, Wrong.NOT_ALLOWED, "for i in range(9)", "")),
        (["{{ title"], (1, Wrong.NOT_CLOSED, "", "")),
        (["{{r title }}"], (1, Wrong.NOT_ALLOWED, "r title", "")),
        (["{{ loop.index }}"], (1, Wrong.UNKNOWN, "loop.index", "")),
        (["{%p if title %}", "x"], (1, Wrong.NOT_ENDED, "if title", "")),
        (["x", "{%p endif %}"], (2, Wrong.NOT_BEGUN, "endif", "")),
        (["{%p if title %}", "{% endif %}"], (2, Wrong.NOT_BEGUN, "endif", "")),
        (["x {%p if title %}", "{%p endif %}"], (1, Wrong.NOT_ALONE, "{%p if title %}", "")),
        (["{%tr if title %}", "{%tr endif %}"], (1, Wrong.NOT_IN_A_TABLE, "{%tr if title %}", "")),
        (["{%p for x in title %}", "{%p endfor %}"], (1, Wrong.NOT_A_LIST, "title", "")),
        (
            ["{%p for t in topics %}", "{{ t.nam }}", "{%p endfor %}"],
            (2, Wrong.UNKNOWN, "t.nam", "t.name"),
        ),
        (
            ["{%p for t in topics %}", "{%p endfor %}", "{{ t.name }}"],
            (3, Wrong.UNKNOWN, "t.name", ""),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, paragraphs: list[str], wrong: tuple[int, Wrong, str, str]
) -> None:
    first = documents.check(template(tmp_path, *paragraphs), SUMMARY)[0]

    line, kind, there, near = wrong
    assert (first.line, first.wrong, first.there) == (line, kind, there)
    assert first.text == paragraphs[line - 1]
    assert near in first.near


def test_all_mistakes_are_told_also_those_in_tables(tmp_path: Path) -> None:
    wrong = template(tmp_path, "{{ a1b2 }}", cells=("{%tr for t in topics %}", "{{ t.zzz }}"))

    found = documents.check(wrong, SUMMARY)

    assert [(each.line, each.wrong) for each in found] == [
        (1, Wrong.UNKNOWN),
        (3, Wrong.UNKNOWN),
        (2, Wrong.NOT_ENDED),
    ]


def test_a_wrong_template_makes_no_document(tmp_path: Path) -> None:
    with pytest.raises(TemplateWrong) as raised:
        documents.write(template(tmp_path, "{{ wrong }}"), {}, SUMMARY, tmp_path / "made.docx")

    assert raised.value.mistakes[0].there == "wrong"
    assert not (tmp_path / "made.docx").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0" * 100])
def test_what_is_no_document_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "template.docx").write_bytes(content)

    assert documents.check(tmp_path / "template.docx", SUMMARY) == [
        TemplateMistake(1, "", Wrong.NO_DOCUMENT)
    ]


def test_a_document_that_unpacks_without_end_is_not_opened(tmp_path: Path) -> None:
    bomb = template(tmp_path, "{{ title }}")
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/media/zeros.bin", bytes(60_000_000))

    assert bomb.stat().st_size < documents.MOST_BYTES
    assert documents.check(bomb, SUMMARY) == [TemplateMistake(1, "", Wrong.NO_DOCUMENT)]


def test_a_document_whose_text_is_without_end_is_not_read(tmp_path: Path) -> None:
    bomb = template(tmp_path, "{{ title }}")
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/more.XML", bytes(6_000_000))

    assert bomb.stat().st_size < 90_000
    assert documents.check(bomb, SUMMARY) == [TemplateMistake(1, "", Wrong.NO_DOCUMENT)]


@pytest.mark.parametrize("piece", ["{{ ", "{%p ", "{{p" + " " * 40, "{{ a", "{{ % } "])
def test_each_letter_of_a_template_is_looked_at_once(piece: str) -> None:
    def seconds(count: int) -> float:
        line = documents._Line(1, piece * count, in_table=False)
        begun = time.perf_counter()
        documents._Check(SUMMARY).mistakes([line])
        return time.perf_counter() - begun

    few, many = (min(seconds(each) for _ in range(5)) for each in (500, 8_000))

    # Sixteen times as much; if each were looked at again for each other, 256 times.
    assert many < 80 * few


def test_of_many_mistakes_the_first_are_told_and_none_at_length() -> None:
    lines = [documents._Line(1, "{{ " + "a" * 5_000 + " }}" * 2, in_table=False)] * 1_000

    found = documents._Check(SUMMARY).mistakes(lines)

    assert len(found) == documents.MOST_MISTAKES
    assert all(len(each.there) <= 100 for each in found)


def test_what_stands_in_a_value_stays_words(tmp_path: Path) -> None:
    hostile = "{{ unit }} {% for x in y %} <w:p/> & </w:t>"
    ours = template(
        tmp_path, "{{ title }}", "{%p for t in topics %}", "{{ t.name }}", "{%p endfor %}"
    )
    values: dict[str, Any] = {"title": hostile, "topics": [{"name": f"{hostile}\nhai"}]}

    documents.write(ours, values, SUMMARY, tmp_path / "made.docx")

    said = [each.text for each in Document(str(tmp_path / "made.docx")).paragraphs]
    assert said == [hostile, f"{hostile}\nhai"]


def test_what_word_splits_into_pieces_is_one_placeholder(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ti", "tle}", "}"):
        paragraph.add_run(piece)
    document.save(str(tmp_path / "template.docx"))

    documents.write(tmp_path / "template.docx", {"title": "Đối thoại"}, SUMMARY, tmp_path / "made")

    assert Document(str(tmp_path / "made")).paragraphs[0].text == "Đối thoại"
