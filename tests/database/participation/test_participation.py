from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import event as listening

from data_access import engine
from data_access.engine import Database
from data_access.events import events
from data_access.participation import frames, tallies
from data_access.participation.tallies import EVERYTHING, NO_TOPIC, Selection
from data_access.questions.cached.snapshots import Snapshot
from data_access.questions.reading import record
from dialogue.events import District, Event
from dialogue.lifecycle import Action, Status
from live import snapshots
from tests.factories import NOON, SLUG, act, actor, ask, ask_until

pytestmark = pytest.mark.usefixtures("database")
# One question may be on stage, so it is the last to get there.
STATES = (*(each for each in Status if each is not Status.ON_STAGE), Status.ON_STAGE)
UNNAMED: Any = {"english": False, "without_topic": "–"}


def snapshot(slug: str = SLUG) -> Snapshot:
    return snapshots.current(slug)


def by_district(**selection: str) -> pd.DataFrame:
    return frames.by_district(snapshot(), Selection(**selection)).set_index("code")


def by_topic(**selection: str) -> pd.DataFrame:
    return frames.by_topic(snapshot(), Selection(**selection), **UNNAMED).set_index("code")


def add(event: Event, **fields: Any) -> str:
    """Add another event like the sample; return its slug."""
    other = replace(event, slug="khac", **fields)
    with engine.current().transaction() as session:
        events.add(session, other)
    return other.slug


def every_frame() -> list[pd.DataFrame]:
    narrowed = Selection(topic="viec-lam")
    return [
        by_district(),
        by_topic(),
        frames.path(snapshot(), english=False),
        *(frames.waiting(snapshot(), each, at=NOON) for each in (EVERYTHING, narrowed)),
        *(frames.over_time(snapshot(), each) for each in (EVERYTHING, narrowed)),
    ]


# By district and by topic


def test_every_district_is_counted_those_without_a_question_too(event: Event) -> None:
    for _ in range(3):
        ask(district="731")
    ask_until(Status.REJECTED, district="731")
    ask_until(Status.ANSWERED, district="736")

    counted = by_district()

    assert list(counted.index) == [each.code for each in event.districts]
    assert counted["questions"].to_dict() == {
        each.code: {"731": 4, "736": 1}.get(each.code, 0) for each in event.districts
    }
    assert counted["heard"].loc[["731", "736"]].tolist() == [0, 1]
    assert counted.loc["731", "per_10000"] == pytest.approx(4 / 375_329 * 10_000)


def test_a_district_without_a_population_has_no_share(event: Event) -> None:
    unknown = District(code="731", name="Biên Hòa", short_name="Biên Hòa")
    slug = add(event, districts=(unknown, replace(unknown, code="1", young_people=0)))
    ask(slug=slug, district="731")

    counted = frames.by_district(snapshot(slug))

    assert counted["per_10000"].isna().all()
    assert counted["young_people"].isna().tolist() == [True, False]


def test_every_topic_is_counted_by_state(event: Event) -> None:
    ask(topic="ha-tang-so")
    ask_until(Status.REJECTED, topic="ha-tang-so")
    ask_until(Status.REPLIED, topic="ha-tang-so")
    ask_until(Status.ON_STAGE, topic="viec-lam")

    counted = by_topic()

    assert list(counted.index) == [each.code for each in event.topics]
    columns = ["received", "rejected", "replied", "questions", "heard"]
    assert list(counted[columns].loc["ha-tang-so"]) == [1, 1, 1, 3, 1]
    assert counted.loc["viec-lam", "on_stage"] == 1
    assert counted["questions"].sum() == 4


def test_questions_without_a_topic_make_the_last_row() -> None:
    ask(topic=None)

    last = by_topic().reset_index().iloc[-1]

    assert (last["code"], last["name"], last["questions"]) == (NO_TOPIC, "–", 1)


def test_the_row_without_a_topic_goes_when_the_last_question_gets_one() -> None:
    number = ask(topic=None).number
    assert NO_TOPIC in by_topic().index

    act(number, Action.SET_TOPIC, version=1, entry="viec-lam")

    assert NO_TOPIC not in by_topic().index
    assert by_topic().loc["viec-lam", "questions"] == 1


