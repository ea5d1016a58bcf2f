"""Where a browser's outbox arrives over HTTP: read, done once each, and answered."""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any, NotRequired, TypedDict

from starlette.requests import Request
from starlette.responses import Response

import locales
import words.outcomes
from access import visitors
from components.commands import door, notices, outbox
from components.commands.door import OpenTransaction
from components.commands.notices import Notice
from dialogue.accounts import Visitor
from dialogue.commands import Command, Outcome
from dialogue.refusals import AnotherAccount
from live import snapshots
from locales import Language
from web import bodies, threads
from web.origin import require_ours
from web.problems import Broken, Malformed, UnknownAddress

logger = logging.getLogger(__name__)
# A long question, split, with what waited before it.
MOST_BYTES = 65_536
MOST_PLACES = 2**31 - 1
NEVER_KEPT = {"Cache-Control": "no-store"}
Read = Callable[[Mapping[str, Any]], Command]
"""Raises KeyError, TypeError or ValueError where no page of ours sends this."""
Say = Callable[[Outcome, Command, str, Language], Notice | None]
"""Says what came of a command to an event, as `door.say` does."""
Beside = Callable[[str, Visitor, str, Language], bytes | None]
"""Returns the lists at the address that a page reads them from, as JSON; None for another's."""


class Answer(TypedDict):
    """What an outbox is answered: up to which place commands are done, and what came of them.

    What they changed shows from `revision` on, None where that is not known. The lists of the page
    are there where they were asked for.
    """

    place: int
    notice: Notice | None
    revision: int | None
    lists: NotRequired[Any]


def no_lists(_slug: str, _visitor: Visitor, _address: str, _language: Language) -> bytes | None:
    """Return no lists: the page has none."""
    return None


async def answer(
    request: Request, read: Read, *, say: Say = door.say, lists: Beside = no_lists
) -> Response:
    """Do the commands of an outbox, and send an `Answer`.

    It brings the page's lists as they are then, if they are asked for by their address.

    Raises:
        Malformed: no page of ours sends this.
        UnknownAddress: whoever sends it may do nothing here.
    """
    require_ours(request)
    sent = await bodies.json_object(request, most=MOST_BYTES)
    if not _is_an_outbox(sent):
        logger.warning("commands that no page of ours sends")
        raise Malformed
    body = await threads.for_writing(_done, request, sent, read, say, lists)
    return Response(body, media_type="application/json", headers=NEVER_KEPT)


def language_of(request: Request) -> Language:
    """Return the language that a page asks for in its address."""
    return locales.language(request.query_params.get("lang", locales.DEFAULT))


def _done(
    request: Request,
    sent: Mapping[str, Any],
    read: Read,
    say: Say,
    lists: Beside,
) -> bytes:
    slug, language = request.path_params["slug"], language_of(request)
    visitor = visitors.current(request.cookies, active=True)
    if visitor.account_id is None:
        raise UnknownAddress
    # It was kept in this browser while somebody else was signed in.
    if request.query_params.get("account") not in (None, str(visitor.account_id)):
        raise AnotherAccount
    if not visitor.roles(slug):
        raise UnknownAddress
    actor = visitor.actor(slug)

    def do_one(each: Mapping[str, Any], open_transaction: OpenTransaction) -> Notice | None:
        try:
            command = read(each)
        except (KeyError, TypeError, ValueError) as error:
            # It is not done, and does not keep back those after it.
            logger.warning("a command that no page of ours sends", exc_info=error)
            return notices.refused(words.outcomes.refusal(Broken(), language))
        outcome = door.run(command, slug, actor=actor, open_transaction=open_transaction)
        return say(outcome, command, slug, language)

    place, notice = outbox.take(
        visitor.account_id,
        sent["page"],
        sent["commands"],
        do_one,
        untold=language.gettext("It is done; the lists show what came of it."),
    )
    body = json.dumps({"place": place, "notice": notice}, ensure_ascii=False).encode()
    shown = _shown_now(slug, visitor, str(sent.get("lists")), language, lists)
    return body[:-1] + shown + b"}"


def _shown_now(
    slug: str, visitor: Visitor, address: str, language: Language, lists: Beside
) -> bytes:
    """Return what is shown now: the revision, and the page's lists if it asked for them.

    What was done is done: where this fails, the page hears of it all the same, and reads later.
    """
    try:
        shown = b',"revision":%d' % snapshots.current(slug).revision
        listed = lists(slug, visitor, address, language)
    except Exception:
        logger.exception("what was done could not be shown")
        return b',"revision":null'
    return shown if listed is None else shown + b',"lists":' + listed


def _is_an_outbox(sent: Mapping[str, Any]) -> bool:
    page, commands = sent.get("page"), sent.get("commands")
    return (
        isinstance(page, str)
        and 0 < len(page) <= outbox.LONGEST_PAGE
        and isinstance(commands, list)
        and all(
            isinstance(each, dict)
            and isinstance(each.get("place"), int)
            and 0 < each["place"] <= MOST_PLACES
            for each in commands
        )
    )
