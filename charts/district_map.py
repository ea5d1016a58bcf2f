"""Which districts ask, in their boundaries on the ground.

The frame is that of `charts.districts`.
"""

from collections.abc import Mapping
from math import nan
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from charts import boundaries as geometry
from charts import canvas, measures, palette, placing, text
from charts.boundaries import Extent, Outline
from charts.measures import Measure
from locales import Language

MAP_HEIGHT = 460
FINGER = 44


def boundaries_map(
    frame: pd.DataFrame,
    language: Language,
    *,
    boundaries: Mapping[str, Any],
    measure: Measure,
    chosen: str | None = None,
) -> go.Figure:
    """Draw the districts in their boundaries, a GeoJSON whose features have `properties.code`.

    The reader should see the same colours and numbers as on the tiles, on the ground; the names
    are in the hover texts. Districts without a boundary are named below. It needs no internet.
    """
    nothing = measures.nothing(frame, language, measure=measure)
    if nothing:
        return canvas.words(nothing, language)
    outlines = geometry.outlines(boundaries)
    frame = frame.assign(step=measures.steps(frame, measure))
    is_placed = frame["code"].isin(list(outlines))
    placed = frame[is_placed]
    if placed.empty:
        return canvas.words(language.gettext("The boundaries are not known."), language)
    return canvas.figure(
        [
            *_areas(placed, language, outlines=outlines, chosen=chosen),
            *_map_texts(placed, language, outlines=outlines, measure=measure),
        ],
        language,
        name=f"districts-map-{measure}",
        hovermode="closest",
        **_map_axes(geometry.extent(outlines[each] for each in placed["code"])),
        **placing.above_note(frame[~is_placed], language, measure=measure, height=MAP_HEIGHT),
    )


def _areas(
    frame: pd.DataFrame,
    language: Language,
    *,
    outlines: Mapping[str, Outline],
    chosen: str | None,
) -> list[go.Scatter]:
    # The chosen one last, so that no neighbour covers its outline.
    frame = frame.sort_values("code", key=lambda each: each == chosen, kind="stable")
    return [
        go.Scatter(
            x=outlines[code].lon,
            y=outlines[code].lat,
            mode="lines",
            fill="toself",
            fillcolor=palette.fill(step),
            line=palette.outline(is_chosen=code == chosen),
            hoveron="fills",
            hoverinfo="text",
            text=hover,
        )
        for code, step, hover in zip(
            frame["code"], frame["step"], measures.hover_texts(frame, language), strict=True
        )
    ]


def _map_texts(
    frame: pd.DataFrame,
    language: Language,
    *,
    outlines: Mapping[str, Outline],
    measure: Measure,
) -> list[go.Scatter]:
    texts = [text.bold(each) for each in measures.short_labels(frame, language, measure)]
    at = {code: outlines[code].label or (nan, nan) for code in frame["code"]}
    labelled = frame.assign(
        text=texts,
        lon=[at[each][0] for each in frame["code"]],
        lat=[at[each][1] for each in frame["code"]],
    ).dropna(subset=["lon", "lat"])
    # An area cannot be clicked, but a point can: an invisible one, as large as a finger.
    return [
        go.Scatter(
            x=part["lon"].tolist(),
            y=part["lat"].tolist(),
            **placing.text_marks(part)
            | {"mode": "markers+text", "marker": {"size": FINGER, "opacity": 0}}
            | measures.points(part, language),
        )
        for part in placing.by_ink(labelled)
    ]


def _map_axes(extent: Extent) -> dict[str, Any]:
    return {
        "xaxis": canvas.hidden_axis(
            range=[extent.west, extent.east], constrain="domain", fixedrange=False
        ),
        "yaxis": canvas.hidden_axis(
            range=[extent.south, extent.north],
            fixedrange=False,
            scaleanchor="x",
            scaleratio=extent.stretch,
            constrain="domain",
            constraintoward="top",
        ),
    }
