"""What the questions are about and where they stand.

Both functions take one row per topic in the event's order: `code`, `name`, a count for each
state of a question, and `questions`, their sum. A row with the code "" has no topic.
"""

from dataclasses import dataclass

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from charts.rows import BAR, FITTING, Rows, rows
from dialogue.lifecycle import HEARD
from locales import Language

LEGEND = 92


@dataclass(frozen=True, slots=True)
class Group:
    """States that are one colour of the bars."""

    name: str
    columns: tuple[str, ...]
    colour: str


def bars(frame: pd.DataFrame, language: Language, *, chosen: str | None = None) -> go.Figure:
    """Draw a stacked bar per topic, its full name above it and the number of questions behind.

    The reader should see which topics are asked about most and how much of each is answered.
    Where one is `chosen`, by its code, the others are pale.
    """
    if _is_silent(frame):
        return canvas.words(language.gettext("No questions yet."), language)
    is_pale = canvas.pale(frame["code"], chosen)
    laid = rows(text.names(frame, "name"), chosen=(frame["code"] == chosen).tolist())
    totals = frame["questions"].tolist()
    labels = [language.number(each) for each in totals]
    return canvas.figure(
        [
            *(
                _trace(frame, language, group=each, laid=laid, is_pale=is_pale)
                for each in groups(language)
            ),
            *(
                canvas.key(each.name, each.colour)
                for each in groups(language)
                if frame[list(each.columns)].to_numpy().any()
            ),
            canvas.totals(totals, labels, middles=laid.middles),
        ],
        language,
        height=laid.height + LEGEND,
        name="topics-bars",
        barmode="stack",
        showlegend=True,
        legend=canvas.legend(entrywidth=122),  # two side by side on a phone
        uniformtext=FITTING,
        annotations=laid.names,
        xaxis=canvas.hidden_axis(range=[0, canvas.room(totals, labels)]),
        yaxis=laid.axis,
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
    """List the groups of states in the order in which the bars show them; each state is in one."""
    return (
        Group(language.gettext("New"), ("received",), palette.WAITING),
        Group(language.gettext("Approved"), ("approved",), palette.APPROVED),
        Group(language.gettext("Queued, on stage"), ("queued", "on_stage"), palette.QUEUED),
        Group(language.gettext("Answered"), ("answered", "replied"), palette.ANSWERED),
        Group(language.gettext("Reply promised"), ("deferred",), palette.WRITTEN),
        Group(language.gettext("Rejected, merged"), ("rejected", "merged"), palette.LEFT_OUT),
    )


def _is_silent(frame: pd.DataFrame) -> bool:
    return frame.empty or not frame["questions"].sum()


def _trace(
    frame: pd.DataFrame, language: Language, *, group: Group, laid: Rows, is_pale: list[bool]
) -> go.Bar:
    counts = frame[list(group.columns)].sum(axis="columns").tolist()
    written = [language.number(each) for each in counts]
    names = [text.wrapped(each, width=canvas.PHONE_LETTERS) for each in text.names(frame, "name")]
    return go.Bar(
        orientation="h",
        name=text.plain(group.name),
        showlegend=False,
        x=counts,
        y=laid.middles,
        width=BAR - 4,
        marker={"color": palette.colours(group.colour, is_pale)},
        text=[
            label if count and not pale else ""
            for label, count, pale in zip(written, counts, is_pale, strict=True)
        ],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": palette.ink(group.colour), "size": canvas.LETTERS},
        hovertext=[
            text.BREAK.join([f"<b>{topic}</b>", text.plain(f"{group.name}: {label}")])
            for topic, label in zip(names, written, strict=True)
        ],
        hoverinfo="text",
        customdata=[(None, code) for code in frame["code"]],
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
        answered=language.number(int(frame[sorted(HEARD)].to_numpy().sum())),
        questions=text.questions(int(frame["questions"].sum()), language),
    )
