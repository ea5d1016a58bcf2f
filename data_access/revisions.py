"""The counter of an event's committed changes, and how every process hears of a new one."""

import logging
import secrets
import threading
import time
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, make_url, select, text, update
from sqlalchemy.orm import Session

from data_access import postgresql
from data_access.accounts.models import AccessActivityRow, AccessStateRow
from data_access.activity.models import ActivityRow
from data_access.base import table_of
from data_access.engine import Database, Failure, reason
from data_access.events.models import EventRow
from data_access.postgresql import WatchedConnection
from dialogue import practice
from dialogue.events import Intake, Moderation
from dialogue.lifecycle import Status

logger = logging.getLogger(__name__)
CHANNEL = "dialogue_revision"
# Stands for accounts, sessions and screens where a revision is told; no event has such a slug.
ACCESS = "*"
APPLICATION_NAME = "dialogue listener"
RECONNECT_SECONDS = 1.0
ASK_SECONDS = 0.5
ECHO_SECONDS = 3.0
LATE_SECONDS = 15.0
# Stands for no event where a listener sends a word to itself.
ECHO = "echo"
NO_NOTIFICATIONS = (
    "note: PostgreSQL's notifications do not come, so changes of other processes are asked for;"
    " DIALOGUE_LISTEN_URL may name its own address beside a pooler"
)
# Made once: each change needs it, and to put it together takes longer than to run it.
_LOCK = (
    select(
        EventRow.id,
        EventRow.revision,
        EventRow.last_number,
        EventRow.last_entry,
        EventRow.intake,
        EventRow.reopens_at,
        EventRow.timezone,
        EventRow.moderation,
        EventRow.reply_days,
    )
    .where(EventRow.slug == bindparam("slug"))
    .with_for_update()
)
_EVENTS = table_of(EventRow)


class Change:
    """One transaction's change of one event, while the event's row is locked.

    Whoever holds it is alone in changing the event, so revisions are committed in their order.
    """

    def __init__(self, session: Session, slug: str) -> None:
        """Lock the event.

        Raises:
            UnknownEvent: no event has this slug.
        """
        event = session.execute(_LOCK, {"slug": slug}).one_or_none()
        if event is None:
            raise practice.unknown(slug)
        self.session = session
        self.slug = slug
        self.event_id: int = event.id
        self.intake: Intake = event.intake
        self.reopens_at: datetime | None = event.reopens_at
        self.timezone: str = event.timezone
        self.moderation: Moderation = event.moderation
        self.reply_days: int = event.reply_days
        self.revision: int = event.revision + 1
        self.last_number: int = event.last_number
        self._last_entry: int = event.last_entry
        self._entries: list[dict[str, Any]] = []

    def record(
        self,
        action: str,
        *,
        actor: str,
        at: datetime,
        account_id: int | None = None,
        number: int | None = None,
        origin: Status | None = None,
        target: Status | None = None,
        **details: Any,
    ) -> None:
        """Add a line to the activity: who did what to which question, when, from what to what."""
        self._last_entry += 1
        self._entries.append(
            {
                "event_id": self.event_id,
                "entry": self._last_entry,
                "revision": self.revision,
                "number": number,
                "action": action,
                "actor": actor,
                "account_id": account_id,
                "at": at,
                "from_status": origin,
                "to_status": target,
                "details": details,
            }
        )

    def finish(self, **columns: Any) -> None:
        """Write the activity and advance the revision; the commit tells everyone."""
        if self._entries:
            self.session.execute(insert(table_of(ActivityRow)), self._entries)
        self.session.execute(
            update(_EVENTS)
            .where(_EVENTS.c.id == self.event_id)
            .values(
                revision=self.revision,
                last_number=self.last_number,
                last_entry=self._last_entry,
                **columns,
            )
        )
        announce(self.session, self.slug, self.revision)
        if any(each["account_id"] for each in self._entries):
            announce(self.session, commands_of(self.slug), self.revision)


class AccessChange:
    """One transaction's change of accounts, sessions or screens, while their state is locked."""

    def __init__(self, session: Session) -> None:
        """Lock who may do what; the next revision is this change's."""
        self.session = session
        self.revision = session.execute(
            update(AccessStateRow)
            .values(revision=AccessStateRow.revision + 1)
            .returning(AccessStateRow.revision)
        ).scalar_one()

    def record(self, action: str, *, actor: str, at: datetime, **details: Any) -> None:
        """Write down who did what, once for each change; the commit tells everyone."""
        self.session.execute(
            insert(AccessActivityRow).values(
                revision=self.revision, action=action, actor=actor, at=at, details=details
            )
        )
        announce(self.session, ACCESS, self.revision)


