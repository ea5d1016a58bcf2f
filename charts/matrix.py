"""Who asks about what: each district on each topic, and where nobody asks.

Both functions take a row per pair of a district and a topic, topic by topic, each with all
districts in the same order: `district`, `district_name`, `topic`, `topic_name`, `questions` (a
count) and `expected`, how many there would be if each district asked as all together do.
"""

from math import log
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from charts.rows import BAR, FITTING, Rows, rows
from locales import Language

LEGEND = 40
SIDE = 0.94
# Where all ask alike, at most one picture of so many marks an emptiness that is chance.
ONE_PICTURE_OF = 20


def cells(
    frame: pd.DataFrame,
    language: Language,
    *,
    district: str | None = None,
    topic: str | None = None,
) -> go.Figure:
    """Draw a cell for each pair with its number in it: a line per topic, a column per district.

    The reader should see the darker cells, where most is asked, and the empty ones; those with a
    strong outline are empty by more than chance. The line of a chosen topic
    and the column of a chosen district have bold names.
    """
    if _is_silent(frame):
        return canvas.words(language.gettext("No questions yet."), language)
    frame = _named(frame)
    topics = frame.drop_duplicates("topic")
    laid = rows(topics["topic_name"].tolist(), chosen=(topics["topic"] == topic).tolist())
    districts = frame.drop_duplicates("district")
    return canvas.figure(
        [
            _cells(frame, language, laid=laid, columns=len(districts)),
            *_explained(frame, language),
        ],
        language,
        height=laid.height + LEGEND + 60,
        name="matrix-cells",
        barmode="overlay",
        showlegend=True,
        legend=canvas.legend(y=0, yanchor="top", itemsizing="constant"),
        uniformtext=FITTING,
        annotations=laid.names,
        xaxis=_district_axis(districts, chosen=district),
        yaxis=laid.axis,
    )


def finding(frame: pd.DataFrame, language: Language) -> str:
    """Say in one sentence how many pairs are empty, and which emptiness says most.

    The words are plain text, not markup and not Markdown.
    """
    if _is_silent(frame):
        return language.gettext("No questions yet.")
    words = language.gettext("{empty} of {all} pairs of district and topic are empty.")
    empty = int((frame["questions"] == 0).sum())
    said = words.format(empty=language.number(empty), all=language.number(len(frame)))
    unusual = _named(frame)[_tells(frame)]
    if unusual.empty:
        return said
    most = unusual.sort_values("expected", kind="stable").iloc[-1]
    words = language.gettext(
        "The most telling: {district} on {topic}, where about {expected} were to be expected."
    )
    return f"{said} " + words.format(
        district=most["district_name"],
        topic=most["topic_name"],
        expected=language.number(most["expected"]),
    )


def _is_silent(frame: pd.DataFrame) -> bool:
    return frame.empty or not frame["questions"].sum()


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    names = {
        f"{side}_name": text.names(frame.assign(code=frame[side]), f"{side}_name")
        for side in ("district", "topic")
    }
    return frame.assign(**names)


def telling(pairs: int) -> float:
    """Return how many must be expected of an empty pair, among so many, for that to say something.

    A pair of which `n` are expected is empty by chance with a probability of exp(-n).
    """
    return log(ONE_PICTURE_OF * pairs)


def _tells(frame: pd.DataFrame) -> "pd.Series[bool]":
    return (frame["questions"] == 0) & (frame["expected"] >= telling(len(frame)))


def _cells(frame: pd.DataFrame, language: Language, *, laid: Rows, columns: int) -> go.Bar:
    # Bars rather than a heat map: they have outlines, which the palest and the empty need.
    largest = float(frame["questions"].max())
    fills = [palette.fill(palette.step(each, largest=largest)) for each in frame["questions"]]
    return go.Bar(
        x=list(range(columns)) * len(laid.middles),
        y=[BAR - 4] * len(frame),
        base=[middle - (BAR - 4) / 2 for middle in laid.middles for _ in range(columns)],
        width=SIDE,
        marker={"color": fills, "line": palette.outlines(_tells(frame).tolist())},
        text=[language.number(each) if each else "" for each in frame["questions"]],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={
            "color": [
                palette.ink(each if each != palette.NOTHING else palette.OUTLINE) for each in fills
            ],
            "size": canvas.SMALL_LETTERS,
        },
        hovertext=_hover(frame, language),
        hoverinfo="text",
        showlegend=False,
        customdata=list(zip(frame["district"], frame["topic"], strict=True)),
    )


def _hover(frame: pd.DataFrame, language: Language) -> list[str]:
    words = language.gettext("about {number} to be expected")
    return [
        text.BREAK.join(
            [
                text.bold(district),
                text.wrapped(topic, width=canvas.PHONE_LETTERS),
                text.plain(text.questions(count, language)),
                text.plain(words.format(number=language.number(expected, decimals=1))),
            ]
        )
        for district, topic, count, expected in zip(
            frame["district_name"],
            frame["topic_name"],
            frame["questions"],
            frame["expected"],
            strict=True,
        )
    ]


def _explained(frame: pd.DataFrame, language: Language) -> list[go.Bar]:
    """Return what the legend says of the outlines that occur."""
    kinds = (
        (False, language.gettext("No question")),
        (True, language.gettext("No question, and that is hardly chance")),
    )
    tells = _tells(frame)[frame["questions"] == 0]
    return [
        canvas.key(name, palette.NOTHING, **palette.outline(is_chosen=is_telling))
        for is_telling, name in kinds
        if (tells == is_telling).any()
    ]


def _district_axis(districts: pd.DataFrame, *, chosen: str | None) -> dict[str, Any]:
    names = districts["district_name"].tolist()
    return {
        "range": [-0.5, len(names) - 0.5],
        "side": "top",
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": [
            text.bold(name) if code == chosen else text.plain(name)
            for name, code in zip(names, districts["district"], strict=True)
        ],
        "tickfont": {"size": canvas.SMALL_LETTERS},
        "autotickangles": [0, 90],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
