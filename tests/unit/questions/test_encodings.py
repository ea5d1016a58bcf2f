"""What was written in one encoding and read in another, as old documents and programs send it."""

import csv
from functools import cache

import pytest

from dialogue import encodings, submissions
from dialogue.encodings import likely_reading
from dialogue.events import Event
from tests.server import ROOT

MEANT = "Khi nào các ấp vùng sâu của huyện em có sóng 4G ổn định để học trực tuyến ạ? Đường rất yếu"
GARBLED = {
    "TCVN3": "Khi nµo c¸c Êp vïng s©u cña huyÖn em cã sãng 4G æn ®Þnh ®Ó häc trùc tuyÕn ¹?"
    " §\u00adêng rÊt yÕu",
    "VNI": "Khi naøo caùc aáp vuøng saâu cuûa huyeän em coù soùng 4G oån ñònh ñeå hoïc tröïc tuyeán"
    " aï? Ñöôøng raát yeáu",
    "UTF-8": "".join(
        bytes([each]).decode("cp1252", "ignore") or chr(each) for each in MEANT.encode()
    ),
}
TO_TCVN3 = {meant: seen for seen, meant in encodings._TCVN3.items()}


@cache
def sentences() -> list[str]:
    """Sentences that people wrote, of which enough words have marks."""
    with (ROOT / "tests/data/sentences.csv").open(encoding="utf-8", newline="") as file:
        written = [row["text"] for row in csv.DictReader(file)]
    return [each for each in written if sum(not word.isascii() for word in each.split()) >= 4]


@pytest.mark.parametrize("garbled", GARBLED.values(), ids=GARBLED)
def test_a_garbled_text_is_read_as_it_was_meant(garbled: str) -> None:
    assert likely_reading(garbled) == MEANT


def test_what_people_write_is_left_as_it_is() -> None:
    assert [each for each in sentences() if likely_reading(each)] == []


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Sè ®iÖn tho¹i", "Số điện thoại"),
        ("Sè, ®iÖn; (tho¹i)?", "Số, điện; (thoại)?"),
        # A sign that is none in any encoding does not hide what the others say.
        (
            "Khi nµo c¸c Êp vïng s©u cña huyÖn cã sãng ★",
            "Khi nào các ấp vùng sâu của huyện có sóng ★",
        ),
        # Fewer words could be a name.
        ("Sè ®iÖn", None),
    ],
)
def test_three_words_are_enough_to_be_sure(seen: str, meant: str | None) -> None:
    assert likely_reading(seen) == meant


@pytest.mark.parametrize(
    ("garbled", "reading"),
    [
        ("ñoä ñaï ñaå b", "độ đạ đẩ b"),
        # Enough characters as it came, too few as it was meant.
        ("ñoä ñaï ñaå", None),
        ("tho¹i " * 166 + "tho¹", "thoại " * 166 + "thoạ"),
    ],
)
def test_a_reading_is_as_short_and_as_long_as_a_question_may_be(
    event: Event, garbled: str, reading: str | None
) -> None:
    taken = submissions.read({"text": garbled, "district": "731", "consent": True}, event)

    assert taken.reading == reading


@pytest.mark.parametrize(
    "plain",
    [
        "Khi nao co song 4G a",
        "Em học ở École Française, thầy Müller và cô Søren dạy em",
        "☎ ☎ ☎ ★ ★ ★ 😀 😀 😀",
        "Café, crème brûlée, déjà vu, naïve",
        "",
    ],
)
def test_what_makes_no_sense_either_way_is_left_as_it_is(plain: str) -> None:
    assert likely_reading(plain) is None


def test_nearly_all_of_what_was_written_in_an_old_font_is_read_right() -> None:
    read = [likely_reading(each.translate(TO_TCVN3)) == each for each in sentences()]

    assert sum(read) > 0.97 * len(read)


@pytest.mark.parametrize("garbled", GARBLED.values(), ids=GARBLED)
def test_a_garbled_question_is_taken_as_it_came_with_its_reading(
    event: Event, garbled: str
) -> None:
    right = {"text": garbled, "district": "731", "consent": True}

    taken = submissions.read(right, event)

    assert taken.reading == MEANT
    assert taken.text != MEANT
    assert taken.flagged
    assert not submissions.read({**right, "text": MEANT}, event).flagged
