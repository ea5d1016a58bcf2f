"""An acknowledgement means: on disk. Neither a power cut nor a full disk makes it a lie."""

import csv
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.server import ROOT, Server

ENOUGH_ACKNOWLEDGED = 60


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server on a database that does not exist yet."""
    started = Server(f"sqlite:///{tmp_path / 'dialogue.db'}", tmp_path / "server.log")
    started.start()
    yield started
    started.stop()


def acknowledged(log: Path) -> dict[str, str]:
    """Each acknowledged key with its code; whoever was told two codes for one key fails here."""
    found: dict[str, str] = {}
    for key, code, _ in csv.reader(log.read_text().splitlines()) if log.exists() else ():
        assert found.setdefault(key, code) == code
    return found


def on_disk(file: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(
            "SELECT submissions.key, questions.code FROM questions JOIN submissions"
            " ON submissions.event_id = questions.event_id"
            " AND submissions.number = questions.number"
        ).fetchall()


def test_a_rehearsal_survives_a_server_that_is_killed(server: Server, tmp_path: Path) -> None:
    log = tmp_path / "acknowledged.csv"
    rehearsal = subprocess.Popen(
        [
            *(sys.executable, "-m", "rehearsal", "dong-nai-2022", "--rate", "80"),
            *("--url", server.url, "--log", str(log)),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    for _ in range(2):
        wanted = len(acknowledged(log)) + ENOUGH_ACKNOWLEDGED
        while len(acknowledged(log)) < wanted:
            assert rehearsal.poll() is None, "the rehearsal ended before the server was killed"
            time.sleep(0.05)
        server.kill()
        told = acknowledged(log)
        server.start()
        kept = on_disk(tmp_path / "dialogue.db")
        assert told.items() <= dict(kept).items()
    printed, _ = rehearsal.communicate(timeout=120)

    kept = on_disk(tmp_path / "dialogue.db")
    assert rehearsal.returncode == 0, printed
    assert "ONE KEY WITH TWO ANSWERS" not in printed
    assert len(kept) == len(dict(kept))
    assert dict(kept) == acknowledged(log)
    assert [number for (number,) in numbers(tmp_path / "dialogue.db")] == list(
        range(1, len(kept) + 1)
    )


def numbers(file: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT number FROM questions ORDER BY number").fetchall()


def test_a_server_that_is_asked_to_end_answers_what_it_was_given(
    server: Server, tmp_path: Path
) -> None:
    path = f"{server.url}/api/events/dong-nai-2022/questions"
    body = {"text": "Câu hỏi trước khi máy chủ dừng", "district": "731", "consent": True}

    answer = httpx.post(path, json=body, headers={"Idempotency-Key": "last"})
    server.stop()

    assert on_disk(tmp_path / "dialogue.db") == [("last", answer.json()["code"])]
