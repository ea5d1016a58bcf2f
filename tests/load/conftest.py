"""A running server for all tests of a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Server


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """It stands on a database of its own, with the sample event."""
    folder = tmp_path_factory.mktemp("server")
    file = folder / "dialogue.db"
    file.write_bytes(sqlite_template.read_bytes())
    started = Server(f"sqlite:///{file}", folder / "server.log")
    started.start()
    yield started
    started.stop()
