"""Signing in with an organisation's identity: proved to the framework, exchanged for our session.

The framework's login ends in a cookie of its own. A page that sees it asks `ticket` for a short
proof of which account that is; `/signin/identity/{ticket}` takes it from the same browser only,
starts our session and forgets the framework's cookie, so that there is one kind of session.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import settings
from access import signin
from data_access import engine
from data_access.accounts import proofs
from dialogue.refusals import LinkUsed
from web import cookies, threads
from web.addresses import under

_FRAMEWORK_COOKIE = "_streamlit_user"
TICKET_SECONDS = 60


def ticket(claims: Mapping[str, Any], cookies: Mapping[str, str]) -> str | None:
    """Return a ticket to the account of an identity; None where it has none.

    Only an address that the provider has verified counts: others may be anybody's.
    """
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        return None
    with engine.current().reading() as session:
        known = proofs.credentials(session, email.strip().lower())
    return _signer().dumps([known.account_id, _browser(cookies)]) if known else None


async def exchange(request: Request) -> Response:
    """Start the session that a ticket is for, in the browser that proved the identity."""
    device = signin.device_of(request.headers.get("user-agent", ""))
    try:
        account_id, browser = _signer().loads(request.path_params["ticket"], TICKET_SECONDS)
    except BadSignature:
        account_id, browser = None, None
    if account_id is None or not browser or browser != _browser(request.cookies):
        return signin.sorry(request, LinkUsed())
    token = await threads.for_writing(signin.begin, account_id, device)
    response = RedirectResponse(under("/signin/done"), status_code=303)
    signin.keep_session(response, request, token)
    for name in request.cookies:
        if name.startswith(_FRAMEWORK_COOKIE):
            cookies.forget(response, name)
    return response


def _browser(cookies: Mapping[str, str]) -> str:
    """Return what stands for the browser that proved an identity; empty where none did."""
    parts = sorted(
        (name, value.strip('"'))
        for name, value in cookies.items()
        if name.startswith(_FRAMEWORK_COOKIE)
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest() if parts else ""


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.current().signing_secret(), salt="identity")


routes = [Route("/signin/identity/{ticket}", exchange)]
