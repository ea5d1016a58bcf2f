"""Figures that are drawn once for each revision and view, for everybody who looks at the same."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

import streamlit as st
from plotly.graph_objects import Figure

from components.drawing import chart, selection
from data_access.questions.cached.snapshots import Snapshot
from locales import Language

# One entry for each revision, language and view that somebody looks at now; older ones go.
KEPT = 64
# A snapshot never changes, so its event and revision say all that a count of it depends on.
BY_REVISION: dict[type | str, Callable[[Any], Any]] = {
    Snapshot: lambda snapshot: (snapshot.event.slug, snapshot.revision),
    Language: lambda language: language.code,
}


class CachedFigure(NamedTuple):
    """A figure as JSON, what it says in a sentence, and whether it says no more than that."""

    figure: bytes
    finding: str
    is_empty: bool


def kept(draw: Callable[..., tuple[Figure, str]]) -> Callable[..., CachedFigure]:
    """Have a figure and its finding drawn once for each snapshot, language and view."""

    @wraps(draw)
    def drawn(*view: Any) -> CachedFigure:
        figure, finding = draw(*view)
        return CachedFigure(figure.to_json().encode(), finding, is_empty=not figure.data)

    return st.cache_data(max_entries=KEPT, show_spinner=False, hash_funcs=BY_REVISION)(drawn)


def show(
    drawn: CachedFigure, *, key: str, selects: tuple[str, ...] = (), can_zoom: bool = False
) -> None:
    """Draw a figure with its finding below; a click on a point selects what is in `selects`."""
    chart.show(
        drawn.figure,
        key=key,
        alt=drawn.finding,
        on_choice=(lambda choice: selection.take(choice, selects)) if selects else None,
        can_zoom=can_zoom,
    )
    if not drawn.is_empty:
        st.text(drawn.finding)