def test_topics_are_named_in_english(event: Event) -> None:
    counted = frames.by_topic(snapshot(), english=True, without_topic="–")

    assert counted["name"].tolist() == [each.name_en for each in event.topics]


def test_what_is_selected_narrows_the_other_side_only() -> None:
    ask(district="731", topic="ha-tang-so")
    ask(district="731", topic=None)
    ask(district="736", topic="ha-tang-so")

    districts = by_district(district="731", topic="ha-tang-so")["questions"]
    topics = by_topic(district="731", topic="ha-tang-so")["questions"]

    assert districts[districts > 0].to_dict() == {"731": 1, "736": 1}
    assert topics[topics > 0].to_dict() == {"ha-tang-so": 1, NO_TOPIC: 1}


def test_a_district_that_is_added_during_the_event_is_counted(event: Event) -> None:
    slug = add(event, districts=event.districts[:1])
    ask(slug=slug, district="731")
    assert frames.by_district(snapshot(slug))["code"].tolist() == ["731"]

    file = replace(event, slug=slug, districts=event.districts[:2])
    with engine.current().transaction() as session:
        events.update(session, file, actor=actor(), at=NOON)
    ask(slug=slug, district=event.districts[1].code)

    counted = frames.by_district(snapshot(slug))
    assert counted["questions"].tolist() == [1, 1]
    assert counted["short_name"].tolist()[1] == event.districts[1].short_name


def test_each_pair_of_district_and_topic_is_counted_the_empty_ones_too(event: Event) -> None:
    for district, topic in (("731", "ha-tang-so"), ("731", "viec-lam"), ("736", "ha-tang-so")):
        ask(district=district, topic=topic)

    frame = frames.by_district_and_topic(snapshot(), **UNNAMED)
    cells = frame.set_index(["district", "topic"])

    assert len(frame) == len(event.districts) * len(event.topics)
    assert cells["questions"].sum() == 3
    assert cells.loc[("736", "viec-lam"), "questions"] == 0
    # One of three from there, one of three about that: a ninth of three.
    assert cells.loc[("736", "viec-lam"), "expected"] == pytest.approx(1 / 3)
    assert cells.loc[("731", "ha-tang-so"), "district_name"] == "Biên Hòa"


def test_pairs_of_an_event_without_questions_are_all_empty() -> None:
    frame = frames.by_district_and_topic(snapshot(), **UNNAMED)

    assert frame["questions"].sum() == frame["expected"].sum() == 0


# Over time


def over_time(slug: str = SLUG, **how: Any) -> pd.DataFrame:
    return frames.over_time(snapshot(slug), **how)


def test_nothing_asked_is_an_empty_course() -> None:
    assert over_time().empty


def test_the_course_of_time_has_no_gap_and_loses_nothing() -> None:
    ask(at=NOON)
    ask(at=NOON + timedelta(minutes=7))
    ask(at=NOON + timedelta(minutes=7, seconds=59))

    course = over_time()

    assert course["start"].diff().dropna().unique().tolist() == [pd.Timedelta(minutes=1)]
    assert course["asked"].tolist() == [1, 0, 0, 0, 0, 0, 0, 2]
    assert course["start"].iloc[0].isoformat() == "2022-11-10T12:00:00+07:00"


@pytest.mark.parametrize(
    ("span", "stretch"),
    [
        (timedelta(hours=3), timedelta(minutes=5)),
        (timedelta(days=30), timedelta(hours=12)),
        (timedelta(days=3650), timedelta(days=7)),
    ],
)
def test_a_longer_course_has_longer_stretches(span: timedelta, stretch: timedelta) -> None:
    ask(at=NOON)
    ask(at=NOON + span)

    course = over_time()

    assert course["start"].diff().dropna().unique().tolist() == [stretch]
    assert course["asked"].sum() == 2


