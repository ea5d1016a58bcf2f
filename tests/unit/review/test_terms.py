import csv
from pathlib import Path

from dialogue.terms import Term, find, uses

REHEARSAL = Path(__file__).parent.parent.parent.parent / "rehearsal" / "questions.csv"
SIM = [
    "Đăng ký sim chính chủ ở đâu?",
    "Em đăng ký tạm trú qua mạng không được",
    "Hạn đăng ký là ngày nào",
    "Sinh viên ký túc xá hỏi về internet",
    "Xe buýt có chạy ban đêm không",
    "Giá lúa năm nay giảm",
    "Trường em thiếu máy tính",
]


def test_syllables_that_belong_together_are_a_term() -> None:
    assert find(SIM, most=5) == [Term("đăng ký", 3)]
    assert find(["Trồng sầu riêng", "Bán sầu riêng", "Ăn sầu riêng"], most=5) == [
        Term("sầu riêng", 3)
    ]


def test_a_question_counts_once_and_chance_does_not() -> None:
    assert find(["sầu riêng, sầu riêng, sầu riêng"], most=5) == []
    assert find(["một câu hỏi"] * 2, most=5) == []
    assert find([], most=5) == []


def test_a_term_does_not_cross_a_stop_and_does_not_begin_with_a_joining_word() -> None:
    texts = ["của sầu. Riêng em", "của sầu, riêng anh", "của sầu; riêng chị"]

    assert find(texts, most=5) == []


def test_what_only_stands_inside_a_longer_term_is_left_out() -> None:
    texts = [f"khu công nghiệp {name} hỏi" for name in ("a", "b", "c", "d")]
    found = find([*texts, "xe buýt", "trạm xăng", "chợ nổi", "lúa nước"], most=5)

    assert found == [Term("khu công nghiệp", 4)]
    # Nor are three syllables of four.
    texts = [f"công nghệ thông tin {name}" for name in ("a", "b", "c")]
    assert "nghệ thông tin" not in [each.words for each in find([*texts, *SIM], most=9)]


def test_the_rehearsal_speaks_of_what_one_would_say_it_does() -> None:
    with REHEARSAL.open(encoding="utf-8", newline="") as file:
        found = find((row["text"] for row in csv.DictReader(file)), most=40)

    words = [each.words for each in found]
    for expected in ("dữ liệu", "hồ sơ", "ngân hàng", "chuyển đổi", "khởi nghiệp", "sân bay"):
        assert expected in words
    assert found == sorted(found, key=lambda each: -each.questions)


def test_a_question_uses_a_term_whatever_its_capitals_and_not_a_part_of_a_word() -> None:
    assert uses("Trồng SẦU RIÊNG ở đâu?", "sầu riêng")
    assert uses("Khu công nghiệp", "khu công nghiệp")
    assert not uses("Sầu. Riêng em", "sầu riêng")
    assert not uses("Trồng sầu", "sầu riêng")


def test_syllables_are_a_term_where_one_is_rarely_without_the_other() -> None:
    together, alone = ["sầu riêng"] * 6, ["riêng"]

    assert find([*together, *alone, "lúa"], most=5) == [Term("sầu riêng", 6)]
    assert find([*together, *alone * 2, "lúa", "bắp"], most=5) == []
    # Nor is a word a part of a term that it stands before only by chance.
    fast = ["nhanh dữ liệu"] * 3 + ["nhanh"] * 5
    assert find([*fast, "lúa", "bắp"], most=5) == [Term("dữ liệu", 3)]


def test_a_part_of_a_longer_term_is_a_term_where_it_also_stands_by_itself() -> None:
    longer, shorter, other = ["khu công nghiệp"], ["công nghiệp"], ["lúa"]

    assert find(longer * 7 + shorter * 3 + other * 10, most=5) == [Term("khu công nghiệp", 7)]
    assert find(longer * 6 + shorter * 4 + other * 10, most=5) == [
        Term("công nghiệp", 10),
        Term("khu công nghiệp", 6),
    ]
