"""What `/readyz` says is so: whatever stands still, it answers at once and names it."""

import resource
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from tests.factories import SLUG
from tests.server import Server

PATH = f"/api/events/{SLUG}/questions"
TEXT = "Đầy đĩa thì câu hỏi có còn không ạ"
BODY = {"text": TEXT, "district": "731", "consent": True}


@contextmanager
def limited(process: int, what: int, most: int) -> Iterator[None]:
    """Take a resource from a running process, and give it back."""
    before = resource.prlimit(process, what)
    resource.prlimit(process, what, (most, before[1]))
    yield
    resource.prlimit(process, what, before)


def until(found: Callable[[], Any]) -> Any:
    """Look again until there is something; the test's own limit ends what never comes."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(httpx.HTTPError):
            if result := found():
                return result
        time.sleep(0.1)
    pytest.fail("it never came")


def becomes(client: httpx.Client, status: int, *lines: str) -> None:
    until(lambda: said(client) == (status, list(lines)))


def said(client: httpx.Client) -> tuple[int, list[str]]:
    answer = client.get("/readyz")
    return answer.status_code, answer.text.splitlines()


def ask(client: httpx.Client, key: str) -> int:
    return client.post(PATH, json=BODY, headers={"Idempotency-Key": key}).status_code


def test_a_full_disk_is_no_readiness_and_is_logged_in_a_line_a_batch(own_server: Server) -> None:
    file = Path(own_server.database_url.removeprefix("sqlite:///") + "-wal")
    with httpx.Client(base_url=own_server.url, timeout=60) as client:
        becomes(client, 200, "ok")
        before = len(own_server.log.read_text())

        with limited(own_server.process, resource.RLIMIT_FSIZE, file.stat().st_size):
            refused = [ask(client, f"full-{number}") for number in range(20)]
            becomes(client, 503, "the database takes no changes")
        becomes(client, 200, "ok")
        taken = ask(client, "afterwards")

    log = own_server.log.read_text()[before:]
    assert (set(refused), taken) == ({503}, 201)
    assert log.count("1 of 1 questions not written") == 20
    assert "Traceback" not in log
    assert TEXT not in log


def test_readiness_is_told_at_once_while_another_program_writes(own_server: Server) -> None:
    with (
        httpx.Client(base_url=own_server.url, timeout=60) as client,
        closing(sqlite3.connect(own_server.database_url.removeprefix("sqlite:///"))) as other,
    ):
        becomes(client, 200, "ok")
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        refused = ask(client, "locked")
        becomes(client, 503, "the database takes no changes")
        other.execute("ROLLBACK")
        becomes(client, 200, "ok")

    assert refused == 503


def test_a_process_without_file_descriptors_says_just_that(own_server: Server) -> None:
    # This connection is there before; the process could not take another one.
    with httpx.Client(base_url=own_server.url, timeout=60) as client:
        becomes(client, 200, "ok")

        with limited(own_server.process, resource.RLIMIT_NOFILE, 3):
            becomes(client, 503, "the process can open no more files")
        becomes(client, 200, "ok")


def test_ready_means_that_the_snapshots_were_read(postgresql_url: str, tmp_path: Path) -> None:
    started = Server(postgresql_url, tmp_path / "server.log")
    plain = postgresql_url.replace("+psycopg", "")
    try:
        with psycopg.connect(plain) as other:
            other.execute("LOCK TABLE claims IN ACCESS EXCLUSIVE MODE")
            started.start()
            with httpx.Client(base_url=started.url, timeout=60) as client:
                becomes(client, 503, "the snapshots are not read yet")
                other.rollback()
                becomes(client, 200, "ok")
    finally:
        started.stop()


def test_a_phone_that_goes_away_while_it_sends_is_no_fault(own_server: Server) -> None:
    before = len(own_server.log.read_text())
    start = (
        f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        'Idempotency-Key: gone\r\nContent-Length: 500\r\n\r\n{"text": "'
    )

    with socket.create_connection(("127.0.0.1", own_server.port)) as phone:
        phone.sendall(start.encode())
        # The request is being read once another one, sent later, was answered.
        with httpx.Client(base_url=own_server.url) as client:
            client.get("/healthz")
    own_server.stop()

    assert "Traceback" not in own_server.log.read_text()[before:]