def test_a_window_is_shown_whole_and_shows_nothing_else() -> None:
    for minutes in (0, 50, 70, 200):
        ask(at=NOON + timedelta(minutes=minutes))

    course = over_time(window=(NOON + timedelta(minutes=20), NOON + timedelta(minutes=80)))

    assert len(course) == 61
    assert course["start"].iloc[0].isoformat() == "2022-11-10T12:20:00+07:00"
    assert course["asked"].sum() == 2
    assert course["asked"].iloc[30] == course["asked"].iloc[50] == 1


def test_the_first_stretch_of_a_window_has_all_of_its_own() -> None:
    # Stretches of two minutes begin at even ones, this window does not.
    for minutes in (0, 1, 90):
        ask(at=NOON + timedelta(minutes=minutes))

    course = over_time(window=(NOON + timedelta(minutes=1), NOON + timedelta(minutes=91)))

    assert course["start"].iloc[0].isoformat() == "2022-11-10T12:00:00+07:00"
    assert course["asked"].iloc[0] == 2


def test_a_window_in_which_nothing_was_asked_is_empty() -> None:
    ask(at=NOON)

    window = (NOON + timedelta(minutes=20), NOON + timedelta(minutes=80))

    assert over_time(window=window).empty


def test_a_course_over_midnight_goes_on() -> None:
    late = datetime(2022, 11, 10, 16, 59, tzinfo=UTC)
    ask(at=late)
    ask(at=late + timedelta(minutes=2))

    starts = [each.isoformat() for each in over_time()["start"]]

    assert [each[:16] for each in starts] == [
        "2022-11-10T23:59",
        "2022-11-11T00:00",
        "2022-11-11T00:01",
    ]


def test_a_clock_that_is_set_back_takes_nothing_away() -> None:
    ask(at=NOON + timedelta(minutes=3))
    ask(at=NOON)

    assert over_time()["asked"].tolist() == [1, 0, 0, 1]


def test_no_hour_is_lost_or_doubled_where_clocks_are_changed(event: Event) -> None:
    slug = add(event, timezone="Europe/Berlin")
    before = datetime(2022, 10, 29, 22, 30, tzinfo=UTC)  # 02:00 comes twice that night
    for hours in range(5):
        ask(slug=slug, at=before + timedelta(hours=hours))

    course = over_time(slug)

    assert course["asked"].sum() == 5
    instants = course["start"].dt.tz_convert("UTC").diff().dropna().unique().tolist()
    assert instants == [pd.Timedelta(minutes=5)]
    assert [f"{each:%H:%M}" for each in course["start"][course["asked"] > 0]] == [
        "00:30",
        "01:30",
        "02:30",
        "02:30",
        "03:30",
    ]


def test_the_course_follows_what_is_selected() -> None:
    ask(district="731", topic=None)
    ask(district="731")
    ask(district="736")

    selected = Selection(district="731", topic=NO_TOPIC)

    assert frames.over_time(snapshot(), selected)["asked"].tolist() == [1]


def test_the_turns_on_stage_are_listed_and_undone_ones_are_not(event: Event) -> None:
    first = ask_until(Status.ON_STAGE, district="731")
    act(first, Action.ANSWER, version=3, at=NOON + timedelta(minutes=2))
    second = ask_until(Status.ON_STAGE, district="736")

    turns = frames.on_stage(snapshot())
    narrowed = frames.on_stage(snapshot(), Selection(district="736"))

    assert turns["number"].tolist() == [first, second]
    assert turns["began"].iloc[0].isoformat() == "2022-11-10T12:00:00+07:00"
    assert turns["ended"].iloc[0].isoformat() == "2022-11-10T12:02:00+07:00"
    assert turns["ended"].isna().tolist() == [False, True]
    assert narrowed["number"].tolist() == [second]


def test_a_turn_that_was_listed_ends() -> None:
    number = ask_until(Status.ON_STAGE)
    assert frames.on_stage(snapshot())["ended"].isna().tolist() == [True]

    act(number, Action.PUT_BACK, version=3)

    assert frames.on_stage(snapshot())["ended"].isna().tolist() == [False]


# The path, the waiting, the changes


