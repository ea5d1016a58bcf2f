import pytest

from dialogue.questions import Named
from dialogue.text import HIDDEN, personal_details, without_personal_details


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gọi em 0912345678 nhé", ["0912345678"]),
        ("Gọi em 0912 345 678.", ["0912 345 678"]),
        ("Gọi +84 912.345.678", ["+84 912.345.678"]),
        ("Máy bàn 0251-3822-501", ["0251-3822-501"]),
        ("CCCD 075201001234 ạ", ["075201001234"]),
        ("CCCD 075 201 001 234 ạ", ["075 201 001 234"]),
        ("Thư: le.hoa@example.edu.vn, cảm ơn", ["le.hoa@example.edu.vn"]),
        # From nine digits on, with the area's code or the country's, to eleven.
        ("Số 061382250 cũ", ["061382250"]),
        ("Số 06138225 thiếu", []),
        ("Số 02513822501 mới", ["02513822501"]),
        ("Số 84912345678", ["84912345678"]),
        ("hoa@example.vn, không có số", ["hoa@example.vn"]),
        ("0912345678", ["0912345678"]),
        ("x@y.vn", ["x@y.vn"]),
        ("Tỉ lệ 1,0912345678", []),
        ("hoa@example.vn hoặc 0912345678", ["hoa@example.vn", "0912345678"]),
        ("Ngân sách 150.000.000.000 đồng", []),
        ("Năm 2022 có 12 điểm, mạng 4G, QL 20", []),
        ("Nghị định 13/2021/NĐ-CP, ngày 10/11/2022", []),
        ("Mã 123456789012345678", []),
    ],
)
def test_what_tells_who_somebody_is_is_found(text: str, found: list[str]) -> None:
    assert [text[begin:end] for begin, end in personal_details(text)] == found


def test_everything_else_stays_where_details_are_taken_out() -> None:
    text = "Em là Hoa, 0912345678 hoặc hoa@example.vn, ấp 4"

    assert without_personal_details(text) == f"Em là Hoa, {HIDDEN} hoặc {HIDDEN}, ấp 4"
    assert without_personal_details("Ấp 4 bao giờ có sóng?") == "Ấp 4 bao giờ có sóng?"


@pytest.mark.parametrize(
    ("name", "organisation", "said"),
    [
        ("Lê Hoa", "Đoàn phường", "Lê Hoa, Đoàn phường"),
        ("Lê Hoa", None, "Lê Hoa"),
        (None, "Đoàn phường", "Đoàn phường"),
        (None, None, ""),
    ],
)
def test_who_asked_is_named_as_far_as_it_was_told(
    name: str | None, organisation: str | None, said: str
) -> None:
    assert str(Named(name=name, organisation=organisation, show_name=True)) == said
