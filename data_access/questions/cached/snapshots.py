"""The newest snapshot of an event: one for each revision, shared by every page of the process."""

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, TextClause, bindparam, func, or_, select, text
from sqlalchemy.orm import Session, aliased

from data_access.activity.models import ON_OR_OFF_STAGE, ActivityRow
from data_access.engine import Database
from data_access.events import events
from data_access.events.models import EventRow
from data_access.hall import halls
from data_access.hall.models import HallRow
from data_access.questions.models import AskerRow, ClaimRow, QuestionRow, QueueRow, VoteRow
from dialogue import practice
from dialogue.bursts import Burst
from dialogue.events import Department, District, Event, Topic
from dialogue.hall import Hall
from dialogue.lifecycle import Status
from dialogue.questions import Claim, Named, Question
from dialogue.refusals import UnknownEvent

TRUSTED_SECONDS = 0.2
# Whoever follows the snapshots has seen one that is not older than so many changes.
MOST_RECENT = 1000
_COLUMNS = {name: getattr(QuestionRow, name) for name in Question.__slots__} | {
    "text_original": func.nullif(QuestionRow.text_original, QuestionRow.text).label("text_original")
}


def _last_entry(condition: ColumnElement[bool] | TextClause) -> ScalarSelect[int]:
    """Return the newest entry of an event's activity for which something holds, 0 for none."""
    entry = func.coalesce(func.max(ActivityRow.entry), 0)
    return select(entry).where(ActivityRow.event_id == EventRow.id, condition).scalar_subquery()


