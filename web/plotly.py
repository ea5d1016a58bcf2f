"""The script that draws the charts, as the library for Python brings it along."""

import gzip
from functools import cache

import plotly
from plotly.offline import get_plotlyjs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web import assets

# With another version it has another address, so that a browser may keep it for good.
PATH = f"/assets/plotly-{plotly.__version__}.js"


async def _script(_request: Request) -> Response:
    return Response(
        _compressed(),
        media_type="text/javascript",
        headers={
            "Content-Encoding": "gzip",  # every browser that can draw the charts reads it
            "Cache-Control": assets.FOR_GOOD,
        },
    )


@cache
def _compressed() -> bytes:
    return gzip.compress(get_plotlyjs().encode())


routes = [Route(PATH, _script)]
