"""Districts in their places, on tiles or on the map, and a note of those that have none."""

from typing import Any

import pandas as pd

from charts import canvas, measures, palette, text
from charts.measures import Measure
from locales import Language

# Under what is drawn, which on a phone is less high than its figure.
_BELOW = {
    "x": 0,
    "xanchor": "left",
    "yref": "y domain",
    "y": 0,
    "yanchor": "top",
    "yshift": -canvas.MARGIN,
}


def by_ink(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Part what stands on a colour from what stands on the page, whose text colour is not ours."""
    parts = [frame[frame["step"] > 0], frame[frame["step"] == 0]]
    return [each for each in parts if not each.empty]


def text_marks(frame: pd.DataFrame) -> dict[str, Any]:
    """Return how texts stand on one kind of ground, which `by_ink` has parted."""
    font: dict[str, Any] = {"size": canvas.LETTERS}
    if frame["step"].iloc[0]:
        font["color"] = [palette.ink(palette.fill(each)) for each in frame["step"]]
    return {
        "mode": "text",
        "text": frame["text"].tolist(),
        "textfont": font,
        "hoverinfo": "skip",
    }


def above_note(
    frame: pd.DataFrame, language: Language, *, measure: Measure, height: int
) -> dict[str, Any]:
    """Return the parts of a layout for a drawing `height` pixels high, above a note.

    The note names the districts of the frame, which have no place.
    """
    notes = _unplaced(frame, language, measure=measure)
    lines = sum(each["text"].count(text.BREAK) + 1 for each in notes)
    below = lines * canvas.LINE + 2 * canvas.MARGIN
    margin = dict.fromkeys("lrt", canvas.MARGIN)
    return {"height": height + below, "margin": margin | {"b": below}, "annotations": notes}


def _unplaced(frame: pd.DataFrame, language: Language, *, measure: Measure) -> list[dict[str, Any]]:
    if frame.empty:
        return []
    labels = measures.short_labels(frame, language, measure)
    pairs = [
        f"{name} {label}"
        for name, label in zip(text.names(frame, "short_name"), labels, strict=True)
    ]
    words = language.gettext("Not drawn: {names}").format(names=", ".join(pairs))
    below = text.wrapped(words, width=canvas.PHONE_LETTERS)
    return [canvas.note(below, **_BELOW)]
