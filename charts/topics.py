"""What the questions are about and where they stand.

Both functions take one row per topic in the event's order: `code`, `name`, a count for each
state of a question, and `questions`, their sum. A row with the code "" has no topic.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from locales import Language

# Pixels from top to bottom of a topic: its name in lines, its bar, the space to the next one.
BAR = 32
SPACE = 14
LEGEND = 92
# A number too wide for its part of the bar is left to the hover text.
FITTING = {"minsize": canvas.SMALL_LETTERS, "mode": "hide"}


@dataclass(frozen=True, slots=True)
class Group:
    """States that are one colour of the bars."""

    name: str
    columns: tuple[str, ...]
    colour: str


def bars(frame: pd.DataFrame, language: Language) -> go.Figure:
    """Draw a stacked bar per topic, its full name above it and the number of questions behind.

    The reader should see which topics are asked about most and how much of each is answered.
    """
    if _is_silent(frame):
        return canvas.words(language.gettext("No questions yet."), language)
    names = [text.lines(each, width=canvas.PHONE_LETTERS) for each in text.names(frame, "name")]
    tops, middles, height = _places(names)
    totals = frame["questions"].tolist()
    labels = [language.number(each) for each in totals]
    return canvas.figure(
        [
            *(_trace(frame, language, group=each, middles=middles) for each in groups(language)),
            _totals(totals, labels, middles=middles),
        ],
        language,
        height=height + LEGEND,
        name="topics-bars",
        barmode="stack",
        showlegend=True,
        legend=canvas.legend(entrywidth=122),  # two side by side on a phone
        uniformtext=FITTING,
        annotations=_headings(names, tops),
        xaxis=canvas.hidden_axis(range=[0, canvas.room(totals, labels)]),
        yaxis=canvas.hidden_axis(range=[height, 0]),
    )


def finding(frame: pd.DataFrame, language: Language) -> str:
    """Say in one sentence which topic leads, how many are answered, and what nobody asked about.

    The words are plain text, not markup and not Markdown.
    """
    if _is_silent(frame):
        return language.gettext("No questions yet.")
    frame = frame.assign(name=text.names(frame, "name"))
    silent = frame.loc[frame["questions"] == 0, "name"].tolist()
    parts = [_leaders(frame, language), _answered(frame, language)]
    if silent:
        words = language.ngettext(
            "{number} topic without questions: {names}",
            "{number} topics without questions: {names}",
            len(silent),
        )
        listed = text.listed(silent, language)
        parts.append(words.format(number=language.number(len(silent)), names=listed))
    return "; ".join(parts) + "."


def groups(language: Language) -> tuple[Group, ...]:
    """List the groups of states in the order in which the bars show them."""
    return (
        Group(language.gettext("New"), ("received",), palette.WAITING),
        Group(language.gettext("Approved"), ("approved",), palette.APPROVED),
        Group(language.gettext("Queued, on stage"), ("queued", "on_stage"), palette.QUEUED),
        Group(language.gettext("Answered"), ("answered",), palette.ANSWERED),
        Group(language.gettext("Written reply"), ("deferred", "replied"), palette.WRITTEN),
        Group(language.gettext("Rejected, merged"), ("rejected", "merged"), palette.LEFT_OUT),
    )


def _is_silent(frame: pd.DataFrame) -> bool:
    return frame.empty or not frame["questions"].sum()


def _places(names: list[list[str]]) -> tuple[list[int], list[float], int]:
    """Return where each name begins and where the middle of its bar is, and how high it all is."""
    tops, middles, height = [], [], 0
    for lines in names:
        tops.append(height)
        height += len(lines) * canvas.LINE + BAR
        middles.append(height - BAR / 2 + 2)
        height += SPACE
    return tops, middles, height


def _headings(names: list[list[str]], tops: list[int]) -> list[dict[str, Any]]:
    return [
        canvas.note(text.BREAK.join(name), x=0, xanchor="left", yref="y", y=top, yanchor="top")
        for name, top in zip(names, tops, strict=True)
    ]


def _trace(
    frame: pd.DataFrame, language: Language, *, group: Group, middles: list[float]
) -> go.Bar:
    counts = frame[list(group.columns)].sum(axis="columns").tolist()
    written = [language.number(each) for each in counts]
    return go.Bar(
        orientation="h",
        name=text.plain(group.name),
        showlegend=any(counts),
        x=counts,
        y=middles,
        width=BAR - 4,
        marker={"color": group.colour},
        text=[label if count else "" for label, count in zip(written, counts, strict=True)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": palette.ink(group.colour), "size": canvas.LETTERS},
        hovertext=[
            text.BREAK.join([f"<b>{topic}</b>", text.plain(f"{group.name}: {label}")])
            for topic, label in zip(_hover_names(frame), written, strict=True)
        ],
        hoverinfo="text",
    )


def _hover_names(frame: pd.DataFrame) -> list[str]:
    return [text.wrapped(each, width=canvas.PHONE_LETTERS) for each in text.names(frame, "name")]


def _totals(totals: list[int], labels: list[str], *, middles: list[float]) -> go.Scatter:
    return go.Scatter(
        x=totals,
        y=middles,
        mode="text",
        text=[f" <b>{each}</b>" for each in labels],
        textposition="middle right",
        textfont={"size": canvas.LETTERS},
        cliponaxis=False,
        showlegend=False,
        hoverinfo="skip",
    )


def _leaders(frame: pd.DataFrame, language: Language) -> str:
    largest = frame["questions"].max()
    leading = frame.loc[frame["questions"] == largest, "name"].tolist()
    words = language.ngettext(
        "{names}: {questions}, the most", "{names}: {questions} each, the most", len(leading)
    )
    return words.format(
        names=text.listed(leading, language), questions=text.questions(int(largest), language)
    )


def _answered(frame: pd.DataFrame, language: Language) -> str:
    words = language.gettext("{answered} of {questions} answered")
    return words.format(
        answered=language.number(int(frame["answered"].sum())),
        questions=text.questions(int(frame["questions"].sum()), language),
    )
