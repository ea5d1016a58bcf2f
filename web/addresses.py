"""Under which addresses the app is found, where it shares a server with others."""

import re
from collections.abc import Collection
from functools import cache
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import settings
from web import framework

_AT_THE_TOP = re.compile(rb"(?<=Path=)/(?=;|$)", re.IGNORECASE)


def tell_the_framework() -> None:
    """Let the framework, too, be beneath the public address's path, and its fonts with it."""
    framework.move_beneath(base())


@cache
def base() -> str:
    """Return the path that everything is beneath, such as "/doithoai"; empty at the top."""
    public = urlsplit(str(settings.current().public_url or "")).path
    path = (framework.base_path() or public).strip("/")
    return f"/{path}" if path else ""


def under(path: str) -> str:
    """Return what a browser asks for to get a path of ours, such as "/signin"."""
    return base() + path


def public() -> str | None:
    """Return the address that the outside calls us by, without a slash; None where none is set."""
    origin = settings.current().public_origin
    return None if origin is None else origin + base()


def inner(scope: Scope) -> str:
    """Return the path of a request as the table of routes has it."""
    path: str = scope["path"]
    is_beneath = path == base() or path.startswith(f"{base()}/")
    return path[len(base()) :] if is_beneath else path


def lead(request: Request, path: str) -> RedirectResponse:
    """Lead to another path, with what the address asked for besides."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(path + query, headers={"Cache-Control": "no-store"})


def first_part(path: str) -> str:
    """Return the first part of a path, by which we tell our routes from the framework's."""
    return path.lstrip("/").partition("/")[0]


def door(scope: Scope) -> str:
    """Return the first part of a path of ours; empty for the framework's, and for nowhere."""
    found: str = scope.get("door", "")
    return found


class Addresses:
    """Finds ours and the framework's routes beneath a path, whether or not a proxy cuts it off."""

    def __init__(self, app: ASGIApp, *, doors: Collection[str]) -> None:
        """Stand before an application; `doors` are the first parts of the paths that are ours."""
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as what its route expects, with the door that it comes to."""
        if scope["type"] != "lifespan":
            path = inner(scope)
            first = first_part(path)
            door = first if first in self._doors else ""
            # The framework's routes have the path in front, ours do not: they are told of it.
            beneath = {"path": base() + path, "root_path": base() if door else ""}
            scope = {**scope, **beneath, "door": door}
        await self._app(scope, receive, _keeping_cookies_here(send) if base() else send)


def _keeping_cookies_here(send: Send) -> Send:
    """Let the framework's cookies, too, go to this app and to nothing beside it."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                (name, _AT_THE_TOP.sub(base().encode(), value) if name == b"set-cookie" else value)
                for name, value in message["headers"]
            ]
        await send(message)

    return sending
