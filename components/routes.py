"""What pages read and do by themselves, without running again: pictures, lists and deeds."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import locales
from access import visitors
from components import deed, desk_lists, outbox, pictures, stage_deed, words
from components.event_picker import SCREENS
from components.outbox import Begin, Said
from components.stage import Shown
from data_access import boards
from data_access.boards import Board
from dialogue.accounts import Actor, Visitor
from dialogue.roles import Place, may_open
from locales import Language
from web import bodies, threads
from web.addresses import under
from web.origin import require_ours
from web.problems import Broken, Malformed, UnknownAddress

logger = logging.getLogger(__name__)
# A long question, split, with what waited before it.
MOST_DEEDS_BYTES = 65_536
MOST_PLACES = 2**31 - 1
NEVER_KEPT = {"Cache-Control": "no-store"}
_Do = Callable[[Actor, str, Mapping[str, Any], Language, Begin], Said]


async def picture(request: Request) -> Response:
    """Send a screen's picture as JSON, a `Shown`; nobody else learns that it is there."""
    shown = await threads.read(_shown, request)
    return JSONResponse(shown, headers=NEVER_KEPT)


async def lists(request: Request) -> Response:
    """Send the desk's lists as JSON, from `desk_lists.every`, to whoever may open the desk."""
    every = await threads.read(_lists, request)
    return Response(every, media_type="application/json", headers=NEVER_KEPT)


async def deeds(request: Request) -> Response:
    """Do what somebody asks for at a list of questions."""
    return await _answer(request, _do_to_questions)


async def stage_deeds(request: Request) -> Response:
    """Do what somebody asks for at the stage control."""
    return await _answer(request, stage_deed.do_as)


async def _answer(request: Request, do: _Do) -> Response:
    """Do the deeds of an outbox, and say up to which they are done and what came of them.

    What they changed shows from `revision` on. The answer brings the desk's lists as they are
    then, if they are asked for by their address.
    """
    require_ours(request)
    sent = await bodies.json_object(request, most=MOST_DEEDS_BYTES)
    if not _is_an_outbox(sent):
        logger.warning("deeds that no page of ours sends")
        raise Malformed
    answer = await threads.write(_done, request, sent, do)
    return Response(answer, media_type="application/json", headers=NEVER_KEPT)


def _shown(request: Request) -> Shown:
    place, slug = request.path_params["place"], request.path_params["slug"]
    roles = visitors.current(request.cookies).roles(slug)
    if place not in SCREENS or not may_open(roles, Place(place)):
        raise UnknownAddress
    return pictures.shown(
        Place(place),
        slug,
        _spoken(request),
        at=datetime.now(UTC),
        overlay=request.query_params.get("overlay") == "1",
    )


def _lists(request: Request) -> bytes:
    slug, visitor = request.path_params["slug"], visitors.current(request.cookies)
    if not may_open(visitor.roles(slug), Place.DESK):
        raise UnknownAddress
    return _every(boards.current(slug), visitor, request.query_params, _spoken(request))


def _every(board: Board, visitor: Visitor, query: Mapping[str, str], spoken: Language) -> bytes:
    looking = desk_lists.looking(query, board, visitor)
    return desk_lists.every(board, visitor, looking, spoken)


def _done(request: Request, sent: Mapping[str, Any], do: _Do) -> bytes:
    slug, spoken = request.path_params["slug"], _spoken(request)
    visitor = visitors.current(request.cookies, active=True)
    if visitor.account_id is None or not visitor.roles(slug):
        raise UnknownAddress
    actor = visitor.actor(slug)
    place, said = outbox.take(
        visitor.account_id,
        sent["page"],
        sent["deeds"],
        lambda each, begin: _do_one(do, actor, slug, each, spoken, begin),
    )
    board = boards.current(slug)
    answer = {"place": place, "said": said, "revision": board.revision}
    encoded = json.dumps(answer, ensure_ascii=False).encode()
    asked = urlsplit(str(sent.get("lists")))
    if asked.path != under(f"/lists/{slug}") or not may_open(actor.roles, Place.DESK):
        return encoded
    query = dict(parse_qsl(asked.query))
    return encoded[:-1] + b',"lists":' + _every(board, visitor, query, spoken) + b"}"


def _is_an_outbox(sent: Mapping[str, Any]) -> bool:
    page, deeds = sent.get("page"), sent.get("deeds")
    return (
        isinstance(page, str)
        and 0 < len(page) <= outbox.LONGEST_PAGE
        and isinstance(deeds, list)
        and all(
            isinstance(each, dict)
            and isinstance(each.get("place"), int)
            and 0 < each["place"] <= MOST_PLACES
            for each in deeds
        )
    )


def _do_one(
    do: _Do, actor: Actor, slug: str, sent: Mapping[str, Any], spoken: Language, begin: Begin
) -> Said:
    """Do a deed; one that cannot be read is not done, and does not keep back those after it."""
    try:
        return do(actor, slug, sent, spoken, begin)
    except (KeyError, TypeError, ValueError) as error:
        logger.warning("a deed that no page of ours sends", exc_info=error)
        return outbox.refuse(words.refusal(Broken(), spoken))


def _do_to_questions(
    actor: Actor, slug: str, sent: Mapping[str, Any], spoken: Language, begin: Begin
) -> Said:
    return deed.do_as(actor, slug, deed.read(sent), spoken, begin)


def _spoken(request: Request) -> Language:
    return locales.language(request.query_params.get("lang", locales.DEFAULT))


routes = [
    Route("/picture/{place}/{slug}", picture),
    Route("/lists/{slug}", lists),
    Route("/deeds/{slug}", deeds, methods=["POST"]),
    Route("/deeds/{slug}/stage", stage_deeds, methods=["POST"]),
]
