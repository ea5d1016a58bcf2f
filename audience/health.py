"""For the operator and the balancer: is the process alive, and may it be given traffic?"""

import anyio
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data_access import engine, schema


async def alive(_request: Request) -> Response:
    """Tell that the process answers."""
    return PlainTextResponse("ok")


async def ready(_request: Request) -> Response:
    """Tell whether the database answers and has the tables of this code."""
    try:
        current = await anyio.to_thread.run_sync(schema.is_current, engine.current())
    except engine.Failure:
        return PlainTextResponse("the database does not answer", status_code=503)
    if not current:
        return PlainTextResponse("the database is not migrated", status_code=503)
    return PlainTextResponse("ok")


routes = [Route("/healthz", alive), Route("/readyz", ready)]
