"""The live socket: who may listen, what they hear, and how often."""

import asyncio
import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from access.visitors import SESSION_COOKIE
from dialogue.roles import Role
from tests.server import ROOT, Server

_keys = count()
PATH = "/api/events/dong-nai-2022/questions"


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


def test_a_district_that_an_operator_adds_is_on_open_pages_within_a_second(
    server: Server, cookie: str, tmp_path: Path
) -> None:
    sample = ROOT / "events" / "dong-nai-2022.toml"
    tan_hoa = '[[districts]]\ncode = "733"\nname = "Huyện Tân Hòa"\nshort_name = "Tân Hòa"\n'
    file = tmp_path / "dong-nai-2022.toml"
    file.write_text(sample.read_text(encoding="utf-8") + tan_hoa, encoding="utf-8")
    (tmp_path / "dong-nai-2022.geojson").touch()
    asked = {"text": "Bao giờ xã em có sóng 4G ạ", "district": "733", "consent": True}

    def load(file: Path) -> None:
        subprocess.run(
            [sys.executable, "-m", "manage", "load-event", str(file)],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": server.database_url},
            check=True,
        )

    async def send(client: httpx.AsyncClient) -> int:
        answer = await client.post(PATH, json=asked, headers={"Idempotency-Key": "tan-hoa"})
        return answer.status_code

    async def listen() -> str:
        async with (
            httpx.AsyncClient(base_url=server.url) as client,
            open_socket(server, cookie=cookie, origin=server.url) as socket,
        ):
            await socket.recv()
            # Now the lists are at hand against which a phone's question is checked.
            assert await send(client) == 422
            await asyncio.to_thread(load, file)
            async with asyncio.timeout(1):
                await socket.recv()
                page = await client.get("/ask/dong-nai-2022")
                while await send(client) != 201:
                    pass
        return page.text

    assert "Tân Hòa" in asyncio.run(listen())


@pytest.mark.parametrize(
    ("with_cookie", "slug", "code"),
    [
        (False, "dong-nai-2022", 4403),
        (True, "nowhere", 4404),
    ],
)
def test_who_may_not_listen_hears_nothing(
    server: Server, with_cookie: bool, slug: str, code: int
) -> None:
    # A screen belongs to one event; a moderator may be one of all.
    ((name, value),) = server.cookies(Role.MODERATOR).items()

    async def listen() -> None:
        used = f"{name}={value}" if with_cookie else ""
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
