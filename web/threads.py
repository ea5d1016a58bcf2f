"""Where work that blocks is done: reads and writes each in threads of their own.

Files are read in the framework's threads. So a write that waits for its turn keeps nobody from
reading, and a database that does not answer keeps nobody from what needs none.
"""

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple, Unpack

import anyio

from data_access import patience
from dialogue.refusals import NotNow

Given = TypeVarTuple("Given")
Result = TypeVar("Result")
_readers = anyio.CapacityLimiter(24)
# The database lets one write at a time, or one for each event: more threads would only wait.
_writers = anyio.CapacityLimiter(8)


async def for_reading(work: Callable[[Unpack[Given]], Result], *given: *Given) -> Result:
    """Do what reads from the database.

    Raises:
        NotNow: there was no place for it in time.
    """
    return await _in_time(_readers, work, *given)


async def for_writing(work: Callable[[Unpack[Given]], Result], *given: *Given) -> Result:
    """Do what writes to the database, and may read before and after it.

    Raises:
        NotNow: there was no place for it in time; it was not begun.
    """
    return await _in_time(_writers, work, *given)


async def _in_time(
    place: anyio.CapacityLimiter,
    work: Callable[[Unpack[Given]], Result],
    *given: *Given,
) -> Result:
    # The same moment counts for the place and for the database: no wait comes on top of another.
    with patience.within(patience.SECONDS), anyio.move_on_after(patience.SECONDS):
        return await anyio.to_thread.run_sync(work, *given, limiter=place)
    raise NotNow
