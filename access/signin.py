"""Signing in and out, and the one-time links of invited people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from access import attempts, passwords, second_factor, visitors
from access.attempts import Attempts
from access.visitors import SESSION_COOKIE
from data_access import engine
from data_access.accounts import invitations, proofs, sessions, tokens
from data_access.accounts.invitations import Invited
from data_access.accounts.proofs import Credentials
from dialogue.accounts import (
    LONGEST_PASSWORD,
    LONGEST_SESSION,
    SHORTEST_PASSWORD,
    Visitor,
    check_password,
)
from dialogue.refusals import FieldsWrong, LinkUsed, Refusal, SignInRefused
from dialogue.roles import Place
from web import browsers, cookies, framework, html, networks, origin, problems, threads
from web.addresses import under

MOST_FIELDS = 10
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "CrOS", "Linux")
_BROWSERS = {"Edg": "Edge", "coc_coc": "Cốc Cốc", "Firefox": "Firefox", "Chrome": "Chrome"}


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What somebody typed to sign in, and from where; `browser` is one that did so before."""

    email: str
    password: str
    code: str
    network: str
    browser: str | None
    device: str

    def check(self) -> None:
        """Let the attempt be made now.

        Raises:
            TooManyAttempts: it has to wait.
        """
        for counter, key in self._counters:
            counter.check(key)

    def is_right(self, password_hash: str | None) -> bool:
        """Count the attempt, then look at its password: many at once count too."""
        self.check()
        for counter, key in self._counters:
            counter.failed(key)
        return passwords.matches(self.password, password_hash)

    def succeeded(self) -> None:
        """Forget the attempts: sixty people who sign in from one hall are no attack."""
        for counter, key in self._counters:
            counter.succeeded(key)

    @property
    def _counters(self) -> list[tuple[Attempts, str]]:
        if self.browser:
            return [(attempts.by_account_and_browser, f"{self.email} {self.browser}")]
        return [
            (attempts.by_account_and_network, f"{self.email} {self.network}"),
            (attempts.by_account, self.email),
            (attempts.by_network, self.network),
        ]


async def show(request: Request) -> Response:
    """Show the form to sign in."""
    return _form(request)


async def sign_in(request: Request) -> Response:
    """Sign somebody in and lead to the page that was asked for."""
    try:
        origin.require_ours(request)
        attempt = await _attempt(request)
        token = await _prove(attempt)
    except Refusal as refusal:
        return _form(request, refusal=refusal)
    response = RedirectResponse(_next(request), status_code=303)
    keep_session(response, request, token, email=attempt.email)
    return response


async def sign_out(request: Request) -> Response:
    """End this browser's session."""
    origin.require_ours(request)
    await threads.for_writing(_end, request.cookies)
    response = RedirectResponse(under("/signin"), status_code=303)
    cookies.forget(response, SESSION_COOKIE)
    return response


async def show_invitation(request: Request) -> Response:
    """Let whoever holds a one-time link choose a password."""
    try:
        invited = await threads.for_reading(_invited, request.path_params["token"])
    except LinkUsed as refusal:
        return sorry(request, refusal)
    return _invitation(request, invited)


async def accept(request: Request) -> Response:
    """Use a one-time link up and sign its owner in."""
    token = request.path_params["token"]
    try:
        origin.require_ours(request)
        invited = await threads.for_reading(_invited, token)
    except Refusal as refusal:
        return sorry(request, refusal)
    typed = await fields(request)
    device = device_of(request.headers.get("user-agent", ""))
    try:
        session_token, email = await _accept(token, invited, typed, device)
    except LinkUsed as refusal:
        return sorry(request, refusal)
    except Refusal as refusal:
        return _invitation(request, invited, typed=typed, refusal=refusal)
    response = RedirectResponse(under("/signin/done"), status_code=303)
    keep_session(response, request, session_token, email=email)
    return response


async def done(request: Request) -> Response:
    """Lead somebody who has just signed in to the first page that opens for them."""
    return RedirectResponse(await threads.for_reading(_first_place, request.cookies), 303)


async def fields(request: Request) -> Mapping[str, str]:
    """Read the fields of a form."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def keep_session(
    response: Response, request: Request, token: str, *, email: str | None = None
) -> None:
    """Leave a session's key in the browser, and the mark of one that has signed in before."""
    seconds = int(LONGEST_SESSION.total_seconds())
    cookies.keep(response, request, SESSION_COOKIE, token, seconds=seconds)
    keep_mark(response, request, email=email)


def keep_mark(response: Response, request: Request, *, email: str | None = None) -> None:
    """Leave the mark of a browser that was let in."""
    mark = browsers.marked(request, email=email)
    cookies.keep(response, request, cookies.BROWSER, mark, seconds=browsers.KEPT_SECONDS)


