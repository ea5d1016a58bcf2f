"""What one person asked, and where it came from."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dialogue.lifecycle import Status, is_public


class Source(StrEnum):
    """The way a question came in."""

    PORTAL = "portal"
    PHONE = "phone"
    DESK = "desk"
    SITE = "site"
    API = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it stood at one revision of its event.

    `number` is short, unique in the event and said aloud; `code` is the asker's private
    receipt. `text_original` is what the asker wrote, None where the desk changed nothing.
    A `flagged` question needs a second look before anyone outside may read it. In the queue a
    `pinned` one stays at the head, and a `held` one waits until its hold is lifted. `note` is for
    the chair, `prepared` is the department's line to answer with. `split_from` is the number of
    the question that its asker sent in, where the desk made several of it. `version` counts its
    changes, from 1; `changed_at` is the time of the last one. Times are aware, in UTC.
    """

    number: int
    code: str
    text: str
    text_original: str | None
    district: str
    topic: str | None
    department: str | None
    flagged: bool
    source: Source
    status: Status
    version: int
    received_at: datetime
    changed_at: datetime
    votes: int
    reason: str | None
    merged_into: int | None
    split_from: int | None = None
    pinned: bool = False
    held: bool = False
    note: str | None = None
    prepared: str | None = None
    due_on: date | None = None

    @property
    def is_public(self) -> bool:
        """Tell whether everyone may read it."""
        return is_public(self.status, flagged=self.flagged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """What an asker told of themselves, each part only if they wished."""

    name: str | None
    contact: str | None
    organisation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who asked, as far as told: for those who may see names.

    Only if `show_name` did the asker agree to be named before everyone.
    """

    name: str | None
    organisation: str | None
    show_name: bool

    def __str__(self) -> str:
        """Give the name and the organisation as one line."""
        return ", ".join(filter(None, (self.name, self.organisation)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Somebody of the desk who has a question open, or keeps it for themselves, until a time."""

    account_id: int
    name: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an asker is given once the question is on disk.

    `repeated` tells that the same submission had been taken before.
    """

    number: int
    code: str
    status: Status
    received_at: datetime
    repeated: bool
