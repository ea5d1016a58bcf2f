"""The database of this process: where reading and writing begin, and who hears of a commit."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session as Session

# With the engine come all tables.
from data_access import models as models
from data_access import patience, postgresql
from data_access.patience import Silent

logger = logging.getLogger(__name__)
Failure = SQLAlchemyError
"""What the database raises when it does not do what it was asked."""

Told = Callable[[str, int], None]
"""Called with an event's slug and its newest revision, from any thread."""


class Database:
    """One database, SQLite or PostgreSQL, with a door to read and a door to write.

    `written_at` is when it last took what was to be written, in seconds of `time.monotonic`, and
    `refused_at` when it last did not, whatever that was. An SQLite file that `lacks_wal` lets
    nobody read while it is written.
    """

    def __init__(self, url: str) -> None:
        """Open the database of a SQLAlchemy URL; nothing is connected yet."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.written_at = self.refused_at = float("-inf")
        self.lacks_wal = False
        self._writer = self._create_engine(writes=True)
        self._reader = self._create_engine(writes=False)
        # SQLite lets one connection write at a time and makes the others poll; waiting on a
        # lock instead hands the turn over at once. PostgreSQL has row locks.
        self._turn = threading.Lock()
        self._breaker = None if self.is_sqlite else postgresql.Breaker()
        self._of_thread = threading.local()
        self._told: list[Told] = []
        self._newest: dict[str, int] = {}
        self._telling = threading.Lock()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open a session that writes; it commits at the end, or not at all if anything is raised.

        After the commit everyone who follows is told the revisions that `revisions.announce` noted.

        Raises:
            RuntimeError: this thread writes already: it would wait for itself, and all for it.
            Failure: it was not written, because it may not be, or not in time.
        """
        self._check_not_writing()
        self._of_thread.is_writing = True
        try:
            with self._asking(), ExitStack() as stack:
                with patience.bounded():
                    stack.enter_context(self._writing_turn())
                    session = stack.enter_context(Session(self._writer))
                    stack.enter_context(session.begin())
                    session.connection()
                yield session
            self.written_at = time.monotonic()
        except (OperationalError, PoolTimeout, Silent):
            self.refused_at = time.monotonic()
            raise
        finally:
            self._of_thread.is_writing = False
        for slug, revision in session.info.get("revisions", {}).items():
            self.tell(slug, revision)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that sees one state of the database and cannot write.

        Raises:
            RuntimeError: this thread writes: it would not see what it has written.
            Failure: it could not be read, or not in time.
        """
        self._check_not_writing()
        with self._asking(), Session(self._reader) as session:
            with patience.bounded():
                session.connection()
            yield session

    def follow(self, told: Told) -> None:
        """Have a function called once for each new revision that this process hears of."""
        self._told.append(told)

    def tell(self, slug: str, revision: int) -> None:
        """Tell everyone who follows, unless they know: a replica hears of its own commits twice."""
        with self._telling:
            if revision <= self._newest.get(slug, -1):
                return
            self._newest[slug] = revision
        for told in self._told:
            try:
                told(slug, revision)
            except Exception:
                # It is committed, whatever becomes of those who are told.
                logger.exception("revision %d of %s was not told", revision, slug)

    def newest(self, slug: str) -> int:
        """Return the newest revision of an event that this process has heard of, -1 for none."""
        return self._newest.get(slug, -1)

    @property
    def engine(self) -> Engine:
        """The engine that writes, for migrations and for listening."""
        return self._writer

    def close(self) -> None:
        """Close every connection."""
        self._writer.dispose()
        self._reader.dispose()

    def _check_not_writing(self) -> None:
        if getattr(self._of_thread, "is_writing", False):
            raise RuntimeError("a session is opened within a transaction: open it before")

    def _asking(self) -> AbstractContextManager[None]:
        return self._breaker.asking() if self._breaker else nullcontext()

    @contextmanager
    def _writing_turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=patience.left()):
            raise Silent("others have been writing all the time")
        try:
            yield
        finally:
            self._turn.release()

    def _create_engine(self, *, writes: bool) -> Engine:
        if not self.is_sqlite:
            return postgresql.create(self.url, writes=writes)
        engine = create_engine(
            self.url,
            pool_size=10,
            max_overflow=30,
            pool_timeout=patience.SECONDS,
            # What people wrote is in no message of a failure.
            hide_parameters=True,
        )
        event.listen(
            engine, "connect", self._prepare_sqlite_writer if writes else _prepare_sqlite_reader
        )
        event.listen(engine, "begin", _begin_immediate if writes else _begin_deferred)
        return engine

    def _prepare_sqlite_writer(self, connection: Any, _record: Any) -> None:
        # What is erased is overwritten in the file, not only forgotten.
        _prepare_sqlite(connection, ("synchronous = FULL", "secure_delete = ON"))
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode != "wal" and not self.lacks_wal:
            logger.warning(
                "the file system of the database cannot do write-ahead logging (journal: %s): "
                "nobody can read while somebody writes; move it to a local disk",
                mode,
            )
        self.lacks_wal = mode != "wal"


def _prepare_sqlite(connection: Any, pragmas: tuple[str, ...]) -> None:
    # The driver's own habit of opening transactions late would defeat BEGIN IMMEDIATE.
    connection.isolation_level = None
    milliseconds = int(patience.SECONDS * 1000)
    for pragma in (f"busy_timeout = {milliseconds}", "foreign_keys = ON", *pragmas):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_sqlite_reader(connection: Any, _record: Any) -> None:
    _prepare_sqlite(connection, ("query_only = ON",))


def _begin_immediate(connection: Any) -> None:
    # Another program may write, too: it is waited for only as long as is left after our own turn.
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(patience.left() * 1000)}")
    # Read-then-write under a deferred transaction loses most of its commits to SQLITE_BUSY.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


def reason(error: Exception) -> str:
    """Say in one line why something was not done, without what somebody wrote."""
    driver = getattr(error, "orig", None) or error
    return f"{type(driver).__name__}: {next(iter(str(driver).splitlines()), '')}"


_current: Database | None = None


def start(url: str) -> Database:
    """Open the database that `current` returns from now on."""
    global _current
    _current = Database(url)
    return _current


def current() -> Database:
    """Return the database of this process."""
    if _current is None:
        message = "The database was not started: app.py does so before it serves."
        raise RuntimeError(message)
    return _current
