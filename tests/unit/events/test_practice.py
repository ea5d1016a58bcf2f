from dataclasses import replace
from datetime import timedelta

import pytest

from dialogue import event_keys, practice
from dialogue.events import LONGEST_SLUG, Event, Intake
from dialogue.refusals import PracticeOver, UnknownEvent


def test_a_rehearsal_is_named_after_its_event_and_counted(event: Event) -> None:
    first, tenth = (practice.copy(event, number=each) for each in (1, 10))

    assert (first.slug, tenth.slug) == ("dong-nai-2022-tap-duot-1", "dong-nai-2022-tap-duot-10")
    assert practice.rehearsed(first.slug) == practice.rehearsed(tenth.slug) == event.slug
    assert practice.rehearsed(event.slug) is None


def test_a_rehearsal_takes_questions_and_says_that_it_is_one(event: Event) -> None:
    paused = replace(
        event, intake=Intake.CLOSED, reopens_at=event.held_at + timedelta(hours=1), rundown=()
    )

    made = practice.copy(paused, number=3)

    assert made == replace(
        paused,
        slug="dong-nai-2022-tap-duot-3",
        title=f"Tập dượt: {event.title}",
        title_en=f"Rehearsal: {event.title_en}",
        intake=Intake.OPEN,
        reopens_at=None,
        practice_of="dong-nai-2022",
    )


def test_a_name_is_cut_only_where_it_must_be_and_fills_the_room_then(event: Event) -> None:
    ending = "-tap-duot-1"
    fits = "a" * (LONGEST_SLUG - len(ending))

    assert practice.copy(replace(event, slug=fits), number=1).slug == fits + ending
    assert len(practice.copy(replace(event, slug=fits + "a"), number=1).slug) == LONGEST_SLUG


@pytest.mark.parametrize("length", range(3, LONGEST_SLUG + 1))
def test_a_long_name_is_cut_and_stays_different_from_others(event: Event, length: int) -> None:
    slug, other = "a" * (length - 1) + "b", "a" * (length - 1) + "c"

    made, others = (practice.copy(replace(event, slug=each), number=12) for each in (slug, other))

    assert len(made.slug) <= LONGEST_SLUG
    assert made.slug != others.slug
    assert "--" not in made.slug
    assert practice.rehearsed(made.slug)


def test_a_cut_name_has_no_two_hyphens_together(event: Event) -> None:
    slug = "doi-thoai-thanh-nien-tinh-dong-nai-2026"

    made = {practice.copy(replace(event, slug=slug), number=10**power).slug for power in range(6)}

    assert not [each for each in made if "--" in each]


def test_no_event_of_a_file_can_be_taken_for_a_rehearsal() -> None:
    check = event_keys.EVENT["slug"].check

    assert check("dong-nai-2022-tap-duot") is None
    assert check("dong-nai-2022-tap-duot-1")


def test_where_a_rehearsal_was_it_is_said_to_be_over() -> None:
    assert type(practice.unknown("dong-nai-2022-tap-duot-3")) is PracticeOver
    assert type(practice.unknown("dong-nai-2022")) is UnknownEvent
