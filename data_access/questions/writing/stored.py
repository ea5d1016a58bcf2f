"""A question as its row is, with all that a command may change of it."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.questions.models import QuestionRow
from dialogue.lifecycle import Status
from dialogue.refusals import UnknownQuestion


class StoredQuestion(NamedTuple):
    """What commands read of a question's row, by the names of its columns.

    All after `version` are what a command may change besides its state and its place in the queue.
    """

    number: int
    status: Status
    version: int
    reason: str | None
    merged_into: int | None
    text: str
    topic: str | None
    department: str | None
    flagged: bool
    pinned: bool
    held: bool
    note: str | None
    prepared: str | None
    due_on: date | None


_STORED = tuple(getattr(QuestionRow, name) for name in StoredQuestion._fields)


def stored(session: Session, event_id: int, number: int) -> StoredQuestion:
    """Return a question as it is now.

    Raises:
        UnknownQuestion: there is none with this number.
    """
    row = session.execute(
        select(*_STORED).where(QuestionRow.event_id == event_id, QuestionRow.number == number)
    ).one_or_none()
    if row is None:
        raise UnknownQuestion(number=number)
    return StoredQuestion(*row)
