"""The desk's lists among 100,000 questions and among 100: each view, and what a search costs."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from data_access import engine
from data_access.engine import Database
from data_access.questions.reading import inbox
from dialogue.inbox import Filters, Order, View
from tests.factories import SLUG
from tests.load.measuring import Result, alternate, compare_times
from tests.load.servers import fill, mixture

FEW, MANY = 100, 100_000
PAGE = 50
VIEWS = (
    View(),
    View(status=None),
    View(order=Order.OLDEST),
    View(order=Order.VOTES),
    View(filters=Filters(district="731")),
)
SEARCH = View(filters=Filters(words="cho em hoi"))


def measured() -> list[Result]:
    """Measure a page of the views one after the other, and a page of a search."""
    with _asked(FEW) as few, _asked(MANY) as many:
        paging = alternate(lambda: _milliseconds(many, VIEWS), lambda: _milliseconds(few, VIEWS))
        search = alternate(
            lambda: _milliseconds(many, (SEARCH,)), lambda: _milliseconds(few, (SEARCH,))
        )
    return [
        compare_times(
            "A page of each of five views: among 100,000 questions / 100", paging, at_most=2
        ),
        compare_times("A page of a search: among 100,000 questions / 100", search, at_most=4),
    ]


@contextmanager
def _asked(count: int) -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'dialogue.db'}"
        fill(url, mixture(count))
        database = engine.Database(url)
        yield database
        database.close()


def _milliseconds(database: Database, views: tuple[View, ...]) -> float:
    begun = time.perf_counter()
    for view in views:
        with database.reading() as session:
            inbox.numbers(session, SLUG, view, most=PAGE, at=datetime.now(UTC))
    return 1000 * (time.perf_counter() - begun)
