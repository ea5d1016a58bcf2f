"""A Streamlit app that shows what a file says on the stage, with the app's fonts."""

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from web.assets import FOLDER


async def _alive(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


app = st.App(
    Path(__file__).parent / "scenes_page.py",
    routes=[
        Route("/healthz", _alive),
        Mount("/assets", StaticFiles(directory=FOLDER)),
    ],
)
