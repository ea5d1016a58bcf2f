"""Whoever reads that a browser test failed sees what the browser and the server saw."""

import re
import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.server import ROOT

FAILS = """
from playwright.sync_api import expect

def test_fails(browser, tmp_path):
    (tmp_path / "server.log").write_text("what the server wrote")
    page = browser.new_page()
    page.set_content("<h1>Đối thoại</h1><script>console.error('a line'); missing()</script>")
    expect(page.get_by_text("never there")).to_be_visible(timeout=1)
"""


def test_a_failure_leaves_a_picture_the_console_and_the_log(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(FAILS, encoding="utf-8")

    run = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "tests.browser.conftest", "-p", "no:cov"),
            *("-p", "no:cacheprovider", f"--rootdir={tmp_path}"),
            # Else it would close the folder of all runs to other users, that of PostgreSQL too.
            *(f"--basetemp={tmp_path / 'kept'}", tmp_path / "test_it.py"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1, run.stdout + run.stderr
    kept = [Path(each) for each in re.findall(r"^/.+/test-results/.+$", run.stdout, re.MULTILINE)]
    assert [each.name for each in kept] == ["page-1.png", "page-1.txt", "server.log"]
    picture, console, log = kept
    with Image.open(picture) as opened:
        assert opened.size == (1280, 720)
    assert "error: a line" in console.read_text()
    assert "uncaught: ReferenceError: missing is not defined" in console.read_text()
    assert log.read_text() == "what the server wrote"
    for each in (console, log):
        assert each.read_text() in run.stdout
