"""Open sockets: how many, and how often they may speak; strangers of a network share theirs."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.types import Message, Receive

import settings
from web import browsers, budgets, framework, networks
from web.problems import TooMany

UNREADABLE = 1003
MOST = 6_000
MOST_OF_STRANGERS = 1_000


@dataclass(frozen=True, slots=True)
class SocketShare:
    """What one browser that was let in, or all strangers of one network, may have and send.

    At the framework's socket each message may start a page's script anew.
    """

    sockets: int
    messages_per_second: float
    messages_at_once: int


# A person has some tabs open, each with two sockets, and a screen one. A stranger finds nothing
# behind the framework's pages but the way to the phone page and to signing in.
OF_A_BROWSER = SocketShare(sockets=100, messages_per_second=40, messages_at_once=120)
OF_STRANGERS = SocketShare(sockets=100, messages_per_second=10, messages_at_once=40)


class Pace:
    """Spreads what comes too fast over time."""

    def __init__(self, share: SocketShare) -> None:
        """Begin with all that may come at once."""
        self._interval = 1 / share.messages_per_second
        self._ahead = share.messages_at_once * self._interval
        self._due = 0.0

    def wait(self, now: float) -> float:
        """Return for how many seconds the next message has to wait."""
        self._due = max(self._due, now - self._ahead) + self._interval
        return max(0.0, self._due - now)


class Sockets:
    """All sockets that are open."""

    def __init__(self) -> None:
        """Begin with none."""
        self._open: Counter[str] = Counter()
        self._paces: dict[str, Pace] = {}

    @contextmanager
    def place(self, connection: HTTPConnection, receive: Receive) -> Iterator[Receive]:
        """Keep a place while a socket is open, and give out how it receives, at its pace.

        Raises:
            TooMany: there is none.
        """
        if settings.current().limits == "off":
            yield receive
            return
        budgets.spend_on_opening(connection)
        browser = browsers.known(connection)
        share = OF_A_BROWSER if browser else OF_STRANGERS
        key = f"browser {browser}" if browser else f"network {networks.of(connection)}"
        counted = [key, "all"] if browser else [key, "strangers", "all"]
        most = {key: share.sockets, "strangers": MOST_OF_STRANGERS, "all": MOST}
        if any(self._open[each] >= most[each] for each in counted):
            raise TooMany(seconds=5)
        self._open.update(counted)
        pace = self._paces.setdefault(key, Pace(share))
        try:
            yield _paced(receive, pace)
        finally:
            self._open.subtract(counted)
            if not self._open[key]:
                del self._open[key], self._paces[key]


def _paced(receive: Receive, pace: Pace) -> Receive:
    async def receiving() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive":
            await asyncio.sleep(pace.wait(time.monotonic()))
        return message

    return receiving


class Readable:
    """Receives what the framework's socket can read, and ends at what it cannot.

    The framework would write its whole way into the log each time, for whoever likes to see that.
    """

    def __init__(self, receive: Receive) -> None:
        """Receive from a socket."""
        self._receive = receive
        self.has_failed = False

    async def __call__(self) -> Message:
        """Return the next message; the end of the socket instead of one that is not readable."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        if framework.can_read(message.get("bytes") or b"\xff"):
            return message
        self.has_failed = True
        return {"type": "websocket.disconnect", "code": UNREADABLE}
