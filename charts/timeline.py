"""When the questions came and when they were answered.

Both functions take one row per stretch of time, all equally long and without gaps: `start`
(aware, in the zone that the reader's clock shows), `asked` and `answered` (counts).
"""

from datetime import timedelta
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from locales import Language

HEIGHT = 340
# How wide a lone stretch is drawn: its own length cannot be read off one row.
LONE = timedelta(minutes=1)
# Room for so many stretches at least, so that the first one does not fill the picture.
FEWEST = 8
MILLISECOND = timedelta(milliseconds=1)
DAY = timedelta(days=1)


def bars(frame: pd.DataFrame, language: Language) -> go.Figure:
    """Draw what was asked as bars over their stretch of time and what was answered as a line.

    The reader should see when the hall was busy and whether the answers keep up.
    """
    if _is_silent(frame):
        return canvas.words(language.gettext("No questions yet."), language)
    # Plotly's axes know no time zones; they show the clock of the event as it is written.
    starts = frame["start"].dt.tz_localize(None)
    return canvas.figure(
        [
            _asked(frame, language, starts=starts),
            _answered(frame, language, starts=starts),
        ],
        language,
        height=HEIGHT,
        name="timeline-bars",
        showlegend=True,
        legend=canvas.legend(),
        hovermode="x",
        xaxis=_time_axis(starts, language, length=_length(frame)),
        yaxis=_count_axis(int(frame[["asked", "answered"]].max().max())),
    )


def finding(frame: pd.DataFrame, language: Language) -> str:
    """Say in one sentence how many were asked and answered from when to when, and the busiest time.

    The words are plain text, not markup and not Markdown.
    """
    if _is_silent(frame):
        return language.gettext("No questions yet.")
    starts, length = frame["start"].tolist(), _length(frame)
    write = language.time if _is_one_day(starts, length) else language.date_time
    busiest = int(frame["asked"].to_numpy().argmax())
    words = language.gettext(
        "{start} to {end}: {questions} asked, {answered} answered; "
        "most from {busy_start} to {busy_end}: {most}."
    )
    return words.format(
        start=write(starts[0]),
        end=write(starts[-1] + length),
        questions=text.questions(int(frame["asked"].sum()), language),
        answered=language.number(int(frame["answered"].sum())),
        busy_start=write(starts[busiest]),
        busy_end=write(starts[busiest] + length),
        most=language.number(int(frame["asked"].max())),
    )


def _is_silent(frame: pd.DataFrame) -> bool:
    return frame.empty or not frame[["asked", "answered"]].to_numpy().sum()


def _length(frame: pd.DataFrame) -> timedelta:
    if len(frame) < 2:
        return LONE
    first, second = frame["start"].iloc[:2]
    return timedelta(seconds=(second - first).total_seconds())


def _is_one_day(starts: list[Any], length: timedelta) -> bool:
    # What ends at midnight still belongs to the day before.
    return bool(starts[0].date() == (starts[-1] + length - MILLISECOND).date())


def _asked(frame: pd.DataFrame, language: Language, *, starts: pd.Series) -> go.Bar:
    width = _length(frame) / MILLISECOND
    return go.Bar(
        name=text.plain(language.gettext("Asked")),
        x=starts,
        y=frame["asked"].tolist(),
        offset=width * 0.06,
        width=width * 0.88,
        marker={"color": palette.PRIMARY},
        hovertext=_hover(frame, language),
        hoverinfo="text",
    )


def _answered(frame: pd.DataFrame, language: Language, *, starts: pd.Series) -> go.Scatter:
    return go.Scatter(
        name=text.plain(language.gettext("Answered")),
        mode="lines+markers",
        x=starts + _length(frame) / 2,
        y=frame["answered"].tolist(),
        line={"color": palette.ANSWERED, "width": 3},
        marker={"color": palette.ANSWERED, "size": 6},
        cliponaxis=False,
        hoverinfo="skip",  # the bar of the same stretch tells both numbers
    )


def _hover(frame: pd.DataFrame, language: Language) -> list[str]:
    length = _length(frame)
    write = language.time if length < DAY else language.date_time
    asked, answered = language.gettext("{number} asked"), language.gettext("{number} answered")
    return [
        text.BREAK.join(
            [
                text.bold(f"{write(start)}–{write(start + length)}"),
                text.plain(asked.format(number=language.number(came))),
                text.plain(answered.format(number=language.number(heard))),
            ]
        )
        for start, came, heard in zip(
            frame["start"], frame["asked"], frame["answered"], strict=True
        )
    ]


def _time_axis(starts: pd.Series, language: Language, *, length: timedelta) -> dict[str, Any]:
    day = "%d/%m" if language.code == "vi" else "%-d %b"
    within = "%H:%M" if _is_one_day(starts.tolist(), length) else f"%H:%M\n{day}"
    day_in_milliseconds = DAY / MILLISECOND
    return {
        "type": "date",
        "range": [starts.iloc[0], starts.iloc[0] + max(len(starts), FEWEST) * length],
        "tickformat": within,
        "tickformatstops": [
            {"dtickrange": [None, day_in_milliseconds - 1], "value": within},
            {"dtickrange": [day_in_milliseconds, None], "value": f"{day}\n%Y"},
        ],
        "tickangle": 0,
        "tickfont": {"size": canvas.LETTERS},
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
    }


def _count_axis(largest: int) -> dict[str, Any]:
    return {
        "range": [0, largest * 1.08],
        "tickformat": ",d",
        "nticks": min(largest + 1, 6),  # no half questions
        "tickfont": {"size": canvas.LETTERS},
        "automargin": True,
        "gridcolor": "rgba(111,135,145,0.35)",
        "zeroline": False,
        "fixedrange": True,
    }
