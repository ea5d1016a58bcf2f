"""Who asks, and for what: as it stands, or as a proxy that is believed tells it."""

from functools import cache
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware, _TrustedHosts

import settings
from web import origin
from web.readiness import readiness

FORWARDED_FOR = b"x-forwarded-for"
EVERYBODY = (
    "note: FORWARDED_ALLOW_IPS is *, so anybody may choose the address that they are counted by"
)
NOT_BELIEVED = (
    "note: somebody whom FORWARDED_ALLOW_IPS does not name sends X-Forwarded-For; if that is the "
    "proxy, all that it passes on counts as one address, and as HTTP"
)
HOST = "note: the proxy does not pass on the Host that DIALOGUE_PUBLIC_URL names"
SCHEME = "note: the proxy does not say by X-Forwarded-Proto that DIALOGUE_PUBLIC_URL is HTTPS"


class Proxies:
    """The first middleware: behind it a client's address is always written in the same way.

    The server itself has looked at the headers already, but compared a proxy's address as text.
    What a page of the public address sends is a request to that address, whatever a proxy has
    made of it. What a proxy's settings lack is noted for `/readyz` and the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app
        trusted = settings.current().forwarded_allow_ips
        self._public = settings.current().public_origin
        self._headers = ProxyHeadersMiddleware(self._pass_on, trusted)  # type: ignore[arg-type]
        if trusted == "*":
            readiness.note("proxies", EVERYBODY)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tell the application who asks, and by which scheme."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = [
            (name, _plain_list(value) if name == FORWARDED_FOR else value)
            for name, value in scope["headers"]
        ]
        asked = {**_with_plain_client(scope), "headers": headers}
        self._look_at_peer(asked)
        await self._headers(asked, receive, send)  # type: ignore[arg-type]

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(self._as_called(_with_plain_client(scope)), receive, send)

    def _look_at_peer(self, scope: Scope) -> None:
        passed_on = Headers(scope=scope).get("x-forwarded-for", "")
        peer = scope["client"][0] if scope.get("client") else ""
        # The server has put what it believes in the peer's place: that is in the list.
        if passed_on and peer not in self._headers.trusted_hosts and peer not in passed_on:
            readiness.note("an unnamed proxy", NOT_BELIEVED)

    def _as_called(self, scope: Scope) -> Scope:
        """Return what a page of the public address sends as a request to that address."""
        headers = Headers(scope=scope)
        if self._public is None or headers.get("origin") != self._public:
            return scope
        scheme, _slashes, name = self._public.partition("://")
        if not origin.is_same(self._public, headers.get("host", "")):
            readiness.note("the proxy's Host", HOST)
            kept = [each for each in scope["headers"] if each[0] != b"host"]
            scope = {**scope, "headers": [*kept, (b"host", name.encode())]}
        if scheme == "https" and scope["scheme"] in ("http", "ws"):
            readiness.note("the proxy's scheme", SCHEME)
            scope = {**scope, "scheme": f"{scope['scheme']}s"}
        return scope


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
