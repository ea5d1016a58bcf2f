"""A whole dialogue, played through in the database: for what is read afterwards."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from dialogue.lifecycle import Action, Status
from dialogue.questions import Source
from live import snapshots
from rehearsal import recording
from tests.factories import NOON, SLUG, act, actor, ask

# The hall is asked half a minute after the desk has seen what came in a month.
BEGINS = NOON + timedelta(hours=1, minutes=30)
SOURCES = (Source.PORTAL, Source.PHONE, Source.PHONE, Source.SITE, Source.DESK)


def play(*, moderators: Sequence[int], slug: str = SLUG, most: int | None = None) -> None:
    """Ask the questions of the rehearsal, and have the desk and the chair work through them.

    Half of them came in the month before. What becomes of each is drawn by lot, the same each
    time; some are still open when the day ends.
    """
    lots = random.Random(2022)
    recorded = recording.read()[:most]
    for place, each in enumerate(recorded):
        at = _asked_at(place, len(recorded))
        number = ask(
            slug=slug,
            at=at,
            source=SOURCES[place % len(SOURCES)],
            text=each.text,
            district=each.district,
            topic=(each.topic or None) if lots.random() < 0.9 else None,
        ).number
        _moderate(number, at=at, lots=lots, moderators=moderators, slug=slug)
    _conduct(slug, lots=lots)


def _asked_at(place: int, all_: int) -> datetime:
    """Spread the first half over a month, the second over the afternoon."""
    half = all_ // 2 or 1
    if place < half:
        return BEGINS - timedelta(days=30) + timedelta(days=29) * place / half
    return BEGINS + timedelta(hours=2) * (place - half) / half


def _moderate(
    number: int, *, at: datetime, lots: random.Random, moderators: Sequence[int], slug: str
) -> None:
    """Have somebody of the desk decide some minutes later, or nobody."""
    by = actor(account_id=lots.choice(moderators))
    decided = at + timedelta(minutes=lots.choice((1, 2, 3, 5, 8, 40)))
    if snapshots.current(slug).questions[number].flagged:
        return  # somebody must read it first
    match lots.randrange(12):
        case 0:
            return
        case 1:
            act(number, Action.REJECT, version=1, slug=slug, actor=by, at=decided)
            return
        case 2 if number > 1 and _status(1, slug) in (Status.APPROVED, Status.QUEUED):
            act(number, Action.MERGE, version=1, into=1, slug=slug, actor=by, at=decided)
            return
    act(number, Action.APPROVE, version=1, slug=slug, actor=by, at=decided)
    if number > 1 and lots.random() < 0.25:
        later = decided + timedelta(minutes=1)
        act(number, Action.QUEUE, version=2, slug=slug, actor=by, at=later)


def _conduct(slug: str, *, lots: random.Random) -> None:
    """Bring the queue on stage, one after the other, until the time is over."""
    at = BEGINS + timedelta(minutes=10)
    for number, length in zip(_queue(slug), _lengths(lots), strict=False):
        version = _version(number, slug)
        act(number, Action.STAGE, version=version, slug=slug, at=at)
        at += length
        action = lots.choice((Action.ANSWER, Action.ANSWER, Action.DEFER))
        how = {"entry": "so-tttt"} if action is Action.DEFER else {}
        act(number, action, version=version + 1, slug=slug, at=at, **how)
        at += timedelta(seconds=20)


def _lengths(lots: random.Random) -> Iterator[timedelta]:
    for _ in range(24):
        yield timedelta(seconds=lots.randrange(90, 420))


def _queue(slug: str) -> tuple[int, ...]:
    return snapshots.current(slug).order


def _status(number: int, slug: str) -> Status:
    return snapshots.current(slug).questions[number].status


def _version(number: int, slug: str) -> int:
    return snapshots.current(slug).questions[number].version
