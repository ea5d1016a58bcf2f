"""The table of what pages have sent."""

from sqlalchemy.orm import Mapped

from data_access.base import Base, CodeKey, Moment, Number, Place


class OutboxRow(Base):
    """Of a page in somebody's browser, the place of the last command of it that was done."""

    __tablename__ = "outboxes"

    account_id: Mapped[Number]
    page: Mapped[CodeKey]
    place: Mapped[Place]
    at: Mapped[Moment]
