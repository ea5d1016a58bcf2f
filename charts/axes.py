"""The axes of what is drawn over time: clocks of one zone along it, whole counts upwards."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from charts import canvas, text
from locales import Language

MOST_TICKS = 6
MILLISECOND = timedelta(milliseconds=1)
DAY = timedelta(days=1)


def places(times: "pd.Series[Any]", *, since: datetime) -> "pd.Series[Any]":
    """Return where times are on the axis, which knows no zones: on the clock of its beginning.

    Where clocks are changed meanwhile an hour would be missing, or there twice.
    """
    placed: pd.Series[Any] = times.dt.tz_convert("UTC").dt.tz_localize(None) + since.utcoffset()
    return placed


def is_one_day(first: datetime, end: datetime) -> bool:
    """Tell whether a time ends on the day on which it begins; midnight still belongs to it."""
    return first.date() == (end - MILLISECOND).date()


def time_axis(
    times: "pd.Series[Any]", language: Language, *, end: datetime, span: timedelta
) -> dict[str, Any]:
    """Return an axis of so long a span from the first of the times, which are in order.

    The ticks name days too unless the end, an aware time, is on the first one's day.
    """
    first = times.iloc[0]
    begin = places(times.iloc[:1], since=first).iloc[0]
    return {
        "type": "date",
        "range": [begin, begin + span],
        "tickangle": 0,
        "tickfont": {"size": canvas.LETTERS},
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
    } | _ticks(times, language, is_one_day=is_one_day(first, end))


def count_axis(largest: int) -> dict[str, Any]:
    """Return an axis of counts up to the largest, with room above it."""
    return {
        "range": [0, largest * 1.2],
        "tickformat": ",d",
        "nticks": min(largest + 1, 6),  # no half questions
        "tickfont": {"size": canvas.LETTERS},
        "automargin": True,
        "gridcolor": "rgba(111,135,145,0.35)",
        "zeroline": False,
        "fixedrange": True,
    }


def _ticks(times: "pd.Series[Any]", language: Language, *, is_one_day: bool) -> dict[str, Any]:
    if times.map(lambda each: each.utcoffset()).nunique() > 1:
        some = times.iloc[:: len(times) // MOST_TICKS + 1]
        write = language.time if is_one_day else language.date_time
        said = [write(each).replace(" ", text.BREAK, 1) for each in some]
        placed = places(some, since=times.iloc[0])
        return {"tickmode": "array", "tickvals": placed, "ticktext": said}
    day = "%d/%m" if language.code == "vi" else "%-d %b"
    within = "%H:%M" if is_one_day else f"%H:%M\n{day}"
    day_in_milliseconds = DAY / MILLISECOND
    return {
        "nticks": MOST_TICKS,
        "tickformat": within,
        "tickformatstops": [
            {"dtickrange": [None, day_in_milliseconds - 1], "value": within},
            {"dtickrange": [day_in_milliseconds, None], "value": f"{day}\n%Y"},
        ],
    }
