"""How far the questions have come, and what dropped out and why.

Both functions take the steps `received`, `approved`, `queued`, `answered` in this order, then
`merged` and the reasons for a rejection as far as they occur: `code`; `name`, of the reasons;
`questions`, so many have come there, and `here`, so many have come no further (counts).
"""

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from charts.rows import BAR, FITTING, Rows, rows
from locales import Language

LEGEND = 66
STEPS = 4


def bars(frame: pd.DataFrame, language: Language) -> go.Figure:
    """Draw a bar per step, part of it for what stays there; then a bar for each way out.

    The reader should see where the questions pile up, and why the others are gone.
    """
    if _is_silent(frame):
        return canvas.words(language.gettext("No questions yet."), language)
    laid = rows(_names(frame, language))
    totals = frame["questions"].tolist()
    labels = [_label(each, totals[0], language) for each in totals]
    out = frame["questions"].where(frame.index >= STEPS, 0)
    gone = language.gettext("Rejected, merged")
    here = frame["here"].where(frame.index < STEPS - 1, 0)
    on = frame["questions"] - here - out
    return canvas.figure(
        [
            _trace(on, laid, language, name=language.gettext("Went on"), colour=palette.QUEUED),
            _trace(
                here, laid, language, name=language.gettext("Still here"), colour=palette.WAITING
            ),
            _trace(
                out,
                laid,
                language,
                name=gone,
                colour=palette.LEFT_OUT,
            ),
            canvas.totals(totals, labels, middles=laid.middles),
        ],
        language,
        height=laid.height + LEGEND,
        name="path-bars",
        barmode="stack",
        showlegend=True,
        legend=canvas.legend(entrywidth=122),
        uniformtext=FITTING,
        annotations=laid.names,
        xaxis=canvas.hidden_axis(range=[0, canvas.room(totals, labels)]),
        yaxis=laid.axis,
    )


def finding(frame: pd.DataFrame, language: Language) -> str:
    """Say in one sentence how many were answered, how many wait for what, and how many dropped out.

    The words are plain text, not markup and not Markdown.
    """
    if _is_silent(frame):
        return language.gettext("No questions yet.")
    words = language.gettext(
        "Of {questions}, {answered} answered; {new} wait to be read, {approved} for the queue, "
        "{queued} have their turn or a promised reply; {out} rejected or merged."
    )
    new, approved, queued = frame["here"].iloc[: STEPS - 1]
    return words.format(
        questions=text.questions(int(frame["questions"].iloc[0]), language),
        answered=language.number(int(frame["questions"].iloc[STEPS - 1])),
        new=language.number(int(new)),
        approved=language.number(int(approved)),
        queued=language.number(int(queued)),
        out=language.number(int(frame["questions"].iloc[STEPS:].sum())),
    )


def _is_silent(frame: pd.DataFrame) -> bool:
    return frame.empty or not frame["questions"].iloc[0]


def _names(frame: pd.DataFrame, language: Language) -> list[str]:
    steps = {
        "received": language.gettext("All that came in"),
        "approved": language.gettext("Approved"),
        "queued": language.gettext("In the queue or for a written reply"),
        "answered": language.gettext("Answered"),
        "merged": language.gettext("Merged with another"),
    }
    rejected = language.gettext("Rejected: {reason}")
    return [
        steps[code] if not reason else rejected.format(reason=reason)
        for code, reason in zip(frame["code"], frame["name"], strict=True)
    ]


def _label(count: int, of: int, language: Language) -> str:
    return f"{language.number(count)} · {text.percent(count / of, language)}"


def _trace(
    counts: "pd.Series[int]", laid: Rows, language: Language, *, name: str, colour: str
) -> go.Bar:
    written = [language.number(each) for each in counts]
    return go.Bar(
        orientation="h",
        name=text.plain(name),
        showlegend=bool(counts.any()),
        x=counts.tolist(),
        y=laid.middles,
        width=BAR - 4,
        marker={"color": colour},
        text=[label if count else "" for label, count in zip(written, counts, strict=True)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": palette.ink(colour), "size": canvas.LETTERS},
        hovertext=[text.plain(f"{name}: {each}") for each in written],
        hoverinfo="text",
    )
