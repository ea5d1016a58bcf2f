"""The app with one page in place of all: annotations of two subjects, one of them at a moment."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from app import lifespan, routes
from web.protection import Protection

app = st.App(
    Path(__file__).parent / "annotations_page.py",
    routes=routes,
    middleware=[Middleware(Protection)],
    lifespan=lifespan,
)
