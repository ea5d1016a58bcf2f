"""Annotations: what staff write on a chart of the review, or on a moment of the day.

They are kept with the event and printed in its reports. What the desk writes to the chair about
one question is a note, and something else.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dialogue import text as texts
from dialogue.accounts import Actor
from dialogue.refusals import WrongText
from dialogue.roles import MAY, Right, Role

SHORTEST = 3
LONGEST = 1_000
# Who may change what somebody else wrote.
EDITORS = frozenset({Role.MODERATOR, Role.ADMIN})


class Subject(StrEnum):
    """What an annotation is on: a chart or a part of the review, in the review's order."""

    DISTRICTS = "districts"
    WAITING = "waiting"
    TOPICS = "topics"
    TIME = "time"
    BALANCE = "balance"
    MATRIX = "matrix"
    PATH = "path"
    REPLAY = "replay"
    DELAYS = "delays"
    PACE = "pace"
    SOURCES = "sources"
    TERMS = "terms"
    OUTCOMES = "outcomes"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What somebody wrote on a subject, as it stands.

    `entry` names it within its event. `moment` is the time of the day that it is about, None where
    it is about the whole. `account_id` is that of the writer; `changed_by` and `changed_at` tell
    who changed it last, None where nobody did. `version` counts its changes, from 1. Times are
    aware, in UTC.
    """

    entry: int
    subject: Subject
    moment: datetime | None
    text: str
    written_by: str
    account_id: int | None
    written_at: datetime
    changed_by: str | None
    changed_at: datetime | None
    version: int


def read(written: str) -> str:
    """Return the text of an annotation as it is stored, with its line breaks.

    Raises:
        WrongText: it is too short to say anything, or too long.
    """
    text = texts.normalise(written)
    if not SHORTEST <= len(text) <= LONGEST:
        raise WrongText(least=SHORTEST, most=LONGEST, count=len(text))
    return text


def may_change(actor: Actor, *, account_id: int | None) -> bool:
    """Tell whether somebody may change or withdraw what the person of an account wrote."""
    if not actor.roles & MAY[Right.ANNOTATE]:
        return False
    is_writer = account_id is not None and account_id == actor.account_id
    return is_writer or bool(actor.roles & EDITORS)
