"""Words in figures: what comes from outside stays words, and no name is cut."""

from collections.abc import Sequence
from textwrap import wrap

import pandas as pd

from locales import Language

# Plotly reads tags and entities in every text that it draws, formulas between dollar signs where
# MathJax is loaded, and %{…} in templates, which we therefore do not use for words from outside.
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})
BREAK = "<br>"
# As many names as one still hears in a sentence that is read aloud.
MOST_NAMES = 5
# In minutes.
HOUR = 60
DAY = 24 * HOUR


def plain(text: str) -> str:
    """Escape a text so that a figure shows it letter by letter."""
    return text.translate(_MARKUP)


def bold(text: str) -> str:
    """Return an escaped text in bold."""
    return f"<b>{plain(text)}</b>"


def lines(text: str, *, width: int, most: int | None = None) -> list[str]:
    """Break a text into escaped lines of at most `width` letters, at spaces where it has any.

    What needs more than `most` lines ends in an ellipsis: only where more would run over its place.
    """
    return [plain(each) for each in wrap(text, width, max_lines=most, placeholder="…")] or [""]


def wrapped(text: str, *, width: int, most: int | None = None) -> str:
    """Break a text into escaped lines for one label, as `lines` does."""
    return BREAK.join(lines(text, width=width, most=most))


def names(frame: pd.DataFrame, column: str) -> list[str]:
    """List the names in a column, with the row's `code` where a name is missing."""
    return [
        str(code) if pd.isna(name) or not str(name).strip() else str(name)
        for name, code in zip(frame[column], frame["code"], strict=True)
    ]


def listed(values: Sequence[str], language: Language) -> str:
    """Join names with commas; of many, the first ones and how many more there are."""
    joined = ", ".join(values[:MOST_NAMES])
    more = len(values) - MOST_NAMES
    if more <= 0:
        return joined
    return language.gettext("{names} and {number} more").format(
        names=joined, number=language.number(more)
    )


def questions(count: int, language: Language) -> str:
    """Say how many questions."""
    words = language.ngettext("{number} question", "{number} questions", count)
    return words.format(number=language.number(count))


def part(count: int, of: int, language: Language) -> str:
    """Say how many of how many."""
    words = language.gettext("{part} of {all}")
    return words.format(part=language.number(count), all=language.number(of))


def percent(share: float, language: Language) -> str:
    """Write a share of 1 as a percentage without decimals."""
    number = language.number(100 * share)
    return f"{number} %" if language.code == "vi" else f"{number}%"


def duration(minutes: float, language: Language) -> str:
    """Write how long something took, in the unit that says it best, rounded down."""
    if minutes < 2 * HOUR:
        count = int(minutes)
        words = language.ngettext("{count} minute", "{count} minutes", count)
    elif minutes <= 2 * DAY:
        count = int(minutes // HOUR)
        words = language.ngettext("{count} hour", "{count} hours", count)
    else:
        count = int(minutes // DAY)
        words = language.ngettext("{count} day", "{count} days", count)
    return words.format(count=language.number(count))
