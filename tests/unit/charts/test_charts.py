"""What the charts draw, read from the figures' own data."""

from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from babel import Locale
from plotly import graph_objects as go
from plotly import io

from charts import (
    balance,
    canvas,
    district_map,
    district_tiles,
    districts,
    matrix,
    palette,
    path,
    text,
    timeline,
    topics,
    waiting,
)
from charts.measures import Measure
from dialogue.lifecycle import Status
from locales import Language

ENGLISH = Language("en", NullTranslations(), Locale("en"))
# The words stay English here; the numbers, dates and separators are Vietnamese.
VIETNAMESE = Language("vi", NullTranslations(), Locale("vi"))
HOSTILE = "<b>x</b> %{y} <a href=javascript:1>$a$ &amp;"
ESCAPED = "&lt;b&gt;x&lt;/b&gt; %{y} &lt;a href=javascript:1&gt;&#36;a&#36; &amp;amp;"
NAN = float("nan")
START = datetime(2022, 11, 10, 14, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
NOTHING_ASKED = "No questions yet."
DISTRICT_CHARTS = (districts.bars, district_tiles.tiles)


def district_frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """One row per district; each names only what its test is about."""
    columns = ["code", "short_name", "young_people", "tile_column", "tile_row"]
    frame = pd.DataFrame(
        [
            {
                "code": str(number),
                "short_name": f"District {number}",
                "young_people": 10_000,
                "tile_column": number,
                "tile_row": 0,
                "questions": 0,
                "heard": 0,
            }
            | row
            for number, row in enumerate(rows)
        ],
        columns=[*columns, "questions", "heard"],
    )
    integers = ["young_people", "tile_column", "tile_row"]
    frame[integers] = frame[integers].astype("Int64")
    frame["per_10000"] = frame["questions"] / frame["young_people"].astype("float64") * 10_000
    return frame


def topic_frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """One row per topic; states that are not named have no questions."""
    states = [each.value for each in Status]
    frame = pd.DataFrame(
        [
            {"code": str(number), "name": f"Topic {number}"} | dict.fromkeys(states, 0) | row
            for number, row in enumerate(rows)
        ],
        columns=["code", "name", *states],
    )
    frame["questions"] = frame[states].sum(axis="columns")
    return frame


def time_frame(
    asked: list[int],
    *,
    start: datetime = START,
    length: timedelta = timedelta(minutes=5),
) -> pd.DataFrame:
    """One row per stretch of time; each begins so much later, whatever the clocks say."""
    starts = [
        (start.astimezone(UTC) + number * length).astimezone(start.tzinfo)
        for number in range(len(asked))
    ]
    return pd.DataFrame({"start": starts, "asked": asked})


def turn_frame(*turns: tuple[int, datetime, datetime | None]) -> pd.DataFrame:
    """One row per turn on stage: the number, when it began, when it ended."""
    frame = pd.DataFrame(turns, columns=["number", "began", "ended"])
    for column in ("began", "ended"):
        frame[column] = pd.to_datetime(frame[column], utc=True).dt.tz_convert(START.tzinfo)
    return frame


NO_TURNS = turn_frame()


def balance_frame(*rows: tuple[int, int, int]) -> pd.DataFrame:
    """One row per triple of questions that are answered, open and rejected."""
    frame = pd.DataFrame(rows, columns=["answered", "open", "rejected"], dtype="int64")
    frame["asked"] = frame.sum(axis="columns")
    frame["code"] = [str(number) for number in range(len(rows))]
    frame["name"] = [f"Place {number}" for number in range(len(rows))]
    return frame


def pair_frame(*lines: list[int]) -> pd.DataFrame:
    """One row per pair; each list has the questions of a topic, by district."""
    counts = np.array(lines)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / max(counts.sum(), 1)
    return pd.DataFrame(
        [
            {
                "district": str(district),
                "district_name": f"District {district}",
                "topic": f"t{topic}",
                "topic_name": f"Topic {topic}",
                "questions": int(counts[topic, district]),
                "expected": float(expected[topic, district]),
            }
            for topic in range(counts.shape[0])
            for district in range(counts.shape[1])
        ]
    )


def path_frame(
    reached: tuple[int, int, int, int], here: tuple[int, int, int, int], **out: int
) -> pd.DataFrame:
    """The four steps, then what dropped out: merged, or for a reason."""
    steps = zip(("received", "approved", "queued", "answered"), reached, here, strict=True)
    rows = [(code, "", came, stays) for code, came, stays in steps]
    rows += [
        (code, "" if code == "merged" else f"Because of {code}", count, count)
        for code, count in out.items()
    ]
    return pd.DataFrame(rows, columns=["code", "name", "questions", "here"])


def waiting_frame(*rows: tuple[int, int, int], median: float, longest: float) -> pd.DataFrame:
    """The counts of each class: new, approved, queued; classes that are not named are empty."""
    counts = [*rows, *([(0, 0, 0)] * (6 - len(rows)))]
    frame = pd.DataFrame(counts, columns=["received", "approved", "queued"])
    frame["least"] = [0, 10, 30, 60, 180, 1440]
    frame["below"] = [10, 30, 60, 180, 1440, NAN]
    return frame.assign(median=median, longest=longest)


def square(code: Any, *, west: float, label: bool = True) -> dict[str, Any]:
    """A feature of one degree by one, at latitude 0 to 1."""
    ring = [[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]
    at = {"label_lon": west + 0.5, "label_lat": 0.5} if label else {}
    return {
        "properties": {"code": code} | at,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def said(figure: go.Figure) -> list[str]:
    """The annotations' words, lines joined again."""
    return [each.text.replace("<br>", " ") for each in figure.layout.annotations]


def every_figure(districts_: pd.DataFrame, topics_: pd.DataFrame) -> list[go.Figure]:
    boundaries = collection(*(square(code, west=n) for n, code in enumerate(districts_["code"])))
    return [
        districts.bars(districts_, ENGLISH, measure=Measure.QUESTIONS),
        district_tiles.tiles(districts_, ENGLISH, measure=Measure.QUESTIONS),
        district_map.boundaries_map(
            districts_, ENGLISH, boundaries=boundaries, measure=Measure.QUESTIONS
        ),
        topics.bars(topics_, ENGLISH),
        *figures_named(districts_["short_name"].iloc[0], districts_["code"].iloc[0]),
    ]


def figures_named(name: Any, code: str) -> list[go.Figure]:
    """The figures of the other frames, with one name in all places for names."""
    pairs = pair_frame([1]).assign(district=code, district_name=name, topic=code, topic_name=name)
    return [
        matrix.cells(pairs, ENGLISH),
        balance.bars(balance_frame((1, 0, 0)).assign(code=code, name=name), ENGLISH, side="topic"),
    ]


# Districts as bars


def test_the_longest_bar_is_on_top_and_equal_ones_keep_the_catalogue_order() -> None:
    frame = district_frame({"questions": 2}, {"questions": 7}, {"questions": 2}, {"questions": 0})

    figure = districts.bars(frame, ENGLISH, measure=Measure.QUESTIONS)

    assert list(figure.data[0].x) == [7, 2, 2, 0]
    assert list(figure.data[0].y) == [0, 1, 2, 3]
    assert list(figure.data[0].text) == ["7", "2", "2", "0"]
    assert list(figure.layout.yaxis.ticktext) == [f"District {n}" for n in (1, 0, 2, 3)]
    assert list(figure.layout.yaxis.range) == [3.5, -0.5]


def test_an_unknown_rate_comes_last_and_is_said_in_words() -> None:
    frame = district_frame(
        {"questions": 3, "young_people": None}, {"questions": 0}, {"questions": 2}
    )

    figure = districts.bars(frame, VIETNAMESE, measure=Measure.PER_10000)

    assert list(figure.data[0].text) == ["2,0", "0,0", "not known"]
    assert list(figure.data[0].x) == [2, 0, 0]
    assert "number of young people not known" in figure.data[0].hovertext[2]


def test_a_hover_text_tells_all_numbers_in_the_readers_language() -> None:
    frame = district_frame({"questions": 12_340, "heard": 1_000, "young_people": 1_000_000})

    figure = districts.bars(frame, VIETNAMESE, measure=Measure.QUESTIONS)

    assert figure.data[0].hovertext == (
        "<b>District 0</b><br>12.340 questions<br>1.000 answered"
        "<br>123,4 per 10.000 people aged 15–34",
    )
    assert figure.data[0].hoverinfo == "text"


def test_large_numbers_leave_room_for_their_labels() -> None:
    small = district_frame({"questions": 5}, {"questions": 4})
    large = district_frame({"questions": 12_345_678}, {"questions": 4})

    short = districts.bars(small, VIETNAMESE, measure=Measure.QUESTIONS).layout.xaxis.range[1] / 5
    figure = districts.bars(large, VIETNAMESE, measure=Measure.QUESTIONS)

    assert figure.data[0].text[0] == "12.345.678"
    assert figure.layout.xaxis.range[1] / 12_345_678 > short > 1


def test_rates_that_are_all_zero_still_have_an_axis() -> None:
    frame = district_frame({"questions": 3, "young_people": None}, {"questions": 0})

    figure = districts.bars(frame, ENGLISH, measure=Measure.PER_10000)

    assert list(figure.layout.xaxis.range) == [0, 1]


def test_a_long_name_is_broken_and_not_cut() -> None:
    name = "The ward with the very longest name of the province"

    figure = districts.bars(
        district_frame({"questions": 1, "short_name": name}), ENGLISH, measure=Measure.QUESTIONS
    )

    assert figure.layout.yaxis.ticktext[0].replace("<br>", " ") == name
    assert figure.layout.yaxis.automargin
    assert figure.layout.height > canvas.LINE * 3


# Districts as tiles


def test_tiles_lie_west_to_east_and_north_to_south() -> None:
    frame = district_frame(
        {"questions": 10, "tile_column": 1, "tile_row": 0},
        {"questions": 1, "tile_column": 2, "tile_row": 3},
    )

    figure = district_tiles.tiles(frame, ENGLISH, measure=Measure.QUESTIONS)
    squares, words = figure.data

    assert list(squares.x) == [1, 2]
    assert [base + squares.y[0] / 2 for base in squares.base] == pytest.approx([0, 3])
    assert list(words.x) == [1, 2]
    assert list(words.y) == [0, 3]
    assert list(words.text) == [
        "Distri<br>ct 0<br><b>10</b>",
        "Distri<br>ct 1<br><b>1</b>",
    ]
    assert list(figure.layout.xaxis.range) == [0.5, 2.5]
    assert list(figure.layout.yaxis.range) == [3.5, -0.5]
    assert figure.layout.yaxis.scaleanchor == "x"


def test_a_tile_is_the_darker_the_more_and_its_words_read_on_it() -> None:
    frame = district_frame(*({"questions": n} for n in range(1, 11)))

    squares, words = district_tiles.tiles(frame, ENGLISH, measure=Measure.QUESTIONS).data

    assert squares.marker.color == palette.SEQUENTIAL
    for colour, ink in zip(squares.marker.color, words.textfont.color, strict=True):
        assert palette.contrast(colour, ink) >= 4.5


def test_a_district_without_questions_is_hollow_and_its_words_have_the_pages_colour() -> None:
    frame = district_frame({"questions": 4}, {"questions": 0})

    squares, filled, hollow = district_tiles.tiles(frame, ENGLISH, measure=Measure.QUESTIONS).data

    assert squares.marker.color == (palette.SEQUENTIAL[-1], palette.NOTHING)
    assert list(filled.x) == [0]
    assert list(hollow.x) == [1]
    assert hollow.textfont.color is None


def test_an_unknown_rate_is_a_dash_in_its_tile() -> None:
    frame = district_frame({"questions": 4}, {"questions": 9, "young_people": None})

    *_, hollow = district_tiles.tiles(frame, ENGLISH, measure=Measure.PER_10000).data

    assert list(hollow.text) == ["Distri<br>ct 1<br><b>–</b>"]


def test_a_district_without_a_tile_is_named_below_with_its_number() -> None:
    frame = district_frame({"questions": 4}, {"questions": 9, "tile_column": None})
    all_placed = district_frame({"questions": 4}, {"questions": 9})

    figure = district_tiles.tiles(frame, ENGLISH, measure=Measure.QUESTIONS)
    whole = district_tiles.tiles(all_placed, ENGLISH, measure=Measure.QUESTIONS)

    assert said(figure) == ["Not drawn: District 1 9"]
    assert said(whole) == []
    assert figure.layout.height > whole.layout.height


def test_no_tile_at_all_is_said_in_words() -> None:
    frame = district_frame({"questions": 4, "tile_row": None})

    figure = district_tiles.tiles(frame, ENGLISH, measure=Measure.QUESTIONS)

    assert said(figure) == ["The places of the tiles are not known."]


def test_a_name_too_long_for_its_tile_ends_in_an_ellipsis_and_is_whole_in_the_hover_text() -> None:
    name = "one two three four five six seven"
    frame = district_frame({"questions": 4, "short_name": name})

    squares, words = district_tiles.tiles(frame, ENGLISH, measure=Measure.QUESTIONS).data

    assert words.text[0] == "one<br>two<br>three…<br><b>4</b>"
    assert name in squares.hovertext[0]


# Districts on the map


def test_the_map_colours_and_labels_each_boundary() -> None:
    frame = district_frame({"questions": 10}, {"questions": 0}, {"questions": 5})
    boundaries = collection(*(square(code, west=n) for n, code in enumerate("012")))

    figure = district_map.boundaries_map(
        frame, VIETNAMESE, boundaries=boundaries, measure=Measure.QUESTIONS
    )
    *areas, filled, hollow = figure.data

    assert [each.fillcolor for each in areas] == [
        palette.SEQUENTIAL[9],
        palette.NOTHING,
        palette.SEQUENTIAL[4],
    ]
    assert list(areas[2].x) == [2, 3, 3, 2, 2]
    assert areas[2].text.startswith("<b>District 2</b><br>5 questions")
    assert (list(filled.x), list(filled.text)) == ([0.5, 2.5], ["<b>10</b>", "<b>5</b>"])
    assert (list(hollow.x), list(hollow.text)) == ([1.5], ["<b>0</b>"])
    assert hollow.textfont.color is None
    assert list(figure.layout.xaxis.range) == [0, 3]
    assert list(figure.layout.yaxis.range) == [0, 1]


def test_the_map_asks_nobody_for_the_outlines_of_the_world() -> None:
    frame = district_frame({"questions": 10})

    figure = district_map.boundaries_map(
        frame, ENGLISH, boundaries=collection(square("0", west=106)), measure=Measure.QUESTIONS
    )

    assert {each.type for each in figure.data} == {"scatter"}
    assert "geo" not in figure.to_plotly_json()["layout"]


def test_islands_are_parts_of_one_boundary() -> None:
    islands = square("0", west=0)
    other = square("0", west=5)["geometry"]["coordinates"]
    islands["geometry"] = {
        "type": "MultiPolygon",
        "coordinates": [islands["geometry"]["coordinates"], other],
    }

    figure = district_map.boundaries_map(
        district_frame({"questions": 1}),
        ENGLISH,
        boundaries=collection(islands),
        measure=Measure.QUESTIONS,
    )

    assert list(figure.data[0].x) == [0, 1, 1, 0, 0, None, 5, 6, 6, 5, 5]


@pytest.mark.parametrize(
    "feature",
    [
        pytest.param({"properties": {"code": "1"}, "geometry": None}, id="without geometry"),
        pytest.param(
            {"properties": {"code": "1"}, "geometry": {"type": "Point", "coordinates": [0, 0]}},
            id="a point",
        ),
        pytest.param(square("1", west=1) | {"properties": None}, id="without properties"),
        pytest.param(square("9", west=1), id="of another district"),
    ],
)
def test_a_district_without_a_boundary_is_named_below(feature: dict[str, Any]) -> None:
    frame = district_frame({"questions": 10}, {"questions": 3})

    figure = district_map.boundaries_map(
        frame,
        ENGLISH,
        boundaries=collection(square("0", west=0), feature),
        measure=Measure.QUESTIONS,
    )

    assert said(figure) == ["Not drawn: District 1 3"]
    assert list(figure.layout.xaxis.range) == [0, 1]


def test_a_boundary_without_a_place_for_its_label_is_drawn_without() -> None:
    frame = district_frame({"questions": 10}, {"questions": 3})
    boundaries = collection(square("0", west=0), square("1", west=1, label=False))

    figure = district_map.boundaries_map(
        frame, ENGLISH, boundaries=boundaries, measure=Measure.QUESTIONS
    )

    assert len(figure.data) == 3
    assert list(figure.data[-1].text) == ["<b>10</b>"]


def test_a_map_without_boundaries_says_so() -> None:
    figure = district_map.boundaries_map(
        district_frame({"questions": 1}),
        ENGLISH,
        boundaries=collection(),
        measure=Measure.QUESTIONS,
    )

    assert said(figure) == ["The boundaries are not known."]


# What the districts' charts say


def test_the_finding_names_who_leads_and_who_is_silent() -> None:
    frame = district_frame({"questions": 1_200}, {"questions": 0}, {"questions": 2})

    finding = districts.finding(frame, VIETNAMESE, measure=Measure.QUESTIONS)

    assert finding == (
        "District 0: 1.200 questions, the most; 1 district has asked nothing yet: District 1."
    )


def test_the_finding_names_all_who_lead_together() -> None:
    frame = district_frame({"questions": 1}, {"questions": 1})

    finding = districts.finding(frame, ENGLISH, measure=Measure.QUESTIONS)

    assert finding == "District 0, District 1: 1 question each, the most; every district has asked."


def test_the_finding_does_not_read_out_a_long_list() -> None:
    frame = district_frame({"questions": 1}, *([{"questions": 0}] * 7))

    finding = districts.finding(frame, ENGLISH, measure=Measure.QUESTIONS)

    assert finding.endswith(
        "7 districts have asked nothing yet: "
        "District 1, District 2, District 3, District 4, District 5 and 2 more."
    )


def test_the_finding_of_rates_names_whose_young_people_are_not_counted() -> None:
    frame = district_frame({"questions": 25}, {"questions": 9, "young_people": None})

    finding = districts.finding(frame, VIETNAMESE, measure=Measure.PER_10000)

    assert finding == (
        "District 0: 25,0 per 10.000 people aged 15–34, the most; every district has asked; "
        "number of young people not known: District 1."
    )


def test_nobody_leads_where_all_known_rates_are_zero() -> None:
    frame = district_frame({"questions": 0}, {"questions": 9, "young_people": None})

    finding = districts.finding(frame, ENGLISH, measure=Measure.PER_10000)

    assert finding == (
        "1 district has asked nothing yet: District 0; "
        "number of young people not known: District 1."
    )


# Topics


def test_the_states_of_a_topic_are_stacked_in_the_order_of_a_questions_life() -> None:
    frame = topic_frame(
        {
            "received": 1,
            "approved": 2,
            "queued": 3,
            "on_stage": 1,
            "answered": 5,
            "deferred": 6,
            "replied": 7,
            "rejected": 8,
            "merged": 9,
        },
        {},
        {"received": 1},
    )

    figure = topics.bars(frame, ENGLISH)
    states, totals = figure.data[:6], figure.data[-1]

    assert [(each.name, list(each.x)) for each in states] == [
        ("New", [1, 0, 1]),
        ("Approved", [2, 0, 0]),
        ("Queued, on stage", [4, 0, 0]),
        ("Answered", [12, 0, 0]),
        ("Reply promised", [6, 0, 0]),
        ("Rejected, merged", [17, 0, 0]),
    ]
    assert list(totals.x) == [42, 0, 1]
    assert list(totals.text) == ["\xa0<b>42</b>", "\xa0<b>0</b>", "\xa0<b>1</b>"]
    assert figure.layout.barmode == "stack"


def test_every_state_of_the_lifecycle_is_in_one_group() -> None:
    columns = [column for group in topics.groups(ENGLISH) for column in group.columns]

    assert sorted(columns) == sorted(each.value for each in Status)


def test_each_topic_has_its_whole_name_above_its_bar() -> None:
    long = "Public services online, administrative reform and everything near it"
    frame = topic_frame({"received": 1, "name": long}, {"received": 2})

    figure = topics.bars(frame, ENGLISH)
    names = figure.layout.annotations
    middles = figure.data[0].y

    assert said(figure) == [long, "Topic 1"]
    assert names[0].y < middles[0] < names[1].y < middles[1] < figure.layout.yaxis.range[0]


def test_only_states_that_occur_are_in_the_legend() -> None:
    figure = topics.bars(topic_frame({"received": 1}), ENGLISH)

    assert [each.name for each in figure.data if each.showlegend is not False] == ["New"]


def test_numbers_inside_the_bars_are_in_the_readers_language_and_read_on_their_colour() -> None:
    frame = topic_frame({"answered": 12_345})

    figure = topics.bars(frame, VIETNAMESE)
    answered = figure.data[3]

    assert answered.text == ("12.345",)
    assert figure.data[0].text == ("",)
    assert answered.hovertext == ("<b>Topic 0</b><br>Answered: 12.345",)
    assert all(
        palette.contrast(each.insidetextfont.color, each.marker.color[0]) >= 4.5
        for each in figure.data[:6]
    )


def test_the_finding_of_the_topics_counts_what_is_answered() -> None:
    frame = topic_frame(
        {"received": 3, "answered": 1}, {"answered": 4}, {"name": "Health"}, {"received": 1}
    )

    finding = topics.finding(frame, ENGLISH)

    assert finding == (
        "Topic 0, Topic 1: 4 questions each, the most; 5 of 9 questions answered; "
        "1 topic without questions: Health."
    )


def test_the_finding_of_the_topics_is_silent_about_silence_where_there_is_none() -> None:
    finding = topics.finding(topic_frame({"received": 1}), ENGLISH)

    assert finding == "Topic 0: 1 question, the most; 0 of 1 question answered."


# Time


def test_questions_stand_in_their_stretch_of_time_on_the_events_clock() -> None:
    figure = timeline.bars(time_frame([3, 0, 12]), NO_TURNS, VIETNAMESE)
    (asked,) = figure.data

    assert list(asked.y) == [3, 0, 12]
    assert [pd.Timestamp(each).strftime("%H:%M") for each in asked.x] == [
        "14:00",
        "14:05",
        "14:10",
    ]
    minutes = 60_000
    assert 0 < asked.offset < asked.offset + asked.width < 5 * minutes
    assert asked.hovertext[2] == "<b>14:10–14:15</b><br>12 asked"


@pytest.mark.parametrize(
    ("length", "name"),
    [
        (timedelta(minutes=1), "Questions a minute"),
        (timedelta(minutes=5), "Questions in 5 minutes"),
        (timedelta(hours=1), "Questions an hour"),
        (timedelta(hours=12), "Questions in 12 hours"),
        (timedelta(days=1), "Questions a day"),
        (timedelta(days=7), "Questions in 7 days"),
    ],
)
def test_the_legend_says_how_long_a_stretch_is(length: timedelta, name: str) -> None:
    figure = timeline.bars(time_frame([1, 2], length=length), NO_TURNS, ENGLISH)

    assert figure.data[0].name == name


def test_the_turns_on_stage_stand_above_the_bars_from_begin_to_end() -> None:
    def at(minutes: int) -> datetime:
        return START + timedelta(minutes=minutes)

    turns = turn_frame(
        (7, at(-9), at(-5)), (12, at(-2), at(3)), (30, at(6), None), (31, at(90), None)
    )

    _, stage = timeline.bars(time_frame([3, 9]), turns, ENGLISH).data

    times = [None if each is None else pd.Timestamp(each).strftime("%H:%M") for each in stage.x]
    assert times == ["13:58", "14:03", None, "14:06", "14:10", None]
    assert min(stage.y) > 9
    assert stage.hovertext[0] == "#12 on stage from 13:58 to 14:03"
    assert stage.hovertext[3] == "#30 on stage since 14:06"


def test_the_time_axis_shows_hours_and_minutes_within_a_day() -> None:
    axis = timeline.bars(time_frame([1] * 10), NO_TURNS, VIETNAMESE).layout.xaxis

    assert axis.tickformat == "%H:%M"
    assert pd.Timestamp(axis.range[1]) - pd.Timestamp(axis.range[0]) == timedelta(minutes=50)


def test_an_afternoon_until_midnight_is_one_day() -> None:
    start = START.replace(hour=23, minute=50)

    axis = timeline.bars(time_frame([1, 1], start=start), NO_TURNS, VIETNAMESE).layout.xaxis

    assert axis.tickformat == "%H:%M"


@pytest.mark.parametrize(
    ("language", "day"), [(VIETNAMESE, "%d/%m"), (ENGLISH, "%-d %b")], ids=["vi", "en"]
)
def test_the_time_axis_shows_days_where_there_are_several(language: Language, day: str) -> None:
    frame = time_frame([1, 2, 3], length=timedelta(days=1))

    figure = timeline.bars(frame, NO_TURNS, language)

    assert figure.layout.xaxis.tickformat == f"%H:%M\n{day}"
    assert figure.layout.xaxis.tickformatstops[1].value == f"{day}\n%Y"
    assert language.date(START) in figure.data[0].hovertext[0]


@pytest.mark.parametrize(("hour", "first"), [(1, "01:00"), (23, "23:00<br>29/10/2022")])
def test_where_clocks_are_changed_each_hour_has_its_place_and_its_name(
    hour: int, first: str
) -> None:
    day = 30 if hour == 1 else 29
    start = datetime(2022, 10, day, hour, tzinfo=ZoneInfo("Europe/Berlin"))
    frame = time_frame([1] * 5, start=start, length=timedelta(hours=1))

    figure = timeline.bars(frame, NO_TURNS, VIETNAMESE)
    axis = figure.layout.xaxis

    places = pd.Series(pd.to_datetime(list(figure.data[0].x)))
    assert places.diff().dropna().unique().tolist() == [pd.Timedelta(hours=1)]
    assert axis.ticktext[0] == first
    assert [each[:5] for each in axis.ticktext].count("02:00") == 2
    assert list(pd.to_datetime(list(axis.tickvals))) == list(places)


def test_a_lone_stretch_of_time_does_not_fill_the_picture() -> None:
    figure = timeline.bars(time_frame([4]), NO_TURNS, ENGLISH)
    axis = figure.layout.xaxis

    shown = pd.Timestamp(axis.range[1]) - pd.Timestamp(axis.range[0])

    assert list(figure.data[0].y) == [4]
    assert figure.data[0].width * 4 < shown.total_seconds() * 1_000


def test_half_questions_are_not_on_the_axis() -> None:
    few = timeline.bars(time_frame([1, 0]), NO_TURNS, ENGLISH).layout.yaxis
    many = timeline.bars(time_frame([20_000, 0]), NO_TURNS, ENGLISH).layout.yaxis

    assert few.nticks == 2
    assert many.nticks == 6
    assert many.range[1] > 20_000
    assert many.tickformat == ",d"


def test_the_finding_of_the_timeline_names_the_busiest_time() -> None:
    turns = turn_frame((1, START, START + timedelta(minutes=2)))

    finding = timeline.finding(time_frame([3, 1_000, 12]), turns, VIETNAMESE)

    assert finding == (
        "14:00 to 14:15: 1.015 questions asked, 1 turn on stage; most were asked from 14:05 to "
        "14:10: 1.000."
    )


def test_the_finding_of_several_days_names_the_days() -> None:
    frame = time_frame([3, 1], length=timedelta(days=1))

    finding = timeline.finding(frame, NO_TURNS, ENGLISH)

    assert finding.startswith("14:00 10 Nov 2022 to 14:00 12 Nov 2022: 4 questions asked")


# Balance


def test_who_is_answered_least_is_on_top_with_what_became_of_the_rest() -> None:
    frame = balance_frame((11, 61, 0), (6, 30, 9), (30, 10, 0), (0, 0, 0), (0, 0, 4))

    figure = balance.bars(frame, VIETNAMESE, side="district")
    answered, waits, rejected, margins, labels = figure.data

    assert said(figure) == ["Place 4", "Place 1", "Place 0", "Place 2"]
    assert list(answered.x) == pytest.approx([0, 6 / 45, 11 / 72, 0.75])
    assert list(rejected.x) == pytest.approx([1, 9 / 45, 0, 0])
    for parts in zip(answered.x, waits.x, rejected.x, strict=True):
        assert sum(parts) == pytest.approx(1)
    assert [each.split("<b>")[1] for each in labels.text] == [
        "0 % · 0 of 4</b>",
        "13 % · 6 of 45</b>",
        "15 % · 11 of 72</b>",
        "75 % · 30 of 40</b>",
    ]
    assert rejected.hovertext[1] == "<b>Place 1</b><br>Rejected: 9"
    # The fewer questions, the more may be chance.
    low, high = margins.x[0::3], margins.x[1::3]
    widths = [end - begin for begin, end in zip(low, high, strict=True)]
    assert widths[0] > widths[1] > widths[2]
    for share, begin, end in zip(answered.x, low, high, strict=True):
        assert 0 <= begin <= share <= end <= 1


MERGED = "; what was merged counts as the question it was merged into."


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        pytest.param(
            [(11, 61, 0), (6, 30, 9), (60, 10, 0)],
            "Of 187 questions, 77 answered, 101 still open, 9 rejected" + MERGED + " Answered less"
            " than the others, beyond chance: Place 1 (6 of 45), Place 0 (11 of 72).",
            id="the lowest share and not the largest group",
        ),
        pytest.param(
            [(0, 0, 30), (20, 10, 0)],
            "Of 60 questions, 20 answered, 10 still open, 30 rejected" + MERGED + " Answered less"
            " than the others, beyond chance: Place 0 (0 of 30).",
            id="all rejected",
        ),
        pytest.param(
            [(0, 2, 0), (3, 2, 0), (0, 1, 0)],
            "Of 8 questions, 3 answered, 5 still open, 0 rejected" + MERGED + " Answered least:"
            " Place 0 (0 of 2), Place 2 (0 of 1). These are too few questions to tell it from"
            " chance.",
            id="too few",
        ),
        pytest.param(
            [(1, 4, 0), (2, 8, 0)],
            "Of 15 questions, 3 answered, 12 still open, 0 rejected"
            + MERGED
            + " All are answered to the same share.",
            id="the same",
        ),
        pytest.param(
            [(1, 4, 0), (0, 0, 0)],
            "Of 5 questions, 1 answered, 4 still open, 0 rejected"
            + MERGED
            + " Only Place 0 has asked: there is nothing to compare.",
            id="alone",
        ),
        pytest.param(
            [(0, 5, 0), (0, 3, 0)],
            "Of 8 questions, 0 answered, 8 still open, 0 rejected" + MERGED,
            id="no answer",
        ),
        pytest.param([(0, 0, 0)], NOTHING_ASKED, id="no question"),
        pytest.param([], NOTHING_ASKED, id="no row"),
    ],
)
def test_the_finding_names_who_is_answered_least(
    rows: list[tuple[int, int, int]], words: str
) -> None:
    frame = balance_frame(*rows)

    assert balance.finding(frame, ENGLISH) == words
    if words == NOTHING_ASKED:
        assert said(balance.bars(frame, ENGLISH, side="district")) == [words]


# Districts and topics


def test_each_pair_has_a_cell_with_its_number_the_darker_the_more() -> None:
    figure = matrix.cells(pair_frame([10, 1], [0, 5]), ENGLISH)
    cells = figure.data[0]

    assert list(cells.x) == [0, 1, 0, 1]
    assert list(cells.text) == ["10", "1", "", "5"]
    assert list(cells.marker.color) == [
        palette.SEQUENTIAL[9],
        palette.SEQUENTIAL[0],
        palette.NOTHING,
        palette.SEQUENTIAL[4],
    ]
    assert cells.base[0] == cells.base[1] < cells.base[2] == cells.base[3]
    assert list(figure.layout.xaxis.ticktext) == ["District 0", "District 1"]
    assert said(figure) == ["Topic 0", "Topic 1"]
    assert cells.hovertext[1] == (
        "<b>District 1</b><br>Topic 0<br>1 question<br>about 4.1 to be expected"
    )


def test_an_empty_cell_tells_where_that_is_hardly_chance() -> None:
    frame = pair_frame([20, 20, 0], [20, 0, 1])

    figure = matrix.cells(frame, ENGLISH)
    cells, *keys = figure.data

    strong = palette.outline(is_chosen=True)
    assert [width == strong["width"] for width in cells.marker.line.width] == [
        *(False, False, False),
        *(False, True, False),
    ]
    assert [each.name for each in keys] == [
        "No question",
        "No question, and that is hardly chance",
    ]
    assert matrix.finding(frame, ENGLISH) == (
        "2 of 6 pairs of district and topic are empty. "
        "The most telling: District 1 on Topic 1, where about 7 were to be expected."
    )


# Of the second one some 3.5 were to be expected where there is none: with six pairs, chance.
@pytest.mark.parametrize(
    ("frame", "pairs"), [(pair_frame([1, 0], [0, 1]), 4), (pair_frame([10, 10, 0], [10, 0, 1]), 6)]
)
def test_an_emptiness_that_may_be_chance_is_counted_only(frame: pd.DataFrame, pairs: int) -> None:
    said = f"2 of {pairs} pairs of district and topic are empty."

    assert matrix.finding(frame, ENGLISH) == said
    assert [each.name for each in matrix.cells(frame, ENGLISH).data[1:]] == ["No question"]


# The path


def test_a_bar_shows_who_went_on_and_who_stays() -> None:
    frame = path_frame((20, 12, 8, 5), (2, 4, 3, 5), merged=4, spam=2)

    figure = path.bars(frame, ENGLISH)
    went_on, here, out, totals = figure.data

    assert list(went_on.x) == [18, 8, 5, 5, 0, 0]
    assert list(here.x) == [2, 4, 3, 0, 0, 0]
    assert list(out.x) == [0, 0, 0, 0, 4, 2]
    assert [text.split("<b>")[1] for text in totals.text] == [
        "20 · 100%</b>",
        "12 · 60%</b>",
        "8 · 40%</b>",
        "5 · 25%</b>",
        "4 · 20%</b>",
        "2 · 10%</b>",
    ]
    assert said(figure)[-2:] == ["Merged with another", "Rejected: Because of spam"]
    assert path.finding(frame, VIETNAMESE) == (
        "Of 20 questions, 5 answered; 2 wait to be read, 4 for the queue, "
        "3 have their turn or a promised reply; 6 rejected or merged."
    )


# Waiting


def test_those_that_wait_are_stacked_by_what_they_wait_for() -> None:
    frame = waiting_frame((3, 0, 0), (1, 2, 0), (0, 0, 0), (0, 0, 4), median=12, longest=150)

    figure = waiting.bars(frame, VIETNAMESE)
    *states, totals = figure.data

    assert [(each.name, list(each.x)[:4]) for each in states] == [
        ("New", [3, 1, 0, 0]),
        ("Approved", [0, 2, 0, 0]),
        ("In the queue", [0, 0, 0, 4]),
    ]
    assert list(totals.x) == [3, 3, 0, 4, 0, 0]
    assert list(figure.layout.yaxis.ticktext) == [
        "0–10 minutes",
        "10–30 minutes",
        "30–60 minutes",
        "1–3 hours",
        "3–24 hours",
        "over 24 hours",
    ]
    assert waiting.finding(frame, ENGLISH) == (
        "10 questions waiting: half of them for 12 minutes or more, the longest for 2 hours."
    )


def test_days_of_waiting_are_told_in_days() -> None:
    frame = waiting_frame((1, 0, 0), median=1, longest=5 * 24 * 60)

    assert waiting.finding(frame, ENGLISH) == (
        "1 question waiting: half of them for 1 minute or more, the longest for 5 days."
    )


# What is chosen


def test_what_is_chosen_is_set_off_from_the_others() -> None:
    frame = district_frame({"questions": 3}, {"questions": 7})
    boundaries = collection(*(square(code, west=n) for n, code in enumerate("01")))
    how: Any = {"measure": Measure.QUESTIONS, "chosen": "0"}

    (bars,) = districts.bars(frame, ENGLISH, **how).data
    squares = district_tiles.tiles(frame, ENGLISH, **how).data[0]
    areas = district_map.boundaries_map(frame, ENGLISH, boundaries=boundaries, **how).data[:2]

    assert list(bars.marker.color) == [palette.colours(palette.PRIMARY, [True])[0], palette.PRIMARY]
    assert list(squares.marker.line.color) == [palette.ACCENT, palette.OUTLINE]
    # On the map it is drawn last, so that no neighbour covers its outline.
    assert [each.line.color for each in areas] == [palette.OUTLINE, palette.ACCENT]
    ticks = districts.bars(frame, ENGLISH, **how).layout.yaxis.ticktext
    assert list(ticks) == ["District 1", "<b>District 0</b>"]


def test_the_chosen_topic_keeps_its_colours_and_the_legend_has_them_too() -> None:
    frame = topic_frame({"received": 3}, {"received": 4})

    figure = topics.bars(frame, ENGLISH, chosen="1")
    pale, strong = figure.data[0].marker.color

    assert (strong, pale) == (palette.WAITING, palette.colours(palette.WAITING, [True])[0])
    assert list(figure.data[0].text) == ["", "4"]
    assert [each.marker.color for each in figure.data if each.showlegend is not False] == [
        palette.WAITING
    ]
    assert said(figure) == ["Topic 0", "<b>Topic 1</b>"]


def test_the_line_and_the_column_of_what_is_chosen_have_bold_names() -> None:
    figure = matrix.cells(pair_frame([1, 2], [3, 4]), ENGLISH, district="1", topic="t0")

    assert list(figure.layout.xaxis.ticktext) == ["District 0", "<b>District 1</b>"]
    assert said(figure) == ["<b>Topic 0</b>", "Topic 1"]


def test_a_click_chooses_a_district_a_topic_or_both() -> None:
    frame = district_frame({"questions": 3}, {"questions": 0})
    boundaries = collection(*(square(code, west=n) for n, code in enumerate("01")))
    how: Any = {"measure": Measure.QUESTIONS}

    on_map = district_map.boundaries_map(frame, ENGLISH, boundaries=boundaries, **how).data[2:]

    for points in (
        districts.bars(frame, ENGLISH, **how).data[0],
        district_tiles.tiles(frame, ENGLISH, **how).data[0],
    ):
        assert [tuple(each) for each in points.customdata] == [("0", None), ("1", None)]
    assert [tuple(each.customdata[0]) for each in on_map] == [("0", None), ("1", None)]
    by_topic = topics.bars(topic_frame({"received": 1}, {}), ENGLISH).data[0].customdata
    assert [tuple(each) for each in by_topic] == [(None, "0"), (None, "1")]
    pairs = matrix.cells(pair_frame([1, 2]), ENGLISH).data[0].customdata
    assert [tuple(each) for each in pairs] == [("0", "t0"), ("1", "t0")]
    answered = balance.bars(balance_frame((1, 0, 0), (1, 1, 0)), ENGLISH, side="district").data[0]
    assert [tuple(each) for each in answered.customdata] == [("1", None), ("0", None)]


# What all charts share


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(district_frame(), id="no row"),
        pytest.param(pd.DataFrame(), id="no column"),
        pytest.param(district_frame({}, {}), id="all zero"),
    ],
)
def test_districts_without_questions_say_so(frame: pd.DataFrame, measure: Measure) -> None:
    figures = [
        districts.bars(frame, ENGLISH, measure=measure),
        district_tiles.tiles(frame, ENGLISH, measure=measure),
        district_map.boundaries_map(frame, ENGLISH, boundaries=collection(), measure=measure),
    ]

    assert [said(each) for each in figures] == [[NOTHING_ASKED]] * 3
    assert districts.finding(frame, ENGLISH, measure=measure) == NOTHING_ASKED


