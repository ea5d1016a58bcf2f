from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dialogue import descriptions
from dialogue.events import District, Event, Intake, Moderation, Weights

TAN_HOA = District(code="733", name="Huyện Tân Hòa", short_name="Tân Hòa")


def changed(event: Event, **fields: Any) -> tuple[str, ...]:
    return descriptions.update(event, replace(event, **fields)).changed


def test_a_file_that_says_the_same_changes_nothing(event: Event) -> None:
    assert descriptions.update(event, event) == ((), ())


def test_a_field_is_told_with_what_it_was_and_what_it_becomes(event: Event) -> None:
    later = event.held_at + timedelta(minutes=30)

    assert changed(event, held_at=later, question_minutes=None) == (
        "held_at: 2022-11-10T13:30:00+07:00 → 2022-11-10T14:00:00+07:00",
        "question_minutes: 6 → –",
    )


def test_entries_are_told_by_code_and_name(event: Event) -> None:
    first, second, *others = event.districts
    renamed = replace(second, short_name="Cẩm Mỹ mới", people=1)

    assert changed(event, districts=(renamed, TAN_HOA, *others)) == (
        "districts: + 733 Huyện Tân Hòa",
        f"districts: - {first.code} {first.name}",
        f"districts: {second.code} {second.name}: short_name, people",
    )
    reason = event.reasons[0]
    assert changed(event, reasons=event.reasons[1:]) == (f"reasons: - {reason.code} {reason.text}",)


def test_another_order_is_told_and_an_entry_between_others_is_none(event: Event) -> None:
    first, *others = event.districts

    assert changed(event, districts=(*others, first)) == ("districts: in another order",)
    assert changed(event, districts=(first, TAN_HOA, *others)) == (
        "districts: + 733 Huyện Tân Hòa",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("intake", Intake.CLOSED),
        ("moderation", Moderation.AFTER),
        ("weights", Weights(votes=3)),
    ],
)
def test_what_is_the_desks_stays_and_is_told(event: Event, name: str, value: Any) -> None:
    set_at_the_desk = replace(event, **{name: value})

    assert descriptions.update(set_at_the_desk, event) == ((), (name,))
    assert descriptions.merged(set_at_the_desk, event) == set_at_the_desk


def test_a_pause_goes_on(event: Event) -> None:
    paused = replace(event, intake=Intake.CLOSED, reopens_at=event.held_at)

    assert descriptions.merged(paused, replace(event, place="Nhà văn hóa")) == replace(
        paused, place="Nhà văn hóa"
    )
