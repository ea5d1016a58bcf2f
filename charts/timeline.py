"""When the questions came, and when one was on stage.

Both functions take one row per stretch of time, all equally long and without gaps: `start`
(aware, in the zone that the reader's clock shows) and `asked` (a count). `turns` has a row for
each turn on stage: `number`, `began`, `ended` (aware, in the same zone; NaT where it goes on).
"""

from datetime import timedelta
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from charts import axes, canvas, palette, text
from charts.axes import DAY, MILLISECOND
from locales import Language

HEIGHT = 340
# How wide a lone stretch is drawn: its own length cannot be read off one row.
LONE = timedelta(minutes=1)
# Room for so many stretches at least, so that the first one does not fill the picture.
FEWEST = 8
HOUR = timedelta(hours=1)


def bars(frame: pd.DataFrame, turns: pd.DataFrame, language: Language) -> go.Figure:
    """Draw what was asked as bars over their stretch of time, and the turns on stage above them.

    The reader should see when the hall was busy, and whether the questions on stage keep up.
    """
    if _is_silent(frame):
        return canvas.words(language.gettext("No questions in this time."), language)
    largest = int(frame["asked"].max())
    shown = _within(turns, frame)
    return canvas.figure(
        [
            _asked(frame, language),
            *([] if shown.empty else [_on_stage(shown, language, frame=frame, height=largest)]),
        ],
        language,
        height=HEIGHT,
        name="timeline-bars",
        showlegend=True,
        legend=canvas.legend(),
        hovermode="closest",
        xaxis=axes.time_axis(
            frame["start"],
            language,
            end=frame["start"].iloc[-1] + _length(frame),
            span=max(len(frame), FEWEST) * _length(frame),
        ),
        yaxis=axes.count_axis(largest),
    )


def finding(frame: pd.DataFrame, turns: pd.DataFrame, language: Language) -> str:
    """Say in one sentence how many were asked and came on stage, and the busiest time.

    The words are plain text, not markup and not Markdown.
    """
    if _is_silent(frame):
        return language.gettext("No questions in this time.")
    starts, length = frame["start"].tolist(), _length(frame)
    is_one_day = axes.is_one_day(starts[0], starts[-1] + length)
    write = language.time if is_one_day else language.date_time
    busiest = int(frame["asked"].to_numpy().argmax())
    count = len(_within(turns, frame))
    on_stage = language.ngettext("{count} turn on stage", "{count} turns on stage", count)
    words = language.gettext(
        "{start} to {end}: {questions} asked, {turns}; "
        "most were asked from {busy_start} to {busy_end}: {most}."
    )
    return words.format(
        start=write(starts[0]),
        end=write(starts[-1] + length),
        questions=text.questions(int(frame["asked"].sum()), language),
        turns=on_stage.format(count=language.number(count)),
        busy_start=write(starts[busiest]),
        busy_end=write(starts[busiest] + length),
        most=language.number(int(frame["asked"].max())),
    )


def _is_silent(frame: pd.DataFrame) -> bool:
    return frame.empty or not frame["asked"].sum()


def _length(frame: pd.DataFrame) -> timedelta:
    if len(frame) < 2:
        return LONE
    first, second = frame["start"].iloc[:2]
    return timedelta(seconds=(second - first).total_seconds())


def _within(turns: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    first, end = frame["start"].iloc[0], frame["start"].iloc[-1] + _length(frame)
    is_over = turns["ended"].notna() & (turns["ended"] < first)
    shown: pd.DataFrame = turns[~is_over & (turns["began"] < end)]
    return shown


def _asked(frame: pd.DataFrame, language: Language) -> go.Bar:
    length = _length(frame)
    width = length / MILLISECOND
    return go.Bar(
        name=text.plain(_asked_in(length, language)),
        x=axes.places(frame["start"], since=frame["start"].iloc[0]),
        y=frame["asked"].tolist(),
        offset=width * 0.06,
        width=width * 0.88,
        marker={"color": palette.PRIMARY},
        hovertext=_hover(frame, language),
        hoverinfo="text",
    )


def _asked_in(length: timedelta, language: Language) -> str:
    for unit, name in (
        (DAY, language.ngettext("Questions a day", "Questions in {count} days", length // DAY)),
        (
            HOUR,
            language.ngettext("Questions an hour", "Questions in {count} hours", length // HOUR),
        ),
    ):
        if length >= unit:
            return name.format(count=language.number(length // unit))
    minutes = length // timedelta(minutes=1)
    name = language.ngettext("Questions a minute", "Questions in {count} minutes", minutes)
    return name.format(count=language.number(minutes))


def _on_stage(
    turns: pd.DataFrame, language: Language, *, frame: pd.DataFrame, height: int
) -> go.Scatter:
    since = frame["start"].iloc[0]
    end = axes.places(frame["start"], since=since).iloc[-1] + _length(frame)
    began, ended = (axes.places(turns[each], since=since) for each in ("began", "ended"))
    ended = ended.fillna(end)
    places: list[Any] = [
        moment for both in zip(began, ended, strict=True) for moment in (*both, None)
    ]
    words = [_turn(each, language) for each in turns.itertuples()]
    return go.Scatter(
        name=text.plain(language.gettext("On stage")),
        mode="lines+markers",
        x=places,
        y=[height * 1.12] * len(places),
        line={"color": palette.ACCENT, "width": 8},
        marker={
            "color": palette.ACCENT,
            "symbol": "triangle-down",
            "size": [12, 0, 0] * len(turns),
            "opacity": 1,
            "line": {"width": 0},
        },
        hovertext=[each for each in words for _ in range(3)],
        hoverinfo="text",
        cliponaxis=False,
    )


def _turn(turn: Any, language: Language) -> str:
    words = language.gettext("#{number} on stage since {began}")
    if not pd.isna(turn.ended):
        words = language.gettext("#{number} on stage from {began} to {ended}")
    ended = "" if pd.isna(turn.ended) else language.time(turn.ended)
    said = words.format(number=turn.number, began=language.time(turn.began), ended=ended)
    return text.plain(said)


def _hover(frame: pd.DataFrame, language: Language) -> list[str]:
    length = _length(frame)
    write = language.time if length < DAY else language.date_time
    asked = language.gettext("{number} asked")
    return [
        text.BREAK.join(
            [
                text.bold(f"{write(start)}–{write(start + length)}"),
                text.plain(asked.format(number=language.number(came))),
            ]
        )
        for start, came in zip(frame["start"], frame["asked"], strict=True)
    ]
