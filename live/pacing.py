"""How long changes gather before the pages hear of them: the busier an event, the longer."""

import math

SHORTEST_SECONDS = 0.05
LONGEST_SECONDS = 0.4
# Changes in the last second up to which a page hears of nearly each by itself, and from which on
# it hears as seldom as it may. A hall that asks five questions a second is well below the first.
CALM = 8.0
BUSY = 20.0


class Pacing:
    """The pace of one event, from how many changes it had lately; each second counts the less."""

    def __init__(self) -> None:
        """Begin with an event in which nothing happens."""
        self._lately = 0.0
        self._counted_at = 0.0

    def count(self, at: float) -> None:
        """Count a change, at a moment of the event loop's clock in seconds."""
        self._lately = self._decayed(at) + 1.0
        self._counted_at = at

    def pause(self, at: float) -> float:
        """Return for how many seconds a page that was just told is left alone."""
        share = min(max((self._decayed(at) - CALM) / (BUSY - CALM), 0.0), 1.0)
        return SHORTEST_SECONDS + share * (LONGEST_SECONDS - SHORTEST_SECONDS)

    def _decayed(self, at: float) -> float:
        return self._lately * math.exp(self._counted_at - at)
