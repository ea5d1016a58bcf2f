"""Questions that arrive: how soon a desk shows one in a normal hall, and what a rush costs."""

import asyncio
import os
import random
import statistics
import time
from itertools import cycle
from pathlib import Path

from tests.load.browser import Watched, chromium
from tests.load.clients import Desk, Phone
from tests.load.desks import INBOX, QUERIES, arrivals
from tests.load.measuring import Result, alternate, compare_times
from tests.load.servers import Served, mixture, serving

QUESTIONS = 500
DESKS = 8
A_SECOND = 5
MEASURED = 200
PROMISED = {50: 60, 95: 120}  # percentile: milliseconds
RUSH_A_SECOND = 200
RUSH_PHONES = 100
RUSH_SECONDS = 5.0
SHOWS = """(root, text) =>
  [...root.querySelectorAll(".row .text")].some((each) => each.textContent.includes(text))"""


def measured() -> list[Result]:
    """Measure how soon an arrival is seen, and the work of a server in a rush."""
    with serving("app", questions=mixture(QUESTIONS)) as served:
        times = asyncio.run(_times(served))
    return [*(_seen(times, each) for each in PROMISED), work_in_a_rush()]


def _seen(times: list[float], percentile: int) -> Result:
    seen, promised = statistics.quantiles(times, n=100)[percentile - 1], PROMISED[percentile]
    return Result(
        name=f"A question, {A_SECOND} a second arriving at any moment, {DESKS} desks open, until"
        f" one of them shows it in Chromium: {percentile} of 100 within / as promised",
        first=f"{seen:.0f} ms",
        second=f"{promised} ms",
        ratio=seen / promised,
        at_most=1,
    )


def work_in_a_rush() -> Result:
    """Processor time while questions rush in: paced by the load, and by a constant pause."""
    with (
        serving("app", questions=mixture(QUESTIONS)) as ours,
        serving("tests.load.variants.constant_pause", questions=mixture(QUESTIONS)) as constant,
    ):
        used = alternate(lambda: asyncio.run(_work(ours)), lambda: asyncio.run(_work(constant)))
    return compare_times(
        f"Processor time that the server uses in a second, {RUSH_A_SECOND} questions a second,"
        f" {DESKS} desks open: paced by the load / with a pause of 0.4 s",
        used,
        at_most=1.1,
    )


async def _times(served: Served) -> list[float]:
    """Send questions as strangers do, in step with nothing, and list how long each took."""
    random.seed(1)
    async with chromium() as browser:
        seen = await Watched.open(
            browser, served, f"desk?{QUERIES[0]}", served.cookies[0], shows=f"{INBOX} .row"
        )
        clients = await _desks(served, DESKS - 1)
        phones = [await Phone.open(served.port) for _ in range(A_SECOND)]
        sending = []
        for number, phone in zip(range(MEASURED), cycle(phones), strict=False):
            await asyncio.sleep(random.expovariate(A_SECOND))
            sending.append(asyncio.create_task(_until_seen(seen, phone, number)))
        times = await asyncio.gather(*sending)
        await asyncio.gather(*(each.close() for each in clients))
    return times


async def _until_seen(seen: Watched, phone: Phone, number: int) -> float:
    text = f"Câu hỏi thứ {number} để đo thời gian chờ ạ"
    waiting = asyncio.create_task(seen.when(INBOX, SHOWS, text))
    begun = 1000 * time.time()
    await phone.submit(text=text)
    return await waiting - begun


async def _desks(served: Served, count: int) -> list[Desk]:
    cookies = served.cookies[1 : count + 1]
    opened = zip(cookies, cycle(QUERIES), strict=False)
    return [await Desk.open(served.port, cookie, query=query) for cookie, query in opened]


async def _work(served: Served) -> float:
    desks = await _desks(served, DESKS)
    async with arrivals(served.port, a_second=RUSH_A_SECOND, phones=RUSH_PHONES):
        await asyncio.sleep(1)  # until the rush is one
        before, begun = _processor_seconds(served.process), time.perf_counter()
        await asyncio.sleep(RUSH_SECONDS)
        used = _processor_seconds(served.process) - before
        taken = time.perf_counter() - begun
    await asyncio.gather(*(each.close() for each in desks))
    return 1000 * used / taken


def _processor_seconds(process: int) -> float:
    """Return how many seconds of a processor a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
