"""Two events beside each other, on one scale: of each topic or district how much came in each.

Both functions take one row per topic or district that either event has: `code`, `name`, `first`
and `second` (counts, or rates; NaN where the event does not have it).
"""

from math import isnan

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from charts.rows import BAR, Rows, rows
from locales import Language

LEGEND = 40
TICKS = 36
SIDES = (("first", -1, palette.PRIMARY), ("second", 1, palette.ACCENT))
QUARTER = BAR / 4


def bars(
    frame: pd.DataFrame, language: Language, *, events: tuple[str, str], decimals: int = 0
) -> go.Figure:
    """Draw two bars per row, one for each event, under the row's name, and one axis for all.

    The reader should see where the two events differ: as long is as many, on either side. What the
    first one has most of is on top. `events` names them.
    """
    if _is_silent(frame):
        return canvas.words(language.gettext("No questions yet."), language)
    frame = _sorted(frame)
    laid = rows(text.names(frame, "name"))
    largest = float(frame[["first", "second"]].max().max())
    labels = language.number(largest, decimals=decimals)
    return canvas.figure(
        [
            trace
            for (side, place, colour), event in zip(SIDES, events, strict=True)
            for trace in _side(
                frame,
                laid,
                language,
                side=side,
                place=place,
                colour=colour,
                event=event,
                decimals=decimals,
            )
        ],
        language,
        height=laid.height + LEGEND + TICKS,
        name="comparison",
        barmode="overlay",
        showlegend=True,
        legend=canvas.legend(),
        annotations=laid.names,
        xaxis={
            "range": [0, canvas.room([largest], [labels])],
            "tickformat": f",.{decimals}f",
            "nticks": min(int(largest) + 2, 6) if not decimals else 6,
            "tickfont": {"size": canvas.SMALL_LETTERS},
            "gridcolor": "rgba(111,135,145,0.35)",
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
        },
        yaxis=laid.axis,
    )


def finding(
    frame: pd.DataFrame, language: Language, *, events: tuple[str, str], decimals: int = 0
) -> str:
    """Say in one sentence where the two events are furthest apart.

    The words are plain text, not markup and not Markdown.
    """
    if _is_silent(frame):
        return language.gettext("No questions yet.")
    both = frame.dropna(subset=["first", "second"]).reset_index(drop=True)
    apart = (both["first"] - both["second"]).abs()
    if not apart.max() > 0:
        return language.gettext("Nothing that both events know sets them apart.")
    place = int(apart.to_numpy().argmax())
    furthest = both.iloc[place]
    words = language.gettext("Furthest apart: {name}, {first} ({one}) and {second} ({other}).")
    return words.format(
        name=text.names(both, "name")[place],
        first=language.number(furthest["first"], decimals=decimals),
        second=language.number(furthest["second"], decimals=decimals),
        one=events[0],
        other=events[1],
    )


def _is_silent(frame: pd.DataFrame) -> bool:
    return not (frame[["first", "second"]] > 0).to_numpy().any()


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["first", "second"], ascending=False, kind="stable")


def _side(
    frame: pd.DataFrame,
    laid: Rows,
    language: Language,
    *,
    side: str,
    place: int,
    colour: str,
    event: str,
    decimals: int,
) -> tuple[go.Bar, go.Scatter]:
    middles = [each + place * QUARTER for each in laid.middles]
    values = frame[side].astype("float64").fillna(0).tolist()
    labels = [
        "–" if isnan(each) else language.number(each, decimals=decimals)
        for each in frame[side].astype("float64")
    ]
    bar = go.Bar(
        orientation="h",
        name=text.plain(event),
        x=values,
        y=middles,
        width=2 * QUARTER - 2,
        marker={"color": colour},
        hovertext=[
            text.BREAK.join([text.bold(name), text.plain(f"{event}: {label}")])
            for name, label in zip(text.names(frame, "name"), labels, strict=True)
        ],
        hoverinfo="text",
    )
    return bar, canvas.totals(values, labels, middles=middles)