# Made once: each change needs them, and to put them together takes longer than to run them.
_PRACTICE = aliased(EventRow)
_EVENT = (
    select(
        EventRow.id,
        EventRow.revision,
        EventRow.described_revision,
        _PRACTICE.slug.label("practice_slug"),
        _last_entry(ActivityRow.number.is_(None)).label("hall_entry"),
        _last_entry(text(ON_OR_OFF_STAGE)).label("stage_entry"),
        *halls.COLUMNS,
    )
    .select_from(EventRow)
    .join(HallRow)
    .outerjoin(_PRACTICE, _PRACTICE.practice_of == EventRow.id)
    .where(EventRow.slug == bindparam("slug"))
)
_CHANGED = (
    select(*_COLUMNS.values())
    .where(QuestionRow.event_id == bindparam("event_id"), QuestionRow.revision > bindparam("since"))
    .order_by(QuestionRow.number)
)
_NAMED = (
    select(AskerRow.number, AskerRow.name, AskerRow.organisation, AskerRow.show_name)
    .join(QuestionRow)
    .where(
        QuestionRow.event_id == bindparam("event_id"),
        QuestionRow.revision > bindparam("since"),
        or_(AskerRow.name.is_not(None), AskerRow.organisation.is_not(None)),
    )
)
_BURSTS = (
    select(
        VoteRow.number,
        VoteRow.burst.label("code"),
        func.count().label("votes"),
        func.min(VoteRow.voted_at).label("began"),
        func.max(VoteRow.voted_at).label("ended"),
        VoteRow.set_aside,
    )
    .join(QuestionRow)
    .where(
        QuestionRow.event_id == bindparam("event_id"),
        QuestionRow.revision > bindparam("since"),
        VoteRow.burst.is_not(None),
    )
    .group_by(VoteRow.number, VoteRow.burst, VoteRow.set_aside)
    .order_by(VoteRow.number, func.min(VoteRow.voted_at), VoteRow.burst)
)
_ORDER = (
    select(QueueRow.number)
    .where(QueueRow.event_id == bindparam("event_id"))
    .order_by(QueueRow.position)
)
_CLAIMS = (
    select(ClaimRow.number, ClaimRow.account_id, ClaimRow.name, ClaimRow.until)
    .where(ClaimRow.event_id == bindparam("event_id"))
    .order_by(ClaimRow.until)
)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """An event and all its questions at one revision; never changes.

    `questions` is in the order of arrival, by number; `order` holds the numbers of the queue.
    `named` tells by number who asked, of those who told: apart from the questions, because
    few may see it; so are `bursts`, which of a question's votes came together, the first first.
    `claims` tells by number who has a question open, the last of each person;
    some may be over. `on_stage` is the question that is being asked now. `counts` tells how many
    questions are in each state. `recent` holds which questions changed last, each with the
    revision of the snapshot that brought it, the last first. `hall` is what the screens show and
    how far the day has come. `practice` is the slug of the event's rehearsal, if there is one.
    `hall_entry` is the activity's newest entry about the event itself, `stage_entry` that about
    who is on stage: what is told of either stays as it is until then. `database` is where all of
    it was read, and more can be.
    """

    event: Event
    revision: int
    described_revision: int
    questions: dict[int, Question]
    order: tuple[int, ...]
    named: Mapping[int, Named]
    bursts: Mapping[int, tuple[Burst, ...]]
    claims: Mapping[int, tuple[Claim, ...]]
    on_stage: Question | None
    counts: Mapping[Status, int]
    recent: tuple[tuple[int, int], ...]
    hall: Hall
    practice: str | None
    hall_entry: int
    stage_entry: int
    database: Database

    def changed_since(self, revision: int) -> Iterator[Question]:
        """Go through the questions that are new or changed since a revision, the newest last.

        There may be others among them: all of them where that revision is long gone.
        """
        if len(self.recent) == MOST_RECENT and self.recent[-1][0] > revision:
            return iter(self.questions.values())
        changed = [number for since, number in self.recent if since > revision]
        return (self.questions[number] for number in reversed(changed))

    @property
    def last_number(self) -> int:
        """The number of the newest question, 0 where there is none."""
        return next(reversed(self.questions), 0)

    @cached_property
    def districts(self) -> Mapping[str, District]:
        """The districts by code."""
        return {each.code: each for each in self.event.districts}

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """The topics by code."""
        return {each.code: each for each in self.event.topics}

    @cached_property
    def departments(self) -> Mapping[str, Department]:
        """The departments by code."""
        return {each.code: each for each in self.event.departments}

    def who_asked(self, question: Question) -> Named | None:
        """Return who asked a question, or that of which it is a part, as far as told."""
        return self.named.get(question.split_from or question.number)

    @cached_property
    def queue(self) -> tuple[Question, ...]:
        """The queue, what comes next first."""
        return tuple(self.questions[number] for number in self.order)

    @cached_property
    def coming(self) -> tuple[Question, ...]:
        """The queue as the hall may know it: without what is on hold or needs a second look."""
        return tuple(each for each in self.queue if not each.held and not each.flagged)

    def newest(self, *statuses: Status) -> Iterator[Question]:
        """Go through the questions in some states, the newest first."""
        return (each for each in reversed(self.questions.values()) if each.status in statuses)

    @property
    def public(self) -> Iterator[Question]:
        """The questions that everyone may read, the newest first."""
        return (each for each in reversed(self.questions.values()) if each.is_public)


class _Kept(NamedTuple):
    snapshot: Snapshot
    checked_at: float


class Snapshots:
    """Keeps each event's newest snapshot; whoever asks first after a change brings it up to date.

    What this process has heard of is current; the database is asked besides once in a while,
    should a word from another process have been lost.
    """

    def __init__(self) -> None:
        """Keep none at first."""
        self._kept: dict[tuple[Database, str], _Kept] = {}
        self._refreshing = threading.Lock()

    def newest(self, database: Database, slug: str) -> Snapshot:
        """Return the newest snapshot of an event.

        Raises:
            UnknownEvent: no event has this slug.
        """
        fresh = self._fresh(database, slug)
        if fresh is not None:
            return fresh
        with self._refreshing:
            # Who had the turn before may have brought it up to date.
            fresh = self._fresh(database, slug)
            return fresh if fresh is not None else self._refresh(database, slug)

    def _fresh(self, database: Database, slug: str) -> Snapshot | None:
        kept = self._kept.get((database, slug))
        if kept is None or time.monotonic() - kept.checked_at >= TRUSTED_SECONDS:
            return None
        return kept.snapshot if kept.snapshot.revision >= database.newest(slug) else None

    def _refresh(self, database: Database, slug: str) -> Snapshot:
        kept = self._kept.get((database, slug))
        now = time.monotonic()
        with database.reading() as session:
            try:
                snapshot = _newest(database, session, slug, kept.snapshot if kept else None)
            except UnknownEvent:
                self._kept.pop((database, slug), None)
                raise
        self._kept[database, slug] = _Kept(snapshot, now)
        return snapshot


