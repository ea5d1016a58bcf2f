"""What keeps this process from being given traffic, told by whatever finds it."""

import logging

logger = logging.getLogger(__name__)


class Readiness:
    """What is wrong, part by part, and what an operator should know besides.

    May be told from any thread. The log has each change once.
    """

    def __init__(self) -> None:
        """Begin with nothing wrong."""
        self._faults: dict[str, str] = {}
        self._notes: dict[str, str] = {}

    @property
    def is_ready(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self._faults

    def begin(self, part: str, words: str) -> None:
        """Say what the start has yet to do for a part; that is no fault."""
        self._faults[part] = words

    def fault(self, part: str, words: str | None, *, reason: str = "") -> None:
        """Say what is wrong with a part, or that nothing is any more; the reason is for the log."""
        _change(self._faults, part, words, reason)

    def note(self, part: str, words: str | None) -> None:
        """Say what works in a worse way than it could, or that it does not any more."""
        _change(self._notes, part, words, "")

    def lines(self) -> list[str]:
        """Say how things stand: "ok" or what is wrong, and then the notes."""
        return [*(self._faults.values() or ["ok"]), *self._notes.values()]


def _change(said: dict[str, str], part: str, words: str | None, reason: str) -> None:
    if said.get(part) == words:
        return
    if words is None:
        del said[part]
        logger.info("%s: in order again", part)
    else:
        said[part] = words
        logger.warning("%s: %s%s", part, words, f" ({reason})" if reason else "")


readiness = Readiness()
