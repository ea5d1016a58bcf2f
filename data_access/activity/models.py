"""The table of what was done, which no statement changes or deletes."""

from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKeyConstraint,
    Index,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_access.base import (
    Base,
    Code,
    EventId,
    Moment,
    Number,
    stored,
)
from dialogue.lifecycle import Status

ON_OR_OFF_STAGE = "(from_status = 'on_stage') <> (to_status = 'on_stage')"
"""What brings a question on stage or takes it off; the index of these needs the same words."""


class ActivityRow(Base):
    """Who did what to which question. Rows are only ever added: triggers see to it.

    Those of a rehearsal alone may go, all with it.
    """

    __tablename__ = "activity"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "number"], ["questions.event_id", "questions.number"]),
        # What was done to a question, in turn.
        Index(None, "event_id", "number", "entry"),
        # What somebody did last, to undo it.
        Index(None, "event_id", "account_id", "entry"),
        # Who stood on stage, and for how long.
        Index(
            "stage_turns",
            "event_id",
            "entry",
            sqlite_where=text(ON_OR_OFF_STAGE),
            postgresql_where=text(ON_OR_OFF_STAGE),
        ),
        # What happened since somebody looked.
        Index(None, "event_id", "revision"),
        # What the activity is narrowed to.
        Index(None, "event_id", "action", "entry"),
        Index(None, "event_id", "actor", "entry"),
        Index(None, "event_id", "at"),
    )

    event_id: Mapped[EventId]
    entry: Mapped[Number]
    revision: Mapped[int]
    number: Mapped[int | None]
    # What happened to the event itself has no action of the lifecycle.
    action: Mapped[Code]
    actor: Mapped[Code]
    account_id: Mapped[int | None]
    at: Mapped[Moment]
    from_status: Mapped[Status | None] = mapped_column(stored(Status, "from_status"))
    to_status: Mapped[Status | None] = mapped_column(stored(Status, "to_status"))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
