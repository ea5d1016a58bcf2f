"""How well questions that ask the same are found, on sentences that people have written."""

import csv
from pathlib import Path

import pytest

from dialogue.similarity import ALIKE, Index, Match

DATA = Path(__file__).parent.parent.parent / "data"


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def index(*texts: str) -> Index:
    made = Index()
    for number, text in enumerate(texts, start=1):
        made.put(number, text)
    return made


def test_nine_of_ten_are_found_and_four_of_five_that_are_found_are_right() -> None:
    pairs = read("duplicates.csv")
    numbers = {text: number for number, text in enumerate(dict.fromkeys(p["text"] for p in pairs))}
    everything = Index()
    for text, number in numbers.items():
        everything.put(number, text)
    for number, row in enumerate(read("sentences.csv"), start=len(numbers)):
        everything.put(number, row["text"])

    found = [(numbers[each["text"]], everything.alike(each["variant"])) for each in pairs]

    right = sum(number in {match.number for match in matches} for number, matches in found)
    assert right / len(pairs) >= 0.9
    assert right / sum(len(matches) for _, matches in found) >= 0.8


@pytest.mark.parametrize(
    "text",
    [
        "bao gio ap 4 xa thanh son co song 4g",
        "Ấp 4 xã Thanh Sơn bao giờ có sóng 4G ạ?",
        "BAO GIỜ ẤP 4 XÃ THANH SƠN CÓ SÓNG 4G???",
        "bh ấp 4 xã Thanh Sơn có sóng 4G ạ",
    ],
)
def test_spelling_order_and_politeness_make_no_other_question(text: str) -> None:
    asked = index("Bao giờ ấp 4 xã Thanh Sơn có sóng 4G?", "Thi công chức cần bằng gì?")

    assert [each.number for each in asked.alike(text)] == [1]


def test_the_same_words_are_wholly_alike_and_the_most_alike_come_first() -> None:
    asked = index(
        "Bao giờ xã Thanh Sơn có sóng 4G?",
        "Khi nào ở xã Thanh Sơn mới có sóng 4G mạnh?",
        "Bao giờ xã Thanh Sơn có sóng 4G",
    )

    first, second, third = asked.alike("Bao giờ xã Thanh Sơn có sóng 4G")

    assert (first, second) == (Match(1, 1.0), Match(3, 1.0))
    assert ALIKE <= third.score < 1
    assert [each.number for each in asked.alike("Bao giờ xã Thanh Sơn có sóng 4G", most=1)] == [1]


def test_a_question_is_not_its_own_duplicate_and_is_forgotten_when_dropped() -> None:
    asked = index("Bao giờ xã Thanh Sơn có sóng 4G?", "Bao giờ xã Phú Lý có đường nhựa?")

    assert asked.alike("Bao giờ xã Thanh Sơn có sóng 4G?", without=1) == []
    asked.drop(1)
    asked.drop(1)
    assert asked.alike("Bao giờ xã Thanh Sơn có sóng 4G?") == []
    assert len(asked) == 1


def test_the_very_same_words_are_known_of_others_until_they_are_dropped() -> None:
    asked = index(
        "Bao giờ có sóng 4G?", "bao gio co song 4g", "Bao giờ có sóng 5G?", "BAO GIỜ CÓ 4G"
    )

    assert asked.same(1) == {2}
    assert asked.same(2) == {1}
    assert asked.same(3) == asked.same(404) == frozenset()
    asked.put(4, "Bao giờ có sóng 4G")
    assert asked.same(1) == {2, 4}
    asked.drop(2)
    assert asked.same(1) == {4}


def test_what_very_many_ask_is_still_found() -> None:
    asked = index(*["Sóng yếu"] * 900)

    assert len(asked.alike("sóng yếu")) == 5


@pytest.mark.parametrize("text", ["", "???", "🙂", "ạ"])
def test_a_text_without_words_is_like_nothing(text: str) -> None:
    assert index("Bao giờ xã Thanh Sơn có sóng 4G?", "???", "").alike(text) == []
