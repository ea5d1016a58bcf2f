"""The table of what staff write on charts and moments."""

from sqlalchemy import (
    CheckConstraint,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_access.base import (
    Base,
    Code,
    EventId,
    Moment,
    Name,
    Number,
)


class AnnotationRow(Base):
    """What somebody of the staff wrote on a chart of the review; withdrawn, it is still here."""

    __tablename__ = "annotations"
    __table_args__ = (
        CheckConstraint("(changed_by IS NULL) = (changed_at IS NULL)", name="changed_by_somebody"),
    )

    event_id: Mapped[EventId]
    entry: Mapped[Number]
    # One of `Subject`; without a check, which a new chart could not be added to.
    subject: Mapped[Code]
    moment: Mapped[Moment | None]
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[Name]
    account_id: Mapped[int | None]
    written_at: Mapped[Moment]
    changed_by: Mapped[Name | None]
    changed_at: Mapped[Moment | None]
    withdrawn_at: Mapped[Moment | None]
    version: Mapped[int]
