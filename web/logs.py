"""Lines of the log that strangers can cause: one for many, with a count."""

import logging
import time

SECONDS = 10.0


class Batches(logging.Filter):
    """Lets a line through once in ten seconds; the next one says how many were left out.

    Failures of ours are never left out.
    """

    def __init__(self) -> None:
        """Begin with nothing said."""
        super().__init__()
        self._said: dict[str, float] = {}
        self._left_out: dict[str, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a line is written."""
        if record.exc_info:
            return True
        line, now = str(record.msg), time.monotonic()
        if now - self._said.get(line, -SECONDS) < SECONDS:
            self._left_out[line] = self._left_out.get(line, 0) + 1
            return False
        self._said[line] = now
        if left_out := self._left_out.pop(line, 0):
            record.msg = f"{line} (and {left_out} more before)"
        return True


def batch_lines_of_strangers() -> None:
    """Do so with the lines that the server writes for each socket and each unreadable request."""
    logging.getLogger("uvicorn.error").addFilter(Batches())
