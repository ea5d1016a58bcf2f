"""The links of the hall's screens, and what a screen says whose link does not work."""

from functools import cache
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import locales
from access import signin
from access.visitors import SCREEN_COOKIE
from data_access import engine
from data_access.accounts import sessions
from dialogue.accounts import Screen
from dialogue.refusals import LinkUsed
from web import cookies, html, threads
from web.addresses import under

KEPT_SECONDS = 365 * 24 * 3600


class ScreenNotice(NamedTuple):
    """What is wrong, and what to do."""

    title: str
    text: str


async def show(request: Request) -> Response:
    """Keep a screen's key in its browser and open the page that it is for."""
    token = request.path_params["token"]
    screen = await threads.for_reading(_screen, token)
    if screen is None:
        status = signin.status_of(LinkUsed())
        return html.page(request, "screen.html", status=status, notices=invalid())
    query = {**request.query_params, **({"event": screen.slug} if screen.slug else {})}
    response = RedirectResponse(
        under(f"/{screen.place}") + (f"?{urlencode(query)}" if query else ""),
        status_code=303,
        headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"},
    )
    cookies.keep(response, request, SCREEN_COOKIE, token, seconds=KEPT_SECONDS)
    signin.keep_mark(response, request)
    return response


@cache
def invalid() -> tuple[ScreenNotice, ...]:
    """Say that a screen's link does not work, in every language: nobody chooses one on a screen."""
    languages = [locales.language(code) for code in locales.CODES]
    return tuple(
        ScreenNotice(
            each.gettext("This screen has no valid link"),
            each.gettext("Ask the event desk to open the screen's new link here."),
        )
        for each in languages
    )


def _screen(token: str) -> Screen | None:
    with engine.current().reading() as session:
        return sessions.screen(session, token)


routes = [Route("/screen/{token}", show)]
