from typing import Any

import pytest

import locales
import words.submissions
from dialogue import submissions
from dialogue.events import Event
from dialogue.refusals import SubmissionWrong, WrongText

FEW = "Your question needs at least 10 characters; it has {}."
MANY = "Your question may have at most 1000 characters; it has {}."
NO_TEXT = "This must be text."
NO_DISTRICT = "Choose a district from the list."
NO_TOPIC = "Choose a topic from the list."
TOO_LONG = "At most {} characters are allowed here; this has {}."
NO_FLAG = "This must be true or false."
NO_CONSENT = "Please accept the privacy notice."
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
    ("field", "value", "sentence"),
    [
        ("text", "ạ" * 9, FEW.format(9)),
        ("text", "ạ" * 1001, MANY.format(1001)),
        ("text", None, FEW.format(0)),
        ("text", 5, NO_TEXT),
        ("text", "\u200b" * 40, FEW.format(0)),
        ("district", None, NO_DISTRICT),
        ("district", "733", NO_DISTRICT),
        ("district", ["731"], NO_DISTRICT),
        ("topic", "weather", NO_TOPIC),
        ("topic", 5, NO_TOPIC),
        ("name", "n" * 81, TOO_LONG.format(80, 81)),
        ("contact", "c" * 121, TOO_LONG.format(120, 121)),
        ("organisation", "o" * 121, TOO_LONG.format(120, 121)),
        ("organisation", {}, NO_TEXT),
        ("show_name", "yes", NO_FLAG),
        ("show_name", None, NO_FLAG),
        ("contact_me", 1, NO_FLAG),
        ("consent", False, NO_CONSENT),
        ("consent", "true", NO_CONSENT),
        ("vote", 1, "There is no such field."),
    ],
)
def test_a_field_that_is_wrong_is_named_with_what_is_wrong(
    event: Event, field: str, value: Any, sentence: str
) -> None:
    with pytest.raises(SubmissionWrong) as caught:
        submissions.read({**RIGHT, field: value}, event)

    assert [each.field for each in caught.value.errors] == [field]
    assert str(caught.value) == sentence


def test_a_field_that_does_not_exist_is_named_but_not_at_length(event: Event) -> None:
    assert wrong_fields({**RIGHT, "x" * 80: 1, "y" * 81: 1}, event) == ["x" * 80, "y" * 80]


def test_the_longest_name_contact_and_organisation_are_taken(event: Event) -> None:
    longest = {field: "x" * most for field, most in submissions.LONGEST.items()}

    read = submissions.read({**RIGHT, **longest}, event)

    assert {field: getattr(read, field) for field in longest} == longest


def test_whoever_says_nothing_is_not_named_not_written_to_and_has_no_topic(event: Event) -> None:
    for fields in (RIGHT, {**RIGHT, "topic": ""}, {**RIGHT, "topic": None}):
        read = submissions.read(fields, event)

        assert (read.show_name, read.contact_me, read.topic) == (False, False, None)


@pytest.mark.parametrize("length", [10, 1000])
def test_the_desk_writes_a_question_as_short_and_as_long_as_anybody(length: int) -> None:
    assert submissions.read_text(f" {'ạ' * length}\n") == "ạ" * length


@pytest.mark.parametrize(("text", "count"), [(None, 0), ("ạ" * 9, 9), ("ạ" * 1001, 1001)])
def test_a_text_of_the_desk_that_is_too_short_or_too_long_is_refused(
    text: str | None, count: int
) -> None:
    with pytest.raises(WrongText) as caught:
        submissions.read_text(text)

    assert str(caught.value) == f"The text must have 10 to 1000 characters; it has {count}."


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


def test_each_field_of_the_asker_has_its_words() -> None:
    for code in locales.CODES:
        said = words.submissions.personal(locales.language(code))
        assert sorted(said) == sorted(submissions.PERSONAL)
        assert all(each.asked and each.typed for each in said.values())


def test_what_askers_agree_to_is_what_they_are_asked() -> None:
    # Who asks for more, or for less, reads the notice again and gives it another version.
    assert (submissions.CONSENT_VERSION, submissions.PERSONAL) == (
        "2026-11-24",
        ("name", "contact", "organisation", "show_name", "contact_me"),
    )
