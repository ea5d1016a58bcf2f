"""What a request brings along, never more of it than is allowed."""

import json
from typing import Any

from starlette.requests import Request

from web.problems import Malformed, TooLarge, WrongType

MOST_BYTES = 16_384


async def read(request: Request, *, most: int = MOST_BYTES) -> bytes:
    """Return the body.

    Raises:
        TooLarge: it is longer.
    """
    received = bytearray()
    async for part in request.stream():
        received += part
        if len(received) > most:
            raise TooLarge
    return bytes(received)


async def json_object(request: Request, *, most: int = MOST_BYTES) -> dict[str, Any]:
    """Return the JSON object that the body is.

    Raises:
        Malformed: it is something else.
        TooLarge: it is longer.
        WrongType: it does not say that it is JSON.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise WrongType
    try:
        parsed = json.loads((await read(request, most=most)).decode())
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(parsed, dict):
        raise Malformed
    return parsed
