"""No wait for the database is without an end."""

import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import event as listening
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from data_access import engine, patience, postgresql, revisions, schema
from data_access.engine import Database, Failure
from data_access.patience import Silent
from data_access.postgresql import Breaker, WatchedConnection
from tests.factories import SLUG, ask

URL = "postgresql+psycopg://nobody@127.0.0.1:{port}/nothing"


@pytest.fixture
def mute() -> Iterator[str]:
    """The address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening_socket:
        yield URL.format(port=listening_socket.getsockname()[1])


def test_what_is_left_is_the_usual_time_or_what_is_left_of_it() -> None:
    assert patience.left() == patience.SECONDS
    with patience.bounded():
        assert 0 < patience.left() < patience.SECONDS
    with patience.within(60), patience.bounded():
        assert 59 < patience.left() < 60
    with patience.until(time.monotonic() - 1):
        assert patience.left() == 0


def test_who_waits_for_a_turn_to_write_waits_no_longer_than_may_be(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    is_writing, may_end = threading.Event(), threading.Event()

    def write() -> None:
        with database.transaction():
            is_writing.set()
            may_end.wait()

    other = threading.Thread(target=write)
    other.start()
    is_writing.wait()
    with patience.within(0), pytest.raises(Silent), database.transaction():
        pass
    assert database.refused_at > database.written_at
    may_end.set()
    other.join()

    with patience.within(0), database.transaction():
        pass
    assert database.written_at > database.refused_at
    database.close()


def test_another_program_is_waited_for_no_longer_than_may_be(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")

        with patience.within(0), pytest.raises(OperationalError), database.transaction():
            pass
        with database.reading() as session:
            assert revisions.current(session, SLUG) == 0
    database.close()


def test_a_refused_statement_is_no_refusal_to_write(database: Database) -> None:
    ask()
    with pytest.raises(Failure), database.transaction() as session:
        session.execute(text("INSERT INTO events (id) VALUES (1)"))

    assert database.written_at > database.refused_at


def test_what_is_there_can_be_written_again(database: Database) -> None:
    schema.write_nothing(database)

    assert schema.is_current(database)
    assert database.written_at > float("-inf")


def test_a_failure_says_in_a_line_what_it_was_and_not_what_was_written(database: Database) -> None:
    with pytest.raises(Failure) as failed, database.transaction() as session:
        session.execute(text("SELECT :secret FROM nowhere"), {"secret": "Nguyễn Thị Bí Mật"})

    said = engine.reason(failed.value)
    assert "nowhere" in said
    assert "\n" not in said
    assert "Bí Mật" not in str(failed.value) + said
    assert engine.reason(ValueError()) == "ValueError: "


def test_what_somebody_makes_of_a_revision_is_no_failure_of_the_commit(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str] = []

    def break_off(_slug: str, _revision: int) -> None:
        raise KeyError

    database.follow(break_off)
    database.follow(lambda slug, _: heard.append(slug))

    assert ask().number == 1
    assert SLUG in heard
    assert f"revision 1 of {SLUG} was not told" in caplog.messages


def test_a_file_system_without_write_ahead_logging_is_named_once(
    sqlite_url: str, tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    ordinary = Database(sqlite_url)
    with ordinary.transaction():
        pass
    # Locks by files, as on a network: connections have no memory in common.
    file = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as other:
        ordinary.close()
        other.execute("PRAGMA journal_mode = DELETE")
    shared = Database(f"sqlite:///file:{file}?vfs=unix-dotfile&uri=true")
    for _ in range(2):
        with shared.transaction():
            pass
        shared.close()

    assert (ordinary.lacks_wal, shared.lacks_wal) == (False, True)
    assert [each for each in caplog.messages if "write-ahead" in each] == [caplog.messages[0]]


def test_a_server_that_does_not_answer_is_given_up(mute: str) -> None:
    database = Database(mute)

    with pytest.raises(OperationalError), database.reading():
        pass
    # Whoever comes after that is told at once, without a connection of their own.
    tried: list[object] = []
    listening.listen(database.engine, "do_connect", lambda *given: tried.append(given))
    with pytest.raises(Silent), database.transaction():
        pass
    assert tried == []


def test_no_connection_is_begun_when_no_time_is_left(mute: str) -> None:
    database = Database(mute)

    with (
        patience.within(0),
        pytest.raises(OperationalError, match="no time is left"),
        database.reading(),
    ):
        pass


def test_a_server_that_falls_silent_is_given_up_and_the_connection_closed(
    postgresql_url: str,
) -> None:
    with postgresql.link(make_url(postgresql_url)) as link:
        assert link.execute("SELECT 1").fetchone() == (1,)

        with patience.within(0), pytest.raises(psycopg.OperationalError, match="does not answer"):
            link.execute("SELECT pg_sleep(60)")

        assert link.closed


def test_an_answer_that_comes_slowly_but_comes_is_heard_to_its_end(postgresql_url: str) -> None:
    with postgresql.link(make_url(postgresql_url)) as link, patience.within(0):
        rows = link.execute("SELECT repeat('x', 10000) FROM generate_series(1, 3000)").fetchall()

    assert len(rows) == 3000


def test_a_lock_that_somebody_else_holds_is_given_up_by_the_server(postgresql_url: str) -> None:
    database = engine.start(postgresql_url)
    with postgresql.link(make_url(postgresql_url)) as other:
        other.execute("SELECT 1 FROM events FOR UPDATE")

        with patience.within(0.2), pytest.raises(OperationalError) as failed:
            ask()

        assert isinstance(failed.value.orig, psycopg.errors.QueryCanceled)
    # The server did answer, so the next is not kept from asking.
    assert ask().number == 1
    database.close()


def test_the_address_may_say_otherwise(postgresql_url: str) -> None:
    url = make_url(postgresql_url).update_query_dict({"connect_timeout": "7"})

    with postgresql.link(url) as link:
        assert isinstance(link, WatchedConnection)
        assert link.info.get_parameters()["connect_timeout"] == "7"
        assert link.prepare_threshold is None


def test_while_one_asks_again_all_others_are_told_at_once() -> None:
    breaker = Breaker()
    with pytest.raises(OperationalError), breaker.asking():
        raise OperationalError("", {}, psycopg.errors.ConnectionTimeout())
    with pytest.raises(Silent), breaker.asking():
        pass

    breaker._ask_again_at = time.monotonic()
    with patience.within(0), pytest.raises(Silent), breaker.asking():
        pass
    with breaker.asking(), pytest.raises(Silent), breaker.asking():
        pass

    # It answered.
    with breaker.asking(), breaker.asking():
        pass
    # A pool whose connections are all waiting is no answer.
    with pytest.raises(PoolTimeout), breaker.asking():
        raise PoolTimeout
    with pytest.raises(Silent), breaker.asking():
        pass
    breaker._ask_again_at = None
    # A server that says no answers.
    with pytest.raises(OperationalError), breaker.asking():
        raise OperationalError("", {}, psycopg.errors.UndefinedTable())
    with breaker.asking():
        pass
