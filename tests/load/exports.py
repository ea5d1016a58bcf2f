"""A workbook of 100,000 questions: what it costs the desk while it is made, and in memory."""

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from reports.orders import FileKind, FileOrder
from tests.factories import SLUG
from tests.load.clients import Desk
from tests.load.measuring import ROUNDS, Result
from tests.load.servers import Served, mixture, serving
from tests.server import ROOT

FEW, MANY = 10_000, 100_000
DEEDS_A_ROUND = 5
MEGABYTE = 1 << 20


def measured() -> list[Result]:
    """Measure the desk's commands with an export and without, and the export's memory."""
    with serving("app", questions=mixture(FEW)) as served:
        few = _most_memory(served)
    with serving("app", questions=mixture(MANY)) as served:
        many = _most_memory(served)
        alone, beside = asyncio.run(_commands(served))
    return [
        Result(
            name="A command among 100,000 questions until its desk shows it: while a workbook of"
            " all is made / while none is",
            first=f"{1000 * beside:.0f} ms",
            second=f"{1000 * alone:.0f} ms",
            ratio=beside / alone,
            at_most=1.5,
        ),
        Result(
            name="Memory of the process that makes a workbook, at its highest: of 100,000 questions"
            " / of 10,000",
            first=f"{many / MEGABYTE:.0f} MB",
            second=f"{few / MEGABYTE:.0f} MB",
            ratio=many / few,
            at_most=1.2,
        ),
    ]


@contextmanager
def _exporting(served: Served) -> Iterator[subprocess.Popen[str]]:
    """Have the workbook made, as the app does, and go on once the first rows are written."""
    order = FileOrder(kind=FileKind.WORKBOOK, slug=SLUG, language="vi", names=True, activity=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            [sys.executable, "-m", "reports", order.written(), str(Path(folder) / "file")],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": served.database_url},
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        assert process.stdout
        assert json.loads(process.stdout.readline())["done"]
        yield process
        process.kill()


def _most_memory(served: Served) -> int:
    most = 0
    with _exporting(served) as process:
        for line in process.stdout or ():
            if json.loads(line)["done"] % 1000 == 0:
                most = max(most, _high_water(process.pid))
    return most


def _high_water(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    kilobytes = next(each for each in status.splitlines() if each.startswith("VmHWM"))
    return int(kilobytes.split()[1]) * 1024


async def _commands(served: Served) -> tuple[float, float]:
    """Return the medians of a command's seconds without an export and beside one, taken in turn."""
    desk = await Desk.open(served.port, served.cookies[0])
    alone: list[float] = []
    beside: list[float] = []
    await _round(desk)  # warm up
    for _ in range(ROUNDS):
        alone += await _round(desk)
        with ExitStack() as stack:
            # In a thread: the desk hears its socket meanwhile.
            process = await asyncio.to_thread(stack.enter_context, _exporting(served))
            beside += await _round(desk)
            assert process.poll() is None
    await desk.close()
    return statistics.median(alone), statistics.median(beside)


async def _round(desk: Desk) -> list[float]:
    return [await _command(desk) for _ in range(DEEDS_A_ROUND)]


async def _command(desk: Desk) -> float:
    await asyncio.sleep(random.uniform(0.1, 0.4))
    number = next(each for each, row in desk.rows.items() if "approve" in row["actions"])
    begun = time.perf_counter()
    await desk.approve(number)
    await desk.until(lambda: number not in desk.rows)
    return time.perf_counter() - begun
