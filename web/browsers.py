"""The mark of a browser that has signed in, or has opened a screen's link: it has its own share.

It opens nothing. Nobody gets one who was not let in once, so that strangers at the same address,
who send requests and guess passwords, use up nothing of what it may do.
"""

import hashlib
import secrets

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import HTTPConnection

import settings
from web import cookies

KEPT_SECONDS = 180 * 24 * 3600
MOST_ACCOUNTS = 5


def known(connection: HTTPConnection) -> str | None:
    """Return the mark of a browser; None where it has none that we gave."""
    mark, _accounts = _read(connection)
    return mark


def has_signed_in(connection: HTTPConnection, email: str) -> bool:
    """Tell whether an account has signed in with this browser before."""
    mark, accounts = _read(connection)
    return mark is not None and _digest(mark, email) in accounts


def marked(connection: HTTPConnection, *, email: str | None = None) -> str:
    """Return the cookie's value for a browser in which this account, or a screen, was let in."""
    mark, accounts = _read(connection)
    mark = mark or secrets.token_hex(16)
    if email:
        digest = _digest(mark, email)
        accounts = [*(each for each in accounts if each != digest), digest][-MOST_ACCOUNTS:]
    return str(_serializer().dumps([mark, *accounts]))


def _read(connection: HTTPConnection) -> tuple[str | None, list[str]]:
    try:
        mark, *accounts = _serializer().loads(connection.cookies.get(cookies.BROWSER, ""))
    except BadSignature:
        return None, []
    return mark, accounts


def _digest(mark: str, email: str) -> str:
    return hashlib.sha256(f"{mark} {email}".encode()).hexdigest()[:16]


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().signing_secret(), salt="browser")
