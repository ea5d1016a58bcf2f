import asyncio
from typing import Any

import pytest
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


def test_an_address_opens_no_more_sockets_than_it_may_and_gets_them_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(protection, "MOST_SOCKETS_OF_AN_ADDRESS", 2)
    monkeypatch.setattr(protection, "MOST_SOCKETS", 3)

    async def story() -> list[list[Any]]:
        gate = asyncio.Event()

        async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
            await gate.wait()

        guarded, wires = Protection(app), [Wire() for _ in range(6)]
        open_ = [
            asyncio.create_task(guarded(scope(address), wish, wire.send))
            for address, wire in zip(["a", "a", "a", "b", "c"], wires, strict=False)
        ]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*open_)
        await guarded(scope("a"), wish, wires[5].send)
        return [wire.sent for wire in wires]

    closed = [{"type": "websocket.close", "code": protection.TRY_AGAIN_LATER}]
    assert asyncio.run(story()) == [[], [], closed, [], closed, []]


def test_a_browser_on_https_is_told_to_stay_there() -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    wire = Wire()
    asyncio.run(Protection(app)(scope(kind="http", scheme="https"), wish, wire.send))

    headers = dict(wire.sent[0]["headers"])
    assert headers[b"strict-transport-security"] == protection.STAY_ON_HTTPS.encode()
