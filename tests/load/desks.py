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

from tests.load.browser import Empty, Watched, any_moment, chromium
from tests.load.clients import Desk, Phone
from tests.load.measuring import Result
from tests.load.servers import MODERATORS, Served, mixture, sentences, serving

QUESTIONS = 20_000
DESKS = 8
ARRIVALS_A_SECOND = 20
PHONES = 5
COMMANDS = 40
# Half of the desks look at the newest questions, half at those that wait longest.
QUERIES = ("order=newest", "order=oldest")
# Until each list is as long as arrivals make it.
WARM_UP_SECONDS = 12.0
MEGABYTE = 1 << 20
INBOX = ".st-key-inbox"
APPROVABLE = """(root) => Number(
  root.querySelector(".row [data-action=approve]").closest(".row").dataset.number
)"""
SHOWN = """(root, [number, approved]) => {
  const count = root.querySelector("[data-action=view-approved] .count").textContent;
  const isGone = !root.querySelector(`[data-number="${number}"]`);
  return isGone && Number(count.replace(/\\D/g, "")) >= approved;
}"""


class Times(NamedTuple):
    """Milliseconds until a command shows at its own desk, and at the last of the others.

    Next to it in time: until a fragment of one word shows that it has run again.
    """

    own: float
    others: float
    empty: float


def measured() -> list[Result]:
    """Measure how soon a command is seen, and what a desk costs in memory."""
    with serving("tests.load.variants.empty", questions=mixture(QUESTIONS)) as served:
        memory = asyncio.run(_memory(served))
        each = Times(*map(statistics.median, zip(*asyncio.run(_times(served)), strict=True)))
    return [
        _seen("its own desk", each.own, each.empty, at_most=3),
        _seen("the last of the others", each.others, each.empty, at_most=6),
        memory,
    ]


def _seen(where: str, seen: float, empty: float, *, at_most: float) -> Result:
    return Result(
        name=f"A command among 20,000 questions, {DESKS} desks open, {ARRIVALS_A_SECOND} arrivals a"
        f" second, in Chromium: visible at {where} / a fragment of one word, run again",
        first=f"{seen:.0f} ms",
        second=f"{empty:.0f} ms",
        ratio=seen / empty,
        at_most=at_most,
    )


async def _times(served: Served) -> list[Times]:
    """Look at one desk in Chromium; the other open ones are those of clients.

    A browser takes more of this machine than a desk takes of the server, and people each have
    their own. In turn somebody acts at the browser, and at one of the clients.
    """
    async with chromium() as browser, arrivals(served.port):
        seen = await Watched.open(
            browser, served, f"desk?{QUERIES[0]}", served.cookies[0], shows=f"{INBOX} .row"
        )
        empty = await Empty.open_page(browser, served)
        clients = [
            await Desk.open(served.port, cookie, query=query)
            for cookie, query in zip(served.cookies[1:DESKS], cycle(QUERIES), strict=False)
        ]
        await asyncio.sleep(WARM_UP_SECONDS)
        times = [
            Times(
                own=await _own(seen, clients),
                others=await _others(seen, *clients),
                empty=await empty.rerun(),
            )
            for _ in range(COMMANDS)
        ]
        await asyncio.gather(*(each.close() for each in clients))
    return times


async def _own(seen: Watched, clients: list[Desk]) -> float:
    """Approve a question in the browser, and wait until it is seen there that it is."""
    await any_moment()
    approved = clients[0].counts["approved"] + 1
    number = await seen.read(INBOX, APPROVABLE)
    waiting = asyncio.create_task(seen.when(INBOX, SHOWN, [number, approved]))
    begun = await seen.press(INBOX, f'[data-number="{number}"] [data-action=approve]')
    shown = await waiting
    await asyncio.gather(*(_shown(each, number, approved) for each in clients))
    return shown - begun


async def _others(seen: Watched, own: Desk, *clients: Desk) -> float:
    """Approve a question at a client's desk, and wait until all the others show that it is."""
    await any_moment()
    approved = own.counts["approved"] + 1
    able = [number for number, row in own.rows.items() if "approve" in row["actions"]]
    number = able[random.randrange(10)]
    waiting = [asyncio.create_task(seen.when(INBOX, SHOWN, [number, approved]))]
    waiting += [asyncio.create_task(_shown(each, number, approved)) for each in clients]
    begun = 1000 * time.time()
    await own.approve(number)
    shown = max(await asyncio.gather(*waiting))
    await _shown(own, number, approved)
    return shown - begun


async def _shown(desk: Desk, number: int, approved: int) -> float:
    """Return the time in milliseconds at which a desk shows that a question is approved."""
    await desk.until(lambda: desk.counts["approved"] >= approved and number not in desk.rows)
    return 1000 * time.time()


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
async def arrivals(
    port: int, *, a_second: int = ARRIVALS_A_SECOND, phones: int = PHONES
) -> AsyncIterator[None]:
    """Have questions arrive, evenly, while the context is open."""
    sending = [
        asyncio.create_task(_send(port, number, a_second, phones)) for number in range(phones)
    ]
    yield
    for each in sending:
        each.cancel()


async def _send(port: int, number: int, a_second: int, phones: int) -> None:
    phone = await Phone.open(port)
    choose = random.Random(number).choice
    begun = time.perf_counter() + number / a_second
    for sent in range(1_000_000):
        await asyncio.sleep(begun + sent * phones / a_second - time.perf_counter())
        await phone.submit(text=f"{choose(sentences())} {choose(sentences())}")