def test_the_path_counts_who_came_how_far_and_why_others_did_not(event: Event) -> None:
    for status in STATES:
        ask_until(status, into=1)

    frame = frames.path(snapshot(), english=False).set_index("code")

    assert frame["questions"].tolist() == [9, 6, 5, 2, 1, 1]
    assert frame["here"].tolist() == [1, 1, 3, 2, 1, 1]
    assert frame.index.tolist()[4:] == ["merged", "off-topic"]
    reason = next(each for each in event.reasons if each.code == "off-topic")
    assert frame.loc["off-topic", "name"] == reason.text
    english = frames.path(snapshot(), english=True).set_index("code")
    assert english.loc["off-topic", "name"] == reason.text_en


def test_the_path_of_no_question_has_its_steps_all_the_same() -> None:
    frame = frames.path(snapshot(), english=False)

    assert frame["code"].tolist() == ["received", "approved", "queued", "answered"]
    assert not frame["questions"].any()


def test_waiting_is_counted_by_how_long_it_has_lasted() -> None:
    ask_until(Status.QUEUED, at=NOON)
    ask_until(Status.APPROVED, at=NOON + timedelta(minutes=60))
    ask(at=NOON + timedelta(minutes=85))
    ask(at=NOON + timedelta(minutes=95))  # by a clock that is ahead
    ask_until(Status.ANSWERED, at=NOON)

    frame = frames.waiting(snapshot(), at=NOON + timedelta(minutes=90))
    rows = frame.set_index("least")

    assert rows.index.tolist() == [0, 10, 30, 60, 180, 1440]
    assert rows["received"].tolist() == [2, 0, 0, 0, 0, 0]
    assert rows["approved"].tolist() == [0, 0, 1, 0, 0, 0]
    assert rows["queued"].tolist() == [0, 0, 0, 1, 0, 0]
    assert rows["below"].tolist()[:-1] == [10, 30, 60, 180, 1440]
    assert frame["median"].iloc[0] == 30  # of 0, 5, 30 and 90
    assert frame["longest"].iloc[0] == 90


def test_nothing_that_waits_has_no_median() -> None:
    frame = frames.waiting(snapshot(), at=NOON)

    assert frame[["received", "approved", "queued"]].to_numpy().sum() == 0
    assert frame[["median", "longest"]].isna().to_numpy().all()


def test_changes_are_those_of_the_last_ten_minutes() -> None:
    number = ask(district="731", at=NOON).number
    ask(district="736", at=NOON)
    at = NOON + timedelta(minutes=30)
    act(number, Action.APPROVE, version=1, at=at)
    ask(district="731", topic=None, at=at)

    grown = frames.changes(snapshot(), at=at)
    narrowed = frames.changes(snapshot(), Selection(topic=NO_TOPIC), at=at)

    assert {key: count for key, count in grown.items() if count} == {
        None: 1,
        Status.APPROVED: 1,
    }
    assert grown[Status.RECEIVED] == 0  # one came, one went on
    assert dict(narrowed) == {None: 1, Status.RECEIVED: 1}


def test_changes_pass_when_their_ten_minutes_are_over() -> None:
    ask(at=NOON)
    assert frames.changes(snapshot(), at=NOON)[None] == 1
    ask(at=NOON + timedelta(minutes=8))
    later = NOON + timedelta(minutes=8)
    assert frames.changes(snapshot(), at=later)[None] == 2

    assert frames.changes(snapshot(), at=later + timedelta(minutes=5))[None] == 1


def test_what_is_older_than_ten_minutes_is_no_change_of_the_last_ten() -> None:
    ask(at=NOON)
    later = NOON + timedelta(minutes=10, seconds=30)

    assert frames.changes(snapshot(), at=later)[None] == 0


def test_the_totals_are_those_of_the_selection() -> None:
    ask(district="731")
    ask_until(Status.APPROVED, district="736")

    everything = frames.totals(snapshot())
    narrowed = frames.totals(snapshot(), Selection(district="736"))

    assert (everything[None], everything[Status.RECEIVED], everything[Status.APPROVED]) == (2, 1, 1)
    assert (narrowed[None], narrowed[Status.RECEIVED], narrowed[Status.APPROVED]) == (1, 0, 1)


