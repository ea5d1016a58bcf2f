"""The tables of events and their catalogues."""

from datetime import date

from sqlalchemy import (
    JSON,
    ForeignKey,
    ForeignKeyConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from data_access.base import (
    Base,
    Code,
    CodeKey,
    EventId,
    Moment,
    Name,
    Place,
    Title,
    WordList,
    stored,
)
from dialogue.events import (
    COMPLEX_CONCLUSION_DAYS,
    CONCLUSION_DAYS,
    REPLY_DAYS,
    Intake,
    Moderation,
    PartKind,
)


class EventRow(Base):
    """One dialogue. `revision` counts its committed changes."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[Code] = mapped_column(unique=True)
    title: Mapped[Title]
    title_en: Mapped[Title]
    theme: Mapped[Title]
    theme_en: Mapped[Title]
    unit_name: Mapped[Name]
    unit_title: Mapped[Name]
    official_name: Mapped[Name]
    official_title: Mapped[Name]
    held_at: Mapped[Moment]
    place: Mapped[Title]
    timezone: Mapped[Code]
    plan: Mapped[Title]
    intake: Mapped[Intake] = mapped_column(stored(Intake, "intake"))
    intake_opens_on: Mapped[date]
    intake_closes_on: Mapped[date]
    # Of a closed intake: when it opens by itself.
    reopens_at: Mapped[Moment | None]
    moderation: Mapped[Moderation] = mapped_column(
        stored(Moderation, "moderation"), server_default=Moderation.BEFORE
    )
    weights: Mapped[dict[str, float]] = mapped_column(
        JSON().with_variant(JSONB(), "postgresql"), server_default="{}"
    )
    question_minutes: Mapped[int | None]
    reply_days: Mapped[int] = mapped_column(server_default=str(REPLY_DAYS))
    conclusion_days: Mapped[int] = mapped_column(server_default=str(CONCLUSION_DAYS))
    complex_conclusion_days: Mapped[int] = mapped_column(
        server_default=str(COMPLEX_CONCLUSION_DAYS)
    )
    boundaries: Mapped[Title | None]
    boundaries_credit: Mapped[Title | None]
    population_source: Mapped[Title | None]
    # Of a rehearsal: the event that is rehearsed, which has no other one. Never changes.
    practice_of: Mapped[int | None] = mapped_column(
        ForeignKey("events.id"), index=True, unique=True
    )
    revision: Mapped[int]
    # The revision at which this row's own fields or its catalogues last changed.
    described_revision: Mapped[int]
    last_number: Mapped[int]
    last_entry: Mapped[int]


class DistrictRow(Base):
    """An entry of the districts catalogue."""

    __tablename__ = "districts"

    event_id: Mapped[EventId]
    code: Mapped[CodeKey]
    place: Mapped[Place]
    name: Mapped[Name]
    short_name: Mapped[Name]
    people: Mapped[int | None]
    young_people: Mapped[int | None]
    tile_column: Mapped[int | None]
    tile_row: Mapped[int | None]


class DepartmentRow(Base):
    """An entry of the departments catalogue."""

    __tablename__ = "departments"

    event_id: Mapped[EventId]
    code: Mapped[CodeKey]
    place: Mapped[Place]
    name: Mapped[Name]
    name_en: Mapped[Name]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class TopicRow(Base):
    """An entry of the topics catalogue."""

    __tablename__ = "topics"

    event_id: Mapped[EventId]
    code: Mapped[CodeKey]
    place: Mapped[Place]
    name: Mapped[Name]
    name_en: Mapped[Name]
    keywords: Mapped[tuple[str, ...]] = mapped_column(WordList, server_default=text("'[]'"))


class TopicDepartmentRow(Base):
    """Which departments answer a topic; place 0 leads."""

    __tablename__ = "topic_departments"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "topic"], ["topics.event_id", "topics.code"]),
        ForeignKeyConstraint(
            ["event_id", "department"], ["departments.event_id", "departments.code"]
        ),
    )

    event_id: Mapped[EventId]
    topic: Mapped[CodeKey]
    department: Mapped[CodeKey]
    place: Mapped[Place]


class ReasonRow(Base):
    """An entry of the list of reasons for a rejection."""

    __tablename__ = "reasons"

    event_id: Mapped[EventId]
    code: Mapped[CodeKey]
    place: Mapped[Place]
    text: Mapped[Title]
    text_en: Mapped[Title]


class PartRow(Base):
    """An entry of the rundown."""

    __tablename__ = "parts"

    event_id: Mapped[EventId]
    code: Mapped[CodeKey]
    place: Mapped[Place]
    kind: Mapped[PartKind] = mapped_column(stored(PartKind, "kind"))
    name: Mapped[Name]
    name_en: Mapped[Name]
    minutes: Mapped[int]
    topics: Mapped[tuple[str, ...]] = mapped_column(WordList)
