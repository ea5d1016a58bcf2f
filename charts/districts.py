"""Which districts ask, and which are not heard from: bars, equal tiles, boundaries, a sentence.

All take one row per district in the catalogue's order: `code`, `short_name`, `young_people`,
`tile_column`, `tile_row`, `questions`, `heard` (counts) and `per_10000` (questions per 10,000
people aged 15 to 34, NaN where their number is unknown). Where one district is `chosen`, by its
code, the drawing sets it off from the others.
"""

from collections.abc import Mapping
from enum import StrEnum
from math import inf, isnan, nan
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from charts import boundaries as geometry
from charts import canvas, palette, text
from charts.boundaries import Extent, Outline
from locales import Language

ROW = 34
TILE = 84
TILE_GAP = 0.06
MAP_HEIGHT = 460
FINGER = 44
NAME_LETTERS = 20
TILE_LETTERS = 6
TILE_LINES = 3


# Under what is drawn, which on a phone is less high than its figure.
BELOW = {
    "x": 0,
    "xanchor": "left",
    "yref": "y domain",
    "y": 0,
    "yanchor": "top",
    "yshift": -canvas.MARGIN,
}


class Measure(StrEnum):
    """What is compared between districts; the value is the frame's column."""

    QUESTIONS = "questions"
    PER_10000 = "per_10000"


def bars(
    frame: pd.DataFrame, language: Language, *, measure: Measure, chosen: str | None = None
) -> go.Figure:
    """Draw a bar per district, the longest on top; those without a known value come last.

    The reader should see at once who leads, who has asked nothing, and the number of each.
    """
    nothing = _nothing(frame, language, measure=measure)
    if nothing:
        return canvas.words(nothing, language)
    frame = frame.assign(value=_values(frame, measure)).sort_values(
        "value", ascending=False, kind="stable", na_position="last"
    )
    values = frame["value"].fillna(0).tolist()
    labels = [_label(each, language, measure=measure) for each in frame["value"]]
    ticks = [text.lines(each, width=NAME_LETTERS) for each in text.names(frame, "short_name")]
    row = max(ROW, max(len(each) for each in ticks) * canvas.LINE + 10)
    colours = palette.colours(palette.PRIMARY, canvas.pale(frame["code"], chosen))
    return canvas.figure(
        [_labelled_bars(values, labels, marker={"color": colours}, **_points(frame, language))],
        language,
        height=row * len(frame) + 2 * canvas.MARGIN,
        name=f"districts-bars-{measure}",
        xaxis=canvas.hidden_axis(range=[0, canvas.room(values, labels)]),
        yaxis=canvas.name_axis(ticks, chosen=(frame["code"] == chosen).tolist()),
    )


def tiles(
    frame: pd.DataFrame, language: Language, *, measure: Measure, chosen: str | None = None
) -> go.Figure:
    """Draw an equal square per district where it roughly lies: column 0 west, row 0 north.

    The reader should see every district at the same size, its name and number inside, the
    darker the more, and hollow where there is nothing. Districts without a place are named below.
    """
    nothing = _nothing(frame, language, measure=measure)
    if nothing:
        return canvas.words(nothing, language)
    frame = frame.assign(step=_steps(frame, measure))
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
        **_frame_around(
            _unplaced(frame[~is_placed], language, measure=measure), height=_tiles_height(placed)
        ),
    )


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
    nothing = _nothing(frame, language, measure=measure)
    if nothing:
        return canvas.words(nothing, language)
    outlines = geometry.outlines(boundaries)
    frame = frame.assign(step=_steps(frame, measure))
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
        **_frame_around(_unplaced(frame[~is_placed], language, measure=measure), height=MAP_HEIGHT),
    )


def finding(frame: pd.DataFrame, language: Language, *, measure: Measure) -> str:
    """Say in one sentence who leads, with the number, and who has asked nothing.

    The words are plain text, not markup and not Markdown.
    """
    nothing = _nothing(frame, language, measure=measure)
    if nothing:
        return nothing
    frame = frame.assign(value=_values(frame, measure), name=text.names(frame, "short_name"))
    parts = [_silent(frame, language)]
    if frame["value"].max() > 0:
        parts.insert(0, _leaders(frame, language, measure=measure))
    unknown = frame.loc[frame["value"].isna(), "name"].tolist()
    if unknown:
        words = language.gettext("number of young people not known: {names}")
        parts.append(words.format(names=text.listed(unknown, language)))
    return "; ".join(parts) + "."


def _nothing(frame: pd.DataFrame, language: Language, *, measure: Measure) -> str:
    """Say why there is nothing to draw; empty where there is something."""
    if frame.empty or not frame["questions"].sum():
        return language.gettext("No questions yet.")
    if _values(frame, measure).isna().all():
        return language.gettext("The number of young people is not known for any district.")
    return ""


def _values(frame: pd.DataFrame, measure: Measure) -> pd.Series:
    return frame[measure.value].astype("float64").replace([inf, -inf], nan)


def _steps(frame: pd.DataFrame, measure: Measure) -> list[int]:
    values = _values(frame, measure)
    return [palette.step(each, largest=values.max()) for each in values]


def _number(value: float, language: Language, *, measure: Measure) -> str:
    return language.number(value, decimals=0 if measure is Measure.QUESTIONS else 1)


def _label(value: float, language: Language, *, measure: Measure) -> str:
    if isnan(value):
        return language.gettext("not known")
    return _number(value, language, measure=measure)


