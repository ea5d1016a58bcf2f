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


class Session:
    """A browser's session: it opens a page, and reruns it or the last of its fragments."""

    def __init__(self, socket: ClientConnection, page: str) -> None:
        """Take over an open socket."""
        self.socket = socket
        self._page = page
        self._fragment = ""

    async def rerun(self, *, fragment: bool) -> None:
        """Ask for a rerun and wait for its end."""
        asked = BackMsg()
        asked.rerun_script.page_name = self._page
        if fragment:
            asked.rerun_script.fragment_id = self._fragment
        await self.socket.send(asked.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await self.socket.recv(decode=False))
            self._fragment = answer.delta.fragment_id or self._fragment
            if answer.WhichOneof("type") == "script_finished":
                return


async def reruns_per_second(
    port: int, *, page: str, fragment: bool, sessions: int, seconds: float, cookie: str = ""
) -> float:
    """Rerun a page, or its fragment, in many sessions at once, each as soon as it has finished."""
    async with asyncio.TaskGroup() as opening:
        opened = [opening.create_task(_open_session(port, page, cookie)) for _ in range(sessions)]
    ready = [each.result() for each in opened]
    until = time.monotonic() + seconds
    started = time.monotonic()
    counts = await asyncio.gather(*(_rerun_until(each, until, fragment=fragment) for each in ready))
    taken = time.monotonic() - started
    await asyncio.gather(*(each.socket.close() for each in ready))
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


async def _open_session(port: int, page: str, cookie: str) -> Session:
    socket = await connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        additional_headers={"Cookie": cookie} if cookie else {},
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        ping_interval=None,
    )
    session = Session(socket, page)
    await session.rerun(fragment=False)
    return session


async def _rerun_until(session: Session, until: float, *, fragment: bool) -> int:
    reruns = 0
    while time.monotonic() < until:
        await session.rerun(fragment=fragment)
        reruns += 1
    return reruns
