"""An address that names no event, or names it in capital letters, leads on to the event's own."""

import re

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from data_access import engine, events
from dialogue.refusals import UnknownEvent

_NEVER_KEPT = {"Cache-Control": "no-store"}


async def to_event(request: Request) -> Response:
    """Lead from a page without an event to that of the event that pages are about.

    Raises:
        UnknownEvent: there is none.
    """
    slug = await anyio.to_thread.run_sync(_latest)
    return RedirectResponse(f"{request.url.path}/{slug}", headers=_NEVER_KEPT)


def to_small_letters(request: Request) -> Response | None:
    """Lead to the same page with the event's name as events are named; None where it is."""
    slug: str = request.path_params["slug"]
    if slug == slug.lower() or not re.fullmatch("[A-Za-z0-9-]+", slug):
        return None
    path = request.url.path.replace(f"/{slug}", f"/{slug.lower()}", 1)
    return RedirectResponse(path, headers=_NEVER_KEPT)


def _latest() -> str:
    with engine.current().reading() as session:
        slugs = events.list_slugs(session)
    if not slugs:
        raise UnknownEvent
    return slugs[0]
