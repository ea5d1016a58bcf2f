"""What all figures share: no background, no title, large letters, the language's numbers."""

from collections.abc import Iterable, Sequence
from typing import Any

from plotly import graph_objects as go

from charts import palette, text
from locales import Language

# Pixels. The page scales with the browser, so on a projector these are as large as its words.
LETTERS = 15
SMALL_LETTERS = 14
LINE = 20
MARGIN = 8
# Letters that fit side by side on a phone of 390 pixels.
PHONE_LETTERS = 38


def figure(
    traces: Sequence[Any], language: Language, *, height: int, name: str, **layout: Any
) -> go.Figure:
    """Return a figure `height` pixels high that leaves background and text colours to the page.

    `name` says which chart this is: a reader's zoom stays when new numbers of the same chart come.
    """
    common = {
        "template": "none",
        "height": height,
        "margin": {"l": MARGIN, "r": MARGIN, "t": MARGIN, "b": MARGIN, "pad": 6},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": LETTERS},
        "hoverlabel": {"font": {"size": LETTERS}, "align": "left"},
        "separators": _separators(language),
        "showlegend": False,
        "uirevision": name,
        "modebar": {
            "bgcolor": palette.NOTHING,
            "color": palette.OUTLINE,
            "activecolor": palette.PRIMARY,
        },
        "dragmode": False,  # a finger that drags on a phone scrolls the page
    }
    return go.Figure(data=list(traces), layout=common | layout)


def words(message: str, language: Language) -> go.Figure:
    """Return a figure that only says something: why there is nothing to draw."""
    said = text.wrapped(message, width=PHONE_LETTERS)
    return figure(
        [],
        language,
        height=160,
        name="words",
        xaxis=hidden_axis(),
        yaxis=hidden_axis(),
        annotations=[note(said, x=0.5, y=0.5, xanchor="center", yanchor="middle", align="center")],
    )


def note(escaped: str, **place: Any) -> dict[str, Any]:
    """Return an annotation of escaped text, placed on the paper unless `place` says otherwise."""
    return {
        "text": escaped,
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "align": "left",
        "font": {"size": LETTERS},
    } | place


def hidden_axis(**settings: Any) -> dict[str, Any]:
    """Return an axis that only places things: no line, no labels, no zoom."""
    return {"visible": False, "fixedrange": True} | settings


def name_axis(ticks: Sequence[list[str]], *, chosen: Sequence[bool]) -> dict[str, Any]:
    """Return a vertical axis of names in escaped lines, the first on top, the chosen ones bold."""
    names = [text.BREAK.join(each) for each in ticks]
    return {
        "range": [len(ticks) - 0.5, -0.5],
        "tickmode": "array",
        "tickvals": list(range(len(ticks))),
        "ticktext": [
            f"<b>{name}</b>" if is_chosen else name
            for name, is_chosen in zip(names, chosen, strict=True)
        ],
        "tickfont": {"size": LETTERS},
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def legend(**settings: Any) -> dict[str, Any]:
    """Return a legend on top of the plot, from the left. It explains and does not hide traces."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "font": {"size": SMALL_LETTERS},
        "traceorder": "normal",
        "maxheight": 1,
        "itemclick": False,
        "itemdoubleclick": False,
    } | settings


def room(values: Sequence[float], labels: Sequence[str]) -> float:
    """Return where an axis must end so that each label fits behind its bar, on a phone too.

    A letter takes about a twenty-fifth of the plot there; at most half of the plot is for labels.
    """
    needed = (
        value / (1 - min((len(label) + 1) * 0.04, 0.5))
        for value, label in zip(values, labels, strict=True)
    )
    return max(needed) or 1


def key(name: str, colour: str, **line: Any) -> go.Bar:
    """Return what the legend says of a colour, where the bars themselves have several."""
    return go.Bar(x=[None], y=[None], name=text.plain(name), marker={"color": colour, "line": line})


def totals(
    values: Sequence[float],
    labels: Sequence[str],
    *,
    middles: Sequence[float],
    space: str = "\N{NO-BREAK SPACE}",
) -> go.Scatter:
    """Return the labels behind bars that end at values, in bold."""
    return go.Scatter(
        x=list(values),
        y=list(middles),
        mode="text",
        # Spaces that are not folded keep them apart from what is drawn at the end of a bar.
        text=[f"{space}{text.bold(each)}" for each in labels],
        textposition="middle right",
        textfont={"size": LETTERS},
        cliponaxis=False,
        showlegend=False,
        hoverinfo="skip",
    )


def pale(codes: Iterable[str], chosen: str | None) -> list[bool]:
    """Tell for each code whether another one is chosen."""
    return [chosen is not None and each != chosen for each in codes]


def _separators(language: Language) -> str:
    """Return the decimal and the thousands sign in Plotly's order, read off a written number."""
    written = language.number(1234.5, decimals=1)
    return written[5] + written[1]
