"""What the charts draw, read from the figures' own data."""

from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from babel import Locale
from plotly import graph_objects as go
from plotly import io

from charts import canvas, districts, palette, text, timeline, topics
from charts.districts import Measure
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
DISTRICT_CHARTS = (districts.bars, districts.tiles)


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
                "answered": 0,
            }
            | row
            for number, row in enumerate(rows)
        ],
        columns=[*columns, "questions", "answered"],
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
    answered: list[int],
    *,
    start: datetime = START,
    length: timedelta = timedelta(minutes=5),
) -> pd.DataFrame:
    """One row per stretch of time."""
    starts = [start + number * length for number in range(len(asked))]
    return pd.DataFrame({"start": starts, "asked": asked, "answered": answered})


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
        districts.tiles(districts_, ENGLISH, measure=Measure.QUESTIONS),
        districts.boundaries_map(
            districts_, ENGLISH, boundaries=boundaries, measure=Measure.QUESTIONS
        ),
        topics.bars(topics_, ENGLISH),
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
    frame = district_frame({"questions": 12_340, "answered": 1_000, "young_people": 1_000_000})

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

    figure = districts.tiles(frame, ENGLISH, measure=Measure.QUESTIONS)
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

    squares, words = districts.tiles(frame, ENGLISH, measure=Measure.QUESTIONS).data

    assert squares.marker.color == palette.SEQUENTIAL
    for colour, ink in zip(squares.marker.color, words.textfont.color, strict=True):
        assert palette.contrast(colour, ink) >= 4.5


def test_a_district_without_questions_is_hollow_and_its_words_have_the_pages_colour() -> None:
    frame = district_frame({"questions": 4}, {"questions": 0})

    squares, filled, hollow = districts.tiles(frame, ENGLISH, measure=Measure.QUESTIONS).data

    assert squares.marker.color == (palette.SEQUENTIAL[-1], palette.NOTHING)
    assert list(filled.x) == [0]
    assert list(hollow.x) == [1]
    assert hollow.textfont.color is None


def test_an_unknown_rate_is_a_dash_in_its_tile() -> None:
    frame = district_frame({"questions": 4}, {"questions": 9, "young_people": None})

    *_, hollow = districts.tiles(frame, ENGLISH, measure=Measure.PER_10000).data

    assert list(hollow.text) == ["Distri<br>ct 1<br><b>–</b>"]


def test_a_district_without_a_tile_is_named_below_with_its_number() -> None:
    frame = district_frame({"questions": 4}, {"questions": 9, "tile_column": None})
    all_placed = district_frame({"questions": 4}, {"questions": 9})

    figure = districts.tiles(frame, ENGLISH, measure=Measure.QUESTIONS)
    whole = districts.tiles(all_placed, ENGLISH, measure=Measure.QUESTIONS)

    assert said(figure) == ["Not drawn: District 1 9"]
    assert said(whole) == []
    assert figure.layout.height > whole.layout.height


def test_no_tile_at_all_is_said_in_words() -> None:
    frame = district_frame({"questions": 4, "tile_row": None})

    figure = districts.tiles(frame, ENGLISH, measure=Measure.QUESTIONS)

    assert said(figure) == ["The places of the tiles are not known."]


def test_a_name_too_long_for_its_tile_ends_in_an_ellipsis_and_is_whole_in_the_hover_text() -> None:
    name = "one two three four five six seven"
    frame = district_frame({"questions": 4, "short_name": name})

    squares, words = districts.tiles(frame, ENGLISH, measure=Measure.QUESTIONS).data

    assert words.text[0] == "one<br>two<br>three…<br><b>4</b>"
    assert name in squares.hovertext[0]


# Districts on the map


