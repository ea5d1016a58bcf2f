"""What is compared between districts, and how its values are written.

The frames have what those of `charts.districts` have.
"""

from enum import StrEnum
from math import inf, isnan, nan
from typing import Any

import pandas as pd

from charts import palette, text
from locales import Language


class Measure(StrEnum):
    """What is compared between districts; the value is the frame's column."""

    QUESTIONS = "questions"
    PER_10000 = "per_10000"


def nothing(frame: pd.DataFrame, language: Language, *, measure: Measure) -> str:
    """Say why there is nothing to draw; empty where there is something."""
    if frame.empty or not frame["questions"].sum():
        return language.gettext("No questions yet.")
    if values_of(frame, measure).isna().all():
        return language.gettext("The number of young people is not known for any district.")
    return ""


def values_of(frame: pd.DataFrame, measure: Measure) -> pd.Series:
    """Return the compared values; NaN where one is not known."""
    return frame[measure.value].astype("float64").replace([inf, -inf], nan)


def steps(frame: pd.DataFrame, measure: Measure) -> list[int]:
    """Return the steps of the colour scale: the darker the more, 0 for nothing."""
    values = values_of(frame, measure)
    return [palette.step(each, largest=values.max()) for each in values]


def label(value: float, language: Language, *, measure: Measure) -> str:
    """Write a value, or that it is not known."""
    if isnan(value):
        return language.gettext("not known")
    return _number(value, language, measure=measure)


def _number(value: float, language: Language, *, measure: Measure) -> str:
    return language.number(value, decimals=0 if measure is Measure.QUESTIONS else 1)


def short_labels(frame: pd.DataFrame, language: Language, measure: Measure) -> list[str]:
    """Write the values where there is little room: a dash for one that is not known."""
    values = values_of(frame, measure)
    return ["–" if isnan(each) else _number(each, language, measure=measure) for each in values]


def per_10000(value: float, language: Language) -> str:
    """Say how many questions there are per 10,000 people."""
    if isnan(value):
        return language.gettext("number of young people not known")
    words = language.gettext("{number} per {people} people aged 15–34")
    return words.format(number=language.number(value, decimals=1), people=language.number(10_000))


def points(frame: pd.DataFrame, language: Language) -> dict[str, Any]:
    """Return what points say under the pointer and choose when they are clicked."""
    return {
        "hovertext": hover_texts(frame, language),
        "hoverinfo": "text",
        "customdata": [(code, None) for code in frame["code"]],
    }


def hover_texts(frame: pd.DataFrame, language: Language) -> list[str]:
    """Return what is said of each district under the pointer."""
    answered = language.gettext("{number} answered")
    columns = ("questions", "heard", "per_10000")
    return [
        text.BREAK.join(
            [
                text.bold(name),
                text.plain(text.questions(int(asked), language)),
                text.plain(answered.format(number=language.number(heard))),
                text.plain(per_10000(rate, language)),
            ]
        )
        for name, asked, heard, rate in zip(
            text.names(frame, "short_name"),
            *(frame[each].astype("float64") for each in columns),
            strict=True,
        )
    ]
