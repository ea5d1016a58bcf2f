"""What pages read and do by themselves, without running again: pictures, lists and deeds."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NotRequired, TypedDict, TypeVar
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import locales
from access import visitors
from components import deed, desk_lists, lead, outbox, pictures, stage_deed, words
from components.desk_lists import Lists
from components.event_picker import SCREENS
from components.outbox import Begin, Said
from components.stage import Shown
from data_access import boards
from data_access.boards import Board
from dialogue.accounts import Actor, Visitor
from dialogue.roles import Place, may_open
from locales import Language
from web import bodies, cookies, html, threads
from web.addresses import under
from web.origin import require_ours
from web.problems import Broken, Malformed, UnknownAddress

logger = logging.getLogger(__name__)
# A long question, split, with what waited before it.
MOST_DEEDS_BYTES = 65_536
MOST_PLACES = 2**31 - 1
NEVER_KEPT = {"Cache-Control": "no-store"}
Command = TypeVar("Command")
_Read = Callable[[Mapping[str, Any]], Command]
"""Raises KeyError, TypeError or ValueError where no page of ours sends this."""
_Do = Callable[[Actor, str, Command, Language, Begin], Said | None]


class Answer(TypedDict):
    """What an outbox is answered: up to which place deeds are done, and what came of them.

    What they changed shows from `revision` on, None where that is not known. The desk's lists are
    there where they were asked for.
    """

    place: int
    said: Said | None
    revision: int | None
    lists: NotRequired[Lists]


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
    return await _answer(request, deed.read, deed.do_as)


async def stage_deeds(request: Request) -> Response:
    """Do what somebody asks for at the stage control."""
    return await _answer(request, stage_deed.read, stage_deed.do_as)


async def presses(request: Request) -> Response:
    """Do what somebody presses on the chair's page."""
    return await _answer(request, lead.read, lead.do_as)


async def language(request: Request) -> Response:
    """Keep in a browser the language that somebody chose on a page."""
    require_ours(request)
    code = request.path_params["code"]
    if code not in locales.CODES:
        raise UnknownAddress
    response = Response(status_code=204, headers=NEVER_KEPT)
    cookies.keep(response, request, html.LANGUAGE_COOKIE, code, seconds=html.LANGUAGE_KEPT_SECONDS)
    return response


async def _answer(request: Request, read: _Read[Command], do: _Do[Command]) -> Response:
    """Do the deeds of an outbox, and send an `Answer`.

    It brings the desk's lists as they are then, if they are asked for by their address.
    """
    require_ours(request)
    sent = await bodies.json_object(request, most=MOST_DEEDS_BYTES)
    if not _is_an_outbox(sent):
        logger.warning("deeds that no page of ours sends")
        raise Malformed
    answer = await threads.write(_done, request, sent, read, do)
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


def _done(
    request: Request, sent: Mapping[str, Any], read: _Read[Command], do: _Do[Command]
) -> bytes:
    slug, spoken = request.path_params["slug"], _spoken(request)
    visitor = visitors.current(request.cookies, active=True)
    if visitor.account_id is None or not visitor.roles(slug):
        raise UnknownAddress
    actor = visitor.actor(slug)

    def do_one(each: Mapping[str, Any], begin: Begin) -> Said | None:
        try:
            command = read(each)
        except (KeyError, TypeError, ValueError) as error:
            # It is not done, and does not keep back those after it.
            logger.warning("a deed that no page of ours sends", exc_info=error)
            return outbox.refuse(words.refusal(Broken(), spoken))
        return do(actor, slug, command, spoken, begin)

    place, said = outbox.take(
        visitor.account_id,
        sent["page"],
        sent["deeds"],
        do_one,
        untold=spoken.gettext("It is done; the lists show what came of it."),
    )
    answer = json.dumps({"place": place, "said": said}, ensure_ascii=False).encode()
    return answer[:-1] + _since(slug, visitor, sent.get("lists"), spoken) + b"}"


def _since(slug: str, visitor: Visitor, lists: object, spoken: Language) -> bytes:
    """Return what is shown now: the revision, and the desk's lists if their address is asked for.

    What was done is done: where this fails, the page hears of it all the same, and reads later.
    """
    try:
        board = boards.current(slug)
        shown = b',"revision":%d' % board.revision
        asked = urlsplit(str(lists))
        if asked.path != under(f"/lists/{slug}") or not may_open(visitor.roles(slug), Place.DESK):
            return shown
        query = dict(parse_qsl(asked.query))
        return shown + b',"lists":' + _every(board, visitor, query, spoken)
    except Exception:
        logger.exception("what was done could not be shown")
        return b',"revision":null'


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


def _spoken(request: Request) -> Language:
    return locales.language(request.query_params.get("lang", locales.DEFAULT))


routes = [
    Route("/picture/{place}/{slug}", picture),
    Route("/lists/{slug}", lists),
    Route("/language/{code}", language, methods=["POST"]),
    Route("/deeds/{slug}", deeds, methods=["POST"]),
    Route("/deeds/{slug}/stage", stage_deeds, methods=["POST"]),
    Route("/deeds/{slug}/chair", presses, methods=["POST"]),
]
