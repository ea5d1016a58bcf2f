"""How soon a page hears of a change and how often, on a clock that only the events move."""

import asyncio
import random
from collections.abc import Iterator, MutableMapping
from itertools import accumulate
from statistics import quantiles
from typing import Any

import pytest
from starlette.websockets import WebSocket

from live import hub as hubs
from live import pacing, routes
from live.hub import Hub

SLUG = "busy"
SECONDS = 20


class Clock(asyncio.SelectorEventLoop):
    """A loop in which nothing takes time but waiting, and waiting is over at once."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0
        select = self._selector.select  # type: ignore[attr-defined]

        def select_at_once(timeout: float | None) -> Any:
            self._now += timeout or 0.0
            return select(0)

        self._selector.select = select_at_once  # type: ignore[attr-defined]

    def time(self) -> float:
        return self._now


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = Clock()
    yield made
    made.close()


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    fresh = Hub()
    for module in (hubs, routes):
        monkeypatch.setattr(module, "hub", fresh)
    return fresh


async def heard(
    hub: Hub, changes: list[float], commands: frozenset[int]
) -> list[tuple[float, int]]:
    """Have changes happen at some times, and list when a page heard of which."""
    loop = asyncio.get_running_loop()
    told: list[tuple[float, int]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        told.append((loop.time(), int(message["text"])))

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "websocket.connect"}

    socket = WebSocket({"type": "websocket", "headers": []}, receive, send)
    await socket.receive()
    socket.application_state = socket.client_state
    hub.run_on(loop)
    follower, of_commands = hub.join(SLUG), hub.join(f"{SLUG}!")
    sending = asyncio.create_task(routes._send(socket, SLUG, follower, of_commands, 0.0))
    for revision, at in enumerate(changes):
        await asyncio.sleep(at - loop.time())
        hub.announce(SLUG, revision)
        if revision in commands:
            hub.announce(f"{SLUG}!", revision)
    await asyncio.sleep(1)
    sending.cancel()
    return told


def arriving(a_second: float) -> list[float]:
    """List when strangers send so many questions a second: at any moment."""
    gap = random.Random(1).expovariate
    return [*accumulate(gap(a_second) for _ in range(int(a_second * SECONDS)))]


def waits(changes: list[float], told: list[tuple[float, int]]) -> list[float]:
    """List how long each change waited until a page heard of it, or of one that came after it."""
    return [
        next(when for when, newest in told if newest >= revision) - at
        for revision, at in enumerate(changes)
    ]


def test_in_a_normal_hall_each_change_is_heard_of_at_once_or_nearly(
    loop: asyncio.AbstractEventLoop, hub: Hub
) -> None:
    changes = arriving(5)

    told = loop.run_until_complete(heard(hub, changes, frozenset()))

    percentiles = quantiles(waits(changes, told), n=100)
    assert percentiles[49] == pytest.approx(0, abs=0.001)
    assert percentiles[94] <= pacing.SHORTEST_SECONDS


@pytest.mark.parametrize("a_second", [25, 200, 1000])
def test_in_a_rush_a_page_hears_five_times_in_two_seconds_and_of_the_last_change(
    loop: asyncio.AbstractEventLoop, hub: Hub, a_second: int
) -> None:
    changes = [number / a_second for number in range(a_second * SECONDS)]

    told = loop.run_until_complete(heard(hub, changes, frozenset()))

    later = [when for when, _ in told if when > 2]
    assert len(later) <= 2.5 * (SECONDS - 2) + 3
    assert told[-1][1] == len(changes) - 1
    assert max(waits(changes, told)) <= pacing.LONGEST_SECONDS + 0.001


def test_in_a_rush_a_command_waits_no_longer_than_in_a_calm(
    loop: asyncio.AbstractEventLoop, hub: Hub
) -> None:
    changes = [number / 200 for number in range(200 * SECONDS)]
    commands = frozenset(range(0, len(changes), 300))

    told = loop.run_until_complete(heard(hub, changes, commands))

    waited = waits(changes, told)
    assert max(waited[each] for each in commands) <= pacing.SHORTEST_SECONDS + 0.001


def test_after_a_rush_the_pace_is_that_of_a_calm_again(
    loop: asyncio.AbstractEventLoop, hub: Hub
) -> None:
    rush = [number / 200 for number in range(2000)]
    after = [rush[-1] + 4 + number / 5 for number in range(50)]

    told = loop.run_until_complete(heard(hub, rush + after, frozenset()))

    assert max(waits(rush + after, told)[len(rush) :]) <= pacing.SHORTEST_SECONDS