def test_rates_that_are_known_nowhere_are_said_in_words() -> None:
    frame = district_frame({"questions": 3, "young_people": None})
    words = "The number of young people is not known for any district."

    figures = [
        districts.bars(frame, ENGLISH, measure=Measure.PER_10000),
        district_tiles.tiles(frame, ENGLISH, measure=Measure.PER_10000),
        district_map.boundaries_map(
            frame, ENGLISH, boundaries=collection(), measure=Measure.PER_10000
        ),
    ]

    assert [said(each) for each in figures] == [[words]] * 3
    assert districts.finding(frame, ENGLISH, measure=Measure.PER_10000) == words


@pytest.mark.parametrize("frame", [topic_frame(), pd.DataFrame(), topic_frame({}, {})])
def test_topics_without_questions_say_so(frame: pd.DataFrame) -> None:
    assert said(topics.bars(frame, ENGLISH)) == [NOTHING_ASKED]
    assert topics.finding(frame, ENGLISH) == NOTHING_ASKED


@pytest.mark.parametrize("frame", [time_frame([]), pd.DataFrame(), time_frame([0, 0])])
def test_a_time_without_questions_says_so(frame: pd.DataFrame) -> None:
    words = "No questions in this time."

    assert said(timeline.bars(frame, NO_TURNS, ENGLISH)) == [words]
    assert timeline.finding(frame, NO_TURNS, ENGLISH) == words


