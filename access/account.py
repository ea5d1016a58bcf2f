"""A person's own account: devices, password, second factor."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import anyio
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import settings
from access import attempts, passwords, second_factor, visitors
from access.signin import (
    address_of,
    fields,
    keep_session,
    message_of,
    status_of,
)
from access.visitors import SESSION_COOKIE
from data_access import accounts, engine, sessions, tokens
from data_access.accounts import Credentials
from dialogue.accounts import SHORTEST_PASSWORD, Visitor, check_password
from dialogue.refusals import Refusal, SignInRefused
from web import html, origin

OFFER_LASTS_SECONDS = 900
_Deed = Callable[[Visitor, Mapping[str, str], Request], dict[str, Any]]


async def show(request: Request) -> Response:
    """Show the account of whoever is signed in, else the form to sign in."""
    visitor = await _visitor(request)
    if visitor.account_id is None:
        return RedirectResponse("/signin", status_code=303)
    return await _page(request, visitor)


async def change_password(request: Request) -> Response:
    """Set another password; every device, this one too, signs in anew with it."""
    return await _do(request, _change_password)


async def offer_second_factor(request: Request) -> Response:
    """Show a new secret for the authenticator app; it counts only once a code proved it."""
    return await _do(request, _offer_second_factor)


async def set_second_factor(request: Request) -> Response:
    """Turn the second factor on, after a code has proved that the app has the secret."""
    return await _do(request, _set_second_factor)


async def drop_second_factor(request: Request) -> Response:
    """Turn the second factor off."""
    return await _do(request, _drop_second_factor)


async def sign_device_out(request: Request) -> Response:
    """End one session of this account."""
    return await _do(request, _sign_device_out)


async def _do(request: Request, deed: _Deed) -> Response:
    origin.require_ours(request)
    visitor = await _visitor(request)
    if visitor.account_id is None:
        return RedirectResponse("/signin", status_code=303)
    typed = await fields(request)
    try:
        done = await anyio.to_thread.run_sync(deed, visitor, typed, request)
    except Refusal as refusal:
        return await _page(request, visitor, refusal=refusal)
    if not done:
        return RedirectResponse("/account", status_code=303)
    if "session" in done:
        response: Response = RedirectResponse("/account", status_code=303)
        keep_session(response, request, done["session"])
        return response
    return await _page(request, visitor, **done)


def _change_password(
    visitor: Visitor, typed: Mapping[str, str], request: Request
) -> dict[str, Any]:
    known = _proved(visitor, typed, request)
    check_password(typed.get("new_password", ""), email=known.email)
    password_hash, now = passwords.hashed(typed["new_password"]), datetime.now(UTC)
    device = _device(visitor, request)
    with engine.current().transaction() as session:
        accounts.set_password(session, known.account_id, password_hash, at=now)
        return {"session": sessions.begin(session, known.account_id, device=device, at=now)}


def _offer_second_factor(
    visitor: Visitor, typed: Mapping[str, str], request: Request
) -> dict[str, Any]:
    known = _proved(visitor, typed, request)
    secret = second_factor.new_secret()
    return {
        "offer": _serializer().dumps([known.account_id, secret]),
        "secret": secret,
        "qr_code": second_factor.qr_code(secret, email=known.email),
    }


def _set_second_factor(
    visitor: Visitor, typed: Mapping[str, str], _request: Request
) -> dict[str, Any]:
    try:
        account_id, secret = _serializer().loads(
            typed.get("offer", ""), max_age=OFFER_LASTS_SECONDS
        )
    except BadSignature:
        raise SignInRefused from None
    step = second_factor.step_of(secret, "".join(typed.get("code", "").split()))
    if account_id != visitor.account_id or step is None:
        raise SignInRefused
    codes = second_factor.new_recovery_codes()
    with engine.current().transaction() as session:
        accounts.set_second_factor(
            session, account_id, secret, step=step, recovery_codes=codes, at=datetime.now(UTC)
        )
    return {"recovery_codes": codes}


def _drop_second_factor(
    visitor: Visitor, typed: Mapping[str, str], request: Request
) -> dict[str, Any]:
    known = _proved(visitor, typed, request)
    with engine.current().transaction() as session:
        accounts.set_second_factor(
            session, known.account_id, None, step=None, recovery_codes=(), at=datetime.now(UTC)
        )
    return {}


def _sign_device_out(
    visitor: Visitor, typed: Mapping[str, str], _request: Request
) -> dict[str, Any]:
    if visitor.account_id is not None:
        with engine.current().transaction() as session:
            sessions.end(session, visitor.account_id, typed.get("device", ""), at=datetime.now(UTC))
    return {}


def _proved(visitor: Visitor, typed: Mapping[str, str], request: Request) -> Credentials:
    """Return the credentials of whoever is signed in and types the password once more.

    Raises:
        TooManyAttempts, SignInRefused: the password is not right, or was wrong too often.
    """
    attempts.by_account_and_address.check(key := f"{visitor.email} {address_of(request)}")
    attempts.by_account_and_address.failed(key)
    with engine.current().reading() as session:
        known = accounts.credentials(session, visitor.email)
    is_right = passwords.matches(typed.get("password", ""), known.password_hash if known else None)
    if known is None or not is_right:
        raise SignInRefused
    attempts.by_account_and_address.succeeded(key)
    return known


def _device(visitor: Visitor, request: Request) -> str:
    digest = tokens.digest(request.cookies[SESSION_COOKIE])
    with engine.current().reading() as session:
        devices = sessions.list_devices(session, visitor.account_id or 0, at=datetime.now(UTC))
    return next((each.name for each in devices if each.digest == digest), "")


async def _visitor(request: Request) -> Visitor:
    token = request.cookies.get(SESSION_COOKIE, "")
    return await anyio.to_thread.run_sync(visitors.current, {SESSION_COOKIE: token})


async def _page(
    request: Request, visitor: Visitor, *, refusal: Refusal | None = None, **shown: Any
) -> Response:
    devices, has_second_factor = await anyio.to_thread.run_sync(_own, visitor)
    return html.page(
        request,
        "account.html",
        status=status_of(refusal),
        visitor=visitor,
        devices=devices,
        this_device=tokens.digest(request.cookies.get(SESSION_COOKIE, "")),
        has_second_factor=has_second_factor,
        shortest=SHORTEST_PASSWORD,
        message=message_of(request, refusal),
        shown=shown,
    )


def _own(visitor: Visitor) -> tuple[list[Any], bool]:
    with engine.current().reading() as session:
        devices = sessions.list_devices(session, visitor.account_id or 0, at=datetime.now(UTC))
        known = accounts.credentials(session, visitor.email)
    return list(devices), known is not None and known.totp_secret is not None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.current().signing_secret(), salt="second-factor")


routes = [
    Route("/account", show),
    Route("/account/password", change_password, methods=["POST"]),
    Route("/account/second-factor/offer", offer_second_factor, methods=["POST"]),
    Route("/account/second-factor/set", set_second_factor, methods=["POST"]),
    Route("/account/second-factor/drop", drop_second_factor, methods=["POST"]),
    Route("/account/devices", sign_device_out, methods=["POST"]),
]
