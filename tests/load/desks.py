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
    """Seconds until a deed shows at its own desk, and at the last of the others; and an empty
    fragment's rerun, next to it in time.
    """

    own: float
    others: float
    empty: float


def measured() -> list[Result]:
    """Measure how soon a deed is seen, and what a desk costs in memory."""
    with serving("tests.load.variants.empty", questions=mixture(QUESTIONS)) as served:
        memory = asyncio.run(_memory(served))
        times = asyncio.run(_times(served))
    return [
        _seen("its own desk", [each.own for each in times], times, at_most=3),
        _seen("the last of the seven others", [each.others for each in times], times, at_most=6),
        memory,
    ]


def _seen(where: str, seconds: list[float], times: list[Times], *, at_most: float) -> Result:
    seen = 1000 * statistics.median(seconds)
    empty = 1000 * statistics.median(each.empty for each in times)
    return Result(
        name="A deed among 20,000 questions, 8 desks open, 20 arrivals a second: visible at"
        f" {where} / the rerun of an empty fragment",
        first=f"{seen:.0f} ms",
        second=f"{empty:.0f} ms",
        ratio=seen / empty,
        at_most=at_most,
    )


async def _times(served: Served) -> list[Times]:
    desks = [
        await Desk.open(served.port, cookie, query=query)
        for cookie, query in zip(served.cookies[:DESKS], cycle(QUERIES), strict=False)
    ]
    empty = await open_session(served.port, "empty", served.cookies[-1])
    async with _arrivals(served.port):
        await asyncio.sleep(WARM_UP_SECONDS)
        times = []
        for turn in range(DEEDS):
            own = desks[turn % DESKS]
            times.append(await _one(own, [each for each in desks if each is not own], empty))
    await asyncio.gather(*(each.close() for each in desks), empty.socket.close())
    return times


async def _one(own: Desk, others: list[Desk], empty: Session) -> Times:
    """Approve a question that a desk shows, and wait until every desk shows that it is."""
    await asyncio.sleep(random.uniform(0.1, 0.4))  # not in step with anything
    able = [number for number, row in own.rows.items() if "approve" in row["actions"]]
    number = able[random.randrange(10)]
    approved = own.counts["approved"] + 1

    async def shown(desk: Desk) -> float:
        await desk.until(lambda: desk.counts["approved"] >= approved and number not in desk.rows)
        return time.perf_counter()

    begun = time.perf_counter()
    waiting = [asyncio.create_task(shown(each)) for each in (own, *others)]
    await own.approve(number)
    at = await asyncio.gather(*waiting)
    await asyncio.sleep(random.uniform(0.1, 0.4))
    return Times(at[0] - begun, max(at[1:]) - begun, await _rerun(empty))


async def _rerun(empty: Session) -> float:
    begun = time.perf_counter()
    await empty.rerun(fragment=True)
    return time.perf_counter() - begun


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
        used.append(_resident(served.process))
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


def _resident(process: int) -> int:
    pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@asynccontextmanager
async def _arrivals(port: int) -> AsyncIterator[None]:
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