@pytest.mark.parametrize("frame", [pd.DataFrame(), pair_frame([0, 0], [0, 0])])
def test_pairs_without_questions_say_so(frame: pd.DataFrame) -> None:
    assert said(matrix.cells(frame, ENGLISH)) == [NOTHING_ASKED]
    assert matrix.finding(frame, ENGLISH) == NOTHING_ASKED


@pytest.mark.parametrize("frame", [pd.DataFrame(), path_frame((0, 0, 0, 0), (0, 0, 0, 0))])
def test_a_path_without_questions_says_so(frame: pd.DataFrame) -> None:
    assert said(path.bars(frame, ENGLISH)) == [NOTHING_ASKED]
    assert path.finding(frame, ENGLISH) == NOTHING_ASKED


@pytest.mark.parametrize("frame", [pd.DataFrame(), waiting_frame(median=NAN, longest=NAN)])
def test_nothing_that_waits_is_said_in_words(frame: pd.DataFrame) -> None:
    assert said(waiting.bars(frame, ENGLISH)) == ["No question is waiting."]
    assert waiting.finding(frame, ENGLISH) == "No question is waiting."


def test_names_from_outside_are_never_markup() -> None:
    districts_ = district_frame(
        {"questions": 3, "short_name": HOSTILE},
        {"questions": 3, "short_name": HOSTILE, "tile_row": None},
    )
    topics_ = topic_frame({"received": 1, "name": HOSTILE})

    reasons = path_frame((1, 0, 0, 0), (0, 0, 0, 0), spam=1).replace("Because of spam", HOSTILE)

    figures = [*every_figure(districts_, topics_), path.bars(reasons, ENGLISH)]
    drawn = [each.to_json() for each in figures]

    assert text.plain(HOSTILE) == ESCAPED
    for each in drawn:
        assert "javascript:1" in each
        assert "<b>x" not in each
        assert "<a" not in each
        assert "\\u003ca" not in each
        assert "$a$" not in each
        # Words from outside never go where Plotly reads %{…}.
        assert "hovertemplate" not in each
        assert "texttemplate" not in each


