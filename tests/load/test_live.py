"""The live socket: who may listen, what they hear, and how often."""

import asyncio
import time
from collections.abc import Coroutine, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from access.visitors import SESSION_COOKIE
from dialogue.roles import Role
from tests.browser.conftest import Server
from tests.load.clients import Desk

_keys = count()
PATH = "/api/events/dong-nai-2022/questions"


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("live")
    file = folder / "dialogue.db"
    file.write_bytes(sqlite_template.read_bytes())
    started = Server(f"sqlite:///{file}", folder / "server.log")
    started.start()
    yield started
    started.stop()


@pytest.fixture
def cookie(server: Server) -> str:
    ((name, value),) = server.cookies(Role.SCREEN).items()
    return f"{name}={value}"


def open_socket(
    server: Server, *, cookie: str = "", origin: str | None = None, slug: str = "dong-nai-2022"
) -> connect:
    return connect(
        f"{server.url.replace('http', 'ws')}/live/{slug}",
        additional_headers={"Cookie": cookie} if cookie else {},
        origin=origin,  # type: ignore[arg-type]
    )


async def ask(server: Server, questions: int) -> None:
    async with httpx.AsyncClient(base_url=server.url) as client:
        for number in range(questions):
            body = {"text": f"Câu hỏi số {number} nối tiếp", "district": "731", "consent": True}
            headers = {"Idempotency-Key": f"live-{next(_keys)}"}
            await client.post(PATH, json=body, headers=headers)


async def hear_until(socket: ClientConnection, revision: int) -> list[int]:
    heard: list[int] = []
    while not heard or heard[-1] < revision:
        heard.append(int(await asyncio.wait_for(socket.recv(), 10)))
    return heard


def test_a_follower_hears_the_newest_at_once_and_after_a_burst_the_last(
    server: Server, cookie: str
) -> None:
    async def listen() -> tuple[int, list[int]]:
        async with open_socket(server, cookie=cookie, origin=server.url) as socket:
            first = int(await asyncio.wait_for(socket.recv(), 10))
            await ask(server, 60)
            return first, await hear_until(socket, first + 60)

    first, heard = asyncio.run(listen())

    assert heard == sorted(set(heard))
    assert heard[-1] == first + 60
    assert len(heard) < 40  # fewer than it would be without the pause between two


def test_what_a_desk_does_is_heard_sooner_than_what_phones_send(server: Server) -> None:
    ((name, value),) = server.cookies(Role.MODERATOR).items()
    cookie = f"{name}={value}"

    async def time_to_hear(
        socket: ClientConnection, changes: list[Coroutine[Any, Any, None]]
    ) -> float:
        begun = time.perf_counter()
        for each in changes:
            await each
            await asyncio.wait_for(socket.recv(), 10)
        return time.perf_counter() - begun

    async def listen() -> tuple[float, float]:
        await ask(server, 9)
        desk = await Desk.open(server.port, cookie)
        async with open_socket(server, cookie=cookie, origin=server.url) as socket:
            await socket.recv()
            deeds = await time_to_hear(socket, [desk.approve(each) for each in list(desk.rows)[:8]])
            phones = await time_to_hear(socket, [ask(server, 1) for _ in range(8)])
        await desk.close()
        return deeds, phones

    deeds, phones = asyncio.run(listen())

    assert deeds < phones


@pytest.mark.parametrize(
    ("with_cookie", "slug", "code"),
    [
        (False, "dong-nai-2022", 4403),
        (True, "nowhere", 4404),
    ],
)
def test_who_may_not_listen_hears_nothing(
    server: Server, cookie: str, with_cookie: bool, slug: str, code: int
) -> None:
    async def listen() -> None:
        used = cookie if with_cookie else ""
        async with open_socket(server, cookie=used, slug=slug) as socket:
            await asyncio.wait_for(socket.recv(), 10)

    with pytest.raises(ConnectionClosed) as closed:
        asyncio.run(listen())

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == code


def test_a_cookie_that_nobody_was_given_opens_nothing(server: Server) -> None:
    async def listen() -> None:
        async with open_socket(server, cookie=f"{SESSION_COOKIE}=guessed") as socket:
            await asyncio.wait_for(socket.recv(), 10)

    with pytest.raises(ConnectionClosed):
        asyncio.run(listen())
