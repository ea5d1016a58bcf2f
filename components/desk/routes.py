"""What the desk reads and does over HTTP: its lists, commands on questions, commands on screens."""

from collections.abc import Mapping
from functools import partial
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from access import visitors
from components.commands import endpoint, hall_commands, question_commands
from components.desk import lists
from dialogue.accounts import Visitor
from dialogue.hall import Side
from dialogue.roles import Place, may_open
from live import snapshots
from locales import Language
from web import threads
from web.addresses import under
from web.problems import UnknownAddress


async def read_lists(request: Request) -> Response:
    """Send the desk's lists as JSON, from `lists.every`, to whoever may open the desk."""
    every = await threads.for_reading(_read_lists, request)
    return Response(every, media_type="application/json", headers=endpoint.NEVER_KEPT)


async def change_questions(request: Request) -> Response:
    """Do what somebody asks for at a list of questions."""
    return await endpoint.answer(request, question_commands.read, lists=_at_address)


async def change_screens(request: Request) -> Response:
    """Do what somebody asks for at the stage control."""
    read = partial(hall_commands.read, side=Side.DESK)
    return await endpoint.answer(request, read, lists=_at_address)


def _read_lists(request: Request) -> bytes:
    slug, visitor = request.path_params["slug"], visitors.current(request.cookies)
    if not may_open(visitor.roles(slug), Place.DESK):
        raise UnknownAddress
    return _every(slug, visitor, request.query_params, endpoint.language_of(request))


def _at_address(slug: str, visitor: Visitor, address: str, language: Language) -> bytes | None:
    asked = urlsplit(address)
    if asked.path != under(f"/lists/{slug}") or not may_open(visitor.roles(slug), Place.DESK):
        return None
    return _every(slug, visitor, dict(parse_qsl(asked.query)), language)


def _every(slug: str, visitor: Visitor, query: Mapping[str, str], language: Language) -> bytes:
    snapshot = snapshots.current(slug)
    return lists.every(snapshot, visitor, lists.view_state(query, snapshot, visitor), language)


routes = [
    Route("/lists/{slug}", read_lists),
    Route("/commands/{slug}", change_questions, methods=["POST"]),
    Route("/commands/{slug}/stage", change_screens, methods=["POST"]),
]
