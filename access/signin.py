"""Signing in and out, and the one-time links of invited people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import settings
from access import attempts, passwords, second_factor, visitors
from access.visitors import SESSION_COOKIE
from data_access import accounts, engine, sessions, tokens
from data_access.accounts import Invited
from dialogue.accounts import (
    LONGEST_PASSWORD,
    LONGEST_SESSION,
    SHORTEST_PASSWORD,
    Visitor,
    check_password,
)
from dialogue.refusals import FieldsWrong, LinkUsed, Refusal, SignInRefused, TooManyAttempts
from dialogue.roles import Place
from web import html, origin, problems

MOST_FIELDS = 10
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "CrOS", "Linux")
_BROWSERS = {"Edg": "Edge", "coc_coc": "Cốc Cốc", "Firefox": "Firefox", "Chrome": "Chrome"}


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What somebody typed to sign in, and from where."""

    email: str
    password: str
    code: str
    address: str
    device: str

    def check(self) -> None:
        """Count the attempt before its password is looked at, so that many at once count too."""
        attempts.by_account_and_address.check(self._pair)
        attempts.by_account.check(self.email)
        attempts.by_address.check(self.address)
        attempts.by_account_and_address.failed(self._pair)
        attempts.by_account.failed(self.email)
        attempts.by_address.failed(self.address)

    def succeeded(self) -> None:
        """Forget the attempts: sixty people who sign in from one hall are no attack."""
        attempts.by_account_and_address.succeeded(self._pair)
        attempts.by_account.succeeded(self.email)
        attempts.by_address.succeeded(self.address)

    @property
    def _pair(self) -> str:
        return f"{self.email} {self.address}"


async def show(request: Request) -> Response:
    """Show the form to sign in."""
    return _form(request)


async def sign_in(request: Request) -> Response:
    """Sign somebody in and lead to the page that was asked for."""
    try:
        origin.require_ours(request)
        typed = await fields(request)
        attempt = _Attempt(
            email=typed.get("email", "").strip().lower()[:LONGEST_PASSWORD],
            password=typed.get("password", "")[: LONGEST_PASSWORD + 1],
            code=typed.get("code", "")[:40],
            address=address_of(request),
            device=device_of(request.headers.get("user-agent", "")),
        )
        token = await anyio.to_thread.run_sync(_prove, attempt)
    except Refusal as refusal:
        return _form(request, refusal=refusal)
    response = RedirectResponse(_next(request), status_code=303)
    keep_session(response, request, token)
    return response


async def sign_out(request: Request) -> Response:
    """End this browser's session."""
    origin.require_ours(request)
    await anyio.to_thread.run_sync(_end, request.cookies)
    response = RedirectResponse("/signin", status_code=303)
    response.delete_cookie(SESSION_COOKIE)
    return response


async def show_invitation(request: Request) -> Response:
    """Let whoever holds a one-time link choose a password."""
    try:
        invited = await anyio.to_thread.run_sync(_invited, request.path_params["token"])
    except LinkUsed as refusal:
        return sorry(request, refusal)
    return _invitation(request, invited)


async def accept(request: Request) -> Response:
    """Use a one-time link up and sign its owner in."""
    token = request.path_params["token"]
    try:
        origin.require_ours(request)
        invited = await anyio.to_thread.run_sync(_invited, token)
    except Refusal as refusal:
        return sorry(request, refusal)
    typed = await fields(request)
    device = device_of(request.headers.get("user-agent", ""))
    try:
        session_token = await anyio.to_thread.run_sync(_accept, token, invited, typed, device)
    except LinkUsed as refusal:
        return sorry(request, refusal)
    except Refusal as refusal:
        return _invitation(request, invited, typed=typed, refusal=refusal)
    response = RedirectResponse("/signin/done", status_code=303)
    keep_session(response, request, session_token)
    return response


async def done(request: Request) -> Response:
    """Lead somebody who has just signed in to the first page that opens for them."""
    return RedirectResponse(await anyio.to_thread.run_sync(_first_place, request.cookies), 303)


async def fields(request: Request) -> Mapping[str, str]:
    """Read the fields of a form."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def keep_session(response: Response, request: Request, token: str) -> None:
    """Leave a session's key in the browser."""
    keep(response, request, SESSION_COOKIE, token, int(LONGEST_SESSION.total_seconds()))


