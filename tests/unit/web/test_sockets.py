import asyncio
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import HTTPConnection
from starlette.types import Message

from tests.unit.web.test_budgets import browser
from web import sockets
from web.problems import TooMany
from web.sockets import OF_STRANGERS, Pace, Sockets, SocketShare


def connection(address: str = "192.0.2.7", *, cookie: str = "") -> HTTPConnection:
    headers = [(b"cookie", cookie.encode())]
    return HTTPConnection({"type": "websocket", "headers": headers, "client": (address, 1)})


async def message() -> Message:
    return {"type": "websocket.receive", "bytes": b""}


def opened(held: ExitStack, all_: Sockets, asking: HTTPConnection) -> bool:
    try:
        held.enter_context(all_.place(asking, message))
    except TooMany:
        return False
    return True


def test_strangers_of_a_network_open_only_so_many_and_get_them_back() -> None:
    all_, held = Sockets(), ExitStack()
    with held:
        while opened(held, all_, connection()):
            pass
        assert not opened(held, all_, connection())
        assert opened(held, all_, connection("192.0.2.8"))
        assert opened(held, all_, connection(cookie=browser()))

    with ExitStack() as again:
        assert opened(again, all_, connection())


def test_strangers_everywhere_leave_room_for_browsers_that_were_let_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sockets, "MOST_OF_STRANGERS", 3)
    all_ = Sockets()
    with ExitStack() as held:
        tried = [opened(held, all_, connection(f"192.0.2.{number}")) for number in range(5)]

        assert tried == [True] * 3 + [False] * 2
        assert opened(held, all_, connection("192.0.2.1", cookie=browser()))


def test_a_browser_opens_only_so_many() -> None:
    all_, mine = Sockets(), browser()
    with ExitStack() as held:
        for number in range(sockets.OF_A_BROWSER.sockets):
            assert opened(held, all_, connection(f"192.0.2.{number}", cookie=mine))

        assert not opened(held, all_, connection(cookie=mine))
        assert opened(held, all_, connection(cookie=browser()))


def test_the_sockets_of_a_network_share_one_pace() -> None:
    waits: list[float] = []

    async def story(monkeypatch: pytest.MonkeyPatch) -> None:
        async def sleep(seconds: float) -> None:
            waits.append(seconds)

        with ExitStack() as held:
            all_ = Sockets()
            receives = [held.enter_context(all_.place(connection(), message)) for _ in range(20)]
            monkeypatch.setattr(asyncio, "sleep", sleep)
            for receive in receives * 5:
                await receive()

    with pytest.MonkeyPatch.context() as monkeypatch:
        asyncio.run(story(monkeypatch))

    at_once = OF_STRANGERS.messages_at_once
    assert max(waits[: at_once - 1]) == 0
    assert min(waits[at_once + 10 :]) > 0


@given(
    st.lists(st.floats(0, 10), min_size=1, max_size=60),
    st.floats(0.5, 50),
    st.integers(1, 20),
)
def test_no_more_passes_than_the_share_allows(
    gaps: list[float], per_second: float, at_once: int
) -> None:
    pace = Pace(SocketShare(1, per_second, at_once))
    now, passed = 1_000.0, []
    for gap in gaps:
        now += gap
        now += pace.wait(now)
        passed.append(now)

    for first, earliest in enumerate(passed):
        for last in range(first, len(passed)):
            took = passed[last] - earliest
            assert last - first + 1 <= at_once + took * per_second + 1 + 1e-6
