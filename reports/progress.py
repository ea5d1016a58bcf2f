"""How much of a file is made: the rows that are done, of all that there will be."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Row = TypeVar("Row")
Tell = Callable[[int, int], None]
# How many rows are gone through from one word of progress to the next.
_PAUSE = 250


class Progress:
    """Counts the rows that are done, of all that there will be, and tells it now and then."""

    def __init__(self, tell: Tell) -> None:
        """Begin with nothing to do."""
        self.total = 0
        self._done = 0
        self._tell = tell

    def over(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Go through some rows."""
        for row in rows:
            yield row
            self._done += 1
            if self._done % _PAUSE == 0:
                self._tell(self._done, self.total)
