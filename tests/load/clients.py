"""Clients that cost little, so that a measurement is one of the server."""

import asyncio
import json
import time
from collections.abc import Callable
from itertools import count
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

SLUG = "dong-nai-2022"
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

    def __init__(self, socket: ClientConnection, page: str, query: str) -> None:
        """Take over an open socket; `query` is the page's part of the address."""
        self.socket = socket
        self._page, self._query = page, query
        self._fragment = ""

    async def rerun(self, *, fragment: bool) -> None:
        """Ask for a rerun and wait for its end."""
        asked = BackMsg()
        asked.rerun_script.page_name = self._page
        asked.rerun_script.query_string = self._query
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
        opened = [opening.create_task(open_session(port, page, cookie)) for _ in range(sessions)]
    ready = [each.result() for each in opened]
    until = time.monotonic() + seconds
    started = time.monotonic()
    counts = await asyncio.gather(*(_rerun_until(each, until, fragment=fragment) for each in ready))
    taken = time.monotonic() - started
    await asyncio.gather(*(each.socket.close() for each in ready))
    return sum(counts) / taken


class Connection:
    """An HTTP connection that is kept."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take over an open connection."""
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> Self:
        """Connect."""
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, request: bytes, *, status: int) -> bytes:
        """Send a request, check the status of the answer, and return its body."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        assert b" %d " % status in head.splitlines()[0], head
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length")
        )
        return await self._reader.readexactly(length)

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


class Phone(Connection):
    """A phone that keeps its connection and sends one question after the other."""

    async def submit(self, **fields: str) -> None:
        """Send a question, and return once it is acknowledged."""
        body = json.dumps({"text": TEXT, "district": "731", "consent": True, **fields}).encode()
        await self.ask(
            f"POST /api/events/{SLUG}/questions HTTP/1.1\r\nHost: localhost\r\n"
            "Content-Type: application/json\r\n"
            f"Idempotency-Key: load-{next(_keys)}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body,
            status=201,
        )


class Page:
    """A browser on a live page: it follows each revision, as live_signal.js does.

    `revision` is that of what is drawn.
    """

    NAME = ""

    def __init__(self, stream: ClientConnection, query: str) -> None:
        """Take over an open socket; `query` is the page's part of the address."""
        self.revision = -1
        self._stream, self._query = stream, query
        self._asked = -1
        self._page = ""
        self._fragment = ""
        self._triggers: dict[str, str] = {}
        self._cached: dict[str, str] = {}
        self._news = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []

    @classmethod
    async def open(cls, port: int, cookie: str, *, query: str = "") -> Self:
        """Open the page with a query, and begin to follow the event."""
        page = cls(await open_stream(port, cookie), query)
        await page._rerun()
        page._tasks.append(asyncio.create_task(page._read()))
        await page.until(lambda: page.revision >= 0)
        await page._connect(port, cookie)
        page._tasks.append(asyncio.create_task(page._listen(port, cookie)))
        return page

    async def close(self) -> None:
        """Leave."""
        for each in self._tasks:
            each.cancel()
        # A socket that nobody waits for is left open when the loop ends.
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._stream.close()

    async def until(self, met: Callable[[], bool]) -> None:
        """Wait for what the page draws."""
        async with self._news:
            await self._news.wait_for(met)

    async def _connect(self, port: int, cookie: str) -> None:
        """Open what the page needs besides its stream."""

    async def _listen(self, port: int, cookie: str) -> None:
        address = f"ws://127.0.0.1:{port}/live/{SLUG}"
        async with connect(address, additional_headers={"Cookie": cookie}) as socket:
            async for said in socket:
                if int(said) > max(self.revision, self._asked):
                    self._asked = int(said)
                    await self._follow()

    async def _follow(self) -> None:
        """Rerun the fragment for what was heard last."""
        await self._rerun("signal", "revision", self._asked)

    async def _rerun(self, component: str = "", event: str = "", value: Any = None) -> None:
        asked = BackMsg()
        asked.rerun_script.page_name = "" if self._page else self.NAME
        asked.rerun_script.page_script_hash = self._page
        asked.rerun_script.query_string = self._query
        asked.rerun_script.fragment_id = self._fragment
        asked.rerun_script.cached_message_hashes.extend(self._cached.values())
        if component:
            trigger = asked.rerun_script.widget_states.widgets.add()
            trigger.id = self._triggers[component]
            trigger.json_trigger_value = json.dumps([{"event": event, "value": value}])
        await self._stream.send(asked.SerializeToString())

    async def _read(self) -> None:
        async for message in self._stream:
            answer = ForwardMsg()
            answer.ParseFromString(message)
            # As a page that is known goes on; by its name it would begin anew.
            self._page = answer.navigation.page_script_hash or self._page
            component = answer.delta.new_element.bidi_component
            if component.id:
                async with self._news:
                    self._take(answer, component.id.rsplit("-", 1)[-1])
                    self._news.notify_all()

    def _take(self, answer: ForwardMsg, name: str) -> None:
        component = answer.delta.new_element.bidi_component
        self._fragment = answer.delta.fragment_id or self._fragment
        self._triggers[name] = f"$$STREAMLIT_INTERNAL_KEY_{component.id}__events"
        if answer.metadata.cacheable:
            self._cached[name] = answer.hash
        if name == "signal":
            self.revision = json.loads(component.json)["revision"]
        else:
            self._show(name, json.loads(component.bytes or component.json))

    def _show(self, name: str, data: Any) -> None:
        """Take what a component of the page draws."""


