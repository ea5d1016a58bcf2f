"""A figure that changes in place: the framework's own chart is drawn anew with each new number."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypedDict

import streamlit as st

from components.shell.session_language import _
from web import plotly, scripts
from web.addresses import under

_FOLDER = Path(__file__).parent
_CHART = st.components.v2.component(
    "chart",
    js=scripts.bundle(_FOLDER / "chart.js"),
    # The library puts its styles into the page.
    isolate_styles=False,
)

Choice = tuple[str | None, str | None]
"""What was clicked: a district and a topic by their codes, None for neither."""


class Frame(TypedDict):
    """What is told besides a figure: what it shows, where Plotly is, and how it is to behave."""

    alt: str
    script: str
    config: dict[str, Any]


class Layout(TypedDict):
    """What the browser needs to know of how a figure is laid out."""

    height: int
    font: dict[str, Any]


class Plot(TypedDict):
    """A figure, as Plotly writes it."""

    data: Sequence[Any]
    layout: Layout


class Figure(Frame):
    """All that a chart is given."""

    figure: Plot


def show(
    figure: bytes,
    *,
    key: str,
    alt: str,
    on_choice: Callable[[Choice], None] | None = None,
    can_zoom: bool = False,
) -> None:
    """Draw a figure, as Plotly writes it in JSON, and call `on_choice` for each click on a point.

    `alt` says in words what it shows. Letters have the page's own colour and font.
    """
    config = {"displayModeBar": False, "scrollZoom": False} | (_zoom() if can_zoom else {})
    frame = Frame(alt=alt, script=under(plotly.PATH), config=config)
    _CHART(
        key=key,
        data=b'{"figure":' + figure + b"," + json.dumps(frame).encode()[1:],
        on_choice_change=lambda: _take(key, on_choice),
    )


def _take(key: str, on_choice: Callable[[Choice], None] | None) -> None:
    chosen = st.session_state[key].choice
    if on_choice is not None and chosen is not None:
        district, topic = chosen
        on_choice((district, topic))


def _zoom() -> dict[str, Any]:
    """Return the buttons of a figure to zoom with: a finger that drags scrolls the page."""
    names = {
        "Zoom in": _("Zoom in"),
        "Zoom out": _("Zoom out"),
        "Reset axes": _("Show all of it"),
    }
    return {
        "displayModeBar": True,
        "displaylogo": False,
        "modeBarButtons": [["zoomIn2d", "zoomOut2d", "resetScale2d"]],
        "locale": "dialogue",
        "locales": {"dialogue": {"dictionary": names}},
    }
