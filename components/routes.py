"""`/picture/{place}/{slug}`: what a screen shows now, for one that has heard of a change."""

from datetime import UTC, datetime

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

import locales
from access import visitors
from components import pictures
from components.event_picker import SCREENS
from components.stage import Shown
from dialogue.roles import Place, may_open
from web.problems import UnknownAddress


async def picture(request: Request) -> JSONResponse:
    """Send a screen's picture as JSON, a `Shown`; nobody else learns that it is there."""
    shown = await anyio.to_thread.run_sync(_shown, request)
    return JSONResponse(shown, headers={"Cache-Control": "no-store"})


def _shown(request: Request) -> Shown:
    place, slug = request.path_params["place"], request.path_params["slug"]
    roles = visitors.current(request.cookies).roles(slug)
    if place not in SCREENS or not may_open(roles, Place(place)):
        raise UnknownAddress
    query = request.query_params
    return pictures.shown(
        Place(place),
        slug,
        locales.language(query.get("lang", locales.DEFAULT)),
        at=datetime.now(UTC),
        overlay=query.get("overlay") == "1",
    )


routes = [Route("/picture/{place}/{slug}", picture)]
