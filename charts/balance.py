"""Whose questions are answered: each share of the questions against its share of the answers.

All take one row per district or per topic: `code`; `name`; `claims`, its questions that are
neither rejected nor merged; `heard`, how many of them are answered (counts).
"""

from typing import Literal

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from charts.rows import Rows, rows
from locales import Language

Side = Literal["district", "topic"]
LEGEND = 40
MARK = 15
BESIDE_A_MARK = 4 * "\N{NO-BREAK SPACE}"


def dots(
    frame: pd.DataFrame, language: Language, *, side: Side, chosen: str | None = None
) -> go.Figure:
    """Draw two marks per row, the share of the questions and that of the answers, and both numbers.

    The reader should see on top who is heard least against what they ask: there the mark of the
    answers lies far to the left of that of the questions. Rows without a question are left out.
    Where one is `chosen`, by its code, its name is bold. `side` says what a row is.
    """
    reason = _nothing(frame, language)
    if reason:
        return canvas.words(reason, language)
    shares = _shares(frame)
    laid = rows(text.names(shares, "name"), chosen=(shares["code"] == chosen).tolist())
    largest = float(shares[["asked", "answered"]].max().max())
    labels = [
        f"{text.percent(asked, language)} → {text.percent(answered, language)}"
        for asked, answered in zip(shares["asked"], shares["answered"], strict=True)
    ]
    ends = shares[["asked", "answered"]].max(axis="columns").tolist()
    return canvas.figure(
        [
            _gaps(shares, laid=laid),
            *_marks(shares, language, laid=laid, side=side),
            canvas.totals(ends, labels, middles=laid.middles, space=BESIDE_A_MARK),
        ],
        language,
        height=laid.height + LEGEND,
        name=f"balance-{side}",
        showlegend=True,
        legend=canvas.legend(),
        hovermode="closest",
        annotations=laid.names,
        # From a little below 0, where a mark is as wide as it is high.
        xaxis=canvas.hidden_axis(
            range=[-largest * 0.04, canvas.room(ends, [BESIDE_A_MARK + each for each in labels])]
        ),
        yaxis=laid.axis,
    )


def finding(frame: pd.DataFrame, language: Language) -> str:
    """Name in a sentence who is heard least against their share of the questions.

    The words are plain text, not markup and not Markdown.
    """
    reason = _nothing(frame, language)
    if reason:
        return reason
    shares = _shares(frame)
    least = shares.iloc[0]
    if len(shares) == 1:
        words = language.gettext("Only {name} has asked: there is nothing to compare.")
    elif least["gap"] <= 0:
        words = language.gettext("Everyone is heard as much as they ask.")
    else:
        words = language.gettext(
            "Most under-heard: {name}, with {asked} of the questions and {answered} of the answers."
        )
    return words.format(
        name=text.names(shares, "name")[0],
        asked=text.percent(least["asked"], language),
        answered=text.percent(least["answered"], language),
    )


def _nothing(frame: pd.DataFrame, language: Language) -> str:
    """Say why there is nothing to compare; empty where there is something."""
    if frame.empty or not frame["claims"].sum():
        return language.gettext("No questions yet.")
    if not frame["heard"].sum():
        return language.gettext("No question was answered yet.")
    return ""


def _shares(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that ask, with both shares and the gap between them, the widest on top."""
    asked = frame["claims"] / frame["claims"].sum()
    answered = frame["heard"] / frame["heard"].sum()
    shares = frame.assign(asked=asked, answered=answered, gap=asked - answered)
    return shares[shares["claims"] > 0].sort_values("gap", ascending=False, kind="stable")


def _gaps(shares: pd.DataFrame, *, laid: Rows) -> go.Scatter:
    return go.Scatter(
        mode="lines",
        x=[
            at
            for both in zip(shares["asked"], shares["answered"], strict=True)
            for at in (*both, None)
        ],
        y=[at for each in laid.middles for at in (each, each, None)],
        line={"color": palette.OUTLINE, "width": 3},
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(shares: pd.DataFrame, language: Language, *, laid: Rows, side: Side) -> list[go.Scatter]:
    kinds = (
        ("asked", "claims", language.gettext("Share of the questions"), palette.PRIMARY, "circle"),
        ("answered", "heard", language.gettext("Share of the answers"), palette.ACCENT, "diamond"),
    )
    return [
        go.Scatter(
            mode="markers",
            name=text.plain(name),
            x=shares[share].tolist(),
            y=laid.middles,
            marker={"color": colour, "symbol": symbol, "size": MARK, "opacity": 1},
            cliponaxis=False,
            hovertext=[
                text.BREAK.join(
                    [
                        text.bold(who),
                        text.plain(
                            f"{name}: {text.percent(part, language)} ({language.number(count)})"
                        ),
                    ]
                )
                for who, part, count in zip(
                    text.names(shares, "name"), shares[share], shares[counted], strict=True
                )
            ],
            hoverinfo="text",
            customdata=[
                (code, None) if side == "district" else (None, code) for code in shares["code"]
            ],
        )
        for share, counted, name, colour, symbol in kinds
    ]
