"""What the charts of the review draw: the course of a day, delays, terms."""

from datetime import datetime, timedelta
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from babel import Locale

from charts import comparison, course, delays, terms
from charts.delays import Until
from dialogue.lifecycle import Status
from locales import Language

ENGLISH = Language("en", NullTranslations(), Locale("en"))
HOSTILE = "<b>x</b> $a$ &amp;"
ESCAPED = "&lt;b&gt;x&lt;/b&gt; &#36;a&#36; &amp;amp;"
START = datetime(2022, 11, 10, 14, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
NAN = float("nan")


def course_frame(*rows: dict[Status, int]) -> pd.DataFrame:
    """One row a minute; states that are not named have no questions."""
    return pd.DataFrame(
        [
            {"at": START + timedelta(minutes=minute)}
            | {each.value: counts.get(each, 0) for each in Status}
            for minute, counts in enumerate(rows)
        ],
        columns=["at", *(each.value for each in Status)],
    )


def delay_frame(*rows: tuple[str, float, float], count: int = 9) -> pd.DataFrame:
    """One row each, of ten questions: the name and the two medians, each known of so many."""
    frame = pd.DataFrame(rows, columns=["name", "decided", "staged"])
    for until in ("decided", "staged"):
        frame[f"{until}_low"], frame[f"{until}_high"] = frame[until] / 2, frame[until] * 2
        frame[f"{until}_count"] = frame[until].notna() * count
    return frame.assign(code=[str(place) for place in range(len(frame))], questions=10)


def term_frame(**terms: int) -> pd.DataFrame:
    return pd.DataFrame(list(terms.items()), columns=["term", "questions"])


def test_the_states_are_stacked_over_time_with_a_line_at_the_moment() -> None:
    frame = course_frame(
        {Status.RECEIVED: 3}, {Status.RECEIVED: 1, Status.QUEUED: 2, Status.ON_STAGE: 1}
    )

    figure = course.areas(frame, ENGLISH, marked=START + timedelta(minutes=1))

    drawn = {each.name: list(each.y) for each in figure.data if each.showlegend}
    assert drawn == {"New": [3, 1], "Queued, on stage": [0, 3]}
    assert {each.stackgroup for each in figure.data} == {"states"}
    # The axis knows no zones: the times on it are the event's own clock's.
    assert list(figure.data[0].x) == [pd.Timestamp(2022, 11, 10, 14, minute) for minute in (0, 1)]
    assert figure.layout.shapes[0].x0 == pd.Timestamp(2022, 11, 10, 14, 1)


def test_the_finding_of_the_course_tells_the_marked_moment_and_not_the_end() -> None:
    frame = course_frame({Status.RECEIVED: 3}, {Status.RECEIVED: 1, Status.ANSWERED: 3})

    assert (
        course.finding(frame, ENGLISH, marked=START)
        == "14:00 10 Nov 2022: 3 questions had come; New: 3."
    )


@pytest.mark.parametrize("frame", [course_frame(), course_frame({})], ids=["no rows", "nothing"])
def test_a_course_without_questions_says_so(frame: pd.DataFrame) -> None:
    assert course.areas(frame, ENGLISH, marked=START).layout.annotations[0].text
    assert course.finding(frame, ENGLISH, marked=START) == "No questions yet."


def test_who_waited_longest_is_on_top_and_who_never_came_is_left_out() -> None:
    frame = delay_frame(("A", 5, NAN), ("B", 90, 3000), ("C", NAN, NAN), (HOSTILE, 7, 2000))

    decided = delays.bars(frame, ENGLISH, until=Until.DECIDED)
    staged = delays.bars(frame, ENGLISH, until=Until.STAGED)

    assert list(decided.data[0].x) == [90, 7, 5]
    assert [each.text for each in decided.layout.annotations] == ["B", ESCAPED, "A"]
    assert list(staged.data[0].x) == [3000, 2000]
    assert "<b>2 days · 9 of 10</b>" in staged.data[-1].text[0]
    # Between the quartiles.
    assert list(decided.data[1].x) == [45, 180, None, 3.5, 14, None, 2.5, 10, None]
    assert decided.layout.xaxis.range[1] >= 180
    assert ESCAPED in staged.data[0].hovertext[1]


def test_the_finding_of_delays_names_the_longest_and_the_shortest() -> None:
    frame = delay_frame(("A", 5, NAN), ("B", 90, 3000))

    assert delays.finding(frame, ENGLISH, until=Until.DECIDED) == (
        "The desk decided on 18 questions. Longest: B, half of them 90 minutes or more; "
        "shortest: A, half of them 5 minutes or more."
    )
    assert delays.finding(frame, ENGLISH, until=Until.STAGED) == (
        "9 questions came on stage. Too few questions to compare them."
    )


def test_medians_of_few_questions_are_drawn_and_not_compared() -> None:
    frame = delay_frame(("A", 5, NAN), ("B", 90, 3000), count=4)

    assert list(delays.bars(frame, ENGLISH, until=Until.DECIDED).data[0].x) == [90, 5]
    assert delays.finding(frame, ENGLISH, until=Until.DECIDED) == (
        "The desk decided on 8 questions. Too few questions to compare them."
    )


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (Until.DECIDED, "The desk has not decided on any of them yet."),
        (Until.STAGED, "None of them was on stage yet."),
    ],
)
@pytest.mark.parametrize("frame", [delay_frame(), delay_frame(("A", NAN, NAN))], ids=["no", "nan"])
def test_delays_that_are_not_known_are_said_in_words(
    frame: pd.DataFrame, until: Until, said: str
) -> None:
    figure: Any = delays.bars(frame, ENGLISH, until=until)

    assert figure.layout.annotations[0].text.replace("<br>", " ") == said
    assert delays.finding(frame, ENGLISH, until=until) == said


