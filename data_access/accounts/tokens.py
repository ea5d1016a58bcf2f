"""Keys that somebody holds: random, and known to the database only as a digest."""

import hashlib
import secrets


def new() -> str:
    """Return a key that nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what the database keeps of a key. It is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
