"""Which of several events is the one that somebody means who names none."""

from datetime import UTC, datetime, timedelta

import pytest

from dialogue.events import LONGEST_STEP, MOST_FIRST, EventSummary, first_needed, nearest_first

NOW = datetime(2026, 11, 29, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def event(slug: str, held_at: datetime, *, timezone: str = "Asia/Ho_Chi_Minh") -> EventSummary:
    return EventSummary(slug=slug, title="", title_en="", held_at=held_at, timezone=timezone)


def led(slug: str, held_at: datetime, led_at: datetime) -> EventSummary:
    return EventSummary(
        slug=slug, title="", title_en="", held_at=held_at, timezone="UTC", led_at=led_at
    )


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


def test_the_first_events_are_not_too_many() -> None:
    assert len(first(*(event(f"number-{each}", NOW) for each in range(20)))) == MOST_FIRST
