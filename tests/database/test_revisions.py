import os
import queue
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from data_access import engine, revisions
from data_access.engine import Database
from data_access.revisions import ACCESS, Listener, commands_of
from dialogue.lifecycle import Action
from dialogue.refusals import Conflict, UnknownEvent
from tests.factories import SLUG, act, ask

Told = queue.Queue[tuple[str, int]]


def follow(database: Database, heard: Told) -> None:
    """Hear of events; accounts have revisions of their own."""

    def told(slug: str, revision: int) -> None:
        if slug not in (ACCESS, commands_of(SLUG)):
            heard.put((slug, revision))

    database.follow(told)


@pytest.fixture
def told(database: Database) -> Iterator[Told]:
    """What a process that follows the database hears, on either kind."""
    heard: Told = queue.Queue()
    follow(database, heard)
    listener = Listener(database)
    listener.start()
    assert heard.get(timeout=5) == (SLUG, 0)  # what it may have missed before it listened
    yield heard
    listener.stop()


def test_every_commit_tells_its_revision_and_a_refusal_tells_nothing(told: Told) -> None:
    number = ask().number
    act(number, Action.APPROVE, version=1)
    with pytest.raises(Conflict):
        act(number, Action.APPROVE, version=1)
    act(number, Action.QUEUE, version=2)

    assert [told.get(timeout=5) for _ in range(3)] == [(SLUG, 1), (SLUG, 2), (SLUG, 3)]
    assert told.empty()


def test_another_process_hears_of_a_commit(database: Database) -> None:
    heard: Told = queue.Queue()
    another = Database(database.url.render_as_string(hide_password=False))
    follow(another, heard)
    listener = Listener(another)
    listener.start()

    ask()

    assert [heard.get(timeout=5) for _ in range(2)] == [(SLUG, 0), (SLUG, 1)]
    listener.stop()
    another.close()


def test_a_lost_connection_is_made_again_and_tells_what_was_missed(postgresql_url: str) -> None:
    heard: Told = queue.Queue()
    database = engine.start(postgresql_url)
    follow(database, heard)
    listener = Listener(database)
    listener.start()
    heard.get(timeout=5)

    with database.engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = :name AND datname = current_database()"
            ),
            {"name": revisions.APPLICATION_NAME},
        )
    writer = engine.start(postgresql_url)
    ask()

    assert heard.get(timeout=10) == (SLUG, 1)
    listener.stop()
    database.close()
    writer.close()


def test_where_notifications_do_not_come_changes_are_asked_for_and_the_log_says_so(
    postgresql_url: str,
    postgresql_server: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(revisions, "ECHO_SECONDS", 0.2)
    heard: Told = queue.Queue()
    database = engine.start(postgresql_url)
    another = Database(postgresql_url)
    follow(another, heard)
    # What is told in one database of a server is not heard in another.
    listener = Listener(another, url=postgresql_server)
    assert not listener.is_listening

    listener.start()
    ask()

    assert [heard.get(timeout=10) for _ in range(2)] == [(SLUG, 0), (SLUG, 1)]
    until(lambda: listener.note == revisions.NO_NOTIFICATIONS)
    assert listener.is_listening
    ask()
    assert heard.get(timeout=10) == (SLUG, 2)
    listener.stop()
    assert caplog.messages.count(revisions.NO_NOTIFICATIONS) == 1
    another.close()
    database.close()


def test_a_connection_that_falls_silent_is_made_anew(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "ECHO_SECONDS", 0.5)
    heard: Told = queue.Queue()
    database = engine.start(postgresql_url)
    listener = Listener(database)
    listener.start()
    until(lambda: listener._hears)

    before = listening_at(database)
    # It is there, and says nothing, as one whose route was dropped.
    os.kill(before, signal.SIGSTOP)
    try:
        until(lambda: listening_at(database) != before)
        until(lambda: listener._hears)
        another = Database(postgresql_url)
        follow(database, heard)
        with another.transaction() as session:
            revisions.announce(session, SLUG, 7)
        assert heard.get(timeout=10) == (SLUG, 7)
    finally:
        os.kill(before, signal.SIGCONT)
    assert listener.note is None
    listener.stop()
    another.close()
    database.close()


def listening_at(database: Database) -> int:
    """Return the process in which the server last began to notify a listener."""
    with database.reading() as session:
        pid: int = session.execute(
            text(
                "SELECT pid FROM pg_stat_activity WHERE application_name = :name"
                " AND datname = current_database() ORDER BY backend_start DESC LIMIT 1"
            ),
            {"name": revisions.APPLICATION_NAME},
        ).scalar_one()
        return pid


def until(found: Callable[[], object]) -> None:
    """Look again until it is so."""
    deadline = time.monotonic() + 30
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_nobody_waits_for_themselves_within_a_transaction(database: Database) -> None:
    with database.transaction(), pytest.raises(RuntimeError), database.transaction():
        pass
    with database.transaction(), pytest.raises(RuntimeError), database.reading():
        pass

    assert ask().number == 1


def test_an_unknown_event_has_no_revision(database: Database) -> None:
    with database.reading() as session, pytest.raises(UnknownEvent):
        revisions.current(session, "nowhere")


def test_what_the_desk_does_is_told_apart_from_what_phones_send(database: Database) -> None:
    heard: list[tuple[str, int]] = []
    number = ask().number

    database.follow(lambda slug, revision: heard.append((slug, revision)))
    ask()
    act(number, Action.APPROVE, version=1)

    assert [each for each in heard if each[0] != ACCESS] == [
        (SLUG, 2),
        (SLUG, 3),
        (commands_of(SLUG), 3),
    ]
