"""Failed attempts to sign in: each one makes the next wait longer."""

import math
import threading
import time
from dataclasses import dataclass

from dialogue.refusals import TooManyAttempts

MOST_KEPT = 20_000
FORGOTTEN_AFTER_SECONDS = 3600.0


@dataclass(slots=True)
class _Failures:
    count: int
    last_at: float


class Attempts:
    """Counts failures by key, in memory: addresses of visitors are not for the database.

    After `free` failures each further one doubles the wait, from one second to `longest`.
    """

    def __init__(self, *, free: int, longest: float) -> None:
        """Begin without failures."""
        self._free = free
        self._longest = longest
        self._failures: dict[str, _Failures] = {}
        self._lock = threading.Lock()

    def check(self, key: str) -> None:
        """Let a key try now.

        Raises:
            TooManyAttempts: it has to wait.
        """
        rest = self._rest(key, time.monotonic())
        if rest > 0:
            raise TooManyAttempts(seconds=math.ceil(rest))

    def failed(self, key: str) -> None:
        """Count a failure."""
        now = time.monotonic()
        with self._lock:
            if len(self._failures) >= MOST_KEPT:
                self._forget(now)
            known = self._failures.get(key)
            count = known.count if known and not _is_old(known, now) else 0
            self._failures[key] = _Failures(count + 1, now)

    def succeeded(self, key: str) -> None:
        """Forget a key's failures."""
        with self._lock:
            self._failures.pop(key, None)

    def _rest(self, key: str, now: float) -> float:
        known = self._failures.get(key)
        if known is None or known.count < self._free:
            return 0.0
        wait = min(2.0 ** min(known.count - self._free, 30), self._longest)
        return known.last_at + wait - now

    def _forget(self, now: float) -> None:
        for key in [key for key, each in self._failures.items() if _is_old(each, now)]:
            del self._failures[key]
        # Somebody tries very many keys: the oldest half goes.
        if len(self._failures) >= MOST_KEPT:
            for key in list(self._failures)[: MOST_KEPT // 2]:
                del self._failures[key]


def _is_old(failures: _Failures, now: float) -> bool:
    return now - failures.last_at > FORGOTTEN_AFTER_SECONDS


# Five slips are human. Whoever guesses from one network soon waits a quarter of an hour. Guesses
# from many networks, or of a whole hall behind one, leave strangers one attempt every half minute.
# They take nothing from a browser in which the account has signed in before.
by_account_and_network = Attempts(free=5, longest=900.0)
by_account = Attempts(free=20, longest=30.0)
by_network = Attempts(free=50, longest=30.0)
by_account_and_browser = Attempts(free=5, longest=900.0)

# Who is signed in proves it once more before the account is changed.
by_account_signed_in = Attempts(free=5, longest=900.0)
