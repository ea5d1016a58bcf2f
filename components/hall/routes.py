"""What a screen of the hall reads over HTTP."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import locales
from access import visitors
from components.scenes import scene_data
from components.scenes.stage import ScreenContent
from components.shell.event_picker import SCREENS
from dialogue.roles import Place, may_open
from web import threads
from web.problems import UnknownAddress


async def scene(request: Request) -> Response:
    """Send a screen's scene as JSON, a `ScreenContent`; nobody else learns that it is there."""
    shown = await threads.for_reading(_shown, request)
    return JSONResponse(shown, headers={"Cache-Control": "no-store"})


def _shown(request: Request) -> ScreenContent:
    place, slug = request.path_params["place"], request.path_params["slug"]
    roles = visitors.current(request.cookies).roles(slug)
    if place not in SCREENS or not may_open(roles, Place(place)):
        raise UnknownAddress
    return scene_data.shown(
        Place(place),
        slug,
        locales.language(request.query_params.get("lang", locales.DEFAULT)),
        at=datetime.now(UTC),
        overlay=request.query_params.get("overlay") == "1",
    )


routes = [Route("/scene/{place}/{slug}", scene)]
