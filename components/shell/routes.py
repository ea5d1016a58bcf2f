"""What every page does over HTTP: keep the language that somebody chose, read the event's state."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import locales
from components.shell import frame
from live import snapshots
from web import cookies, html, threads
from web.origin import require_ours
from web.problems import UnknownAddress


async def keep_language(request: Request) -> Response:
    """Keep in a browser the language that somebody chose on a page."""
    require_ours(request)
    code = request.path_params["code"]
    if code not in locales.CODES:
        raise UnknownAddress
    response = Response(status_code=204, headers={"Cache-Control": "no-store"})
    cookies.keep(response, request, html.LANGUAGE_COOKIE, code, seconds=html.LANGUAGE_KEPT_SECONDS)
    return response


async def read_state(request: Request) -> Response:
    """Send how an event takes and shows questions now, as everybody may know."""
    snapshot = await threads.for_reading(snapshots.current, request.path_params["slug"])
    language = locales.language(request.query_params.get("lang", locales.DEFAULT))
    return JSONResponse(
        frame.event_state(snapshot.event, language), headers={"Cache-Control": "no-store"}
    )


routes = [
    Route("/language/{code}", keep_language, methods=["POST"]),
    Route("/bar/{slug}", read_state),
]