@pytest.mark.parametrize("missing", [None, NAN, "", "  ", pd.NA])
def test_a_missing_name_is_replaced_by_the_code(missing: Any) -> None:
    districts_ = district_frame({"code": "731", "questions": 3, "short_name": missing})
    topics_ = topic_frame({"code": "731", "received": 3, "name": missing})

    drawn = [each.to_json() for each in every_figure(districts_, topics_)]
    finding = districts.finding(districts_, ENGLISH, measure=Measure.QUESTIONS)

    assert all("<b>731" in each or "\\u003cb\\u003e731" in each for each in drawn)
    assert not any(word in each for each in drawn for word in ("None", "NaN", "nan", "NA>"))
    assert finding.startswith("731: 3 questions")


def test_an_infinite_rate_is_an_unknown_one() -> None:
    frame = district_frame({"questions": 3, "young_people": 0}, {"questions": 1})

    figure = districts.bars(frame, ENGLISH, measure=Measure.PER_10000)

    assert list(figure.data[0].text) == ["1.0", "not known"]


@pytest.mark.parametrize(("language", "separators"), [(VIETNAMESE, ",."), (ENGLISH, ".,")])
def test_every_figure_leaves_colours_to_the_page_and_keeps_the_readers_zoom(
    language: Language, separators: str
) -> None:
    frame = district_frame({"questions": 3}, {"questions": 0})
    boundaries = collection(square("0", west=0), square("1", west=1))
    figures = [
        *(draw(frame, language, measure=Measure.QUESTIONS) for draw in DISTRICT_CHARTS),
        district_map.boundaries_map(
            frame, language, boundaries=boundaries, measure=Measure.PER_10000
        ),
        topics.bars(topic_frame({"received": 1}), language),
        timeline.bars(time_frame([1, 2]), NO_TURNS, language),
        balance.bars(balance_frame((1, 0, 0)), language, side="district"),
        balance.bars(balance_frame((1, 0, 0)), language, side="topic"),
        matrix.cells(pair_frame([1, 2]), language),
        path.bars(path_frame((1, 0, 0, 0), (1, 0, 0, 0)), language),
        waiting.bars(waiting_frame((1, 0, 0), median=1, longest=1), language),
        canvas.words("Nothing.", language),
    ]

    for layout in (each.layout for each in figures):
        assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
        assert layout.title.text is None
        assert layout.font.color is None
        assert layout.font.size >= 14
        assert layout.separators == separators
    assert len({each.layout.uirevision for each in figures}) == len(figures)


def test_a_figure_is_the_same_whatever_the_surroundings_style_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frame = time_frame([1, 2], start=START.astimezone(UTC))
    before = timeline.bars(frame, NO_TURNS, ENGLISH)

    monkeypatch.setattr(io.templates, "default", "plotly_dark")

    assert timeline.bars(frame, NO_TURNS, ENGLISH).to_json() == before.to_json()
