"""Which of several events is meant by whoever names none, and what an event says of itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dialogue.events import (
    LONGEST_STEP,
    MOST_FIRST,
    Department,
    Event,
    EventSummary,
    Intake,
    Topic,
    first_needed,
    intake_at,
    nearest_first,
    nearest_zone,
)

NOW = datetime(2026, 11, 29, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def event(slug: str, held_at: datetime, *, timezone: str = "Asia/Ho_Chi_Minh") -> EventSummary:
    return EventSummary(slug=slug, title="", title_en="", held_at=held_at, timezone=timezone)


def led(slug: str, held_at: datetime, led_at: datetime) -> EventSummary:
    return EventSummary(
        slug=slug, title="", title_en="", held_at=held_at, timezone="UTC", led_at=led_at
    )


@pytest.fixture
def sample(event: Event) -> Event:
    """The sample event; `event` makes summaries here."""
    return event


def order(*events: EventSummary, at: datetime = NOW) -> list[str]:
    assert nearest_first(events, at) == nearest_first(reversed(events), at)
    return [each.slug for each in nearest_first(events, at)]


def test_todays_event_comes_before_one_that_is_planned() -> None:
    assert order(event("next-year", NOW + 365 * DAY), event("today", NOW)) == ["today", "next-year"]


def test_the_day_after_it_is_still_the_one_that_is_worked_on() -> None:
    planned = event("planned", NOW + 30 * DAY)

    assert order(planned, event("yesterday", NOW - DAY)) == ["yesterday", "planned"]
    assert order(planned, event("last-year", NOW - 330 * DAY)) == ["planned", "last-year"]


def test_of_two_on_one_day_the_nearer_hour_comes_first() -> None:
    morning, evening = event("morning", NOW - DAY / 8), event("evening", NOW + DAY / 6)

    assert order(morning, evening) == ["morning", "evening"]
    assert order(morning, evening, at=NOW + DAY / 6) == ["evening", "morning"]


@pytest.mark.parametrize(("timezone", "first"), [("Asia/Ho_Chi_Minh", "late"), ("UTC", "sooner")])
def test_today_is_where_the_event_is_held(timezone: str, first: str) -> None:
    # In Vietnam it is the 29th, in Greenwich still the 28th.
    at = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)
    late = event("late", datetime(2026, 11, 29, 16, 0, tzinfo=UTC), timezone=timezone)
    sooner = event("sooner", datetime(2026, 11, 28, 2, 0, tzinfo=UTC), timezone=timezone)

    assert order(late, sooner, at=at)[0] == first


def test_a_hall_that_is_led_comes_first_whatever_its_day() -> None:
    today = event("today", NOW)

    assert order(today, led("running", NOW - 90 * DAY, NOW - DAY / 24))[0] == "running"
    assert order(today, led("forgotten", NOW - 90 * DAY, NOW - LONGEST_STEP))[0] == "today"


def test_a_rehearsal_is_never_meant_unasked() -> None:
    rehearsal = EventSummary(
        slug="a-practice",
        title="",
        title_en="",
        held_at=NOW,
        timezone="UTC",
        led_at=NOW,
        practice_of="a",
    )

    assert order(rehearsal, event("a", NOW - 90 * DAY)) == ["a", "a-practice"]


def first(*events: EventSummary) -> list[str]:
    return [each.slug for each in first_needed(nearest_first(events, NOW), NOW)]


def test_the_first_events_are_the_nearest_and_all_that_are_on() -> None:
    planned, past = event("planned", NOW + 30 * DAY), event("past", NOW - 90 * DAY)
    morning, evening = event("morning", NOW - DAY / 8), event("evening", NOW + DAY / 6)
    running = led("running", NOW - 90 * DAY, NOW - DAY / 24)

    assert first() == []
    assert first(past, planned) == ["planned"]
    assert first(planned, running, evening, past, morning) == ["running", "morning", "evening"]


def test_of_two_halls_that_are_led_both_are_needed_first_whatever_their_days() -> None:
    one = led("one", NOW - 90 * DAY, NOW - DAY / 24)
    other = led("other", NOW - 91 * DAY, NOW - DAY / 24)

    assert first(one, other, event("planned", NOW + DAY)) == ["one", "other"]


@pytest.mark.parametrize(
    ("intake", "reopens", "minute", "expected"),
    [
        (Intake.OPEN, None, 0, Intake.OPEN),
        (Intake.CLOSED, None, 0, Intake.CLOSED),
        (Intake.CLOSED, 10, 9, Intake.PAUSED),
        # A pause is over by itself.
        (Intake.CLOSED, 10, 10, Intake.OPEN),
        # Who opened it meanwhile did not pause it.
        (Intake.OPEN, 10, 9, Intake.OPEN),
    ],
)
def test_a_closed_intake_that_opens_again_is_paused_until_then(
    sample: Event, intake: Intake, reopens: int | None, minute: int, expected: Intake
) -> None:
    reopens_at = None if reopens is None else NOW + timedelta(minutes=reopens)
    at = NOW + timedelta(minutes=minute)

    assert intake_at(intake, reopens_at, at) is expected
    assert replace(sample, intake=intake, reopens_at=reopens_at).intake_at(at) is expected


def test_a_department_has_its_name_from_its_first_day_to_its_last() -> None:
    first, last = date(2022, 11, 10), date(2022, 11, 12)
    there = Department(code="x", name="X", name_en="X", valid_from=first, valid_to=last)

    days = [first + timedelta(days=n) for n in range(-1, 4)]

    assert [there.is_there(each) for each in days] == [False, True, True, True, False]
    assert Department(code="x", name="X", name_en="X").is_there(first)


def test_on_a_topic_leads_the_first_of_its_departments_that_is_there(sample: Event) -> None:
    first, second, *_ = sample.departments
    topics = (
        Topic(code="both", name="", name_en="", departments=(first.code, second.code)),
        Topic(code="none", name="", name_en=""),
    )
    gone = replace(first, valid_to=sample.held_on - timedelta(days=1))
    changed = replace(sample, topics=topics, departments=(gone, second))

    assert replace(changed, departments=(first, second)).leading("both") == first.code
    assert changed.leading("both") == second.code
    assert [changed.leading(each) for each in ("none", "unknown", None)] == [None, None, None]


def test_times_of_no_event_are_those_of_the_nearest() -> None:
    there = event("there", NOW, timezone="Asia/Bangkok")

    assert nearest_zone([there, event("other", NOW)]).key == "Asia/Bangkok"
    assert nearest_zone([]).key == "UTC"


def test_the_first_events_are_not_too_many() -> None:
    assert len(first(*(event(f"number-{each}", NOW) for each in range(20)))) == MOST_FIRST
