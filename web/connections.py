"""Connections: whoever keeps one without using it gives way, by a deadline and where room is short.

The framework starts uvicorn and hands it none of these as options. uvicorn itself ends only what
is idle between two requests, so that a thousand who send nothing, or a byte a second, would close
the hall.
"""

import asyncio
import re
from asyncio import TimerHandle
from socket import socket
from typing import Any

from starlette.requests import HTTPConnection
from uvicorn import Server
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from web import browsers
from web.crowd import crowd

HEADERS_WITHIN_SECONDS = 15.0
# A body has more time the longer it says that it is, so that staff can upload from a slow line.
BODY_WITHIN_SECONDS = 20.0
SENDS_BYTES_PER_SECOND = 16_384
# Whoever asks for more than fits on the way has to read it, at least as fast as a bad line does.
READS_ON_WITHIN_SECONDS = 30.0
READS_BYTES_PER_SECOND = 1_024
MOST_MESSAGE_BYTES = 1_048_576
# A stranger finds no page behind the framework's socket that has anything to fill in.
MOST_MESSAGE_BYTES_OF_STRANGERS = 65_536


def guard_every_server() -> None:
    """Let every uvicorn of this process, however it is started, make connections of ours."""
    startup = Server.startup

    async def guarded(server: Server, sockets: list[socket] | None = None) -> None:
        server.config.http_protocol_class = Connection
        server.config.ws_protocol_class = SocketConnection
        await startup(server, sockets)

    Server.startup = guarded  # type: ignore[assignment, method-assign]


class Connection(HttpToolsProtocol):
    """A connection that speaks HTTP: the client's turn does not last for ever."""

    _deadline: TimerHandle | None = None
    _reading: TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a place, where there is one."""
        super().connection_made(transport)
        crowd.come(transport)
        self._await_client()

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        super().connection_lost(exc)
        self._stop()
        crowd.go(self.transport)

    def on_headers_complete(self) -> None:
        """Begin to wait for the body."""
        super().on_headers_complete()
        self._await_client()

    def on_message_complete(self) -> None:
        """Wait for nothing more while the answer is made."""
        super().on_message_complete()
        self._await_client()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._await_client()

    def handle_websocket_upgrade(self) -> None:
        """Leave the connection, and its place, to the socket."""
        self._stop()
        crowd.works(self.transport)
        super().handle_websocket_upgrade()

    def pause_writing(self) -> None:
        """Begin to wait for the client to read on."""
        super().pause_writing()
        self._reads_on(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """Wait no more: it has read."""
        super().resume_writing()
        if self._reading:
            self._reading.cancel()
        self._reading = None
        self._await_client()

    def _await_client(self) -> None:
        """Set the deadline of what the client has to do next; none while we have to."""
        if self._deadline:
            self._deadline.cancel()
        self._deadline = None
        seconds = self._seconds()
        if seconds is None:
            crowd.works(self.transport)
        else:
            crowd.waits(self.transport)
            self._deadline = self.loop.call_later(seconds, self.transport.abort)

    def _seconds(self) -> float | None:
        if self.cycle is None or self.cycle.response_complete:
            return HEADERS_WITHIN_SECONDS
        if not self.cycle.more_body:
            return None
        declared = next((value for name, value in self.headers if name == b"content-length"), b"")
        length = int(declared) if re.fullmatch(rb"\d{1,9}", declared) else 0
        return BODY_WITHIN_SECONDS + length / SENDS_BYTES_PER_SECOND

    def _reads_on(self, left: int) -> None:
        crowd.waits(self.transport)
        self._reading = self.loop.call_later(READS_ON_WITHIN_SECONDS, self._look_at_reading, left)

    def _look_at_reading(self, left: int) -> None:
        now_left = self.transport.get_write_buffer_size()
        if left - now_left < READS_ON_WITHIN_SECONDS * READS_BYTES_PER_SECOND:
            self.transport.abort()
        else:
            self._reads_on(now_left)

    def _stop(self) -> None:
        for timer in (self._deadline, self._reading):
            if timer:
                timer.cancel()
        self._deadline = self._reading = None


class SocketConnection(WebSocketsSansIOProtocol):
    """A connection that has become a WebSocket: what may be sent at once depends on by whom."""

    def __init__(self, *given: Any, **options: Any) -> None:
        """Begin as a stranger's."""
        super().__init__(*given, **options)
        self.conn.max_message_size = MOST_MESSAGE_BYTES_OF_STRANGERS

    def handle_connect(self, event: Request) -> None:
        """Let a browser that was let in before send more."""
        headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in event.headers.raw_items()
        ]
        if browsers.known(HTTPConnection({"type": "websocket", "headers": headers})):
            self.conn.max_message_size = MOST_MESSAGE_BYTES
        super().handle_connect(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the connection's place back."""
        super().connection_lost(exc)
        crowd.go(self.transport)
