"""What every page does over HTTP: it keeps the language that somebody chose."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import locales
from web import cookies, html
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


routes = [Route("/language/{code}", keep_language, methods=["POST"])]
