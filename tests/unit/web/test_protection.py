import asyncio
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from web import protection
from web.protection import Protection


def scope(address: str = "192.0.2.1", *, kind: str = "websocket", scheme: str = "ws") -> Scope:
    return {
        "type": kind,
        "path": "/live/x",
        "scheme": scheme,
        "method": "GET",
        "query_string": b"",
        "headers": [(b"host", b"h")],
        "client": (address, 1),
        "server": ("h", 80),
    }


async def wish() -> Message:
    return {"type": "websocket.connect"}


class Wire:
    """Keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    async def send(self, message: Message) -> None:
        self.sent.append(message)


def test_a_browser_on_https_is_told_to_stay_there() -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    wire = Wire()
    asyncio.run(Protection(app)(scope(kind="http", scheme="https"), wish, wire.send))

    headers = dict(wire.sent[0]["headers"])
    assert headers[b"strict-transport-security"] == protection.STAY_ON_HTTPS.encode()
