"""How long questions waited: until the desk decided, and until they came on stage.

Both functions take one row per topic, district or source in the event's order: `code`, `name`;
`decided` and `staged`, the median minutes, NaN where there were none.
"""

from math import isnan

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from charts.rows import BAR, Rows, rows
from locales import Language

LEGEND = 40
THIN = BAR / 2 - 3


def bars(frame: pd.DataFrame, language: Language, *, name: str) -> go.Figure:
    """Draw two bars per row, the name above them and each median time behind.

    The reader should see who waited longest, and whether for the desk or for the stage. Rows
    where nothing was decided are left out. `name` says which chart this is.
    """
    frame = frame[frame["decided"].notna()]
    if frame.empty:
        return canvas.words(language.gettext("Nothing was decided yet."), language)
    laid = rows(text.names(frame, "name"))
    ends = [*frame["decided"], *frame["staged"].fillna(0)]
    labels = ["" if isnan(each) else text.duration(each, language) for each in _all(frame)]
    middles = [
        middle + side * BAR / 4 for side in (-1, 1) for middle in laid.middles
    ]
    return canvas.figure(
        [
            _trace(frame["decided"], laid, language, is_first=True),
            _trace(frame["staged"], laid, language, is_first=False),
            canvas.totals(ends, labels, middles=middles),
        ],
        language,
        height=laid.height + LEGEND,
        name=name,
        barmode="overlay",
        showlegend=True,
        legend=canvas.legend(),
        annotations=laid.names,
        xaxis=canvas.hidden_axis(range=[0, canvas.room(ends, labels)]),
        yaxis=laid.axis,
    )


def finding(frame: pd.DataFrame, language: Language) -> str:
    """Say in one sentence who waited longest for the desk, and who for the stage.

    The words are plain text, not markup and not Markdown.
    """
    decided, staged = frame[frame["decided"].notna()], frame[frame["staged"].notna()]
    if decided.empty:
        return language.gettext("Nothing was decided yet.")
    words = language.gettext("Longest until the desk decided: {name}, {time}")
    parts = [_longest(decided, "decided", words, language)]
    if not staged.empty:
        words = language.gettext("longest until on stage: {name}, {time}")
        parts.append(_longest(staged, "staged", words, language))
    return "; ".join(parts) + "."


def _longest(frame: pd.DataFrame, column: str, words: str, language: Language) -> str:
    place = int(frame[column].to_numpy().argmax())
    return words.format(
        name=text.names(frame, "name")[place],
        time=text.duration(frame[column].iloc[place], language),
    )


def _all(frame: pd.DataFrame) -> list[float]:
    return [*frame["decided"], *frame["staged"]]


def _trace(
    minutes: "pd.Series[float]", laid: Rows, language: Language, *, is_first: bool
) -> go.Bar:
    until = (
        language.gettext("Until the desk decided")
        if is_first
        else language.gettext("Until on stage")
    )
    side = -1 if is_first else 1
    return go.Bar(
        orientation="h",
        name=text.plain(until),
        showlegend=bool(minutes.notna().any()),
        x=minutes.fillna(0).tolist(),
        y=[middle + side * BAR / 4 for middle in laid.middles],
        width=THIN,
        marker={"color": palette.PRIMARY if is_first else palette.ACCENT},
        hovertext=[
            "" if isnan(each) else text.plain(f"{until}: {text.duration(each, language)}")
            for each in minutes
        ],
        hoverinfo="text",
    )
