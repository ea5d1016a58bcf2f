"""An address that names no event, or names it in capital letters, leads on to the event's own."""

import re
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from data_access import engine
from data_access.events import events
from dialogue.refusals import UnknownEvent
from web import addresses, threads


async def to_event(request: Request) -> Response:
    """Lead from a page without an event to that of the event that pages are about.

    Raises:
        UnknownEvent: there is none.
    """
    slug = await threads.for_reading(_nearest)
    return addresses.lead(request, f"{request.url.path}/{slug}")


def to_small_letters(request: Request) -> Response | None:
    """Lead to the same page with the event's name as events are named; None where it is."""
    slug: str = request.path_params["slug"]
    if slug == slug.lower() or not re.fullmatch("[A-Za-z0-9-]+", slug):
        return None
    path = request.url.path.replace(f"/{slug}", f"/{slug.lower()}", 1)
    return addresses.lead(request, path)


def _nearest() -> str:
    with engine.current().reading() as session:
        nearest = events.list_nearest(session, at=datetime.now(UTC))
    slug = next((each.slug for each in nearest if each.practice_of is None), None)
    if slug is None:
        raise UnknownEvent
    return slug