def test_each_term_has_its_bar_and_its_number_and_is_never_markup() -> None:
    frame = term_frame(**{"điện thoại": 1200, HOSTILE: 7})

    figure = terms.bars(frame, ENGLISH)

    assert list(figure.data[0].x) == [1200, 7]
    assert list(figure.layout.yaxis.ticktext) == ["điện thoại", ESCAPED]
    assert "1,200" in figure.data[1].text[0]
    assert figure.data[0].hovertext[1] == f"<b>{ESCAPED}</b><br>7 questions"
    assert terms.finding(frame, ENGLISH) == (
        f"Used most: điện thoại (1,200 questions), {HOSTILE} (7 questions)."
    )


def test_no_term_is_said_in_words() -> None:
    figure = terms.bars(term_frame(), ENGLISH)

    assert "No term" in figure.layout.annotations[0].text
    assert terms.finding(term_frame(), ENGLISH) == "No term is used by several questions."


def compared_frame(*rows: tuple[str, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["name", "first", "second"])
    return frame.assign(code=[str(place) for place in range(len(frame))])


EVENTS = ("2022", "2021")


def test_two_events_are_drawn_on_one_axis_and_in_one_order() -> None:
    frame = compared_frame(("A", 3, 59), ("B", 109, 0), (HOSTILE, NAN, 7))

    figure = comparison.bars(frame, ENGLISH, events=EVENTS)
    first, first_labels, second, second_labels = figure.data

    assert [each.text for each in figure.layout.annotations] == ["B", "A", ESCAPED]
    assert (list(first.x), list(second.x)) == ([109, 3, 0], [0, 59, 7])
    assert first.xaxis == second.xaxis
    assert figure.layout.xaxis.visible is not False
    assert "–" in first_labels.text[2]
    assert "59" in second_labels.text[1]
    # Each bar of the one event stands just above that of the other.
    assert {there - here for here, there in zip(first.y, second.y, strict=True)} == {16}
    assert comparison.finding(frame, ENGLISH, events=EVENTS) == (
        "Furthest apart: B, 109 (2022) and 0 (2021)."
    )


def test_rates_of_two_events_are_written_with_a_decimal() -> None:
    frame = compared_frame(("A", 0.25, 1.5))

    figure = comparison.bars(frame, ENGLISH, events=EVENTS, decimals=1)

    assert "1.5" in figure.data[3].text[0]
    assert figure.layout.xaxis.tickformat == ",.1f"


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (compared_frame(), "No questions yet."),
        (compared_frame(("A", 0, NAN)), "No questions yet."),
        (
            compared_frame(("A", 3, 3), ("B", 2, NAN)),
            "Nothing that both events know sets them apart.",
        ),
        (compared_frame(("B", 2, NAN)), "Nothing that both events know sets them apart."),
    ],
)
def test_events_that_nothing_sets_apart_say_so(frame: pd.DataFrame, words: str) -> None:
    assert comparison.finding(frame, ENGLISH, events=EVENTS) == words
    if words == "No questions yet.":
        assert comparison.bars(frame, ENGLISH, events=EVENTS).layout.annotations[0].text == words
