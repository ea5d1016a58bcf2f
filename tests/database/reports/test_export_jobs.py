"""What one file may take: nobody's template keeps a colleague waiting."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from data_access.engine import Database
from dialogue.lifecycle import Status
from reports import jobs
from reports.jobs import Job, JobState
from reports.orders import FileKind, FileOrder
from tests.factories import SLUG, ask_until

ANALYST, SECRETARY = 1, 2
TOPICS = (
    *("chinh-quyen-so", "ha-tang-so", "an-toan-thong-tin", "ky-nang-so", "viec-lam"),
    *("khoi-nghiep", "kinh-te-so", "nhan-luc-cntt", "y-te-so", "van-hoa-du-lich-so"),
)


def order(kind: FileKind) -> FileOrder:
    return FileOrder(kind=kind, slug=SLUG, language="vi")


def template(folder: Path, *paragraphs: str) -> bytes:
    document = Document()
    for each in paragraphs:
        document.add_paragraph(each)
    document.save(str(folder / "template.docx"))
    return (folder / "template.docx").read_bytes()


def endless(folder: Path) -> bytes:
    """Make a template whose lists within lists have a thousand million ends."""
    begun = [f"{{%p for a{each} in topics %}}" for each in range(9)]
    return template(folder, *begun, *["{%p endfor %}"] * 9)


def growing(folder: Path) -> bytes:
    """Make one that writes so much before it ends that no machine has the memory."""
    begun = [f"{{%p for a{each} in topics %}}" for each in range(7)]
    return template(folder, *begun, "{{ title }} " * 300, *["{%p endfor %}"] * 7)


@pytest.fixture(autouse=True)
def _asked(database: Database) -> Iterator[None]:
    """A question about each topic."""
    for topic in TOPICS:
        ask_until(Status.APPROVED, topic=topic)
    yield
    for each in (ANALYST, SECRETARY):
        jobs.discard(each)


def wait(job: Job) -> None:
    for thread in threading.enumerate():
        if thread.name == f"export-{job.account_id}":
            thread.join()


def test_a_template_that_takes_too_long_is_ended_and_keeps_nobody_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = jobs.start(order(FileKind.SUMMARY), account_id=ANALYST, template=endless(tmp_path))

    plain = jobs.start(order(FileKind.CSV), account_id=SECRETARY)
    wait(plain)

    assert plain.state is JobState.READY
    assert hostile.state is JobState.MAKING
    jobs.cancel(ANALYST)
    wait(hostile)
    monkeypatch.setattr(jobs, "MOST_SECONDS_OF_A_TEMPLATE", 1.0)
    again = jobs.start(order(FileKind.SUMMARY), account_id=ANALYST, template=endless(tmp_path))
    wait(again)
    assert again.state is JobState.TOO_MUCH
    assert again.process is not None
    assert again.process.poll() is not None


def test_a_template_that_needs_too_much_memory_is_ended(tmp_path: Path) -> None:
    job = jobs.start(order(FileKind.SUMMARY), account_id=ANALYST, template=growing(tmp_path))
    wait(job)

    assert job.state is JobState.TOO_MUCH


def test_a_process_that_cannot_be_started_is_a_file_that_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    job = jobs.start(order(FileKind.CSV), account_id=ANALYST)
    wait(job)

    assert job.state is JobState.FAILED
