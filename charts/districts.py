"""Which districts ask, and which are not heard from: bars, and a sentence.

These and the drawings in `charts.district_tiles` and `charts.district_map` take one row per
district in the catalogue's order: `code`, `short_name`, `young_people`, `tile_column`, `tile_row`,
`questions`, `heard` (counts) and `per_10000` (questions per 10,000 people aged 15 to 34, NaN where
their number is unknown). Where one district is `chosen`, by its code, the drawing sets it off from
the others.
"""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, measures, palette, text
from charts.measures import Measure
from locales import Language

ROW = 34
NAME_LETTERS = 20


def bars(
    frame: pd.DataFrame, language: Language, *, measure: Measure, chosen: str | None = None
) -> go.Figure:
    """Draw a bar per district, the longest on top; those without a known value come last.

    The reader should see at once who leads, who has asked nothing, and the number of each.
    """
    nothing = measures.nothing(frame, language, measure=measure)
    if nothing:
        return canvas.words(nothing, language)
    frame = frame.assign(value=measures.values_of(frame, measure)).sort_values(
        "value", ascending=False, kind="stable", na_position="last"
    )
    values = frame["value"].fillna(0).tolist()
    labels = [measures.label(each, language, measure=measure) for each in frame["value"]]
    ticks = [text.lines(each, width=NAME_LETTERS) for each in text.names(frame, "short_name")]
    row = max(ROW, max(len(each) for each in ticks) * canvas.LINE + 10)
    colours = palette.colours(palette.PRIMARY, canvas.pale(frame["code"], chosen))
    return canvas.figure(
        [
            _labelled_bars(
                values, labels, marker={"color": colours}, **measures.points(frame, language)
            )
        ],
        language,
        height=row * len(frame) + 2 * canvas.MARGIN,
        name=f"districts-bars-{measure}",
        xaxis=canvas.hidden_axis(range=[0, canvas.room(values, labels)]),
        yaxis=canvas.name_axis(ticks, chosen=(frame["code"] == chosen).tolist()),
    )


def finding(frame: pd.DataFrame, language: Language, *, measure: Measure) -> str:
    """Say in one sentence who leads, with the number, and who has asked nothing.

    The words are plain text, not markup and not Markdown.
    """
    nothing = measures.nothing(frame, language, measure=measure)
    if nothing:
        return nothing
    frame = frame.assign(
        value=measures.values_of(frame, measure), name=text.names(frame, "short_name")
    )
    parts = [_silent(frame, language)]
    if frame["value"].max() > 0:
        parts.insert(0, _leaders(frame, language, measure=measure))
    unknown = frame.loc[frame["value"].isna(), "name"].tolist()
    if unknown:
        words = language.gettext("number of young people not known: {names}")
        parts.append(words.format(names=text.listed(unknown, language)))
    return "; ".join(parts) + "."


def _labelled_bars(values: list[float], labels: list[str], **points: Any) -> go.Bar:
    return go.Bar(
        orientation="h",
        x=values,
        y=list(range(len(values))),
        width=0.66,
        text=[text.plain(each) for each in labels],
        textposition="outside",
        cliponaxis=False,
        constraintext="none",
        **points,
    )


def _leaders(frame: pd.DataFrame, language: Language, *, measure: Measure) -> str:
    largest = frame["value"].max()
    leading = frame[frame["value"] == largest]
    if measure is Measure.QUESTIONS:
        said = text.questions(int(largest), language)
    else:
        said = measures.per_10000(largest, language)
    words = language.ngettext(
        "{names}: {questions}, the most", "{names}: {questions} each, the most", len(leading)
    )
    return words.format(names=text.listed(leading["name"].tolist(), language), questions=said)


def _silent(frame: pd.DataFrame, language: Language) -> str:
    silent = frame.loc[frame["questions"] == 0, "name"].tolist()
    if not silent:
        return language.gettext("every district has asked")
    words = language.ngettext(
        "{number} district has asked nothing yet: {names}",
        "{number} districts have asked nothing yet: {names}",
        len(silent),
    )
    return words.format(number=language.number(len(silent)), names=text.listed(silent, language))
