"""Who opens a page: the browser's two keys, and what the database says of them."""

import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from data_access import engine, patience, revisions
from data_access.accounts import sessions
from data_access.accounts.sessions import Admitted
from data_access.engine import Database
from dialogue.accounts import Visitor
from web import cookies

SESSION_COOKIE, SCREEN_COOKIE = cookies.SESSION, cookies.SCREEN

# As for snapshots: what this process has heard of is current; the database is asked besides once in
# a while, should a word from another process have been lost.
TRUSTED_SECONDS = 0.2
TOUCH_SECONDS = 0.05
MOST_KEPT = 2_000
NOBODY = Visitor()


class _Kept(NamedTuple):
    admitted: Admitted
    revision: int
    read_at: float


_Key = tuple[Database, str, str]
_kept: dict[_Key, _Kept] = {}
_keeping = threading.Lock()


def current(cookies: Mapping[str, str], *, active: bool = False) -> Visitor:
    """Return who holds a browser's cookies, as of now.

    `active` means that a person did something: the database is asked anew, whatever other process
    may have revoked in this very moment, and the session does not end as idle.
    """
    token, screen_token = cookies.get(SESSION_COOKIE, ""), cookies.get(SCREEN_COOKIE, "")
    if not token and not screen_token:
        return NOBODY
    key = (engine.current(), token, screen_token)
    admitted = _admitted(key, trusted_seconds=0.0 if active else TRUSTED_SECONDS)
    # Nobody does anything at a screen; it is there as long as it asks.
    if admitted.is_stale and (active or not token):
        # When somebody was seen last is no reason to keep them out, nor to keep them waiting.
        with (
            suppress(engine.Failure),
            patience.within(TOUCH_SECONDS),
            key[0].transaction() as session,
        ):
            sessions.touch(session, token, screen_token, at=datetime.now(UTC))
        _kept.pop(key, None)
    return admitted.visitor


def _admitted(key: _Key, *, trusted_seconds: float) -> Admitted:
    database, token, screen_token = key
    # Before reading, so that a change in between is not taken for seen.
    revision = database.newest(revisions.ACCESS)
    kept = _kept.get(key)
    now = time.monotonic()
    if kept and kept.revision == revision and now - kept.read_at < trusted_seconds:
        return kept.admitted
    with database.reading() as session:
        admitted = sessions.admitted(session, token, screen_token, at=datetime.now(UTC))
    with _keeping:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = _Kept(admitted, revision, now)
    return admitted
