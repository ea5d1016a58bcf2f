"""A phone's anonymous mark: a signed cookie that lets it vote once and names nobody."""

import secrets

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

import settings
from web import cookies, origin
from web.problems import OtherSite

COOKIE = "dialogue_phone"
KEPT_SECONDS = 180 * 24 * 3600


def known(request: Request) -> str | None:
    """Return the mark of the phone that asks; None where it has none that we gave."""
    try:
        return str(_serializer().loads(request.cookies.get(COOKIE, "")))
    except BadSignature:
        return None


def new() -> str:
    """Make a mark for a phone that has none."""
    return secrets.token_hex(16)


def keep(response: Response, request: Request, mark: str) -> None:
    """Leave the mark in the phone."""
    value = str(_serializer().dumps(mark))
    cookies.keep(response, request, COOKIE, value, seconds=KEPT_SECONDS)


def require_same_site(request: Request) -> None:
    """Refuse what another site makes a browser send with our cookie.

    Raises:
        OtherSite: the Origin is not ours.
    """
    if origin.is_ours(request.headers) is False:
        raise OtherSite


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().signing_secret(), salt="phone")