def commands_of(slug: str) -> str:
    """Return what stands for an event where only what a person of the desk did is told."""
    return f"{slug}!"


def announce(session: Session, slug: str, revision: int) -> None:
    """Have everyone told of a revision when, and only if, this transaction commits."""
    if session.get_bind().dialect.name == "postgresql":
        # Delivered to every replica exactly at the commit.
        session.execute(
            text("SELECT pg_notify(:channel, :payload)"),
            {"channel": CHANNEL, "payload": f"{slug} {revision}"},
        )
    # This process need not wait for the notification of what it commits itself.
    session.info.setdefault("revisions", {})[slug] = revision


def current(session: Session, slug: str) -> int:
    """Return the newest committed revision of an event.

    Raises:
        UnknownEvent: no event has this slug.
    """
    revision = session.scalar(select(EventRow.revision).where(EventRow.slug == slug))
    if revision is None:
        raise practice.unknown(slug)
    return revision


class Listener:
    """A thread that hears what other processes commit, and tells those who follow the database.

    PostgreSQL notifies it. Whether it really does, the listener finds out by a word to itself, an
    echo, every few seconds: a pooler between the two may pass on none, and a lost route says
    nothing. Where the echo does not come, and on SQLite, which notifies nobody, the newest
    revisions are asked for twice a second.
    """

    def __init__(self, database: Database, *, url: str | None = None) -> None:
        """Prepare to listen, at another address than the database's where a pooler needs it."""
        self._database = database
        self._url = make_url(url) if url else database.url
        self._stopping = threading.Event()
        self._told = threading.Event()
        self._told_at = float("-inf")
        self._hears: bool | None = None
        self._thread = threading.Thread(target=self._run, name="revisions", daemon=True)

    @property
    def is_listening(self) -> bool:
        """Tell whether the newest revisions were told lately, whichever way they came."""
        return time.monotonic() - self._told_at < LATE_SECONDS

    @property
    def note(self) -> str | None:
        """Say so where notifications do not come."""
        return None if self._hears is not False else NO_NOTIFICATIONS

    def start(self) -> None:
        """Begin to listen, and return once all newest revisions were told."""
        self._thread.start()
        self._told.wait(timeout=10)

    def stop(self) -> None:
        """Stop listening."""
        self._stopping.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        listen = self._ask if self._database.is_sqlite else self._listen
        while not self._stopping.is_set():
            try:
                listen()
            except Exception as error:
                logger.warning("listening was interrupted: %s; connecting again", reason(error))
                # Meanwhile what was committed is told all the same, if it can be read.
                with suppress(Failure):
                    self._tell_newest()
                self._stopping.wait(RECONNECT_SECONDS)

    def _listen(self) -> None:
        with postgresql.link(self._url, autocommit=True, application_name=APPLICATION_NAME) as link:
            link.execute(f"LISTEN {CHANNEL}")
            self._tell_newest()
            while not self._stopping.is_set():
                heard = self._hear_echo(link)
                if not heard and self._hears:
                    # The connection may be dead; another one may not.
                    self._hears = None
                    return
                if heard != self._hears:
                    self._hears = heard
                    if not heard:
                        logger.warning(NO_NOTIFICATIONS)
                self._tell_newest()

    def _hear_echo(self, link: WatchedConnection) -> bool:
        """Listen for a few seconds, or half of one where nothing comes anyway."""
        echo = f"{ECHO} {secrets.randbelow(2**31)}"
        with self._database.transaction() as session:
            session.execute(
                text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": echo}
            )
        heard = False
        until = time.monotonic() + (ASK_SECONDS if self._hears is False else ECHO_SECONDS)
        while not self._stopping.is_set() and (left := until - time.monotonic()) > 0:
            for notification in link.notifies(timeout=min(left, ASK_SECONDS)):
                heard = heard or notification.payload == echo
                self._hear(notification.payload)
        return heard or self._stopping.is_set()

    def _hear(self, payload: str) -> None:
        slug, revision = payload.split(" ")
        if slug != ECHO:
            self._database.tell(slug, int(revision))

    def _ask(self) -> None:
        self._tell_newest()
        while not self._stopping.wait(ASK_SECONDS):
            self._tell_newest()

    def _tell_newest(self) -> None:
        with self._database.reading() as session:
            newest = session.execute(select(EventRow.slug, EventRow.revision)).all()
            access = session.scalars(select(AccessStateRow.revision)).one()
        for slug, revision in (*newest, (ACCESS, access)):
            self._database.tell(slug, revision)
        self._told_at = time.monotonic()
        self._told.set()
