"""How the questions stood in the course of time, state by state.

Both functions take one row per time, in order: `at` (aware, in the zone that the reader's clock
shows) and a count for each state of a question. `marked` is the time that is looked at.
"""

from datetime import datetime

import pandas as pd
from plotly import graph_objects as go

from charts import axes, canvas, palette, text, topics
from charts.topics import Group
from locales import Language

HEIGHT = 340


def areas(frame: pd.DataFrame, language: Language, *, marked: datetime) -> go.Figure:
    """Draw the states as areas on top of each other over time, and a line at the marked time.

    The reader should see when questions piled up before the desk, and how the answers grew.
    """
    if _is_silent(frame):
        return canvas.words(language.gettext("No questions yet."), language)
    first, last = frame["at"].iloc[0], frame["at"].iloc[-1]
    places = axes.places(frame["at"], since=first)
    line = axes.places(pd.Series([pd.Timestamp(marked)]), since=first).iloc[0]
    return canvas.figure(
        [_trace(frame, places, language, group=each) for each in topics.groups(language)],
        language,
        height=HEIGHT,
        name="course-areas",
        showlegend=True,
        legend=canvas.legend(entrywidth=100),  # two side by side on a phone
        hovermode="closest",
        shapes=[
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": line,
                "x1": line,
                "y0": 0,
                "y1": 1,
                "line": {"color": palette.OUTLINE, "width": 3},
            }
        ],
        xaxis=axes.time_axis(frame["at"], language, end=last, span=last - first),
        yaxis=axes.count_axis(int(frame.drop(columns="at").sum(axis="columns").max())),
    )


def finding(frame: pd.DataFrame, language: Language, *, marked: datetime) -> str:
    """Say in one sentence how many questions had come at the marked time, and how they stood.

    The words are plain text, not markup and not Markdown.
    """
    before = frame[frame["at"] <= marked]
    if _is_silent(before):
        return language.gettext("No questions yet.")
    last = before.drop(columns="at").iloc[-1]
    words = language.gettext("{time}: {questions} had come; {states}.")
    counts = [
        (group.name, int(last[list(group.columns)].sum())) for group in topics.groups(language)
    ]
    return words.format(
        time=language.date_time(marked),
        questions=text.questions(int(last.sum()), language),
        states=", ".join(f"{name}: {language.number(count)}" for name, count in counts if count),
    )


def _is_silent(frame: pd.DataFrame) -> bool:
    return frame.empty or not frame.drop(columns="at").to_numpy().any()


def _trace(
    frame: pd.DataFrame, places: "pd.Series[pd.Timestamp]", language: Language, *, group: Group
) -> go.Scatter:
    counts = frame[list(group.columns)].sum(axis="columns").tolist()
    times = [language.date_time(each) for each in frame["at"]]
    return go.Scatter(
        name=text.plain(group.name),
        mode="lines",
        # What changes does so at once, not little by little.
        line={"width": 0, "shape": "hv"},
        stackgroup="states",
        fillcolor=group.colour,
        showlegend=any(counts),
        x=places.tolist(),
        y=counts,
        hovertext=[
            text.BREAK.join(
                [text.bold(time), text.plain(f"{group.name}: {language.number(count)}")]
            )
            for time, count in zip(times, counts, strict=True)
        ],
        hoverinfo="text",
        hoveron="points",
    )
