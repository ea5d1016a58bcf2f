from datetime import timedelta

import pandas as pd
import pytest

from data_access import engine, participation, record
from dialogue.events import Event
from dialogue.lifecycle import Action, Status
from tests.factories import NOON, act, ask, ask_until

pytestmark = pytest.mark.usefixtures("database")


def by_district(event: Event) -> pd.DataFrame:
    with engine.current().reading() as session:
        return participation.by_district(session, event).set_index("code")


def by_topic(event: Event) -> pd.DataFrame:
    with engine.current().reading() as session:
        return participation.by_topic(session, event, english=False, without_topic="–")


def over_time(event: Event) -> pd.DataFrame:
    with engine.current().reading() as session:
        return participation.over_time(session, event)


def test_every_district_is_counted_those_without_a_question_too(event: Event) -> None:
    for _ in range(3):
        ask(district="731")
    ask_until(Status.ANSWERED, district="736")

    counted = by_district(event)

    assert list(counted.index) == [each.code for each in event.districts]
    assert counted["questions"].to_dict() == {
        each.code: {"731": 3, "736": 1}.get(each.code, 0) for each in event.districts
    }
    assert counted.loc["736", "answered"] == 1
    assert counted.loc["731", "answered"] == 0
    assert counted.loc["731", "per_10000"] == pytest.approx(3 / 375_329 * 10_000)


def test_a_district_without_a_population_has_no_share(event: Event) -> None:
    fields = {name: getattr(event, name) for name in Event.__slots__}
    unknown = type(event.districts[0])(code="731", name="Biên Hòa", short_name="Biên Hòa")
    ask(district="731")

    counted = by_district(Event(**{**fields, "districts": (unknown,)}))

    assert counted["per_10000"].isna().all()
    assert counted["young_people"].isna().all()


def test_every_topic_is_counted_by_state(event: Event) -> None:
    ask(topic="ha-tang-so")
    ask_until(Status.REJECTED, topic="ha-tang-so")
    ask_until(Status.ON_STAGE, topic="viec-lam")

    counted = by_topic(event).set_index("code")

    assert list(counted.index) == [each.code for each in event.topics]
    assert [counted.loc["ha-tang-so", name] for name in ("received", "rejected", "questions")] == [
        1,
        1,
        2,
    ]
    assert counted.loc["viec-lam", "on_stage"] == 1
    assert counted["questions"].sum() == 3


def test_questions_without_a_topic_make_the_last_row(event: Event) -> None:
    ask(topic=None)

    last = by_topic(event).iloc[-1]

    assert (last["code"], last["name"], last["questions"]) == ("", "–", 1)


def test_topics_are_named_in_english(event: Event) -> None:
    with engine.current().reading() as session:
        counted = participation.by_topic(session, event, english=True, without_topic="–")

    assert counted["name"].tolist() == [each.name_en for each in event.topics]


def test_nothing_asked_is_an_empty_course(event: Event) -> None:
    assert over_time(event).empty


def test_the_course_of_time_has_no_gap_and_loses_nothing(event: Event) -> None:
    ask(at=NOON)
    ask(at=NOON + timedelta(minutes=7))
    number = ask_until(Status.ON_STAGE, at=NOON + timedelta(minutes=7, seconds=59))
    act(number, Action.ANSWER, version=3, at=NOON + timedelta(minutes=10))

    course = over_time(event)

    assert course["start"].diff().dropna().unique().tolist() == [pd.Timedelta(minutes=1)]
    assert course["asked"].tolist() == [1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0]
    assert course["answered"].tolist() == [0] * 10 + [1]
    assert course["start"].iloc[0].isoformat() == "2022-11-10T12:00:00+07:00"


@pytest.mark.parametrize(
    ("span", "stretch"),
    [
        (timedelta(hours=3), timedelta(minutes=5)),
        (timedelta(days=30), timedelta(hours=12)),
        (timedelta(days=3650), timedelta(days=7)),
    ],
)
def test_a_longer_course_has_longer_stretches(
    event: Event, span: timedelta, stretch: timedelta
) -> None:
    ask(at=NOON)
    ask(at=NOON + span)

    course = over_time(event)

    assert course["start"].diff().dropna().unique().tolist() == [stretch]
    assert course["asked"].sum() == 2


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
