"""Under which addresses the app is found, where it shares a server with others."""

from collections.abc import Collection
from functools import cache

import streamlit as st
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

import settings


def tell_the_framework() -> None:
    """Let the framework too be beneath the public address's path, where it was not told of one."""
    url = settings.current().public_url
    if url and url.path and not st.get_option("server.baseUrlPath"):
        config.set_option("server.baseUrlPath", url.path.strip("/"))


@cache
def base() -> str:
    """Return the path that everything is beneath, such as "/doithoai"; empty at the top."""
    path = st.get_option("server.baseUrlPath").strip("/")
    return f"/{path}" if path else ""


def under(path: str) -> str:
    """Return what a browser asks for to get a path of ours, such as "/signin"."""
    return base() + path


def public() -> str | None:
    """Return the address that the outside calls us by, without a slash; None where none is set."""
    url = settings.current().public_url
    if url is None:
        return None
    return str(url).removesuffix(url.path or "") + base()


def inner(scope: Scope) -> str:
    """Return the path of a request as the table of routes has it."""
    path: str = scope["path"]
    is_beneath = path == base() or path.startswith(f"{base()}/")
    return path[len(base()) :] if is_beneath else path


def first_part(path: str) -> str:
    """Return the first part of a path, by which we tell our routes from the framework's."""
    return path.lstrip("/").partition("/")[0]


class Addresses:
    """Finds ours and the framework's routes beneath a path, whether or not a proxy cuts it off."""

    def __init__(self, app: ASGIApp, *, ours: Collection[str]) -> None:
        """Stand before an application; `ours` are the first parts of the paths that are ours."""
        self._app = app
        self._ours = ours

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as what its route expects."""
        if base() and scope["type"] != "lifespan":
            path = inner(scope)
            # The framework's routes have the path in front, ours do not: they are told of it.
            root_path = base() if first_part(path) in self._ours else ""
            scope = {**scope, "path": base() + path, "root_path": root_path}
        await self._app(scope, receive, send)