def test_the_newest_of_the_selection_are_listed() -> None:
    numbers = [ask(district=district).number for district in ("731", "736", "731", "731")]

    assert tallies.newest(snapshot(), Selection(district="731"), most=2) == [numbers[3], numbers[2]]
    assert tallies.newest(snapshot(), Selection(district="734"), most=2) == []


# How the counts are kept


def test_a_selection_that_nobody_looks_at_any_more_is_counted_anew() -> None:
    ask(district="731")
    assert frames.over_time(snapshot())["asked"].sum() == 1

    for place in range(tallies.MOST_COURSES):
        frames.over_time(snapshot(), Selection(district=f"{place}"))
    ask(district="736")

    assert frames.over_time(snapshot())["asked"].sum() == 2


def test_what_no_longer_waits_leaves_nothing_behind() -> None:
    number = ask(at=NOON).number
    assert frames.waiting(snapshot(), at=NOON)["received"].sum() == 1

    act(number, Action.REJECT, version=1)

    frame = frames.waiting(snapshot(), at=NOON)
    assert not frame[["received", "approved", "queued"]].to_numpy().any()
    assert frame["longest"].isna().all()


def test_counts_are_the_same_whether_they_were_kept_or_made_at_once(database: Database) -> None:
    for status in STATES:
        ask_until(status, into=1)
        every_frame()
    number = ask(topic=None).number
    act(number, Action.SET_TOPIC, version=1, entry="viec-lam")
    act(number, Action.APPROVE, version=2)
    kept = every_frame()

    again = engine.start(database.url.render_as_string(hide_password=False))
    made = every_frame()

    for one, other in zip(kept, made, strict=True):
        pd.testing.assert_frame_equal(one, other)
    again.close()


def test_an_update_asks_the_database_for_the_new_lines_of_the_activity_only(
    database: Database,
) -> None:
    def look(at: Snapshot) -> None:
        frames.by_district(at)
        frames.by_topic(at, **UNNAMED)
        frames.by_district_and_topic(at, **UNNAMED)
        frames.over_time(at)
        frames.path(at, english=False)
        frames.waiting(at, at=NOON)
        frames.on_stage(at)
        frames.changes(at, at=NOON)

    ask_until(Status.ANSWERED, at=NOON)
    look(snapshot())
    ask(at=NOON)
    after = snapshot()
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "activity" in statement:
            asked.append(statement)

    listening.listen(database._reader, "before_cursor_execute", note)
    look(after)
    look(after)
    listening.remove(database._reader, "before_cursor_execute", note)

    assert ["activity.entry > " in each for each in asked] == [True, True]


# The record


def test_the_record_lists_every_question_without_personal_data(event: Event) -> None:
    ask(name="Lê Thị Hoa", contact="0901234567", organisation="Đoàn trường")
    answered = ask_until(Status.ANSWERED)
    ask_until(Status.REJECTED)

    with engine.current().reading() as session:
        frame = record.of_questions(session, event)

    assert frame["number"].tolist() == [1, 2, 3]
    assert frame["status"].tolist() == ["received", "answered", "rejected"]
    assert frame.loc[frame["number"] == answered, "answered_at"].item() == pd.Timestamp(NOON)
    assert frame["answered_at"].isna().tolist() == [True, False, True]
    assert not {"Hoa", "0901234567", "Đoàn"} & set(frame.to_csv().replace(",", " ").split())


def test_an_empty_record_has_its_columns(event: Event) -> None:
    with engine.current().reading() as session:
        frame = record.of_questions(session, event)

    assert frame.empty
    assert "text" in frame.columns


def test_the_record_can_be_narrowed_and_has_the_newest_of_too_many(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "MOST_ROWS", 2)
    for district, topic in (("731", "viec-lam"), ("731", None), ("736", None), ("731", None)):
        ask(district=district, topic=topic)

    def numbers(**narrowed: str) -> list[int]:
        with engine.current().reading() as session:
            return list(record.of_questions(session, event, **narrowed)["number"])

    assert numbers() == [3, 4]
    assert numbers(district="731") == [2, 4]
    assert numbers(topic="viec-lam") == [1]
    assert numbers(district="736", topic="") == [3]
