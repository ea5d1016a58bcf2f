"""Passwords: kept as Argon2id hashes, and checked in the same time whether or not there is one."""

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# RFC 9106's second recommendation, for machines that cannot spare 2 GiB a time: 64 MiB, 3 passes.
_hasher = PasswordHasher()
# Each takes 64 MiB: a hall that guesses passwords must not take the server's memory.
_turn = threading.BoundedSemaphore(2)
# Of no account: what a password is compared with where the address is unknown.
_DECOY = _hasher.hash(secrets.token_urlsafe(32))


def hashed(password: str) -> str:
    """Return what the database keeps of a password."""
    with _turn:
        return _hasher.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Tell whether a password is the one of a hash; without a hash it never is, in equal time."""
    with _turn:
        try:
            right = _hasher.verify(password_hash or _DECOY, password)
        except (VerificationError, InvalidHashError):
            return False
    return right and password_hash is not None
