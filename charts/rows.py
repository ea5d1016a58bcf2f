"""Rows that each have their whole name above them: names of topics are too long for one side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charts import canvas, text

# Pixels from top to bottom of a row: its name in lines, its bar, the space to the next one.
BAR = 32
SPACE = 14
# A number too wide for its part of a bar is left to the hover text.
FITTING = {"minsize": canvas.SMALL_LETTERS, "mode": "hide"}


@dataclass(frozen=True, slots=True)
class Rows:
    """Where rows are: their names as annotations, the middles of their bars, all of the height."""

    names: list[dict[str, Any]]
    middles: list[float]
    height: int

    @property
    def axis(self) -> dict[str, Any]:
        """Return the axis in pixels on which the rows stand, the first on top."""
        return canvas.hidden_axis(range=[self.height, 0])


def rows(names: Sequence[str], *, chosen: Sequence[bool] = ()) -> Rows:
    """Lay out rows under their names; those of the chosen ones are bold."""
    notes, middles, height = [], [], 0
    for place, name in enumerate(names):
        lines = text.lines(name, width=canvas.PHONE_LETTERS)
        words = text.BREAK.join(lines)
        said = f"<b>{words}</b>" if any(chosen[place : place + 1]) else words
        notes.append(canvas.note(said, x=0, xanchor="left", yref="y", y=height, yanchor="top"))
        height += len(lines) * canvas.LINE + BAR
        middles.append(height - BAR / 2 + 2)
        height += SPACE
    return Rows(names=notes, middles=middles, height=height)