def _short_labels(frame: pd.DataFrame, language: Language, measure: Measure) -> list[str]:
    values = _values(frame, measure)
    return ["–" if isnan(each) else _number(each, language, measure=measure) for each in values]


def _per_10000(value: float, language: Language) -> str:
    if isnan(value):
        return language.gettext("number of young people not known")
    words = language.gettext("{number} per {people} people aged 15–34")
    return words.format(number=language.number(value, decimals=1), people=language.number(10_000))


def _points(frame: pd.DataFrame, language: Language) -> dict[str, Any]:
    """Return what points say under the pointer and choose when they are clicked."""
    return {
        "hovertext": _hover_texts(frame, language),
        "hoverinfo": "text",
        "customdata": [(code, None) for code in frame["code"]],
    }


def _hover_texts(frame: pd.DataFrame, language: Language) -> list[str]:
    answered = language.gettext("{number} answered")
    columns = ("questions", "heard", "per_10000")
    return [
        text.BREAK.join(
            [
                text.bold(name),
                text.plain(text.questions(int(asked), language)),
                text.plain(answered.format(number=language.number(heard))),
                text.plain(_per_10000(rate, language)),
            ]
        )
        for name, asked, heard, rate in zip(
            text.names(frame, "short_name"),
            *(frame[each].astype("float64") for each in columns),
            strict=True,
        )
    ]


def _labelled_bars(values: list[float], labels: list[str], **points: Any) -> go.Bar:
    return go.Bar(
        orientation="h",
        x=values,
        y=list(range(len(values))),
        width=0.66,
        text=[text.plain(each) for each in labels],
        textposition="outside",
        cliponaxis=False,
        constraintext="none",
        **points,
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
        **_points(frame, language),
    )


def _tile_texts(frame: pd.DataFrame, language: Language, *, measure: Measure) -> list[go.Scatter]:
    named = frame.assign(
        text=[
            text.wrapped(name, width=TILE_LETTERS, most=TILE_LINES) + text.BREAK + text.bold(label)
            for name, label in zip(
                text.names(frame, "short_name"),
                _short_labels(frame, language, measure),
                strict=True,
            )
        ]
    )
    return [
        go.Scatter(
            x=part["tile_column"].astype(int).tolist(),
            y=part["tile_row"].astype(int).tolist(),
            **_text_marks(part),
        )
        for part in _by_ink(named)
    ]


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
            frame["code"], frame["step"], _hover_texts(frame, language), strict=True
        )
    ]


def _map_texts(
    frame: pd.DataFrame,
    language: Language,
    *,
    outlines: Mapping[str, Outline],
    measure: Measure,
) -> list[go.Scatter]:
    texts = [text.bold(each) for each in _short_labels(frame, language, measure)]
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
            **_text_marks(part)
            | {"mode": "markers+text", "marker": {"size": FINGER, "opacity": 0}}
            | _points(part, language),
        )
        for part in _by_ink(labelled)
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


def _by_ink(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Part what stands on a colour from what stands on the page, whose text colour is not ours."""
    parts = [frame[frame["step"] > 0], frame[frame["step"] == 0]]
    return [each for each in parts if not each.empty]


def _text_marks(frame: pd.DataFrame) -> dict[str, Any]:
    font: dict[str, Any] = {"size": canvas.LETTERS}
    if frame["step"].iloc[0]:
        font["color"] = [palette.ink(palette.fill(each)) for each in frame["step"]]
    return {
        "mode": "text",
        "text": frame["text"].tolist(),
        "textfont": font,
        "hoverinfo": "skip",
    }


def _unplaced(frame: pd.DataFrame, language: Language, *, measure: Measure) -> list[dict[str, Any]]:
    if frame.empty:
        return []
    labels = _short_labels(frame, language, measure)
    pairs = [
        f"{name} {label}"
        for name, label in zip(text.names(frame, "short_name"), labels, strict=True)
    ]
    said = language.gettext("Not drawn: {names}").format(names=", ".join(pairs))
    below = text.wrapped(said, width=canvas.PHONE_LETTERS)
    return [canvas.note(below, **BELOW)]


def _frame_around(notes: list[dict[str, Any]], *, height: int) -> dict[str, Any]:
    """Return the parts of a layout that give notes room below a drawing `height` pixels high."""
    lines = sum(each["text"].count(text.BREAK) + 1 for each in notes)
    below = lines * canvas.LINE + 2 * canvas.MARGIN
    margin = dict.fromkeys("lrt", canvas.MARGIN)
    return {"height": height + below, "margin": margin | {"b": below}, "annotations": notes}


def _leaders(frame: pd.DataFrame, language: Language, *, measure: Measure) -> str:
    largest = frame["value"].max()
    leading = frame[frame["value"] == largest]
    if measure is Measure.QUESTIONS:
        said = text.questions(int(largest), language)
    else:
        said = _per_10000(largest, language)
    words = language.ngettext(
        "{names}: {questions}, the most", "{names}: {questions} each, the most", len(leading)
    )
    return words.format(names=text.listed(leading["name"].tolist(), language), questions=said)


def _silent(frame: pd.DataFrame, language: Language) -> str:
    silent = frame.loc[frame["questions"] == 0, "name"].tolist()
    if not silent:
        return language.gettext("every district has asked")
    words = language.ngettext(
        "{number} district has asked nothing yet: {names}",
        "{number} districts have asked nothing yet: {names}",
        len(silent),
    )
    return words.format(number=language.number(len(silent)), names=text.listed(silent, language))