def test_the_map_colours_and_labels_each_boundary() -> None:
    frame = district_frame({"questions": 10}, {"questions": 0}, {"questions": 5})
    boundaries = collection(*(square(code, west=n) for n, code in enumerate("012")))

    figure = districts.boundaries_map(
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

    figure = districts.boundaries_map(
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

    figure = districts.boundaries_map(
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

    figure = districts.boundaries_map(
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

    figure = districts.boundaries_map(
        frame, ENGLISH, boundaries=boundaries, measure=Measure.QUESTIONS
    )

    assert len(figure.data) == 3
    assert list(figure.data[-1].text) == ["<b>10</b>"]


def test_a_map_without_boundaries_says_so() -> None:
    figure = districts.boundaries_map(
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
    *states, totals = figure.data

    assert [(each.name, list(each.x)) for each in states] == [
        ("New", [1, 0, 1]),
        ("Approved", [2, 0, 0]),
        ("Queued, on stage", [4, 0, 0]),
        ("Answered", [5, 0, 0]),
        ("Written reply", [13, 0, 0]),
        ("Rejected, merged", [17, 0, 0]),
    ]
    assert list(totals.x) == [42, 0, 1]
    assert list(totals.text) == [" <b>42</b>", " <b>0</b>", " <b>1</b>"]
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

    assert [each.name for each in figure.data if each.showlegend] == ["New"]


def test_numbers_inside_the_bars_are_in_the_readers_language_and_read_on_their_colour() -> None:
    frame = topic_frame({"answered": 12_345})

    figure = topics.bars(frame, VIETNAMESE)
    answered = figure.data[3]

    assert answered.text == ("12.345",)
    assert figure.data[0].text == ("",)
    assert answered.hovertext == ("<b>Topic 0</b><br>Answered: 12.345",)
    assert all(
        palette.contrast(each.insidetextfont.color, each.marker.color) >= 4.5
        for each in figure.data[:-1]
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
    frame = time_frame([3, 0, 12], [0, 1, 2])

    figure = timeline.bars(frame, VIETNAMESE)
    asked, answered = figure.data

    assert list(asked.y) == [3, 0, 12]
    assert list(answered.y) == [0, 1, 2]
    assert [pd.Timestamp(each).strftime("%H:%M") for each in asked.x] == [
        "14:00",
        "14:05",
        "14:10",
    ]
    assert pd.Timestamp(answered.x[0]).strftime("%H:%M:%S") == "14:02:30"
    minutes = 60_000
    assert 0 < asked.offset < asked.offset + asked.width < 5 * minutes
    assert asked.hovertext[2] == "<b>14:10–14:15</b><br>12 asked<br>2 answered"


def test_the_time_axis_shows_hours_and_minutes_within_a_day() -> None:
    axis = timeline.bars(time_frame([1] * 10, [0] * 10), VIETNAMESE).layout.xaxis

    assert axis.tickformat == "%H:%M"
    assert pd.Timestamp(axis.range[1]) - pd.Timestamp(axis.range[0]) == timedelta(minutes=50)


def test_an_afternoon_until_midnight_is_one_day() -> None:
    start = START.replace(hour=23, minute=50)

    axis = timeline.bars(time_frame([1, 1], [0, 0], start=start), VIETNAMESE).layout.xaxis

    assert axis.tickformat == "%H:%M"


@pytest.mark.parametrize(
    ("language", "day"), [(VIETNAMESE, "%d/%m"), (ENGLISH, "%-d %b")], ids=["vi", "en"]
)
def test_the_time_axis_shows_days_where_there_are_several(language: Language, day: str) -> None:
    frame = time_frame([1, 2, 3], [0, 0, 0], length=timedelta(days=1))

    figure = timeline.bars(frame, language)

    assert figure.layout.xaxis.tickformat == f"%H:%M\n{day}"
    assert figure.layout.xaxis.tickformatstops[1].value == f"{day}\n%Y"
    assert language.date(START) in figure.data[0].hovertext[0]


def test_a_lone_stretch_of_time_does_not_fill_the_picture() -> None:
    figure = timeline.bars(time_frame([4], [1]), ENGLISH)
    axis = figure.layout.xaxis

    shown = pd.Timestamp(axis.range[1]) - pd.Timestamp(axis.range[0])

    assert list(figure.data[0].y) == [4]
    assert figure.data[0].width * 4 < shown.total_seconds() * 1_000


def test_half_questions_are_not_on_the_axis() -> None:
    few = timeline.bars(time_frame([1, 0], [0, 0]), ENGLISH).layout.yaxis
    many = timeline.bars(time_frame([10_000, 0], [0, 20_000]), ENGLISH).layout.yaxis

    assert few.nticks == 2
    assert many.nticks == 6
    assert many.range[1] > 20_000
    assert many.tickformat == ",d"


def test_the_finding_of_the_timeline_names_the_busiest_time() -> None:
    frame = time_frame([3, 1_000, 12], [0, 1, 2])

    finding = timeline.finding(frame, VIETNAMESE)

    assert finding == (
        "14:00 to 14:15: 1.015 questions asked, 3 answered; most from 14:05 to 14:10: 1.000."
    )


def test_the_finding_of_several_days_names_the_days() -> None:
    frame = time_frame([3, 1], [0, 0], length=timedelta(days=1))

    finding = timeline.finding(frame, ENGLISH)

    assert finding.startswith("14:00 10 Nov 2022 to 14:00 12 Nov 2022: 4 questions asked")


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
        districts.tiles(frame, ENGLISH, measure=measure),
        districts.boundaries_map(frame, ENGLISH, boundaries=collection(), measure=measure),
    ]

    assert [said(each) for each in figures] == [[NOTHING_ASKED]] * 3
    assert districts.finding(frame, ENGLISH, measure=measure) == NOTHING_ASKED


def test_rates_that_are_known_nowhere_are_said_in_words() -> None:
    frame = district_frame({"questions": 3, "young_people": None})
    words = "The number of young people is not known for any district."

    figures = [
        districts.bars(frame, ENGLISH, measure=Measure.PER_10000),
        districts.tiles(frame, ENGLISH, measure=Measure.PER_10000),
        districts.boundaries_map(
            frame, ENGLISH, boundaries=collection(), measure=Measure.PER_10000
        ),
    ]

    assert [said(each) for each in figures] == [[words]] * 3
    assert districts.finding(frame, ENGLISH, measure=Measure.PER_10000) == words


@pytest.mark.parametrize("frame", [topic_frame(), pd.DataFrame(), topic_frame({}, {})])
def test_topics_without_questions_say_so(frame: pd.DataFrame) -> None:
    assert said(topics.bars(frame, ENGLISH)) == [NOTHING_ASKED]
    assert topics.finding(frame, ENGLISH) == NOTHING_ASKED


@pytest.mark.parametrize("frame", [time_frame([], []), pd.DataFrame(), time_frame([0, 0], [0, 0])])
def test_a_time_without_questions_says_so(frame: pd.DataFrame) -> None:
    assert said(timeline.bars(frame, ENGLISH)) == [NOTHING_ASKED]
    assert timeline.finding(frame, ENGLISH) == NOTHING_ASKED


def test_names_from_outside_are_never_markup() -> None:
    districts_ = district_frame(
        {"questions": 3, "short_name": HOSTILE},
        {"questions": 3, "short_name": HOSTILE, "tile_row": None},
    )
    topics_ = topic_frame({"received": 1, "name": HOSTILE})

    drawn = [each.to_json() for each in every_figure(districts_, topics_)]

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
        districts.boundaries_map(frame, language, boundaries=boundaries, measure=Measure.PER_10000),
        topics.bars(topic_frame({"received": 1}), language),
        timeline.bars(time_frame([1, 2], [0, 1]), language),
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
    frame = time_frame([1, 2], [0, 1], start=START.astimezone(UTC))
    before = timeline.bars(frame, ENGLISH)

    monkeypatch.setattr(io.templates, "default", "plotly_dark")

    assert timeline.bars(frame, ENGLISH).to_json() == before.to_json()
