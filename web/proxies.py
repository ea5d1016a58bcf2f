"""Who asks: a client's address, as it stands or as a proxy that is believed tells it."""

from functools import cache
from ipaddress import IPv6Address, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware, _TrustedHosts

import settings

FORWARDED_FOR = b"x-forwarded-for"


class Proxies:
    """The first middleware: behind it a client's address is always written in the same way.

    The server itself has looked at the headers already, but compared a proxy's address as text.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app
        trusted = settings.current().forwarded_allow_ips
        self._headers = ProxyHeadersMiddleware(self._pass_on, trusted)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tell the application who asks, and by which scheme."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = [
            (name, _plain_list(value) if name == FORWARDED_FOR else value)
            for name, value in scope["headers"]
        ]
        plain = {**_with_plain_client(scope), "headers": headers}
        await self._headers(plain, receive, send)  # type: ignore[arg-type]

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(_with_plain_client(scope), receive, send)


def is_believed(address: str) -> bool:
    """Tell whether a proxy with this address, in its one spelling, is believed."""
    return address in _believed(settings.current().forwarded_allow_ips)


@cache
def _believed(written: str) -> _TrustedHosts:
    return _TrustedHosts(written)


def plain(address: str) -> str:
    """Return an address in its one spelling; an IPv4 one of a socket for both kinds as IPv4.

    What is no address, such as that of a test, stays as it is.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return str(mapped or parsed)


def _with_plain_client(scope: Scope) -> Scope:
    client = scope.get("client")
    return {**scope, "client": (plain(client[0]), client[1])} if client else scope


def _plain_list(value: bytes) -> bytes:
    parts = (plain(each.strip()) for each in value.decode("latin-1").split(","))
    return ", ".join(parts).encode("latin-1")
