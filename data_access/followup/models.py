"""The table of written replies."""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_access.base import (
    Base,
    CodeKey,
    EventId,
    Moment,
    Name,
    Number,
    Title,
    stored,
)
from dialogue.replies import ReplyState


class ReplyRow(Base):
    """What a department replies to a question in writing; another department has its own row."""

    __tablename__ = "replies"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "number"], ["questions.event_id", "questions.number"]),
        ForeignKeyConstraint(
            ["event_id", "department"], ["departments.event_id", "departments.code"]
        ),
        # Whatever the code does, a question has one reply that everybody reads.
        Index(
            "one_published",
            "event_id",
            "number",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
        CheckConstraint(
            "(state = 'sent_back') = (remark IS NOT NULL)", name="sent_back_has_remark"
        ),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_at"),
    )

    event_id: Mapped[EventId]
    number: Mapped[Number]
    department: Mapped[CodeKey]
    text: Mapped[str] = mapped_column(Text)
    document_number: Mapped[Name | None]
    document_date: Mapped[date | None]
    state: Mapped[ReplyState] = mapped_column(stored(ReplyState, "state"))
    remark: Mapped[Title | None]
    written_by: Mapped[Name]
    written_at: Mapped[Moment]
    published_at: Mapped[Moment | None]
    version: Mapped[int]
