"""What all tables have in common: their naming, and the types of their columns.

Each table carries `event_id` in its key, so that the schema can be spread by event.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    MetaData,
    String,
    Table,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite keeps it without the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody could tell what it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "A time must be aware."
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return the time aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WordList(TypeDecorator[tuple[str, ...]]):
    """A few words in their order, kept as a JSON list."""

    # PostgreSQL compares only this kind, as when a column's default is compared with the model's.
    impl = JSON().with_variant(JSONB(), "postgresql")
    cache_ok = True

    def process_result_value(
        self, value: list[str] | None, _dialect: Dialect
    ) -> tuple[str, ...] | None:
        """Return them as what cannot be changed."""
        return None if value is None else tuple(value)


def stored(kind: type[StrEnum], name: str) -> Enum:
    """Store an enum by its value, with a check that the database enforces."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [each.value for each in members],
    )


EventId = Annotated[int, mapped_column(ForeignKey("events.id"), primary_key=True)]
Code = Annotated[str, mapped_column(String(64))]
CodeKey = Annotated[str, mapped_column(String(64), primary_key=True)]
Number = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]
Name = Annotated[str, mapped_column(String(200))]
Title = Annotated[str, mapped_column(String(500))]
Place = Annotated[int, mapped_column()]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMING)


def table_of(row: type[Base]) -> Table:
    """Return the table itself: writing many rows at once goes straight there."""
    return Base.metadata.tables[row.__tablename__]
