"""Charts as pictures for what is printed, PNG and SVG: drawn here, no browser is needed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from charts import palette

FORMATS = ("png", "svg")
# Inches; as wide as the text of an A4 page.
_WIDTH, _ROW, _AROUND = 6.4, 0.34, 0.7
_LETTERS_OF_A_NAME = 36
_LINES_OF_A_NAME = 3
_MOST_TIMES = 12
_SETTINGS: Any = {
    "font.family": "DejaVu Sans",  # comes with the library and has every Vietnamese letter
    "font.size": 9,
    "text.parse_math": False,  # a dollar in a name is a dollar
    "svg.fonttype": "path",
    "svg.hashsalt": "dialogue",
}


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of each bar: its name in the legend, a value for each bar, its colour."""

    name: str
    values: Sequence[float]
    colour: str = palette.PRIMARY


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under each other, or beside each other where `upright`, such as for times.

    `written` says each bar's value in words.
    """

    title: str
    labels: Sequence[str]
    parts: Sequence[BarPart]
    written: Sequence[str]
    upright: bool = False

    def draw(self) -> Figure:
        """Draw it."""
        return _draw_upright(self) if self.upright else _draw_bars(self)


@dataclass(frozen=True, slots=True)
class Grid:
    """A number for each pair of a row and a column, the darker the more."""

    title: str
    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[int]]

    def draw(self) -> Figure:
        """Draw it."""
        return _draw_grid(self)


Picture = Bars | Grid


def write(picture: Picture, *, ending: str) -> bytes:
    """Return a picture as PNG, 200 pixels an inch, or as SVG."""
    kept = BytesIO()
    with mpl.rc_context(_SETTINGS):
        picture.draw().savefig(kept, format=ending, dpi=200, metadata=_metadata(ending))
    return kept.getvalue()


def _metadata(ending: str) -> dict[str, Any]:
    # The same numbers make the same file.
    return {"Date": None} if ending == "svg" else {"Software": None}


def _draw_bars(picture: Bars) -> Figure:
    names = [_lines(each) for each in picture.labels]
    height = sum(max(_ROW, each.count("\n") * 0.16 + 0.3) for each in names)
    with _axes(picture.title, height=max(height, _ROW) + _AROUND) as (figure, axes):
        left = [0.0] * len(names)
        places = range(len(names))
        for part in picture.parts:
            axes.barh(places, part.values, left=left, color=part.colour, label=part.name)
            left = [one + other for one, other in zip(left, part.values, strict=True)]
        for place, (end, said) in enumerate(zip(left, picture.written, strict=True)):
            axes.annotate(said, (end, place), (4, 0), textcoords="offset points", va="center")
        axes.set_yticks(places, names)
        axes.set_ylim(len(names) - 0.4, -0.6)
        axes.set_xlim(0, max([*left, 1]) * 1.12)
        axes.xaxis.set_visible(False)
        if len(picture.parts) > 1:
            figure.legend(loc="outside lower center", ncols=len(picture.parts), frameon=False)
    return figure


def _draw_upright(picture: Bars) -> Figure:
    with _axes(picture.title, height=2.8) as (figure, axes):
        places = range(len(picture.labels))
        axes.bar(places, picture.parts[0].values, color=picture.parts[0].colour, width=0.9)
        step = max(1, -(-len(picture.labels) // _MOST_TIMES))
        axes.set_xticks(places[::step], picture.labels[::step], rotation=30, ha="right")
        axes.set_ylim(0, max([*picture.parts[0].values, 1]) * 1.1)
        axes.yaxis.get_major_locator().set_params(integer=True)
    return figure


def _draw_grid(picture: Grid) -> Figure:
    names = [_lines(each) for each in picture.columns]
    with _axes(picture.title, height=len(picture.rows) * _ROW + 3.2) as (figure, axes):
        largest = max((value for row in picture.values for value in row), default=0)
        for y, row in enumerate(picture.values):
            for x, value in enumerate(row):
                step = palette.step(value, largest=largest)
                if step:
                    fill = palette.fill(step)
                    axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, color=fill))
                    axes.text(x, y, f"{value}", ha="center", va="center", color=palette.ink(fill))
        axes.set_xticks(range(len(names)), names, rotation=60, ha="left", rotation_mode="anchor")
        axes.set_yticks(range(len(picture.rows)), [_lines(each) for each in picture.rows])
        axes.xaxis.tick_top()
        axes.spines["left"].set_visible(False)
        axes.set_xlim(-0.5, max(len(names), 1) - 0.5)
        axes.set_ylim(max(len(picture.rows), 1) - 0.5, -0.5)
    return figure


@contextmanager
def _axes(title: str, *, height: float) -> Iterator[tuple[Figure, Any]]:
    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = figure.add_subplot()
    figure.suptitle("\n".join(wrap(title, 80)), fontsize=10, fontweight="bold", x=0.01, ha="left")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.tick_params(length=0)
    yield figure, axes


def _lines(name: str) -> str:
    lines = wrap(name, _LETTERS_OF_A_NAME, max_lines=_LINES_OF_A_NAME, placeholder=" …")
    return "\n".join(lines)
