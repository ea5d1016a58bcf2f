"""A receipt: the number, the code, what became of the question, and what is kept of its asker."""

from typing import Any

import words.submissions
from audience import script, times
from audience.api import Followed, followed
from audience.outcomes import outcome
from audience.replies import shown
from data_access import engine
from data_access.questions.cached.snapshots import Snapshot
from data_access.questions.writing import personal_data
from dialogue.events import Intake
from locales import Language


def read(slug: str, code: str) -> tuple[Followed, dict[str, str]]:
    """Return the question that a code stands for, and what its asker told of themselves.

    Raises:
        UnknownEvent, UnknownQuestion: there is no such thing.
    """
    found = followed(slug, code)
    with engine.current().reading() as session:
        return found, personal_data.of(session, slug, found.question.number)


def plain_code(written: str) -> str:
    """Return a code as it is stored, however somebody grouped or wrote it."""
    return "".join(each for each in written if each.isascii() and each.isalnum()).upper()


def grouped(code: str) -> str:
    """Write a code in groups of four, as people note it down."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def values(
    found: Followed, told: dict[str, str], snapshot: Snapshot, language: Language
) -> dict[str, Any]:
    """Return what the template of a receipt is filled with."""
    question, event = found.question, snapshot.event
    replied = {each: shown(reply, snapshot, language) for each, reply in found.replies.items()}
    return {
        "event": event,
        "question": question,
        "told": told,
        "personal": words.submissions.personal(language),
        "is_open": times.intake(event) is not Intake.CLOSED,
        "grouped_code": grouped(question.code),
        "outcome": outcome(question, event, language),
        "joined": found.joined,
        "reply": replied.get(question.number),
        "parts": [
            (each, outcome(each, event, language), replied.get(each.number)) for each in found.parts
        ],
        "received_at": times.local(question.received_at, event),
        "script": script.data(snapshot, language, code=question.code),
    }
