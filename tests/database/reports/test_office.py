"""The documents and the workbook in LibreOffice, where it is installed: opened and printed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from data_access import engine
from dialogue.lifecycle import Status
from reports import making
from reports.orders import ENDINGS, FileKind, FileOrder
from tests.factories import NOON, SLUG, annotate, ask_until

OFFICE = shutil.which("soffice")
OPENED_WITHIN_SECONDS = 300
A4_POINTS = (595.3, 841.9)
# Separated by commas, in UTF-8.
AS_TEXT = {FileKind.WORKBOOK: "csv:Text - txt - csv (StarCalc):44,34,76"}
ANNOTATION = "=1+1 {{ 7*7 }} <b>huyện xa</b> ít hỏi"
SAYS = {
    FileKind.SUMMARY: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    FileKind.CONCLUSION: "d) Trách nhiệm của các cơ quan, đơn vị",
    FileKind.WORKBOOK: "Câu hỏi",
}


def convert(file: Path, to: str) -> Path:
    """Have the office open a file and write it as another kind."""
    assert OFFICE
    profile = file.parent / "profile"
    subprocess.run(
        [
            *(OFFICE, f"-env:UserInstallation=file://{profile}", "--headless"),
            *("--convert-to", to, "--outdir", str(file.parent), str(file)),
        ],
        check=True,
        capture_output=True,
        timeout=OPENED_WITHIN_SECONDS,
    )
    return file.with_suffix(f".{to.partition(':')[0]}")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed here")
@pytest.mark.parametrize("kind", SAYS)
def test_office_opens_and_prints_it(sqlite_url: str, tmp_path: Path, kind: FileKind) -> None:
    database = engine.start(sqlite_url)
    for status in (Status.APPROVED, Status.ANSWERED, Status.DEFERRED):
        ask_until(status, text=f"=1+1 <b>Câu hỏi</b> ở trạng thái {status}")
    annotate(ANNOTATION)
    file = tmp_path / f"file.{ENDINGS[kind]}"
    with database.reading() as session:
        order = FileOrder(kind=kind, slug=SLUG, language="vi")
        making.make(session, order, file, at=NOON, tell=lambda _done, _total: None)
    database.close()

    printed = convert(file, "pdf").read_bytes()
    sizes = [
        sorted(map(float, each.split()))
        for each in re.findall(rb"/MediaBox ?\[0 0 ([^]]+)\]", printed)
    ]
    assert sizes
    if kind is not FileKind.WORKBOOK:
        assert all(each == pytest.approx(A4_POINTS, abs=1) for each in sizes)
    words = convert(file, AS_TEXT.get(kind, "txt:Text (encoded):UTF8"))
    assert SAYS[kind] in words.read_text("utf-8-sig")
    if kind is FileKind.CONCLUSION:
        assert f"- Theo địa bàn: {ANNOTATION}" in words.read_text("utf-8-sig")
