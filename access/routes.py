"""The door for staff and screens: an entry link is exchanged for a cookie."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from access import links
from dialogue.roles import Place
from locales import preferred

A_YEAR = 365 * 24 * 3600


async def enter(request: Request) -> Response:
    """Keep the roles of an entry link in the browser, beside those it has, and open the page."""
    granted = links.roles(request.path_params["token"])
    if not granted:
        language = preferred(request.headers.get("accept-language", ""))
        message = language.gettext(
            "This link is not valid any more. Ask the event desk for another."
        )
        return PlainTextResponse(message, status_code=403)
    place = request.path_params["place"]
    if place not in set(Place):
        return PlainTextResponse("", status_code=404)
    # A desk that also opens the projector's link stays a desk.
    held = links.roles(request.cookies.get(links.COOKIE))
    response = RedirectResponse(f"/{place}?{request.query_params}", status_code=303)
    response.set_cookie(
        links.COOKIE,
        links.sign(held | granted),
        max_age=A_YEAR,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    # The link is a key: no other site and no log beyond ours should learn it.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


routes = [Route("/enter/{token}/{place}", enter)]
