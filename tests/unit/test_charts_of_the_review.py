"""What the charts of the review draw: the course of a day, delays, terms."""

from datetime import datetime, timedelta
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from babel import Locale

from charts import course, delays, terms
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


def delay_frame(*rows: tuple[str, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["name", "decided", "staged"])
    return frame.assign(code=[str(place) for place in range(len(frame))])


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
    assert "<b>2 days</b>" in staged.data[1].text[0]
    assert ESCAPED in staged.data[0].hovertext[1]


def test_the_finding_of_delays_names_the_longest_and_the_shortest() -> None:
    frame = delay_frame(("A", 5, NAN), ("B", 90, 3000))

    assert delays.finding(frame, ENGLISH, until=Until.DECIDED) == (
        "Longest: B, half of the questions 90 minutes or more; shortest: A, 5 minutes."
    )
    assert delays.finding(frame, ENGLISH, until=Until.STAGED) == (
        "Longest: B, half of the questions 2 days or more."
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
