"""Servers to measure: a variant of the app on a database of its own, with many questions."""

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import httpx
from sqlalchemy import text

from data_access import engine, schema
from data_access.events.events import add
from data_access.questions.writing.submissions import Keyed, submit
from dialogue import event_files
from dialogue.roles import Role
from tests.factories import NOON, SLUG, cookies, keyed
from tests.server import ROOT, free_port

DATA = ROOT / "tests" / "data"
MODERATORS = 10
_EVENT = ROOT / "events" / f"{SLUG}.toml"
_AT_ONCE = 1000
COPYING = """
CREATE TEMPORARY TABLE copies AS
WITH RECURSIVE numbers (number) AS (
    SELECT max(number) + 1 FROM questions
    UNION ALL SELECT number + 1 FROM numbers WHERE number < :count
)
SELECT
    number,
    1 + number % (SELECT max(number) FROM questions) AS copied,
    datetime('now', printf('-%d seconds', 10800 - 10800.0 * number / :count)) AS at,
    CASE
        WHEN number % (:count / 300) = 0 THEN 'answered'
        WHEN number % 20 = 0 THEN 'rejected'
        ELSE 'approved'
    END AS status
FROM numbers;
INSERT INTO questions (
    event_id, number, code, text, text_original, district, topic, source, status, reason, votes,
    version, revision, received_at, changed_at
)
SELECT
    event_id, copies.number, 'copy ' || copies.number, text, text_original, district, topic,
    source, copies.status,
    CASE copies.status WHEN 'rejected' THEN (SELECT min(code) FROM reasons) END,
    votes, version, revision, at, at
FROM copies JOIN questions ON questions.number = copied;
WITH steps (status, action, from_status, to_status, seconds) AS (VALUES
    ('approved', 'submit', NULL, 'received', 0),
    ('approved', 'approve', 'received', 'approved', 5),
    ('rejected', 'submit', NULL, 'received', 0),
    ('rejected', 'reject', 'received', 'rejected', 5),
    ('answered', 'submit', NULL, 'received', 0),
    ('answered', 'queue', 'received', 'queued', 5),
    ('answered', 'stage', 'queued', 'on_stage', 10),
    ('answered', 'answer', 'on_stage', 'answered', 40)
)
INSERT INTO activity (
    event_id, entry, revision, number, action, actor, at, from_status, to_status, details
)
SELECT
    id, last_entry + row_number() OVER (ORDER BY number, seconds), revision, number, action,
    'phone', datetime(at, printf('+%d seconds', seconds)), from_status, to_status, '{}'
FROM copies JOIN steps USING (status) JOIN events;
UPDATE events SET
    last_number = :count, last_entry = (SELECT max(entry) FROM activity), revision = revision + 1
"""


class Served(NamedTuple):
    """A server's port and process, cookies of ten moderators and a screen, and its database."""

    port: int
    process: int
    cookies: list[str]
    screen: str
    database_url: str


@contextmanager
def serving(
    module: str, *, questions: Sequence[Keyed] = (), multiplied: int = 0
) -> Iterator[Served]:
    """Serve a variant of the app on a database of its own, with questions or copies of them."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'dialogue.db'}"
        *held, screen = fill(url, questions)
        if multiplied:
            multiply(url, to=multiplied)
        port = free_port()
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "uvicorn", f"{module}:app", "--port", str(port)),
                    # As the framework's own start sets it.
                    *("--ws-per-message-deflate", "false", "--no-access-log"),
                ],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": url, "DIALOGUE_LIMITS": "off"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_for(port)
            yield Served(port, process.pid, held, screen, url)
        finally:
            process.terminate()
            process.wait()


def fill(url: str, questions: Sequence[Keyed]) -> list[str]:
    """Make a database with the sample event and questions; return moderators' cookies, a screen's.

    That of the screen comes last.
    """
    database = engine.start(url)
    schema.migrate(database, at=NOON)
    with database.transaction() as session:
        add(session, event_files.read(_EVENT.read_text(encoding="utf-8")))
    for start in range(0, len(questions), _AT_ONCE):
        with database.transaction() as session:
            submit(session, SLUG, questions[start : start + _AT_ONCE], at=NOON)
    held = [cookies(role) for role in [Role.MODERATOR] * MODERATORS + [Role.SCREEN]]
    database.close()
    return [f"{name}={value}" for each in held for name, value in each.items()]


def multiply(url: str, *, to: int) -> None:
    """Copy the questions of a database in bulk until there are so many.

    The copies came over the three hours before now. About 300 were on stage and are answered, one
    in twenty is rejected, the others are approved.
    """
    database = engine.Database(url)
    with database.transaction() as session:
        for statement in COPYING.split(";"):
            session.execute(text(statement), {"count": to})
    database.close()


def mixture(count: int) -> list[Keyed]:
    """Make questions of two sentences each, from every district and about every topic."""
    event = event_files.read(_EVENT.read_text(encoding="utf-8"))
    choose = random.Random(1).choice
    topics = [*(each.code for each in event.topics), None]
    return [
        keyed(
            text=f"{choose(sentences())} {choose(sentences())}",
            district=choose(event.districts).code,
            topic=choose(topics),
        )
        for _ in range(count)
    ]


@cache
def sentences() -> list[str]:
    """List what people wrote, see tests/data/README.md."""
    with (DATA / "sentences.csv").open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def wait_for(port: int) -> None:
    """Wait until a server answers."""
    for _ in range(600):
        try:
            httpx.get(f"http://127.0.0.1:{port}/_stcore/health")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    message = f"nothing answers at port {port}"
    raise RuntimeError(message)
