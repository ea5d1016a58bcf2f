"""Failures that come again and again, as they do when a disk is full, in few lines of the log."""

import logging
import threading
import time

QUIET_SECONDS = 10.0
MOST_KEPT = 200


class Repeated:
    """Logs what failed at once, and what fails in the same way after that as a count."""

    def __init__(self, logger: logging.Logger) -> None:
        """Log to a logger."""
        self._logger = logger
        self._said: dict[str, tuple[float, int]] = {}
        self._counting = threading.Lock()

    def error(self, words: str) -> None:
        """Say that something failed, in words that are the same the next time."""
        now = time.monotonic()
        with self._counting:
            said_at, more = self._said.get(words, (float("-inf"), 0))
            if now - said_at < QUIET_SECONDS:
                self._said[words] = (said_at, more + 1)
                return
            if len(self._said) >= MOST_KEPT:
                self._said.clear()
            self._said[words] = (now, 0)
        self._logger.error("%s%s", words, f" (and {more} times before)" if more else "")
