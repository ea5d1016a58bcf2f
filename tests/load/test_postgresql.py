"""The same app on PostgreSQL: what one replica takes, a page of another hears of."""

import asyncio
from pathlib import Path

import httpx
from websockets.asyncio.client import connect

from dialogue.roles import Role
from tests.server import Server

PATH = "/api/events/dong-nai-2022/questions"


def test_two_replicas_serve_one_event(postgresql_url: str, tmp_path: Path) -> None:
    first = Server(postgresql_url, tmp_path / "first.log")
    second = Server(postgresql_url, tmp_path / "second.log")
    ((name, value),) = first.cookies(Role.SCREEN).items()
    cookie = {"Cookie": f"{name}={value}"}

    async def ask_here_listen_there() -> tuple[int, int, int]:
        address = f"{second.url.replace('http', 'ws')}/live/dong-nai-2022"
        async with connect(address, additional_headers=cookie) as socket:
            before = int(await asyncio.wait_for(socket.recv(), 10))
            async with httpx.AsyncClient(base_url=first.url) as client:
                body = {"text": "Câu hỏi gửi đến máy kia ạ", "district": "731", "consent": True}
                answer = await client.post(PATH, json=body, headers={"Idempotency-Key": "k"})
            after = int(await asyncio.wait_for(socket.recv(), 10))
        async with httpx.AsyncClient(base_url=second.url) as client:
            again = await client.post(PATH, json=body, headers={"Idempotency-Key": "k"})
        assert answer.json() == again.json()
        return answer.status_code, before, after

    first.start()
    second.start()
    try:
        assert asyncio.run(ask_here_listen_there()) == (201, 0, 1)
    finally:
        first.stop()
        second.stop()
