"""How long questions that wait have waited so far.

Both functions take a row for each class of waiting time, from the shortest: `least` and `below`
(minutes, NaN where it has no end); `received`, `approved`, `queued` (counts of those that wait in
that state); `median` and `longest` (minutes, the same in all rows, NaN where nothing waits).
"""

from math import isnan

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from charts.rows import FITTING
from locales import Language

ROW = 44
LEGEND = 66
HOUR = 60
STATES = ("received", "approved", "queued")


def bars(frame: pd.DataFrame, language: Language) -> go.Figure:
    """Draw a bar per class of waiting time, the shortest on top, stacked by what they wait for.

    The reader should see how many have waited too long, and where.
    """
    if _is_silent(frame):
        return canvas.words(language.gettext("No question is waiting."), language)
    totals = frame[list(STATES)].sum(axis="columns").tolist()
    labels = [language.number(each) for each in totals]
    ticks = [[text.plain(each)] for each in _classes(frame, language)]
    names = (
        (language.gettext("New"), palette.WAITING),
        (language.gettext("Approved"), palette.APPROVED),
        (language.gettext("In the queue"), palette.QUEUED),
    )
    return canvas.figure(
        [
            *(
                _trace(frame[state].tolist(), language, name=name, colour=colour)
                for state, (name, colour) in zip(STATES, names, strict=True)
            ),
            canvas.totals(totals, labels, middles=range(len(frame))),
        ],
        language,
        height=ROW * len(frame) + LEGEND,
        name="waiting-bars",
        barmode="stack",
        showlegend=True,
        legend=canvas.legend(),
        uniformtext=FITTING,
        xaxis=canvas.hidden_axis(range=[0, canvas.room(totals, labels)]),
        yaxis=canvas.name_axis(ticks, chosen=[False] * len(ticks)),
    )


def finding(frame: pd.DataFrame, language: Language) -> str:
    """Say in one sentence how many wait, how long half of them have, and how long the longest.

    The words are plain text, not markup and not Markdown.
    """
    if _is_silent(frame):
        return language.gettext("No question is waiting.")
    words = language.gettext(
        "{questions} waiting: half of them for {median} or more, the longest for {longest}."
    )
    return words.format(
        questions=text.questions(int(frame[list(STATES)].to_numpy().sum()), language),
        median=text.duration(frame["median"].iloc[0], language),
        longest=text.duration(frame["longest"].iloc[0], language),
    )


def _is_silent(frame: pd.DataFrame) -> bool:
    return frame.empty or not frame[list(STATES)].to_numpy().sum()


def _classes(frame: pd.DataFrame, language: Language) -> list[str]:
    between, over = language.gettext("{least}–{below}"), language.gettext("over {least}")
    return [
        over.format(least=text.duration(least, language))
        if isnan(below)
        else between.format(
            # The unit is said once.
            least=language.number(least / (HOUR if least >= HOUR else 1)),
            below=text.duration(below, language),
        )
        for least, below in zip(frame["least"], frame["below"], strict=True)
    ]


def _trace(counts: list[int], language: Language, *, name: str, colour: str) -> go.Bar:
    written = [language.number(each) for each in counts]
    return go.Bar(
        orientation="h",
        name=text.plain(name),
        showlegend=any(counts),
        x=counts,
        y=list(range(len(counts))),
        width=0.66,
        marker={"color": colour},
        text=[label if count else "" for label, count in zip(written, counts, strict=True)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": palette.ink(colour), "size": canvas.LETTERS},
        hovertext=[text.plain(f"{name}: {each}") for each in written],
        hoverinfo="text",
    )
