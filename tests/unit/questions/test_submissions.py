from typing import Any

import pytest

from dialogue import submissions
from dialogue.events import Event
from dialogue.refusals import SubmissionWrong

RIGHT: dict[str, Any] = {"text": "Khi nào ấp em có sóng 4G ạ", "district": "731", "consent": True}


def wrong_fields(fields: dict[str, Any], event: Event) -> list[str]:
    with pytest.raises(SubmissionWrong) as caught:
        submissions.read(fields, event)
    return [each.field for each in caught.value.errors]


def test_a_submission_in_order_is_read_normalised(event: Event) -> None:
    read = submissions.read(
        {
            **RIGHT,
            "text": "  Ho\u0323c sinh\u200b cần gì  ạ ",
            "topic": "ha-tang-so",
            "name": "Lan\nAnh",
            "organisation": "",
            "show_name": True,
        },
        event,
    )

    assert read.text == "Học sinh cần gì ạ"
    assert (read.topic, read.name, read.organisation) == ("ha-tang-so", "Lan Anh", None)
    assert (read.show_name, read.contact_me) == (True, False)


@pytest.mark.parametrize("length", [10, 1000])
def test_the_limits_of_the_text_are_within(event: Event, length: int) -> None:
    assert submissions.read({**RIGHT, "text": "ạ" * length}, event).text == "ạ" * length


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "ạ" * 9}, "text"),
        ({"text": "ạ" * 1001}, "text"),
        ({"text": None}, "text"),
        ({"text": 5}, "text"),
        ({"text": "\u200b" * 40}, "text"),
        ({"district": None}, "district"),
        ({"district": "733"}, "district"),
        ({"district": ["731"]}, "district"),
        ({"topic": "weather"}, "topic"),
        ({"name": "n" * 81}, "name"),
        ({"contact": "c" * 121}, "contact"),
        ({"organisation": {}}, "organisation"),
        ({"show_name": "yes"}, "show_name"),
        ({"contact_me": 1}, "contact_me"),
        ({"consent": False}, "consent"),
        ({"consent": "true"}, "consent"),
        ({"vote": 1}, "vote"),
    ],
)
def test_a_field_that_is_wrong_is_named(event: Event, change: dict[str, Any], field: str) -> None:
    assert wrong_fields({**RIGHT, **change}, event) == [field]


def test_every_wrong_field_is_named_at_once(event: Event) -> None:
    assert wrong_fields({"topic": "x", "name": "n" * 99, "zzz": 1}, event) == [
        "text",
        "district",
        "topic",
        "name",
        "consent",
        "zzz",
    ]


def test_equal_submissions_have_one_fingerprint(event: Event) -> None:
    first = submissions.read(RIGHT, event)
    same = submissions.read({**RIGHT, "text": RIGHT["text"] + "\u200b "}, event)
    other = submissions.read({**RIGHT, "district": "732"}, event)

    assert first.fingerprint == same.fingerprint != other.fingerprint
