import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue import text


@pytest.mark.parametrize(
    ("given_text", "stored"),
    [
        ("ho\u0323\u0302c", "hộc"),
        ("h\u1ecdc\u200b sinh", "học sinh"),
        ("mềm\u00ad mại", "mềm mại"),
        ("abc \u202edef", "abc def"),
        ("a\x00b\x07c", "abc"),
        ("một\u00a0hai \t ba", "một hai ba"),
        ("một\r\n\r\n\r\n\r\nhai", "một\n\nhai"),
        ("  thừa  ", "thừa"),
        ("👨\u200d👩\u200d👧 ạ", "👨\u200d👩\u200d👧 ạ"),
        ("a\u200db", "ab"),
        ("\u200da", "a"),
        ("\u200d👍", "👍"),
        ("👍🏽\u200d🚀", "👍🏽\u200d🚀"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("X\x00X", "XX"),
        ("שלום עולם", "שלום עולם"),
        ("e" + "\u0301" * 50, "é" + "\u0301" * 3),
        # A mark has no letter before it where a text begins.
        ("\u0301" * 5 + "e", "\u0301" * 4 + "e"),
    ],
)
def test_normalise_keeps_what_was_written_and_drops_what_is_invisible(
    given_text: str, stored: str
) -> None:
    assert text.normalise(given_text) == stored


@pytest.mark.parametrize("parting", "\x0b\x0c\x85\u2028\u2029\x1c\x1f\u200b\u3164\u2800\u115f")
def test_what_parts_words_glues_none_together_and_is_none_itself(parting: str) -> None:
    assert text.normalise(f"sóng{parting}4G").split() == ["sóng", "4G"]
    assert text.normalise(parting * 20) == ""


@given(st.text(st.characters(), max_size=200))
def test_normalise_is_stable_and_composed(anything: str) -> None:
    once = text.normalise(anything)

    assert text.normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(each) in {"Cc", "Cs"} for each in once if each != "\n")


def test_one_line_has_no_line_break() -> None:
    assert text.one_line(" Nguyễn\nVăn  A ") == "Nguyễn Văn A"


@pytest.mark.parametrize("spelling", ["đường Hoà Bình", "Đường Hòa Bình", "DUONG HOA BINH"])
def test_fold_meets_every_spelling(spelling: str) -> None:
    assert text.fold(spelling) == "duong hoa binh"


def test_dictionary_order_is_that_of_a_vietnamese_dictionary() -> None:
    names = ["Xuân Lộc", "Định Quán", "Cẩm Mỹ", "Dầu Giây", "Biên Hòa", "Cam Mỹ", "An Bình", "1A"]

    assert sorted(names, key=text.dictionary_order) == [
        "1A",
        "An Bình",
        "Biên Hòa",
        "Cam Mỹ",
        "Cẩm Mỹ",
        "Dầu Giây",
        "Định Quán",
        "Xuân Lộc",
    ]


def test_dictionary_order_ranks_tones_after_letters() -> None:
    assert sorted(["mạ", "má", "ma", "mả", "mã", "mà"], key=text.dictionary_order) == [
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
    ]


@pytest.mark.parametrize(
    "names",
    [
        # The first letters decide, whatever tones they have; only then the first tone does.
        ["bạ an", "bà ba"],
        ["bà bạ", "bạ bà"],
        ["ba bà", "bà ba"],
        # Whatever is no letter of Vietnamese comes before all that are.
        ["!", "1", "ж", "a", "ă", "â", "b", "z"],
        ["a", "à", "ả", "ã", "á", "ạ", "b"],
        ["e", "ê", "g", "o", "ô", "ơ", "p", "u", "ư", "v"],
    ],
)
def test_dictionary_order_is_by_letters_and_then_by_tones(names: list[str]) -> None:
    backwards = names[::-1]

    assert sorted(backwards, key=text.dictionary_order) == names


def test_dictionary_order_takes_a_text_that_begins_with_a_mark() -> None:
    assert sorted(["a", "\u0301a"], key=text.dictionary_order) == ["\u0301a", "a"]


def test_dictionary_order_takes_marks_that_make_no_letter() -> None:
    assert sorted(["x\u0302b", "xa"], key=text.dictionary_order) == ["xa", "x\u0302b"]
