"""Passwords: kept as Argon2id hashes, and checked in the same time whether or not there is one."""

import secrets
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

import anyio
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dialogue.refusals import TooManyAttempts

_Result = TypeVar("_Result")

# RFC 9106's second recommendation, for machines that cannot spare 2 GiB a time: 64 MiB, 3 passes.
_hasher = PasswordHasher()
# Of no account: what a password is compared with where the address is unknown.
_DECOY = _hasher.hash(secrets.token_urlsafe(32))
# Each takes 64 MiB and a core or two for a while. Whoever guesses must take neither the memory
# nor the threads that pages are read with; who comes beyond the queue is told to come again.
_threads = anyio.CapacityLimiter(2)
_waiting: Counter[str] = Counter()
_MOST_WAITING = {"known": 20, "strangers": 20}
MOST_WAITING_OF_A_NETWORK = 10
WAIT_SECONDS = 2


async def in_turn(work: Callable[[], _Result], *, network: str | None) -> _Result:
    """Hash or compare in threads of their own, after those who came before.

    `network` is where a stranger comes from; None stands for somebody who is known, in a queue
    that strangers cannot fill.

    Raises:
        TooManyAttempts: the queue is full.
    """
    queues = ["known"] if network is None else ["strangers", f"at {network}"]
    if any(_waiting[each] >= _MOST_WAITING.get(each, MOST_WAITING_OF_A_NETWORK) for each in queues):
        raise TooManyAttempts(seconds=WAIT_SECONDS)
    _waiting.update(queues)
    try:
        return await anyio.to_thread.run_sync(work, limiter=_threads)
    finally:
        _waiting.subtract(queues)
        if network is not None and not _waiting[queues[-1]]:
            del _waiting[queues[-1]]


def hashed(password: str) -> str:
    """Return what the database keeps of a password."""
    return _hasher.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Tell whether a password is the one of a hash; without a hash it never is, in equal time."""
    try:
        right = _hasher.verify(password_hash or _DECOY, password)
    except (VerificationError, InvalidHashError):
        return False
    return right and password_hash is not None
