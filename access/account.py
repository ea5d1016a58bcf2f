"""A person's own account: devices, password, second factor."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import settings
from access import attempts, passwords, second_factor, signin, visitors
from access.visitors import SESSION_COOKIE
from data_access import engine
from data_access.accounts import proofs, sessions, tokens
from data_access.accounts.proofs import Credentials
from data_access.events import events
from dialogue.accounts import SHORTEST_PASSWORD, Visitor, check_password
from dialogue.events import nearest_zone
from dialogue.refusals import Refusal, SignInRefused
from web import origin, threads
from web.addresses import under

OFFER_LASTS_SECONDS = 900
_Deed = Callable[[Visitor, Mapping[str, str], Request], Awaitable[dict[str, Any]]]


async def show(request: Request) -> Response:
    """Show the account of whoever is signed in, else the form to sign in."""
    visitor = await _visitor(request)
    if visitor.account_id is None:
        return RedirectResponse(under("/signin"), status_code=303)
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


async def _do(request: Request, command: _Deed) -> Response:
    origin.require_ours(request)
    visitor = await _visitor(request)
    if visitor.account_id is None:
        return RedirectResponse(under("/signin"), status_code=303)
    typed = await signin.fields(request)
    try:
        done = await command(visitor, typed, request)
    except Refusal as refusal:
        return await _page(request, visitor, refusal=refusal)
    if not done:
        return RedirectResponse(under("/account"), status_code=303)
    if "session" in done:
        response: Response = RedirectResponse(under("/account"), status_code=303)
        signin.keep_session(response, request, done["session"])
        return response
    return await _page(request, visitor, **done)


async def _change_password(
    visitor: Visitor, typed: Mapping[str, str], request: Request
) -> dict[str, Any]:
    known = await _proved(visitor, typed)
    check_password(typed.get("new_password", ""), email=known.email)
    password_hash = await passwords.in_turn(
        partial(passwords.hashed, typed["new_password"]), network=None
    )

    def changed() -> str:
        device, now = _device(visitor, request), datetime.now(UTC)
        with engine.current().transaction() as session:
            proofs.set_password(session, known.account_id, password_hash, at=now)
            return sessions.begin(session, known.account_id, device=device, at=now)

    return {"session": await threads.for_writing(changed)}


async def _offer_second_factor(
    visitor: Visitor, typed: Mapping[str, str], _request: Request
) -> dict[str, Any]:
    known = await _proved(visitor, typed)
    secret = second_factor.new_secret()
    return {
        "offer": _serializer().dumps([known.account_id, secret]),
        "secret": secret,
        "qr_code": second_factor.qr_code(secret, email=known.email),
    }


async def _set_second_factor(
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
    await threads.for_writing(_keep_second_factor, account_id, secret, step, codes)
    return {"recovery_codes": codes}


async def _drop_second_factor(
    visitor: Visitor, typed: Mapping[str, str], _request: Request
) -> dict[str, Any]:
    known = await _proved(visitor, typed)
    await threads.for_writing(_keep_second_factor, known.account_id, None, None, ())
    return {}


def _keep_second_factor(
    account_id: int, secret: str | None, step: int | None, recovery_codes: Sequence[str]
) -> None:
    with engine.current().transaction() as session:
        proofs.set_second_factor(
            session,
            account_id,
            secret,
            step=step,
            recovery_codes=recovery_codes,
            at=datetime.now(UTC),
        )


async def _sign_device_out(
    visitor: Visitor, typed: Mapping[str, str], _request: Request
) -> dict[str, Any]:
    await threads.for_writing(_end, visitor.account_id, typed.get("device", ""))
    return {}


def _end(account_id: int | None, digest: str) -> None:
    if account_id is not None:
        with engine.current().transaction() as session:
            sessions.end(session, account_id, digest, at=datetime.now(UTC))


async def _proved(visitor: Visitor, typed: Mapping[str, str]) -> Credentials:
    """Return the credentials of whoever is signed in and types the password once more.

    Raises:
        TooManyAttempts, SignInRefused: the password is not right, or was wrong too often.
    """
    attempts.by_account_signed_in.check(visitor.email)
    known = await threads.for_reading(signin.credentials, visitor.email)

    def is_right() -> bool:
        attempts.by_account_signed_in.check(visitor.email)
        attempts.by_account_signed_in.failed(visitor.email)
        return passwords.matches(typed.get("password", ""), known.password_hash if known else None)

    was_right = await passwords.in_turn(is_right, network=None)
    if known is None or not was_right:
        raise SignInRefused
    attempts.by_account_signed_in.succeeded(visitor.email)
    return known


def _device(visitor: Visitor, request: Request) -> str:
    digest = tokens.digest(request.cookies[SESSION_COOKIE])
    with engine.current().reading() as session:
        devices = sessions.list_devices(session, visitor.account_id or 0, at=datetime.now(UTC))
    return next((each.name for each in devices if each.digest == digest), "")


async def _visitor(request: Request) -> Visitor:
    token = request.cookies.get(SESSION_COOKIE, "")
    return await threads.for_reading(visitors.current, {SESSION_COOKIE: token})


async def _page(
    request: Request, visitor: Visitor, *, refusal: Refusal | None = None, **shown: Any
) -> Response:
    own = await threads.for_reading(_own, visitor)
    return signin.page(
        request,
        "account.html",
        refusal,
        visitor=visitor,
        this_device=tokens.digest(request.cookies.get(SESSION_COOKIE, "")),
        **own,
        shortest=SHORTEST_PASSWORD,
        shown=shown,
    )


def _own(visitor: Visitor) -> dict[str, Any]:
    now = datetime.now(UTC)
    with engine.current().reading() as session:
        devices = sessions.list_devices(session, visitor.account_id or 0, at=now)
        known = proofs.credentials(session, visitor.email)
        zone = nearest_zone(events.list_nearest(session, at=now))
    return {
        "devices": devices,
        "has_second_factor": known is not None and known.totp_secret is not None,
        "zone": zone,
    }


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