class Reader(Page):
    """A page that reads what it draws when it hears of a change, as source.js does."""

    def __init__(self, stream: ClientConnection, query: str) -> None:
        """Take over an open socket; `query` is the page's part of the address."""
        super().__init__(stream, query)
        self._source = ""
        self._head = ""
        self._connection: Connection | None = None

    async def close(self) -> None:
        """Leave."""
        await super().close()
        if self._connection:
            self._connection.close()

    async def _connect(self, port: int, cookie: str) -> None:
        self._head = f"Host: localhost\r\nCookie: {cookie}\r\nOrigin: http://localhost\r\n"
        self._connection = await Connection.open(port)

    async def _follow(self) -> None:
        assert self._connection
        request = f"GET {self._source} HTTP/1.1\r\n{self._head}\r\n".encode()
        answer = json.loads(await self._connection.ask(request, status=200))
        async with self._news:
            self._draw(answer)
            self._news.notify_all()

    def _draw(self, answer: dict[str, Any]) -> None:
        """Take what was read."""


class Desk(Reader):
    """A moderator's browser at the desk, which sends commands as outbox.js does.

    `rows` are what its list shows, by number, `queue` what its queue shows, in its order, and
    `counts` the questions by state.
    """

    NAME = "desk"

    def __init__(self, stream: ClientConnection, query: str) -> None:
        """Take over an open socket; `query` is the view's part of the address."""
        super().__init__(stream, query)
        self.rows: dict[int, dict[str, Any]] = {}
        self.queue: list[dict[str, Any]] = []
        self.on_stage: list[dict[str, Any]] = []
        self.counts: dict[str, int] = {}
        self._page_name = f"load-{next(_keys)}"
        self._places = count(1)
        self._turn = asyncio.Lock()

    async def approve(self, number: int) -> None:
        """Press the button of a question; `rows` tells when it is done."""
        await self.press("approve", self.rows[number])

    async def press(self, action: str, row: dict[str, Any]) -> None:
        """Press a button of a row on one of the lists."""
        assert self._connection
        seen = [[row["number"], row["version"]]]
        command = {"action": action, "seen": seen, "place": next(self._places)}
        sent = {"page": self._page_name, "commands": [command], "lists": self._source}
        body = json.dumps(sent).encode()
        request = (
            f"POST /commands/{SLUG}?lang=vi HTTP/1.1\r\n{self._head}"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body
        async with self._turn:
            answer = json.loads(await self._connection.ask(request, status=200))
            self._asked = max(self._asked, answer["revision"])
        async with self._news:
            self._draw(answer["lists"])
            self._news.notify_all()

    async def _follow(self) -> None:
        async with self._turn:
            await super()._follow()

    def _draw(self, answer: dict[str, Any]) -> None:
        for name in ("inbox", "stage", "queue"):
            self._take_list(name, answer[name])

    def _show(self, name: str, data: Any) -> None:
        if name == "inbox":
            self._source = data["frame"]["source"]
        if name in ("inbox", "stage", "queue"):
            self._take_list(name, data["listed"])

    def _take_list(self, name: str, listed: dict[str, Any]) -> None:
        if name == "inbox":
            self.revision = listed["revision"]
            self.rows = {each["number"]: each for each in listed["rows"]}
            self.counts = {each["code"]: each["count"] for each in listed["inbox"]["tabs"]}
        if name == "queue":
            self.queue = listed["rows"]
        if name == "stage":
            self.on_stage = listed["rows"]


class Screen(Reader):
    """A screen of the hall, which reads its scene; `scene` is the last."""

    NAME = "projector"

    def __init__(self, stream: ClientConnection, query: str) -> None:
        """Take over an open socket; `query` may ask for the overlay."""
        super().__init__(stream, query)
        self.scene: dict[str, Any] = {}

    def _draw(self, answer: dict[str, Any]) -> None:
        self.scene, self.revision = answer["scene_data"], answer["revision"]

    def _show(self, name: str, data: Any) -> None:
        if name == "stage":
            self._source, self.scene = data["source"], data["scene_data"]


async def _submit_until(port: int, until: float) -> int:
    phone = await Phone.open(port)
    acknowledged = 0
    while time.monotonic() < until:
        await phone.submit()
        acknowledged += 1
    phone.close()
    return acknowledged


async def open_stream(port: int, cookie: str) -> ClientConnection:
    """Open the framework's socket, as a page does."""
    return await connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        additional_headers={"Cookie": cookie} if cookie else {},
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        ping_interval=None,
    )


async def open_session(port: int, page: str, cookie: str, *, query: str = "") -> Session:
    """Open a page, and return once it has run."""
    session = Session(await open_stream(port, cookie), page, query)
    await session.rerun(fragment=False)
    return session


async def _rerun_until(session: Session, until: float, *, fragment: bool) -> int:
    reruns = 0
    while time.monotonic() < until:
        await session.rerun(fragment=fragment)
        reruns += 1
    return reruns
