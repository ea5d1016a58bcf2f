"""Connections that are kept without being used, at a real uvicorn and at the real server."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

import settings
from tests.load.test_protection import PATH, RIGHT
from tests.server import SECRET, Server
from web import browsers, connections, cookies
from web.connections import guard_every_server

LARGE = b"a" * 30_000_000
HEAD = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 40\r\n\r\n"
GET = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"


async def answers_in_full(_scope: Scope, receive: Receive, send: Send) -> None:
    """Read the body, then answer; with very much where the path is /large."""
    message = await receive()
    while message.get("more_body"):
        message = await receive()
    body = LARGE if _scope["path"] == "/large" else b"ok"
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def uvicorn_server() -> AsyncIterator[tuple[int, set[Any]]]:
    """Serve here; give out the port, and the connections that are open."""
    guard_every_server()
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(answers_in_full, lifespan="off", log_level="error"))
    serving = asyncio.create_task(server._serve([listening]))
    yield listening.getsockname()[1], server.server_state.connections
    server.should_exit = True
    server.force_exit = True
    await serving


async def until_closed(reader: asyncio.StreamReader) -> bytes:
    """Read until the server has closed the connection."""
    try:
        return await asyncio.wait_for(reader.read(), 60)
    except ConnectionError:
        return b""


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what uvicorn does not tell."""
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def drip(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Send a byte at a time for ever."""
    while not writer.is_closing():
        writer.write(data)
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("begins_with", "drips"),
    [
        (b"", b""),
        (b"", b"\r\n"),
        (b"GET / HTTP/1.1\r\nX: ", b"a"),
        (HEAD, b""),
        (HEAD.replace(b"40", b"9000"), b"a"),
        (HEAD.replace(b"Content-Length: 40", b"Transfer-Encoding: chunked"), b"1\r\na\r\n"),
        (GET, b"\r\n"),
        (GET + b"GET / HTTP/1.1\r\nX: ", b"a"),
    ],
)
def test_a_connection_that_is_silent_or_slow_is_closed(
    monkeypatch: pytest.MonkeyPatch, begins_with: bytes, drips: bytes
) -> None:
    monkeypatch.setattr(connections, "HEADERS_WITHIN_SECONDS", 0.3)
    monkeypatch.setattr(connections, "BODY_WITHIN_SECONDS", 0.3)

    async def story() -> bytes:
        async with uvicorn_server() as (port, _):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(begins_with)
            dripping = asyncio.create_task(drip(writer, drips))
            received = await until_closed(reader)
            dripping.cancel()
            writer.close()
            return received

    received = asyncio.run(story())

    # It may have been closed before the first request was read, where the machine was so busy.
    assert received.count(b" 200 ") <= begins_with.count(GET)


def test_who_does_not_read_on_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "READS_ON_WITHIN_SECONDS", 0.3)

    async def story() -> int:
        async with uvicorn_server() as (port, open_):
            # What is not taken here stays with the server.
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1_000)
            writer.write(GET.replace(b"/", b"/large", 1))
            await until(lambda: bool(open_))
            await until(lambda: not open_)
            received = len(await until_closed(reader))
            writer.close()
            return received

    assert asyncio.run(story()) < len(LARGE)


def test_who_reads_and_sends_as_lines_do_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEADERS_WITHIN_SECONDS", 5.0)

    async def story() -> tuple[bytes, int]:
        async with uvicorn_server() as (port, _):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for part in (HEAD[:20], HEAD[20:], b"a" * 20, b"a" * 20, GET):
                writer.write(part)
                await asyncio.sleep(0.05)
            writer.write(
                GET.replace(b"/", b"/large", 1).replace(b"h\r\n", b"h\r\nConnection: close\r\n")
            )
            received = await until_closed(reader)
            writer.close()
            return received[:15], len(received)

    begins, length = asyncio.run(story())

    assert begins == b"HTTP/1.1 200 OK"
    assert length > len(LARGE)


def test_a_thousand_who_are_silent_do_not_close_the_hall(sqlite_url: str, tmp_path: Path) -> None:
    server = Server(sqlite_url, tmp_path / "server.log", FORWARDED_ALLOW_IPS="")
    server.files = (256, 700)
    server.start()

    async def story() -> list[int]:
        silent = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(1_000)]
        async with httpx.AsyncClient(
            base_url=server.url, headers={"Origin": server.url}, timeout=60
        ) as phone:
            statuses = [
                (await phone.get("/ask/dong-nai-2022")).status_code,
                (await phone.get("/assets/ask.js")).status_code,
                (await phone.get("/_stcore/health")).status_code,
                (
                    await phone.post(PATH, json=RIGHT, headers={"Idempotency-Key": "among-many"})
                ).status_code,
            ]
        # All of them are closed, those that had room too.
        await asyncio.gather(*(until_closed(reader) for reader, _ in silent))
        for _, writer in silent:
            writer.close()
        return statuses

    statuses = asyncio.run(story())
    server.stop()

    assert statuses == [200, 200, 200, 201]
    assert "Traceback" not in server.log.read_text()
    assert "Too many open files" not in server.log.read_text()


def test_a_stranger_sends_little_at_once_and_a_browser_that_was_let_in_more(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOGUE_SECRET", SECRET)
    settings.current.cache_clear()
    mark = browsers.marked(HTTPConnection({"type": "http", "headers": []}))
    monkeypatch.undo()
    settings.current.cache_clear()

    async def code(size: int, cookie: str) -> int | None:
        async with connect(
            f"{server.url.replace('http', 'ws')}/_stcore/stream",
            additional_headers={"Cookie": cookie},
            max_size=None,
        ) as stream:
            try:
                await stream.send(b"\xff" * size)
                while True:
                    await asyncio.wait_for(stream.recv(), 60)
            except ConnectionClosed:
                return stream.close_code

    async def story() -> list[int | None]:
        let_in = f"{cookies.BROWSER}={mark}"
        return [
            await code(connections.MOST_MESSAGE_BYTES_OF_STRANGERS, ""),
            await code(connections.MOST_MESSAGE_BYTES_OF_STRANGERS + 1, ""),
            await code(connections.MOST_MESSAGE_BYTES_OF_STRANGERS + 1, let_in),
            await code(connections.MOST_MESSAGE_BYTES + 1, let_in),
        ]

    unreadable, too_big = 1003, 1009
    assert asyncio.run(story()) == [unreadable, too_big, unreadable, too_big]


def test_what_strangers_send_that_cannot_be_read_is_a_line_in_the_log_and_no_more(
    server: Server,
) -> None:
    async def story() -> list[int | None]:
        codes = []
        messages: list[str | bytes] = ["text", b"\xff" * 100]
        for message in messages * 5:
            async with connect(f"{server.url.replace('http', 'ws')}/_stcore/stream") as stream:
                await stream.send(message)
                with suppress(ConnectionClosed):
                    while True:
                        await asyncio.wait_for(stream.recv(), 60)
                codes.append(stream.close_code)
        for _ in range(100):
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"\x00 nonsense\r\n\r\n")
            await until_closed(reader)
            writer.close()
        return codes

    before = len(server.log.read_text())
    codes = asyncio.run(story())
    written = server.log.read_text()[before:]

    assert codes == [1003] * 10
    assert "Traceback" not in written
    assert written.count("Invalid HTTP request received.") <= written.count("more before") + 1
