"""Which districts ask, as equal squares where they roughly lie.

The frame is that of `charts.districts`.
"""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, measures, palette, placing, text
from charts.measures import Measure
from locales import Language

TILE = 84
TILE_GAP = 0.06
TILE_LETTERS = 6
TILE_LINES = 3


def tiles(
    frame: pd.DataFrame, language: Language, *, measure: Measure, chosen: str | None = None
) -> go.Figure:
    """Draw an equal square per district where it roughly lies: column 0 west, row 0 north.

    The reader should see every district at the same size, its name and number inside, the
    darker the more, and hollow where there is nothing. Districts without a place are named below.
    """
    nothing = measures.nothing(frame, language, measure=measure)
    if nothing:
        return canvas.words(nothing, language)
    frame = frame.assign(step=measures.steps(frame, measure))
    is_placed = frame["tile_column"].notna() & frame["tile_row"].notna()
    placed = frame[is_placed]
    if placed.empty:
        return canvas.words(language.gettext("The places of the tiles are not known."), language)
    return canvas.figure(
        [
            _squares(placed, language, chosen=chosen),
            *_tile_texts(placed, language, measure=measure),
        ],
        language,
        name=f"districts-tiles-{measure}",
        barmode="overlay",
        **_tile_axes(placed),
        **placing.above_note(
            frame[~is_placed], language, measure=measure, height=_tiles_height(placed)
        ),
    )


def _tiles_height(frame: pd.DataFrame) -> int:
    return TILE * int(frame["tile_row"].max() - frame["tile_row"].min() + 1)


def _tile_axes(frame: pd.DataFrame) -> dict[str, Any]:
    columns, rows = frame["tile_column"].astype(int), frame["tile_row"].astype(int)
    return {
        "xaxis": canvas.hidden_axis(
            range=[columns.min() - 0.5, columns.max() + 0.5], constrain="domain"
        ),
        "yaxis": canvas.hidden_axis(
            range=[rows.max() + 0.5, rows.min() - 0.5],
            scaleanchor="x",
            constrain="domain",
            constraintoward="top",
        ),
    }


def _squares(frame: pd.DataFrame, language: Language, *, chosen: str | None) -> go.Bar:
    # Bars rather than a heat map: they have an outline, which the palest need on white.
    side = 1 - TILE_GAP
    return go.Bar(
        x=frame["tile_column"].astype(int).tolist(),
        y=[side] * len(frame),
        base=(frame["tile_row"].astype(int) - side / 2).tolist(),
        width=side,
        marker={
            "color": [palette.fill(each) for each in frame["step"]],
            "line": palette.outlines((frame["code"] == chosen).tolist()),
            "cornerradius": 4,
        },
        **measures.points(frame, language),
    )


def _tile_texts(frame: pd.DataFrame, language: Language, *, measure: Measure) -> list[go.Scatter]:
    named = frame.assign(
        text=[
            text.wrapped(name, width=TILE_LETTERS, most=TILE_LINES) + text.BREAK + text.bold(label)
            for name, label in zip(
                text.names(frame, "short_name"),
                measures.short_labels(frame, language, measure),
                strict=True,
            )
        ]
    )
    return [
        go.Scatter(
            x=part["tile_column"].astype(int).tolist(),
            y=part["tile_row"].astype(int).tolist(),
            **placing.text_marks(part),
        )
        for part in placing.by_ink(named)
    ]
