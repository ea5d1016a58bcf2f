"""What is answered where something fails: a problem document under /api, a page elsewhere."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from data_access import engine
from dialogue.refusals import NotNow, Refusal
from web import addresses, html, problems
from web.problems import Broken, UnknownAddress, WrongMethod
from web.repeated import Repeated

logger = logging.getLogger(__name__)
_repeated = Repeated(logger)
# What servers call it; nobody reads this answer.
GONE_AWAY = 499


async def answer(request: Request, error: Exception) -> Response:
    """Answer whatever was raised, in the caller's language; a bug and a database are logged."""
    match error:
        case Refusal():
            return say(request, error)
        case engine.Failure():
            # The route's pattern: the address itself may hold a code.
            path = request.scope["route"].path
            _repeated.error(f"the database failed at {path}: {engine.reason(error)}")
            return say(request, NotNow())
        case ClientDisconnect():
            return Response(status_code=GONE_AWAY)
        case HTTPException(status_code=404):
            return say(request, UnknownAddress())
        case HTTPException(status_code=405):
            response = say(request, WrongMethod())
            response.headers.update(error.headers or {})
            return response
        case HTTPException():
            return PlainTextResponse(error.detail, error.status_code, error.headers)
        case _:
            return say(request, Broken())  # the server logs what was raised


def say(request: Request, refusal: Refusal) -> Response:
    """Answer a refusal: to a program with its document, to a person with a page."""
    if addresses.inner(request.scope).startswith(("/api/", "/commands/")):
        response: Response = problems.response(request, refusal)
    else:
        language, status = html.language_of(request), problems.status_of(refusal)
        response = html.page(
            request,
            "failure.html",
            status=status,
            is_nowhere=status == 404,
            message=language.gettext(refusal.message).format(**refusal.values),
        )
    response.headers.update(problems.waiting(refusal))
    return response


HANDLERS = dict.fromkeys(
    (Refusal, engine.Failure, ClientDisconnect, HTTPException, Exception), answer
)
