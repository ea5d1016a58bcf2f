"""The table of what the hall sees."""

from sqlalchemy import (
    ForeignKeyConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_access.base import Base, Code, EventId, Moment, Title, stored
from dialogue.hall import Scene


class HallRow(Base):
    """What the screens of the hall show, and how far the day has come: one for each event."""

    __tablename__ = "halls"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "part"], ["parts.event_id", "parts.code"]),
        ForeignKeyConstraint(
            ["event_id", "armed_number"], ["questions.event_id", "questions.number"]
        ),
    )

    event_id: Mapped[EventId]
    scene: Mapped[Scene] = mapped_column(stored(Scene, "scene"))
    message: Mapped[Title | None]
    dark: Mapped[bool] = mapped_column(server_default=false())
    armed_scene: Mapped[Scene | None] = mapped_column(stored(Scene, "armed_scene"))
    armed_message: Mapped[Title | None]
    armed_number: Mapped[int | None]
    shows_timer: Mapped[bool] = mapped_column(server_default=false())
    desk_asked_at: Mapped[Moment | None]
    chair_asked_at: Mapped[Moment | None]
    part: Mapped[Code | None]
    part_began_at: Mapped[Moment | None]
    began_at: Mapped[Moment | None]
    practice: Mapped[bool] = mapped_column(server_default=false())
