"""A running server, for all tests of a module or for one alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Server


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """It stands on a database of its own, with the sample event."""
    folder = tmp_path_factory.mktemp("server")
    file = folder / "dialogue.db"
    file.write_bytes(sqlite_template.read_bytes())
    with Server(f"sqlite:///{file}", folder / "server.log") as started:
        yield started


@pytest.fixture
def own_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, to which it does something; on SQLite unless told otherwise."""
    url = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")
    with Server(url, tmp_path / "server.log") as started:
        yield started
