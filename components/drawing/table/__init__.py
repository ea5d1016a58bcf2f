"""Rows as a table of text: read aloud, found by the browser's search, printed, and nothing else.

The framework's own table draws on a canvas and hands out its cells as a file, formulas included,
past the export's rules. This one has no file, and what is copied from it is no formula.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict

import pandas as pd
import streamlit as st

from components.shell import session_language
from components.shell.session_language import _
from locales import Language
from web import scripts

_FOLDER = Path(__file__).parent
_TABLE = st.components.v2.component(
    "table",
    js=scripts.bundle(_FOLDER / "table.js"),
    css=(_FOLDER / "table.css").read_text(encoding="utf-8"),
    # What is selected in a shadow tree cannot be read when it is copied.
    isolate_styles=False,
)

Chooses = Literal["none", "one", "several"]


class TableCell(NamedTuple):
    """A cell that is sorted by another value than its words."""

    words: str
    by: float


class Labels(TypedDict):
    """What the boxes to tick are called."""

    all: str
    row: str


class Data(TypedDict):
    """What is drawn; of a table in which something is chosen, each row has an id."""

    alt: str
    language: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | tuple[str, float]]]
    ids: Sequence[int]
    chooses: Chooses
    height: int | None
    labels: Labels
    chosen: NotRequired[Sequence[int]]


def show(
    frame: pd.DataFrame,
    *,
    key: str,
    alt: str,
    names: Mapping[str, str] | None = None,
    height: int | None = None,
) -> None:
    """Draw a row for each of a frame's, in its order until somebody sorts it by a column.

    `alt` says what it shows; `names` names columns whose own names are codes. A table that is
    higher than `height` pixels scrolls.
    """
    _TABLE(key=key, data=_data(frame, alt=alt, names=names, height=height))


def choose_one(
    frame: pd.DataFrame, *, key: str, alt: str, height: int, on_choose: Callable[[int], None]
) -> None:
    """Draw the rows, and call `on_choose` with the index of each row that is clicked."""

    def tell() -> None:
        chosen = st.session_state[key].choice
        # It comes from a browser, and may be of a row that is gone.
        if chosen in frame.index:
            on_choose(chosen)

    _TABLE(
        key=key,
        data=_data(frame, alt=alt, height=height, chooses="one"),
        on_choice_change=tell,
    )


def choose_several(frame: pd.DataFrame, *, key: str, alt: str, height: int) -> list[int]:
    """Draw the rows with boxes to tick, and return the index of each row that is ticked."""
    before = st.session_state[key].chosen if key in st.session_state else []
    shown = _TABLE(
        key=key,
        data={**_data(frame, alt=alt, height=height, chooses="several"), "chosen": before},
        default={"chosen": []},
        on_chosen_change=lambda: None,
    )
    return [each for each in frame.index if each in (shown.chosen or ())]


def _data(
    frame: pd.DataFrame,
    *,
    alt: str,
    names: Mapping[str, str] | None = None,
    height: int | None = None,
    chooses: Chooses = "none",
) -> Data:
    language = session_language.current()
    rows = [[_cell(each, language) for each in row] for row in frame.itertuples(index=False)]
    return Data(
        alt=alt,
        language=language.code,
        columns=[(names or {}).get(each, each) for each in frame.columns],
        rows=rows,
        ids=[] if chooses == "none" else frame.index.tolist(),
        chooses=chooses,
        height=height,
        labels=Labels(all=_("Select all"), row=_("Select row {row}")),
    )


def _cell(value: Any, language: Language) -> str | tuple[str, float]:
    """Return a cell's words, with what it is sorted by where that is a number."""
    if value is None or value is pd.NaT:
        return ""
    match value:
        case str() | TableCell():
            return value
        case datetime():
            return language.date_time(value), value.timestamp()
        case date():
            return language.date(value), value.toordinal()
        case _:
            return "" if math.isnan(value) else (str(value), float(value))
