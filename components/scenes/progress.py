"""How the day goes, in words and as clocks, for the desk, the chair and the projector."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import words.events
from components.live.cache import shared_cache
from components.questions import pace
from components.scenes.stage import Timer
from data_access.engine import Database
from data_access.hall import halls
from data_access.questions.cached.snapshots import Snapshot
from dialogue import rundown
from dialogue.rundown import Begun, Planned, Standing
from locales import Language

MINUTE = timedelta(minutes=1)
KEPT = 32
# No question is read out and answered in less.
LEAST_SECONDS = 20


def standing(snapshot: Snapshot, *, at: datetime) -> Standing:
    """Compare a time with the plan of the day."""
    hall = snapshot.hall
    return rundown.standing(plan(snapshot), part=hall.part, part_began_at=hall.part_began_at, at=at)


def plan(snapshot: Snapshot) -> tuple[Planned, ...]:
    """Return the rundown with its planned times, in the event's zone; empty where there is none."""
    event = snapshot.event
    zone = ZoneInfo(event.timezone)
    began_at = snapshot.hall.began_at
    return rundown.plan(
        event.rundown,
        held_at=event.held_at.astimezone(zone),
        began_at=began_at.astimezone(zone) if began_at else None,
    )


def course(snapshot: Snapshot) -> tuple[Begun, ...]:
    """Return which parts began in turn, without the steps that were taken back."""
    return _course(snapshot.database, snapshot.event.slug, snapshot.hall_entry)


@shared_cache(KEPT)
def _course(database: Database, slug: str, _until: int) -> tuple[Begun, ...]:
    """Return the course up to an entry of the activity."""
    with database.reading() as session:
        return tuple(halls.course(session, slug))


def back(snapshot: Snapshot, language: Language) -> str | None:
    """Say where the day stands when its last step is taken back; None where there is no step."""
    steps = course(snapshot)
    former = rundown.today(steps[:-1])
    if not former:
        return language.gettext("Back to before the opening") if steps else None
    names = {each.code: words.events.part(each, language) for each in snapshot.event.rundown}
    # A part that the event has no more cannot go on.
    name = names.get(former[-1].part or "")
    return language.gettext("Back to: {part}").format(part=name) if name else None


def sentence(snapshot: Snapshot, language: Language, *, at: datetime) -> str:
    """Say which part runs, whether the day is behind, and how many questions still fit.

    It is empty for an event without a rundown.
    """
    now = standing(snapshot, at=at)
    return " · ".join(_facts(snapshot, now, language, at=at))


def fitting(snapshot: Snapshot, now: Standing, *, at: datetime) -> int | None:
    """Count how many more questions fit, as long as they take; None where that is not known."""
    speed = pace.speed(snapshot)
    typical, began, minutes = speed["pace"], speed["began"], snapshot.event.question_minutes
    # Whoever steps through the first few says nothing about how long an answer takes.
    if typical is None or typical < LEAST_SECONDS:
        typical = minutes * MINUTE.total_seconds() if minutes else None
    if typical is None:
        return None
    spent = timedelta(seconds=at.timestamp() - began) if began else None
    return rundown.fitting(now.left, each=timedelta(seconds=typical), spent=spent)


def question_clock(snapshot: Snapshot) -> Timer | None:
    """Return the clock of the question on stage: what is left of its time, or how long it lasts."""
    began, minutes = pace.speed(snapshot)["began"], snapshot.event.question_minutes
    if began is None:
        return None
    ends_at = began + minutes * MINUTE.total_seconds() if minutes else None
    return Timer(started_at=began, ends_at=ends_at, label="")


def part_clock(snapshot: Snapshot, language: Language, *, at: datetime) -> Timer | None:
    """Return the clock of the part that runs: what the plan leaves of it."""
    running = standing(snapshot, at=at).running
    if running is None:
        return None
    return Timer(
        started_at=running.starts.timestamp(),
        ends_at=running.ends.timestamp(),
        label=words.events.part(running.part, language),
    )


def _facts(snapshot: Snapshot, now: Standing, language: Language, *, at: datetime) -> Iterator[str]:
    if now.running is not None:
        yield words.events.part(now.running.part, language)
        yield _late(now.behind, language)
    elif now.coming is not None:
        planned = language.gettext("{part} is planned for {time}")
        name = words.events.part(now.coming.part, language)
        yield planned.format(part=name, time=language.time(now.coming.starts))
    count = fitting(snapshot, now, at=at)
    if now.left and count is not None:
        more = language.ngettext("{count} more question fits", "{count} more questions fit", count)
        yield more.format(count=count)


def _late(behind: timedelta, language: Language) -> str:
    minutes = round(abs(behind) / MINUTE)
    if minutes == 0:
        return language.gettext("on time")
    if behind > timedelta():
        return language.gettext("{minutes} min behind").format(minutes=minutes)
    return language.gettext("{minutes} min ahead").format(minutes=minutes)
