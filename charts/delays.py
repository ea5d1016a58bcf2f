"""How long questions waited: until the desk decided, or until they came on stage.

Both functions take one row per topic, district or source: `code`, `name`, `questions` (a count);
for each of `decided` and `staged` the median minutes under its name, with `_low` and `_high` the
quartiles (NaN where there were none), and with `_count` of how many questions.
"""

from enum import StrEnum

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from charts.rows import BAR, rows
from locales import Language

LEGEND = 66
# Of fewer questions a median says little: they are drawn, with their number, but not compared.
FEWEST = 5


class Until(StrEnum):
    """What was waited for; the value is the frame's column."""

    DECIDED = "decided"
    STAGED = "staged"


def bars(frame: pd.DataFrame, language: Language, *, until: Until) -> go.Figure:
    """Draw a bar per row for the median time, the longest on top, and how far the middle half goes.

    The reader should see who waited longest, and of how many questions that is told. Rows where
    nothing happened yet are left out.
    """
    frame = _sorted(frame, until)
    if frame.empty:
        return canvas.words(_nothing(language, until), language)
    laid = rows(text.names(frame, "name"))
    values, ends = frame[until].tolist(), frame[f"{until}_high"].tolist()
    counts = zip(frame[f"{until}_count"], frame["questions"], strict=True)
    labels = [
        f"{text.duration(each, language)} · {text.part(count, of, language)}"
        for each, (count, of) in zip(values, counts, strict=True)
    ]
    return canvas.figure(
        [
            go.Bar(
                orientation="h",
                name=text.plain(language.gettext("Half of them waited so long or longer")),
                x=values,
                y=laid.middles,
                width=BAR - 4,
                marker={"color": _colour(until)},
                hovertext=[
                    text.BREAK.join([text.bold(name), text.plain(label)])
                    for name, label in zip(text.names(frame, "name"), labels, strict=True)
                ],
                hoverinfo="text",
            ),
            _spread(frame, language, until=until, middles=laid.middles),
            canvas.totals(values, labels, middles=laid.middles),
        ],
        language,
        height=laid.height + LEGEND,
        name=f"delays-{until}",
        showlegend=True,
        legend=canvas.legend(),
        annotations=laid.names,
        xaxis=canvas.hidden_axis(range=[0, max(canvas.room(values, labels), *ends)]),
        yaxis=laid.axis,
    )


def finding(frame: pd.DataFrame, language: Language, *, until: Until) -> str:
    """Say of how many questions the times are known, who waited longest, and who least.

    The words are plain text, not markup and not Markdown.
    """
    frame = _sorted(frame, until)
    if frame.empty:
        return _nothing(language, until)
    compared = frame[frame[f"{until}_count"] >= FEWEST]
    parts = [_known(frame, language, until)]
    if len(compared) < 2:
        parts.append(language.gettext("Too few questions to compare them."))
    else:
        words = language.gettext(
            "Longest: {longest}, half of them {most} or more; shortest: {shortest}, half of them "
            "{least} or more."
        )
        names, times = text.names(compared, "name"), compared[until].tolist()
        parts.append(
            words.format(
                longest=names[0],
                most=text.duration(times[0], language),
                shortest=names[-1],
                least=text.duration(times[-1], language),
            )
        )
    return " ".join(parts)


def _known(frame: pd.DataFrame, language: Language, until: Until) -> str:
    words = language.gettext("The desk decided on {count}.")
    if until is Until.STAGED:
        words = language.gettext("{count} came on stage.")
    count = int(frame[f"{until}_count"].sum())
    return words.format(count=text.questions(count, language))


def _spread(
    frame: pd.DataFrame, language: Language, *, until: Until, middles: list[float]
) -> go.Scatter:
    """Return a line under each bar, between the quartiles."""
    below = [each + BAR / 2 + 3 for each in middles]
    lines = list(zip(frame[f"{until}_low"], frame[f"{until}_high"], below, strict=True))
    return go.Scatter(
        name=text.plain(language.gettext("The middle half of them")),
        mode="lines",
        x=[at for low, high, _ in lines for at in (low, high, None)],
        y=[at for _, _, place in lines for at in (place, place, None)],
        line={"color": palette.OUTLINE, "width": 4},
        hoverinfo="skip",
    )


def _sorted(frame: pd.DataFrame, until: Until) -> pd.DataFrame:
    known: pd.DataFrame = frame[frame[until].notna()]
    return known.sort_values(until, ascending=False, kind="stable")


def _colour(until: Until) -> str:
    return palette.PRIMARY if until is Until.DECIDED else palette.ACCENT


def _nothing(language: Language, until: Until) -> str:
    if until is Until.DECIDED:
        return language.gettext("The desk has not decided on any of them yet.")
    return language.gettext("None of them was on stage yet.")
