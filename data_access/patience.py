"""How long whoever waits for the database may wait, the same on its way through all queues."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy.exc import SQLAlchemyError

# Phones and desks give up a little later, so that it is the server that says what is wrong.
SECONDS = 3.0
# For what an operator waits: migrations, and files that are made in the background.
LONG_SECONDS = 3600.0
_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class Silent(SQLAlchemyError):
    """The database did not answer in time."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let what is done in this context wait for the database so long, all in all."""
    with until(time.monotonic() + seconds):
        yield


@contextmanager
def until(moment: float) -> Iterator[None]:
    """Let what is done in this context wait for the database until a moment of `monotonic`."""
    token = _deadline.set(moment)
    try:
        yield
    finally:
        _deadline.reset(token)


@contextmanager
def bounded() -> Iterator[None]:
    """Let this context wait as long as the one around it may, or as is usual where none says."""
    if _deadline.get() is not None:
        yield
        return
    with within(SECONDS):
        yield


def left() -> float:
    """Return how many seconds are left, the usual number where nothing else was said."""
    moment = _deadline.get()
    return SECONDS if moment is None else max(0.0, moment - time.monotonic())
