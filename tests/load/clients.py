"""Clients that cost little, so that a measurement is one of the server."""

import asyncio
import json
import time
from itertools import count

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

TEXT = "Khi nào các ấp vùng sâu của huyện em có sóng 4G ổn định để học trực tuyến ạ"
_keys = count()


async def submissions_per_second(port: int, *, phones: int, seconds: float) -> float:
    """Submit from many phones at once, each as soon as its last question is acknowledged."""
    until = time.monotonic() + seconds
    started = time.monotonic()
    counts = await asyncio.gather(*(_submit_until(port, until) for _ in range(phones)))
    return sum(counts) / (time.monotonic() - started)


async def reruns_per_second(
    port: int, *, page: str, sessions: int, seconds: float, cookie: str = ""
) -> float:
    """Rerun a page in many sessions at once, each as soon as its last run is finished."""
    async with asyncio.TaskGroup() as opening:
        opened = [opening.create_task(_open_session(port, page, cookie)) for _ in range(sessions)]
    sockets = [each.result() for each in opened]
    until = time.monotonic() + seconds
    started = time.monotonic()
    counts = await asyncio.gather(*(_rerun_until(socket, page, until) for socket in sockets))
    taken = time.monotonic() - started
    await asyncio.gather(*(socket.close() for socket in sockets))
    return sum(counts) / taken


async def _submit_until(port: int, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = json.dumps({"text": TEXT, "district": "731", "consent": True}).encode()
    acknowledged = 0
    while time.monotonic() < until:
        writer.write(
            b"POST /api/events/dong-nai-2022/questions HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/json\r\n"
            + f"Idempotency-Key: load-{next(_keys)}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length")
        )
        await reader.readexactly(length)
        assert b" 201 " in head.splitlines()[0], head
        acknowledged += 1
    writer.close()
    return acknowledged


async def _open_session(port: int, page: str, cookie: str) -> ClientConnection:
    socket = await connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        additional_headers={"Cookie": cookie} if cookie else {},
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        ping_interval=None,
    )
    await _rerun(socket, page)
    return socket


async def _rerun_until(socket: ClientConnection, page: str, until: float) -> int:
    reruns = 0
    while time.monotonic() < until:
        await _rerun(socket, page)
        reruns += 1
    return reruns


async def _rerun(socket: ClientConnection, page: str) -> None:
    asked = BackMsg()
    asked.rerun_script.page_name = page
    await socket.send(asked.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await socket.recv(decode=False))
        if answer.WhichOneof("type") == "script_finished":
            return
