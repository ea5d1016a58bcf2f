"""For the operator and the balancer: is the process alive, and may it be given traffic?

What `/readyz` says was found before by a watch, so that it answers at once whatever stands still.
"""

import asyncio
import os
import time
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import anyio
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data_access import engine, patience, schema
from data_access.engine import Database
from data_access.revisions import Listener
from web.readiness import readiness
from web.supervision import supervised

LOOKS_EVERY_SECONDS = 2.0
# Where people write, they find out themselves whether that is possible.
WRITES_AFTER_SECONDS = 10.0
WAITS_SECONDS = 2.0
# A look that takes longer than all its waits together does not come back.
LATE_AFTER_SECONDS = 15.0
NO_WAL = "note: on this file system nobody can read while somebody writes (no WAL)"


class Watch:
    """Looks every two seconds whether the database can be read and written, and files opened."""

    def __init__(self) -> None:
        """Prepare; `running` begins to look."""
        # Apart from the threads that it may find out to be waiting.
        self._place = anyio.CapacityLimiter(1)
        self._looked_at = float("inf")

    def running(self, listener: Listener) -> AbstractAsyncContextManager[None]:
        """Look while the context is open, also whether a listener hears."""
        self._looked_at = time.monotonic()
        return supervised("the watch", lambda: self._look_forever(listener))

    @property
    def is_late(self) -> bool:
        """Tell whether nobody knows how things stand."""
        return time.monotonic() - self._looked_at > LATE_AFTER_SECONDS

    async def _look_forever(self, listener: Listener) -> None:
        while True:
            await anyio.to_thread.run_sync(_look, engine.current(), listener, limiter=self._place)
            self._looked_at = time.monotonic()
            await asyncio.sleep(LOOKS_EVERY_SECONDS)


watch = Watch()


async def alive(_request: Request) -> Response:
    """Tell that the process answers."""
    return PlainTextResponse("ok")


async def ready(_request: Request) -> Response:
    """Tell whether the process may be given traffic, and else why not, a line for each reason."""
    if watch.is_late:
        return PlainTextResponse("the watch does not come back", status_code=503)
    status = 200 if readiness.is_ready else 503
    return PlainTextResponse("\n".join(readiness.lines()), status_code=status)


def _look(database: Database, listener: Listener) -> None:
    _look_at_files()
    with patience.within(WAITS_SECONDS):
        _look_at_tables(database)
    with patience.within(WAITS_SECONDS):
        _look_at_writing(database)
    alone = None if listener.is_listening else "nobody hears what other processes change"
    readiness.fault("listening", alone)
    readiness.note("listening", listener.note)
    readiness.note("journal", NO_WAL if database.lacks_wal else None)


def _look_at_files() -> None:
    try:
        Path(os.devnull).open().close()
    except OSError as error:
        readiness.fault("files", "the process can open no more files", reason=str(error))
    else:
        readiness.fault("files", None)


def _look_at_tables(database: Database) -> None:
    try:
        is_current = schema.is_current(database)
    except engine.Failure as error:
        words = "the database does not answer"
        readiness.fault("database", words, reason=engine.reason(error))
    else:
        readiness.fault("database", None if is_current else "the database is not migrated")


def _look_at_writing(database: Database) -> None:
    """See what became of what was last written; where that is long ago, write something."""
    reason = ""
    if time.monotonic() - max(database.written_at, database.refused_at) > WRITES_AFTER_SECONDS:
        try:
            schema.write_nothing(database)
        except engine.Failure as error:
            reason = engine.reason(error)
    refused = database.refused_at > database.written_at
    words = "the database takes no changes" if refused else None
    readiness.fault("writing", words, reason=reason)


routes = [Route("/healthz", alive), Route("/readyz", ready)]
