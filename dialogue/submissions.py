"""What a person hands in, checked against the limits of the contract and the event's catalogues."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from dialogue import encodings
from dialogue import text as texts
from dialogue.events import Event
from dialogue.refusals import FieldError, SubmissionWrong, WrongText

SHORTEST_TEXT = 10
LONGEST_TEXT = 1000
CONSENT_VERSION = "2026-11-24"
"""The version of the privacy notice that is accepted with a submission."""


def _words(*, most: int) -> Any:
    """Describe what askers tell of themselves in a few words: of so many characters at most."""
    return field(default=None, metadata={"most": most})


def _box() -> Any:
    """Describe what askers tick."""
    return field(default=False, metadata={"box": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A checked submission; texts are normalised, `district` and `topic` are catalogue codes.

    What an asker tells beside the question is described where it stands here: the pages, the
    contract and the receipt have a field for each. `reading` is what the text says, most likely,
    where it came garbled.
    """

    text: str
    district: str
    topic: str | None = None
    name: str | None = _words(most=80)
    contact: str | None = _words(most=120)
    organisation: str | None = _words(most=120)
    show_name: bool = _box()
    contact_me: bool = _box()
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


LONGEST: Mapping[str, int] = {
    each.name: each.metadata["most"] for each in fields(Submission) if "most" in each.metadata
}
"""What askers may tell of themselves, by name, and how many characters it may have."""
BOXES = tuple(each.name for each in fields(Submission) if "box" in each.metadata)
"""What askers may tick, by name."""
PERSONAL = (*LONGEST, *BOXES)
_FIELDS = frozenset({"text", "district", "topic", "consent", *PERSONAL})


def read(sent: Mapping[str, Any], event: Event) -> Submission:
    """Check the fields of a submission.

    Raises:
        SubmissionWrong: with every field that is wrong, in the order of the fields.
    """
    errors: list[FieldError] = []
    districts = frozenset(each.code for each in event.districts)
    topics = frozenset(each.code for each in event.topics)
    text = _read_text(sent.get("text"), errors)
    district = _read_district(sent.get("district"), districts, errors)
    topic = _read_topic(sent.get("topic"), topics, errors)
    personal: dict[str, Any] = {
        **{name: _read_short(name, sent.get(name), errors) for name in LONGEST},
        **{name: _read_box(name, sent.get(name, False), errors) for name in BOXES},
    }
    reading = _reading(sent.get("text"))
    submission = Submission(text=text, district=district, topic=topic, reading=reading, **personal)
    if sent.get("consent") is not True:
        errors.append(FieldError("consent", "Please accept the privacy notice."))
    errors += [
        FieldError(str(name)[:80], "There is no such field.")
        for name in sorted(set(sent) - _FIELDS)
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


def _read_short(name: str, value: Any, errors: list[FieldError]) -> str | None:
    if value is not None and not isinstance(value, str):
        errors.append(FieldError(name, "This must be text."))
        return None
    text = texts.one_line(value or "")
    if len(text) > LONGEST[name]:
        errors.append(
            FieldError(
                name,
                "At most {most} characters are allowed here; this has {count}.",
                (("most", LONGEST[name]), ("count", len(text))),
            )
        )
    return text or None


def _read_box(name: str, value: Any, errors: list[FieldError]) -> bool:
    if not isinstance(value, bool):
        errors.append(FieldError(name, "This must be true or false."))
        return False
    return value