def device_of(user_agent: str) -> str:
    """Name a device in two words, such as "Chrome, Windows"; empty where nothing is known."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "")
    if not browser and "Safari" in user_agent:
        browser = "Safari"
    system = next((name for name in _SYSTEMS if name in user_agent), "")
    return ", ".join(filter(None, (browser, system)))


async def _attempt(request: Request) -> _Attempt:
    typed = await fields(request)
    email = typed.get("email", "").strip().lower()[:LONGEST_PASSWORD]
    signed_in_before = browsers.has_signed_in(request, email)
    return _Attempt(
        email=email,
        password=typed.get("password", "")[: LONGEST_PASSWORD + 1],
        code=typed.get("code", "")[:40],
        network=networks.of(request),
        browser=browsers.known(request) if signed_in_before else None,
        device=device_of(request.headers.get("user-agent", "")),
    )


async def _prove(attempt: _Attempt) -> str:
    """Check the proofs and return a new session's key.

    Raises:
        TooManyAttempts: it is not this attempt's turn yet.
        SignInRefused: something is wrong; neither the answer nor its time tells what.
    """
    attempt.check()
    known = await threads.for_reading(credentials, attempt.email)
    is_right = await passwords.in_turn(
        partial(attempt.is_right, known.password_hash if known else None),
        network=None if attempt.browser else attempt.network,
    )
    if known is None or not is_right:
        raise SignInRefused
    token = await threads.for_writing(_begin, known, attempt)
    attempt.succeeded()
    return token


def credentials(email: str) -> Credentials | None:
    """Return what the database keeps of an account; None where there is none."""
    with engine.current().reading() as session:
        return proofs.credentials(session, email) if email else None


def _begin(known: Credentials, attempt: _Attempt) -> str:
    with engine.current().transaction() as session:
        if not second_factor.is_proved(session, known, attempt.code):
            raise SignInRefused
        return sessions.begin(
            session, known.account_id, device=attempt.device, at=datetime.now(UTC)
        )


def _end(cookies: Mapping[str, str]) -> None:
    visitor = visitors.current({SESSION_COOKIE: cookies.get(SESSION_COOKIE, "")})
    if visitor.account_id is None:
        return
    digest = tokens.digest(cookies[SESSION_COOKIE])
    with engine.current().transaction() as session:
        sessions.end(session, visitor.account_id, digest, at=datetime.now(UTC))


def _invited(token: str) -> Invited:
    with engine.current().reading() as session:
        return invitations.invited(session, token, at=datetime.now(UTC))


async def _accept(
    token: str, invited: Invited, typed: Mapping[str, str], device: str
) -> tuple[str, str]:
    """Use a one-time link up; return a new session's key and whose it is."""
    email = (invited.email or typed.get("email", "")).strip().lower()
    password = typed.get("password", "")
    check_password(password, email=email)
    # Whoever holds the link was invited.
    password_hash = await passwords.in_turn(partial(passwords.hashed, password), network=None)

    def accepted() -> str:
        now = datetime.now(UTC)
        with engine.current().transaction() as session:
            account_id = invitations.accept(
                session,
                token,
                password_hash=password_hash,
                at=now,
                email=email,
                name=typed.get("name", ""),
            )
            return sessions.begin(session, account_id, device=device, at=now)

    return await threads.for_writing(accepted), email


def _first_place(cookies: Mapping[str, str]) -> str:
    visitor: Visitor = visitors.current(cookies)
    return under(f"/{next((place for place in Place if visitor.may_open(place)), '')}")


def _next(request: Request) -> str:
    """Return where to go after signing in; only ever a page of ours."""
    query = dict(request.query_params)
    place = query.pop("next", "")
    if place not in set(Place):
        return under("/signin/done")
    return under(f"/{place}") + (f"?{urlencode(query)}" if query else "")


def begin(account_id: int, device: str) -> str:
    """Sign an account in on a device and return the session's key."""
    with engine.current().transaction() as session:
        return sessions.begin(session, account_id, device=device, at=datetime.now(UTC))


def _form(request: Request, *, refusal: Refusal | None = None) -> Response:
    return page(
        request,
        "signin.html",
        refusal,
        action=under("/signin") + (f"?{request.url.query}" if request.url.query else ""),
        identity=framework.names_identity_provider(),
    )


def _invitation(
    request: Request,
    invited: Invited,
    *,
    typed: Mapping[str, str] | None = None,
    refusal: Refusal | None = None,
) -> Response:
    return page(
        request,
        "invitation.html",
        refusal,
        invited=invited,
        typed=typed or {},
        shortest=SHORTEST_PASSWORD,
    )


def sorry(request: Request, refusal: Refusal) -> Response:
    """Draw the page of a link that does not work."""
    return page(request, "sorry.html", refusal)


def page(request: Request, template: str, refusal: Refusal | None, **values: Any) -> Response:
    """Draw a page that says what is wrong, where something is, and when to try again."""
    status, message = status_of(refusal), message_of(request, refusal)
    drawn = html.page(request, template, status=status, message=message, **values)
    if refusal:
        drawn.headers.update(problems.waiting(refusal))
    return drawn


def status_of(refusal: Refusal | None) -> int:
    """Return the status of a page that may say a refusal."""
    return problems.status_of(refusal) if refusal else 200


def message_of(request: Request, refusal: Refusal | None) -> str:
    """Say in the visitor's language what is wrong; nothing where nothing is."""
    if refusal is None:
        return ""
    language = html.language_of(request)
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