def _newest(database: Database, session: Session, slug: str, before: Snapshot | None) -> Snapshot:
    row = session.execute(_EVENT, {"slug": slug}).one_or_none()
    if row is None:
        raise practice.unknown(slug)
    if before and before.revision >= row.revision:
        return before
    since = before.revision if before else -1
    changed = _changed(session, row.id, since=since)
    named = dict(before.named) if before else {}
    bursts = dict(before.bursts) if before else {}
    for number in changed:
        named.pop(number, None)
        bursts.pop(number, None)
    named.update(_named(session, row.id, since=since))
    bursts.update(_bursts(session, row.id, since=since))
    if before and row.described_revision == before.described_revision:
        event = before.event
    else:
        event = events.event(session, slug)
    return Snapshot(
        event,
        row.revision,
        row.described_revision,
        {**(before.questions if before else {}), **changed},
        tuple(session.scalars(_ORDER, {"event_id": row.id})),
        named,
        bursts,
        _claims(session, row.id),
        _on_stage(before, changed),
        _counts(before, changed),
        _recent(before, changed, revision=row.revision),
        halls.of_columns(row._mapping),
        row.practice_slug,
        row.hall_entry,
        row.stage_entry,
        database,
    )


def _on_stage(before: Snapshot | None, changed: Mapping[int, Question]) -> Question | None:
    stays = before and before.on_stage and before.on_stage.number not in changed
    known = before.on_stage if before and stays else None
    return next((each for each in changed.values() if each.status is Status.ON_STAGE), known)


def _counts(before: Snapshot | None, changed: Mapping[int, Question]) -> dict[Status, int]:
    counts = dict(before.counts) if before else dict.fromkeys(Status, 0)
    for number, question in changed.items():
        if before and number in before.questions:
            counts[before.questions[number].status] -= 1
        counts[question.status] += 1
    return counts


def _recent(
    before: Snapshot | None, changed: Mapping[int, Question], *, revision: int
) -> tuple[tuple[int, int], ...]:
    newest = [(revision, number) for number in islice(reversed([*changed]), MOST_RECENT)]
    return (*newest, *(before.recent if before else ()))[:MOST_RECENT]


def _claims(session: Session, event_id: int) -> dict[int, tuple[Claim, ...]]:
    claims: dict[int, tuple[Claim, ...]] = {}
    for row in session.execute(_CLAIMS, {"event_id": event_id}):
        claim = Claim(account_id=row.account_id, name=row.name, until=row.until)
        claims[row.number] = (*claims.get(row.number, ()), claim)
    return claims


def _changed(session: Session, event_id: int, *, since: int) -> dict[int, Question]:
    rows = session.execute(_CHANGED, {"event_id": event_id, "since": since})
    return {row.number: Question(**row._mapping) for row in rows}


def _named(session: Session, event_id: int, *, since: int) -> dict[int, Named]:
    rows = session.execute(_NAMED, {"event_id": event_id, "since": since})
    return {
        number: Named(name=name, organisation=organisation, show_name=show_name)
        for number, name, organisation, show_name in rows
    }


def _bursts(session: Session, event_id: int, *, since: int) -> dict[int, tuple[Burst, ...]]:
    bursts: dict[int, tuple[Burst, ...]] = {}
    for row in session.execute(_BURSTS, {"event_id": event_id, "since": since}):
        told = dict(row._mapping)
        number = told.pop("number")
        bursts[number] = (*bursts.get(number, ()), Burst(**told))
    return bursts
