import pytest

from dialogue.text import personal_details


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
        ("hoa@example.vn hoặc 0912345678", ["hoa@example.vn", "0912345678"]),
        ("Ngân sách 150.000.000.000 đồng", []),
        ("Năm 2022 có 12 điểm, mạng 4G, QL 20", []),
        ("Nghị định 13/2021/NĐ-CP, ngày 10/11/2022", []),
        ("Mã 123456789012345678", []),
    ],
)
def test_what_tells_who_somebody_is_is_found(text: str, found: list[str]) -> None:
    assert [text[begin:end] for begin, end in personal_details(text)] == found
