"""Reads and writes each have places of their own, and wait for one only as long as may be."""

import asyncio
import threading

import pytest

from data_access import patience
from dialogue.refusals import NotNow
from web import threads


def test_writers_that_fill_their_places_keep_nobody_from_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.5)
    may_end = threading.Event()

    async def work() -> tuple[str, list[object]]:
        writing = [asyncio.create_task(threads.for_writing(may_end.wait)) for _ in range(20)]
        await asyncio.sleep(0)
        read = await threads.for_reading(str.upper, "read")
        # Whoever found no place is told so; who has begun is let end, however long that takes.
        done, _ = await asyncio.wait(writing, return_when=asyncio.FIRST_COMPLETED)
        assert {type(each.exception()) for each in done} == {NotNow}
        may_end.set()
        return read, await asyncio.gather(*writing, return_exceptions=True)

    read, written = asyncio.run(work())

    assert read == "READ"
    assert written.count(True) == 8
    assert sum(isinstance(each, NotNow) for each in written) == 12


def test_who_found_a_place_has_what_is_left_of_the_time() -> None:
    async def work() -> float:
        return await threads.for_writing(patience.left)

    assert 0 < asyncio.run(work()) < patience.SECONDS
