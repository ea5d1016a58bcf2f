from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from data_access import engine, schema
from data_access.base import Base
from data_access.engine import Database
from data_access.questions.reading import inbox
from dialogue.inbox import Filters, View
from tests.factories import NOON, SLUG, ask


def test_the_migrations_make_the_tables_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_object": schema.is_described,
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_migrated_database_is_left_alone(database: Database) -> None:
    assert schema.is_current(database)
    before = sorted(Path(str(database.url.database)).parent.iterdir()) if database.is_sqlite else []

    schema.migrate(database, at=NOON)

    if database.is_sqlite:
        assert sorted(Path(str(database.url.database)).parent.iterdir()) == before


def test_an_old_database_is_copied_before_it_is_changed(sqlite_url: str, tmp_path: Path) -> None:
    database = engine.start(sqlite_url)
    ask()
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE votes"))
        connection.execute(text("UPDATE alembic_version SET version_num = 'before'"))
    assert not schema.is_current(database)

    with pytest.raises(Exception, match="before"):
        schema.migrate(database, at=NOON)

    copied = Database(f"sqlite:///{tmp_path / 'dialogue-before-20221110T050000.db'}")
    with copied.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM questions")) == 1
        assert session.scalar(text("SELECT slug FROM events")) == SLUG
    copied.close()
    database.close()


def test_what_was_asked_before_the_search_index_was_made_anew_is_still_found(
    database: Database,
) -> None:
    number = ask(text="Đường Hoà Bình bao giờ sửa ạ").number
    config = Config()
    config.set_main_option("script_location", str(schema.FOLDER))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "20261129_paging-1")
        command.upgrade(config, "head")

    with database.reading() as session:
        view = View(filters=Filters(words="ho bin"))
        assert inbox.numbers(session, SLUG, view, most=9, at=NOON) == (number,)


# Who may sign in is known everywhere; these few rows go to every node.
OF_NO_EVENT = {
    "events",
    "access_activity",
    "access_state",
    "accounts",
    "grants",
    "invitations",
    "outboxes",
    "recovery_codes",
    "screens",
    "sessions",
}


def test_every_table_carries_its_event_in_its_key() -> None:
    for name, table in Base.metadata.tables.items():
        if name not in OF_NO_EVENT:
            assert "event_id" in [column.name for column in table.primary_key], name


def test_asking_before_the_start_is_a_bug_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_current", None)

    with pytest.raises(RuntimeError, match=r"app\.py"):
        engine.current()
