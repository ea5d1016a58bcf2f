"""The routes of the app are the one table: of what is ours, and of every address in the code."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from starlette.routing import BaseRoute, Match, Mount, Route, WebSocketRoute
from starlette.types import Message, Receive, Scope, Send

import app
from web import protection
from web.addresses import Addresses
from web.protection import Protection

ROOT = Path(__file__).parents[3]
FOLDERS = ("access", "audience", "components", "live", "pages", "reports", "web")
# A path that the code writes out for a browser, with what it fills in.
WRITTEN = re.compile(r"(?:under|address|link\.show|link\.follow)\(\s*(?:\w+, )?f?\"(/[a-z][^\"?]*)")


def patterns(routes: Iterable[BaseRoute], before: str = "") -> Iterator[str]:
    for route in routes:
        match route:
            case Mount(routes=[]):
                yield f"{before}{route.path}/x"
            case Mount():
                yield from patterns(route.routes, before + route.path)
            case Route() | WebSocketRoute():
                yield before + route.path


def policy(path: str) -> str:
    """Return the policy that an answer from a path has."""
    sent: list[Message] = []

    async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "scheme": "http", "query_string": b""}
    asked = {**scope, "path": path, "headers": [(b"host", b"h")], "client": ("192.0.2.1", 1)}
    asyncio.run(Addresses(Protection(answer), doors=app.doors)(asked, receive, send))
    headers: dict[bytes, bytes] = dict(sent[0]["headers"])
    return headers[b"content-security-policy"].decode()


@pytest.mark.parametrize("pattern", sorted({*patterns(app.routes)}))
def test_every_route_of_ours_has_our_policy(pattern: str) -> None:
    assert policy(re.sub(r"{[^}]+}", "1", pattern)) == protection.OUR_POLICY


@pytest.mark.parametrize("path", ["/", "/desk", "/_stcore/health", "/static/x.js"])
def test_what_the_framework_answers_has_the_policy_that_its_page_needs(path: str) -> None:
    assert policy(path) == protection.FRAMEWORK_POLICY


def written() -> Iterator[str]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from WRITTEN.findall(path.read_text("utf-8"))


def is_a_route(path: str) -> bool:
    asked = {"path": re.sub(r"{[^}]+}", "1", path), "method": "GET", "root_path": ""}
    kinds = ("http", "websocket")
    return any(
        each.matches({**asked, "type": kind})[0] is not Match.NONE
        for each in app.routes
        for kind in kinds
    )


def test_every_path_that_the_code_writes_out_is_a_route() -> None:
    found = {*written()}

    assert len(found) > 10
    assert [each for each in sorted(found) if not is_a_route(each)] == []
