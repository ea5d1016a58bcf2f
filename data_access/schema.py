"""Bring a database's tables up to this code, or refuse to run on tables of a later one."""

import sqlite3
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from data_access import patience
from data_access.engine import Database

FOLDER = Path(__file__).parent / "migrations"
# Any number will do, as long as every replica takes the same one.
ADVISORY_LOCK = 7_510_112_022


def migrate(database: Database, *, at: datetime) -> None:
    """Apply the migrations that the database has not had.

    An embedded database that has tables is copied first, to a file beside it with the time in
    its name. On PostgreSQL replicas that start together take turns.
    """
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with patience.within(patience.LONG_SECONDS), database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
        applied = _applied(connection)
        if applied == newest():
            return
        if database.is_sqlite and applied is not None:
            _copy(Path(str(database.url.database)), at=at)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def is_current(database: Database) -> bool:
    """Tell whether the database has exactly the tables of this code; it opens no file for that."""
    with database.reading() as session:
        return _applied(session.connection()) == newest()


def is_described(item: Any, name: str | None, kind: str, _reflected: Any, _other: Any) -> bool:
    """Tell Alembic what the models describe: not the search index, of which each database has
    its own kind.
    """
    table = name if kind == "table" else item.table.name
    return not str(table).startswith("question_search")


def _applied(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def newest() -> str | None:
    """Return the revision of this code's tables."""
    return ScriptDirectory(str(FOLDER)).get_current_head()


def write_nothing(database: Database) -> None:
    """Write what is there already, to see whether anything can be written.

    Raises:
        Failure: nothing can.
    """
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = version_num"))


def _copy(file: Path, *, at: datetime) -> None:
    copy = file.with_name(f"{file.stem}-before-{at:%Y%m%dT%H%M%S}{file.suffix}")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
