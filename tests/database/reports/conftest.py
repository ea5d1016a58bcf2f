"""Files come of the same reads on both databases; the long run makes them on both."""

from collections.abc import Iterator

import pytest

from data_access import engine
from data_access.engine import Database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The database of this process; on PostgreSQL only in the long run."""
    started = engine.start(request.getfixturevalue(f"{request.param}_url"))
    yield started
    started.close()
