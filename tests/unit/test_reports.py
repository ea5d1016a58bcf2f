import csv
import io

import pandas as pd
import pytest

from reports import table


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_table_opens_in_a_spreadsheet_with_its_letters() -> None:
    content = table.to_csv(pd.DataFrame({"Câu hỏi": ["Khi nào có sóng 4G ạ, ở ấp 4?"], "Số": [-3]}))

    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [["Câu hỏi", "Số"], ["Khi nào có sóng 4G ạ, ở ấp 4?", "-3"]]


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+84 901", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =HYPERLINK(1)"],
)
def test_no_text_from_outside_is_a_formula(formula: str) -> None:
    rows = read(table.to_csv(pd.DataFrame({"=x": [formula]})))

    assert rows == [["'=x"], ["'" + formula]]


def test_a_text_with_lines_and_quotes_stays_one_cell() -> None:
    text = 'Dòng một\n"dòng", hai; <b>'

    assert read(table.to_csv(pd.DataFrame({"a": [text]})))[1] == [text]
