"""The desk in the busiest hour: 20,000 questions, eight desks open, 20 arrivals a second."""

import asyncio
import os
import random
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from tests.load.clients import Desk, Phone, Session, open_session
from tests.load.measuring import Result
from tests.load.servers import MODERATORS, Served, mixture, sentences, serving

QUESTIONS = 20_000
DESKS = 8
ARRIVALS_A_SECOND = 20
PHONES = 5
DEEDS = 40
# Half of the desks look at the newest questions, half at those that wait longest.
QUERIES = ("order=newest", "order=oldest")
# Until each list is as long as arrivals make it.
WARM_UP_SECONDS = 12.0
MEGABYTE = 1 << 20


class Times(NamedTuple):
    """Seconds until a deed shows at its own desk, and at the last of the others.

    Next to it in time: until an empty fragment has run again, alone, and in eight pages at once.
    """

    own: float
    others: float
    empty: float
    empties: float


def measured() -> list[Result]:
    """Measure how soon a deed is seen, and what a desk costs in memory."""
    with serving("tests.load.variants.empty", questions=mixture(QUESTIONS)) as served:
        memory = asyncio.run(_memory(served))
        each = Times(*map(statistics.median, zip(*asyncio.run(_times(served)), strict=True)))
    alone, at_once = "the rerun of an empty fragment", "of eight empty fragments at once, the last"
    return [
        _seen("its own desk", each.own, alone, each.empty, at_most=3),
        _seen("the last of the others", each.others, alone, each.empty, at_most=6),
        _seen("the last of the others", each.others, at_once, each.empties),
        memory,
    ]


def _seen(
    where: str, seen: float, what: str, empty: float, *, at_most: float | None = None
) -> Result:
    return Result(
        name=f"A deed among 20,000 questions, {DESKS} desks open, {ARRIVALS_A_SECOND} arrivals a"
        f" second: visible at {where} / {what}",
        first=f"{1000 * seen:.0f} ms",
        second=f"{1000 * empty:.0f} ms",
        ratio=seen / empty,
        at_most=at_most,
    )


async def _times(served: Served) -> list[Times]:
    moderators = served.cookies[:DESKS]
    desks = [
        await Desk.open(served.port, cookie, query=query)
        for cookie, query in zip(moderators, cycle(QUERIES), strict=False)
    ]
    empties = [await open_session(served.port, "empty", cookie) for cookie in moderators]
    async with arrivals(served.port):
        await asyncio.sleep(WARM_UP_SECONDS)
        times = [await _one(desks, desks[turn % DESKS], empties) for turn in range(DEEDS)]
    await asyncio.gather(*(each.close() for each in desks))
    await asyncio.gather(*(each.socket.close() for each in empties))
    return times


async def _one(desks: list[Desk], own: Desk, empties: list[Session]) -> Times:
    """Approve a question that a desk shows, and wait until every desk shows that it is."""
    await _any_moment()
    able = [number for number, row in own.rows.items() if "approve" in row["actions"]]
    number = able[random.randrange(10)]
    approved = own.counts["approved"] + 1

    async def shown(desk: Desk) -> float:
        await desk.until(lambda: desk.counts["approved"] >= approved and number not in desk.rows)
        return time.perf_counter()

    begun = time.perf_counter()
    waiting = {id(each): asyncio.create_task(shown(each)) for each in desks}
    await own.approve(number)
    await asyncio.gather(*waiting.values())
    return Times(
        own=waiting.pop(id(own)).result() - begun,
        others=max(each.result() for each in waiting.values()) - begun,
        empty=await _rerun(empties[:1]),
        empties=await _rerun(empties),
    )


async def _rerun(empties: list[Session]) -> float:
    await _any_moment()
    begun = time.perf_counter()
    await asyncio.gather(*(each.rerun(fragment=True) for each in empties))
    return time.perf_counter() - begun


async def _any_moment() -> None:
    """Wait for a moment that is in step with nothing."""
    await asyncio.sleep(random.uniform(0.1, 0.4))


async def _memory(served: Served) -> Result:
    """Compare two desks and ten, each of which has seen a change or two."""
    phone = await Phone.open(served.port)
    desks: list[Desk] = []
    used = []
    for count in (2, MODERATORS):
        while len(desks) < count:
            desks.append(await Desk.open(served.port, served.cookies[len(desks)]))
        for _ in range(3):
            await phone.submit()
            newest = max(desks[0].rows) + 1
            await asyncio.gather(*(each.until(partial(_shows, each, newest)) for each in desks))
        used.append(resident(served.process))
    await asyncio.gather(*(each.close() for each in desks))
    phone.close()
    each = (used[1] - used[0]) / (MODERATORS - 2) / MEGABYTE
    return Result(
        name="Memory of the server with ten desks open / with two, in megabytes for each of eight",
        first=f"{used[1] / MEGABYTE:.0f} MB",
        second=f"{used[0] / MEGABYTE:.0f} MB",
        ratio=each,
        at_most=15,
    )


def _shows(desk: Desk, number: int) -> bool:
    return number in desk.rows


def resident(process: int) -> int:
    """Return how many bytes of memory a process holds."""
    pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@asynccontextmanager
async def arrivals(port: int) -> AsyncIterator[None]:
    """Have questions arrive, evenly, while the context is open."""
    sending = [asyncio.create_task(_send(port, number)) for number in range(PHONES)]
    yield
    for each in sending:
        each.cancel()


async def _send(port: int, number: int) -> None:
    phone = await Phone.open(port)
    choose = random.Random(number).choice
    begun = time.perf_counter() + number / ARRIVALS_A_SECOND
    for sent in range(1_000_000):
        await asyncio.sleep(begun + sent * PHONES / ARRIVALS_A_SECOND - time.perf_counter())
        await phone.submit(text=f"{choose(sentences())} {choose(sentences())}")
