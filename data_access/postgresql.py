"""Connections to PostgreSQL that give up: a server that falls silent keeps nobody waiting."""

import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from data_access import patience
from data_access.patience import Silent

Answer = TypeVar("Answer")
# A statement has at least this, however little of a request's time is left.
LEAST_SECONDS = 1.0
# What the server itself goes on with, should nobody wait for it any more.
READS_FOR_SECONDS = 30.0
# Where the server can say that it took too long, it is left to say so.
SERVER_FIRST_SECONDS = 0.5
ASKED_AGAIN_SECONDS = 1.0
CONNECTION = {
    # Between us and the server may be a pooler, which gives each transaction another connection
    # of its own: what one has prepared the next does not know.
    "prepare_threshold": None,
    "connect_timeout": int(patience.SECONDS),
    # A route that was dropped says nothing by itself.
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": int(patience.SECONDS * 1000),
}


class _Unanswered(psycopg.OperationalError):
    """The server did not say anything for as long as may be waited."""


class WatchedConnection(psycopg.Connection[Any]):
    """A connection that is closed when the server says nothing for too long.

    The timeouts of the server are no help where it is the server that stands still.
    """

    def wait(
        self, gen: PQGen[Answer], interval: float = 0.1, timeout: float | None = None
    ) -> Answer:
        """Wait for an answer.

        Raises:
            psycopg.OperationalError: nothing was heard in time; the connection is closed.
        """
        if timeout is not None:
            return super().wait(gen, interval=interval, timeout=timeout)
        try:
            return super().wait(_in_time(gen), interval=interval)
        except _Unanswered:
            self.pgconn.finish()
            raise


class Breaker:
    """Lets one ask a server that does not answer, and tells all others at once that it does not.

    Else each would wait in turn for what the one before has waited for already.
    """

    def __init__(self) -> None:
        """Begin with a server that answers."""
        self._ask_again_at: float | None = None
        self._changing = threading.Lock()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Ask the server.

        Raises:
            Silent: somebody else asks already, or has just heard nothing.
        """
        self._begin()
        try:
            yield
        except SQLAlchemyError as error:
            self._ask_again_at = (
                time.monotonic() + ASKED_AGAIN_SECONDS if _is_silence(error) else None
            )
            raise
        self._ask_again_at = None

    def _begin(self) -> None:
        now = time.monotonic()
        with self._changing:
            if self._ask_again_at is None:
                return
            # Who has waited in vain for somebody that asked does not begin to wait once more.
            if now < self._ask_again_at or not patience.left():
                raise Silent("the database has not answered lately")
            self._ask_again_at = now + patience.SECONDS + ASKED_AGAIN_SECONDS


def create(url: URL, *, writes: bool) -> Engine:
    """Return an engine that reads or writes; no wait of it is without an end."""
    engine = create_engine(
        url,
        pool_size=10,
        max_overflow=30,
        pool_timeout=patience.SECONDS,
        pool_pre_ping=True,
        # What people wrote is in no message of a failure.
        hide_parameters=True,
        isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
        execution_options={} if writes else {"postgresql_readonly": True},
    )
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "begin", _limit_writing if writes else _limit_reading)
    return engine


def link(url: URL, **options: Any) -> WatchedConnection:
    """Open a connection of its own, apart from those of an engine."""
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return WatchedConnection.connect(plain, **(_unless_named(url.query) | options))


def _connect(
    _dialect: Any, _record: Any, _given: Any, parameters: dict[str, Any]
) -> WatchedConnection:
    if patience.left() <= 0:
        raise psycopg.errors.ConnectionTimeout("no time is left to connect")
    # Two seconds are the least that the driver takes.
    in_time = {"connect_timeout": min(int(patience.SECONDS), max(2, int(patience.left())))}
    return WatchedConnection.connect(**(_unless_named(parameters) | in_time | parameters))


def _unless_named(named: Any) -> dict[str, Any]:
    """Return how we connect, without what the address says otherwise."""
    return {name: value for name, value in CONNECTION.items() if name not in named}


def _limit_writing(connection: Any) -> None:
    _limit(connection, max(patience.left(), LEAST_SECONDS))


def _limit_reading(connection: Any) -> None:
    _limit(connection, max(patience.left(), READS_FOR_SECONDS))


def _limit(connection: Any, seconds: float) -> None:
    # For this transaction alone: a pooler gives the connection to others after it.
    connection.connection.driver_connection.execute(
        "SELECT set_config('statement_timeout', %s, true)", [f"{seconds * 1000:.0f}"]
    )


def _in_time(answer: PQGen[Answer]) -> Generator[Any, Any, Answer]:
    """Pass on what the connection waits for, unless nothing comes for as long as may be waited."""
    most = max(patience.left(), LEAST_SECONDS) + SERVER_FIRST_SECONDS
    heard = time.monotonic()
    try:
        wanted = next(answer)
        while True:
            ready = yield wanted
            now = time.monotonic()
            if ready:
                heard = now
            elif now - heard > most:
                raise _Unanswered("the server does not answer")
            wanted = answer.send(ready)
    except StopIteration as end:
        answered: Answer = end.value
        return answered


def _is_silence(error: SQLAlchemyError) -> bool:
    if isinstance(error, DBAPIError):
        return isinstance(error.orig, _Unanswered | psycopg.errors.ConnectionTimeout)
    return isinstance(error, PoolTimeout)
