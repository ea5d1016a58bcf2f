"""What stands before every route: headers, sizes, budgets, and who may open a socket."""

import base64
import hashlib
import re
from contextlib import ExitStack

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dialogue.refusals import Refusal
from web import addresses, budgets, failures, framework, origin, uploads
from web.problems import TooLarge, TooMany
from web.sockets import UNREADABLE, Readable, Sockets

MOST_BODY_BYTES = 65_536
TRY_AGAIN_LATER, POLICY_VIOLATION = 1013, 1008

_NOWHERE = {
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


def _policy(**sources: str) -> str:
    parts = {**{name.replace("_", "-"): value for name, value in sources.items()}, **_NOWHERE}
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def _inline_scripts() -> str:
    """Return the hashes of the scripts inside the framework's own page."""
    page = (framework.STATIC / "index.html").read_text("utf-8")
    digests = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    ]
    return " ".join(f"'sha256-{digest}'" for digest in digests)


OUR_POLICY = _policy(
    default_src="'none'",
    script_src="'self'",
    style_src="'self'",
    img_src="'self' data:",
    font_src="'self'",
    connect_src="'self'",
)
# What the framework's page cannot do without: styles that it writes while it runs, and the
# scripts of components, which it loads from memory (blob:).
FRAMEWORK_POLICY = _policy(
    default_src="'none'",
    script_src=f"'self' blob: {_inline_scripts()}",
    style_src="'self' 'unsafe-inline'",
    img_src="'self' data: blob:",
    font_src="'self' data:",
    connect_src="'self'",
    worker_src="'self' blob:",
    media_src="'self'",
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()"
    ),
}
STAY_ON_HTTPS = "max-age=31536000"


class Protection:
    """The one middleware, before the framework's own."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app
        self._sockets = Sockets()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request or a socket pass, or refuse it in words."""
        match scope["type"]:
            case "http":
                await self._request(scope, receive, _with_headers(scope, send))
            case "websocket":
                await self._socket(scope, receive, send)
            case _:
                await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        with ExitStack() as kept:
            try:
                budgets.spend(request)
                most = MOST_BODY_BYTES
                if uploads.is_upload(request):
                    most = kept.enter_context(uploads.room(request))
                limited = _limited(request.headers, receive, most)
            except Refusal as refusal:
                response = failures.say(request, refusal)
                await response(scope, receive, send)
                return
            await self._app(scope, limited, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        # Browsers send cookies along with a socket that any other site opens.
        if origin.is_ours(connection.headers) is False:
            await _close(POLICY_VIOLATION, receive, send)
            return
        try:
            with self._sockets.place(connection, receive) as paced:
                await _pass_on(self._app, scope, paced, send)
        except TooMany:
            await _close(TRY_AGAIN_LATER, receive, send)


async def _pass_on(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    if addresses.door(scope):
        await app(scope, receive, send)
        return
    readable = Readable(receive)
    await app(scope, readable, send)
    if readable.has_failed:
        await send({"type": "websocket.close", "code": UNREADABLE})


async def _close(code: int, receive: Receive, send: Send) -> None:
    await receive()  # the client's wish to connect
    await send({"type": "websocket.close", "code": code})


def _with_headers(scope: Scope, send: Send) -> Send:
    policy = OUR_POLICY if addresses.door(scope) else FRAMEWORK_POLICY

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers["Content-Security-Policy"] = policy
            if scope["scheme"] == "https":
                headers["Strict-Transport-Security"] = STAY_ON_HTTPS
        await send(message)

    return sending


def _limited(headers: Headers, receive: Receive, most: int) -> Receive:
    """Return a `receive` that gives at most so many bytes of a body.

    Raises:
        TooLarge: the body is longer, at once where its length is declared.
    """
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > most:
        raise TooLarge
    received = 0

    async def receiving() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > most:
            raise TooLarge
        return message

    return receiving
