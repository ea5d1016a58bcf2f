"""How long questions waited: until the desk decided, or until they came on stage.

Both functions take one row per topic, district or source: `code`, `name`; `decided` and `staged`,
the median minutes, NaN where there were none.
"""

from enum import StrEnum

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from charts.rows import BAR, rows
from locales import Language


class Until(StrEnum):
    """What was waited for; the value is the frame's column."""

    DECIDED = "decided"
    STAGED = "staged"


def bars(frame: pd.DataFrame, language: Language, *, until: Until) -> go.Figure:
    """Draw a bar per row, its name above it and the median time behind, the longest on top.

    The reader should see who waited longest. Rows where nothing happened yet are left out.
    """
    frame = _sorted(frame, until)
    if frame.empty:
        return canvas.words(_nothing(language, until), language)
    laid = rows(text.names(frame, "name"))
    values = frame[until].tolist()
    labels = [text.duration(each, language) for each in values]
    return canvas.figure(
        [
            go.Bar(
                orientation="h",
                x=values,
                y=laid.middles,
                width=BAR - 4,
                marker={"color": _colour(until)},
                hovertext=[
                    text.BREAK.join([text.bold(name), text.plain(label)])
                    for name, label in zip(text.names(frame, "name"), labels, strict=True)
                ],
                hoverinfo="text",
            ),
            canvas.totals(values, labels, middles=laid.middles),
        ],
        language,
        height=laid.height + 2 * canvas.MARGIN,
        name=f"delays-{until}",
        annotations=laid.names,
        xaxis=canvas.hidden_axis(range=[0, canvas.room(values, labels)]),
        yaxis=laid.axis,
    )


def finding(frame: pd.DataFrame, language: Language, *, until: Until) -> str:
    """Say in one sentence who waited longest, and who least.

    The words are plain text, not markup and not Markdown.
    """
    frame = _sorted(frame, until)
    if frame.empty:
        return _nothing(language, until)
    names, times = text.names(frame, "name"), frame[until].tolist()
    words = language.gettext("Longest: {name}, half of the questions {time} or more")
    parts = [words.format(name=names[0], time=text.duration(times[0], language))]
    if times[-1] < times[0]:
        words = language.gettext("shortest: {name}, {time}")
        parts.append(words.format(name=names[-1], time=text.duration(times[-1], language)))
    return "; ".join(parts) + "."


def _sorted(frame: pd.DataFrame, until: Until) -> pd.DataFrame:
    known: pd.DataFrame = frame[frame[until].notna()]
    return known.sort_values(until, ascending=False, kind="stable")


def _colour(until: Until) -> str:
    return palette.PRIMARY if until is Until.DECIDED else palette.ACCENT


def _nothing(language: Language, until: Until) -> str:
    if until is Until.DECIDED:
        return language.gettext("The desk has not decided on any of them yet.")
    return language.gettext("None of them was on stage yet.")
