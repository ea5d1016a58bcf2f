"""Whose questions are answered: of all that each district or topic asked, what became of how many.

Both functions take one row per district or per topic: `code`; `name`; `asked`, all its questions;
`answered`, `open` and `rejected`, which together are all of them (counts). What was merged counts
as the question it was merged into.
"""

from collections.abc import Sequence
from typing import Literal

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from charts.rows import BAR, FITTING, Rows, rows
from dialogue.rates import SURE_PERCENT, Rate
from locales import Language

Side = Literal["district", "topic"]
LEGEND = 92


def bars(
    frame: pd.DataFrame, language: Language, *, side: Side, chosen: str | None = None
) -> go.Figure:
    """Draw a bar per row, all equally long, parted by what became of the questions.

    The reader should see on top who is answered least, and by the line under the end of the
    answered part how far chance alone may have moved it: the fewer questions, the longer. Rows
    without a question are left out. Where one is `chosen`, by its code, its name is bold. `side`
    says what a row is.
    """
    if _is_silent(frame):
        return canvas.words(language.gettext("No questions yet."), language)
    frame = _ranked(frame)
    laid = rows(text.names(frame, "name"), chosen=(frame["code"] == chosen).tolist())
    labels = [_label(each, language) for each in frame["rate"]]
    whole = [1.0] * len(frame)
    codes = [(code, None) if side == "district" else (None, code) for code in frame["code"]]
    return canvas.figure(
        [
            *(
                _part(frame, laid, language, column=column, name=name, colour=colour, codes=codes)
                for column, name, colour in _parts(language)
            ),
            _margins(frame, laid, language),
            canvas.totals(whole, labels, middles=laid.middles),
        ],
        language,
        height=laid.height + LEGEND,
        name=f"balance-{side}",
        barmode="stack",
        showlegend=True,
        legend=canvas.legend(),
        uniformtext=FITTING,
        hovermode="closest",
        annotations=laid.names,
        xaxis=canvas.hidden_axis(range=[0, canvas.room(whole, labels)]),
        yaxis=laid.axis,
    )


def finding(frame: pd.DataFrame, language: Language) -> str:
    """Say in two sentences what became of the questions, and who is answered less than the others.

    Where the numbers are too small to tell it from chance, it says so. The words are plain text,
    not markup and not Markdown.
    """
    if _is_silent(frame):
        return language.gettext("No questions yet.")
    words = language.gettext(
        "Of {questions}, {answered} answered, {open} still open, {rejected} rejected; what was "
        "merged counts as the question it was merged into."
    )
    counts = {each: int(frame[each].sum()) for each in ("answered", "open", "rejected")}
    said = words.format(
        questions=text.questions(int(frame["asked"].sum()), language),
        **{name: language.number(count) for name, count in counts.items()},
    )
    return f"{said} {_compared(_ranked(frame), language)}".strip()


def _compared(frame: pd.DataFrame, language: Language) -> str:
    rates, lowest = frame["rate"].tolist(), frame["share"].iloc[0]
    if len(frame) == 1:
        words = language.gettext("Only {names} has asked: there is nothing to compare.")
        return words.format(names=text.names(frame, "name")[0])
    if frame["share"].max() == 0:
        return ""
    if frame["share"].max() == lowest:
        return language.gettext("All are answered to the same share.")
    whole = Rate(sum(each.part for each in rates), sum(each.of for each in rates))
    named = frame[[each.is_clearly_below(_others(each, whole)) for each in rates]]
    words = language.gettext("Answered less than the others, beyond chance: {names}.")
    if named.empty:
        named = frame[frame["share"] == lowest]
        words = language.gettext(
            "Answered least: {names}. These are too few questions to tell it from chance."
        )
    names = [
        f"{name} ({text.part(rate.part, rate.of, language)})"
        for name, rate in zip(text.names(named, "name"), named["rate"], strict=True)
    ]
    return words.format(names=text.listed(names, language))


def _others(rate: Rate, whole: Rate) -> Rate:
    return Rate(whole.part - rate.part, whole.of - rate.of)


def _is_silent(frame: pd.DataFrame) -> bool:
    return frame.empty or not frame["asked"].sum()


def _ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that ask, who is answered least on top, of equal ones who asks most."""
    frame = frame[frame["asked"] > 0]
    pairs = zip(frame["answered"], frame["asked"], strict=True)
    rates = [Rate(int(answered), int(asked)) for answered, asked in pairs]
    ranked = frame.assign(rate=pd.Series(rates, index=frame.index, dtype="object"))
    ranked["share"] = [each.share for each in rates]
    return ranked.sort_values(["share", "asked"], ascending=[True, False], kind="stable")


def _label(rate: Rate, language: Language) -> str:
    return f"{text.percent(rate.share, language)} · {text.part(rate.part, rate.of, language)}"


def _parts(language: Language) -> tuple[tuple[str, str, str], ...]:
    return (
        ("answered", language.gettext("Answered"), palette.ANSWERED),
        ("open", language.gettext("Still open"), palette.WAITING),
        ("rejected", language.gettext("Rejected"), palette.LEFT_OUT),
    )


def _part(
    frame: pd.DataFrame,
    laid: Rows,
    language: Language,
    *,
    column: str,
    name: str,
    colour: str,
    codes: Sequence[tuple[str | None, str | None]],
) -> go.Bar:
    counts = frame[column].tolist()
    written = [language.number(each) for each in counts]
    return go.Bar(
        orientation="h",
        name=text.plain(name),
        showlegend=any(counts),
        x=(frame[column] / frame["asked"]).tolist(),
        y=laid.middles,
        width=BAR - 4,
        marker={"color": colour},
        # Of what is answered the label behind the bar tells.
        text=[
            label if count and column != "answered" else ""
            for label, count in zip(written, counts, strict=True)
        ],
        textposition="inside",
        insidetextanchor="end",
        textangle=0,
        insidetextfont={"color": palette.ink(colour), "size": canvas.LETTERS},
        hovertext=[
            text.BREAK.join([text.bold(who), text.plain(f"{name}: {count}")])
            for who, count in zip(text.names(frame, "name"), written, strict=True)
        ],
        hoverinfo="text",
        customdata=codes,
    )


def _margins(frame: pd.DataFrame, laid: Rows, language: Language) -> go.Scatter:
    """Return a line under each bar, over the shares between which the true one lies."""
    words = language.gettext("What chance alone may explain ({percent})")
    below = [each + BAR / 2 + 3 for each in laid.middles]
    lines = list(zip((each.interval for each in frame["rate"]), below, strict=True))
    return go.Scatter(
        name=text.plain(words.format(percent=text.percent(SURE_PERCENT / 100, language))),
        mode="lines",
        x=[at for (low, high), _ in lines for at in (low, high, None)],
        y=[at for _, place in lines for at in (place, place, None)],
        line={"color": palette.OUTLINE, "width": 4},
        hoverinfo="skip",
    )
