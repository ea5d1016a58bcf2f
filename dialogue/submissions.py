"""What a person hands in, checked against the limits of the contract and the event's catalogues."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dialogue import encodings
from dialogue import text as texts
from dialogue.events import Event
from dialogue.refusals import FieldError, SubmissionWrong, WrongText

SHORTEST_TEXT = 10
LONGEST_TEXT = 1000
LONGEST = {"name": 80, "contact": 120, "organisation": 120}
CONSENT_VERSION = "2026-11-24"
"""The version of the privacy notice that is accepted with a submission."""

_FLAGS = ("show_name", "contact_me")
_FIELDS = frozenset({"text", "district", "topic", "consent", *LONGEST, *_FLAGS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A checked submission; texts are normalised, `district` and `topic` are catalogue codes.

    `reading` is what the text says, most likely, where it came garbled.
    """

    text: str
    district: str
    topic: str | None = None
    name: str | None = None
    contact: str | None = None
    organisation: str | None = None
    show_name: bool = False
    contact_me: bool = False
    reading: str | None = None

    @property
    def flagged(self) -> bool:
        """Tell whether a person has to look at it before anybody else may."""
        return self.reading is not None or bool(texts.personal_details(self.text))

    @property
    def fingerprint(self) -> str:
        """A digest that is equal for equal submissions, to recognise a key used for another one."""
        # What is guessed of it is none of it.
        told = [getattr(self, name) for name in self.__slots__ if name != "reading"]
        content = json.dumps(told)
        return hashlib.sha256(content.encode()).hexdigest()


def read(fields: Mapping[str, Any], event: Event) -> Submission:
    """Check the fields of a submission.

    Raises:
        SubmissionWrong: with every field that is wrong, in the order of the fields.
    """
    errors: list[FieldError] = []
    districts = frozenset(each.code for each in event.districts)
    topics = frozenset(each.code for each in event.topics)
    submission = Submission(
        text=_read_text(fields.get("text"), errors),
        district=_read_district(fields.get("district"), districts, errors),
        topic=_read_topic(fields.get("topic"), topics, errors),
        name=_read_short("name", fields.get("name"), errors),
        contact=_read_short("contact", fields.get("contact"), errors),
        organisation=_read_short("organisation", fields.get("organisation"), errors),
        show_name=_read_flag("show_name", fields.get("show_name", False), errors),
        contact_me=_read_flag("contact_me", fields.get("contact_me", False), errors),
        reading=_reading(fields.get("text")),
    )
    if fields.get("consent") is not True:
        errors.append(FieldError("consent", "Please accept the privacy notice."))
    errors += [
        FieldError(str(name)[:80], "There is no such field.")
        for name in sorted(set(fields) - _FIELDS)
    ]
    if errors:
        raise SubmissionWrong(tuple(errors))
    return submission


def read_text(written: str | None) -> str:
    """Return a question's text as it is stored.

    Raises:
        WrongText: it is too short or too long.
    """
    text = texts.normalise(written or "")
    if not SHORTEST_TEXT <= len(text) <= LONGEST_TEXT:
        raise WrongText(least=SHORTEST_TEXT, most=LONGEST_TEXT, count=len(text))
    return text


def _read_text(value: Any, errors: list[FieldError]) -> str:
    if value is not None and not isinstance(value, str):
        errors.append(FieldError("text", "This must be text."))
        return ""
    text = texts.normalise(value or "")
    if len(text) < SHORTEST_TEXT:
        errors.append(
            FieldError(
                "text",
                "Your question needs at least {least} characters; it has {count}.",
                (("least", SHORTEST_TEXT), ("count", len(text))),
            )
        )
    elif len(text) > LONGEST_TEXT:
        errors.append(
            FieldError(
                "text",
                "Your question may have at most {most} characters; it has {count}.",
                (("most", LONGEST_TEXT), ("count", len(text))),
            )
        )
    return text


def _reading(value: Any) -> str | None:
    # By what was sent: of a garbled text also the white space means something.
    if not isinstance(value, str) or len(value) > 3 * LONGEST_TEXT:
        return None
    reading = texts.normalise(encodings.likely_reading(value) or "")
    return reading if SHORTEST_TEXT <= len(reading) <= LONGEST_TEXT else None


def _read_district(value: Any, known: frozenset[str], errors: list[FieldError]) -> str:
    if isinstance(value, str) and value in known:
        return value
    errors.append(FieldError("district", "Choose a district from the list."))
    return ""


def _read_topic(value: Any, known: frozenset[str], errors: list[FieldError]) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and value in known:
        return value
    errors.append(FieldError("topic", "Choose a topic from the list."))
    return None


def _read_short(field: str, value: Any, errors: list[FieldError]) -> str | None:
    if value is not None and not isinstance(value, str):
        errors.append(FieldError(field, "This must be text."))
        return None
    text = texts.one_line(value or "")
    if len(text) > LONGEST[field]:
        errors.append(
            FieldError(
                field,
                "At most {most} characters are allowed here; this has {count}.",
                (("most", LONGEST[field]), ("count", len(text))),
            )
        )
    return text or None


def _read_flag(field: str, value: Any, errors: list[FieldError]) -> bool:
    if not isinstance(value, bool):
        errors.append(FieldError(field, "This must be true or false."))
        return False
    return value