def keep(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    """Leave a key in the browser, which no script reads."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def address_of(request: Request) -> str:
    """Return the address that a request comes from."""
    return request.client.host if request.client else ""


def device_of(user_agent: str) -> str:
    """Name a device in two words, such as "Chrome, Windows"; empty where nothing is known."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "")
    if not browser and "Safari" in user_agent:
        browser = "Safari"
    system = next((name for name in _SYSTEMS if name in user_agent), "")
    return ", ".join(filter(None, (browser, system)))


def _prove(attempt: _Attempt) -> str:
    """Check the proofs and return a new session's key.

    Raises:
        TooManyAttempts: it is not this attempt's turn yet.
        SignInRefused: something is wrong; neither the answer nor its time tells what.
    """
    attempt.check()
    with engine.current().reading() as session:
        known = accounts.credentials(session, attempt.email) if attempt.email else None
    is_right = passwords.matches(attempt.password, known.password_hash if known else None)
    if known is None or not is_right:
        raise SignInRefused
    with engine.current().transaction() as session:
        if not second_factor.is_proved(session, known, attempt.code):
            raise SignInRefused
        token = sessions.begin(
            session, known.account_id, device=attempt.device, at=datetime.now(UTC)
        )
    attempt.succeeded()
    return token


def _end(cookies: Mapping[str, str]) -> None:
    visitor = visitors.current({SESSION_COOKIE: cookies.get(SESSION_COOKIE, "")})
    if visitor.account_id is None:
        return
    digest = tokens.digest(cookies[SESSION_COOKIE])
    with engine.current().transaction() as session:
        sessions.end(session, visitor.account_id, digest, at=datetime.now(UTC))


def _invited(token: str) -> Invited:
    with engine.current().reading() as session:
        return accounts.invited(session, token, at=datetime.now(UTC))


def _accept(token: str, invited: Invited, typed: Mapping[str, str], device: str) -> str:
    email = invited.email or typed.get("email", "")
    password = typed.get("password", "")
    check_password(password, email=email.lower())
    password_hash, now = passwords.hashed(password), datetime.now(UTC)
    with engine.current().transaction() as session:
        account_id = accounts.accept(
            session,
            token,
            password_hash=password_hash,
            at=now,
            email=email,
            name=typed.get("name", ""),
        )
        return sessions.begin(session, account_id, device=device, at=now)


def _first_place(cookies: Mapping[str, str]) -> str:
    visitor: Visitor = visitors.current(cookies)
    return f"/{next((place for place in Place if visitor.may_open(place)), '')}"


def _next(request: Request) -> str:
    """Return where to go after signing in; only ever a page of ours."""
    query = dict(request.query_params)
    place = query.pop("next", "")
    if place not in set(Place):
        return "/signin/done"
    return f"/{place}" + (f"?{urlencode(query)}" if query else "")


def begin(account_id: int, device: str) -> str:
    """Sign an account in on a device and return the session's key."""
    with engine.current().transaction() as session:
        return sessions.begin(session, account_id, device=device, at=datetime.now(UTC))


def _form(request: Request, *, refusal: Refusal | None = None) -> Response:
    response = html.page(
        request,
        "signin.html",
        status=status_of(refusal),
        message=message_of(request, refusal),
        action=f"/signin?{request.url.query}" if request.url.query else "/signin",
        identity=settings.offers_identity(),
    )
    if isinstance(refusal, TooManyAttempts):
        response.headers["Retry-After"] = str(refusal.values["seconds"])
    return response


def _invitation(
    request: Request,
    invited: Invited,
    *,
    typed: Mapping[str, str] | None = None,
    refusal: Refusal | None = None,
) -> Response:
    return html.page(
        request,
        "invitation.html",
        status=status_of(refusal),
        invited=invited,
        typed=typed or {},
        shortest=SHORTEST_PASSWORD,
        message=message_of(request, refusal),
    )


def sorry(request: Request, refusal: Refusal) -> Response:
    """Draw the page of a link that does not work."""
    return html.page(
        request, "sorry.html", status=status_of(refusal), message=message_of(request, refusal)
    )


def status_of(refusal: Refusal | None) -> int:
    """Return the status of a page that may say a refusal."""
    return problems.status_of(refusal) if refusal else 200


def message_of(request: Request, refusal: Refusal | None) -> str:
    """Say in the visitor's language what is wrong; nothing where nothing is."""
    if refusal is None:
        return ""
    language = html.spoken(request)
    if isinstance(refusal, FieldsWrong):
        return " ".join(problems.messages(refusal, language))
    return language.gettext(refusal.message).format(**refusal.values)


routes = [
    Route("/signin", show),
    Route("/signin", sign_in, methods=["POST"]),
    Route("/signin/done", done),
    Route("/signout", sign_out, methods=["POST"]),
    Route("/invite/{token}", show_invitation),
    Route("/invite/{token}", accept, methods=["POST"]),
]
