"""How the day goes, in words and as clocks, for the desk, the chair and the projector."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from components import question_rows, words
from components.shared import shared
from components.stage import Timer
from data_access import engine, halls
from data_access.boards import Board
from data_access.engine import Database
from dialogue import rundown
from dialogue.rundown import Begun, Planned, Standing
from locales import Language

MINUTE = timedelta(minutes=1)
KEPT = 32
# No question is read out and answered in less.
LEAST_SECONDS = 20


def standing(board: Board, *, at: datetime) -> Standing:
    """Compare a time with the plan of the day."""
    hall = board.hall
    return rundown.standing(plan(board), part=hall.part, part_began_at=hall.part_began_at, at=at)


def plan(board: Board) -> tuple[Planned, ...]:
    """Return the rundown with its planned times, in the event's zone; empty where there is none."""
    event = board.event
    zone = ZoneInfo(event.timezone)
    began_at = board.hall.began_at
    return rundown.plan(
        event.rundown,
        held_at=event.held_at.astimezone(zone),
        began_at=began_at.astimezone(zone) if began_at else None,
    )


def course(board: Board) -> tuple[Begun, ...]:
    """Return which parts began in turn, without the steps that were taken back."""
    return _course(engine.current(), board.event.slug, board.hall_entry)


@shared(KEPT)
def _course(database: Database, slug: str, _until: int) -> tuple[Begun, ...]:
    """Return the course up to an entry of the activity."""
    with database.reading() as session:
        return tuple(halls.course(session, slug))


def back(board: Board, spoken: Language) -> str | None:
    """Say where the day stands when its last step is taken back; None where there is no step."""
    steps = course(board)
    former = rundown.today(steps[:-1])
    if not former:
        return spoken.gettext("Back to before the opening") if steps else None
    names = {each.code: words.part(each, spoken) for each in board.event.rundown}
    # A part that the event has no more cannot go on.
    name = names.get(former[-1].part or "")
    return spoken.gettext("Back to: {part}").format(part=name) if name else None


def sentence(board: Board, spoken: Language, *, at: datetime) -> str:
    """Say which part runs, whether the day is behind, and how many questions still fit.

    It is empty for an event without a rundown.
    """
    now = standing(board, at=at)
    return " · ".join(_facts(board, now, spoken, at=at))


def fitting(board: Board, now: Standing, *, at: datetime) -> int | None:
    """Count how many more questions fit, as long as they take; None where that is not known."""
    speed = question_rows.speed(board)
    pace, began, minutes = speed["pace"], speed["began"], board.event.question_minutes
    # Whoever steps through the first few says nothing about how long an answer takes.
    if pace is None or pace < LEAST_SECONDS:
        pace = minutes * MINUTE.total_seconds() if minutes else None
    if pace is None:
        return None
    spent = timedelta(seconds=at.timestamp() - began) if began else None
    return rundown.fitting(now.left, each=timedelta(seconds=pace), spent=spent)


def question_clock(board: Board) -> Timer | None:
    """Return the clock of the question on stage: what is left of its time, or how long it lasts."""
    began, minutes = question_rows.speed(board)["began"], board.event.question_minutes
    if began is None:
        return None
    ends_at = began + minutes * MINUTE.total_seconds() if minutes else None
    return Timer(started_at=began, ends_at=ends_at, label="")


def part_clock(board: Board, spoken: Language, *, at: datetime) -> Timer | None:
    """Return the clock of the part that runs: what the plan leaves of it."""
    running = standing(board, at=at).running
    if running is None:
        return None
    return Timer(
        started_at=running.starts.timestamp(),
        ends_at=running.ends.timestamp(),
        label=words.part(running.part, spoken),
    )


def _facts(board: Board, now: Standing, spoken: Language, *, at: datetime) -> Iterator[str]:
    if now.running is not None:
        yield words.part(now.running.part, spoken)
        yield _late(now.behind, spoken)
    elif now.coming is not None:
        planned = spoken.gettext("{part} is planned for {time}")
        name = words.part(now.coming.part, spoken)
        yield planned.format(part=name, time=spoken.time(now.coming.starts))
    count = fitting(board, now, at=at)
    if now.left and count is not None:
        more = spoken.ngettext("{count} more question fits", "{count} more questions fit", count)
        yield more.format(count=count)


def _late(behind: timedelta, spoken: Language) -> str:
    minutes = round(abs(behind) / MINUTE)
    if minutes == 0:
        return spoken.gettext("on time")
    if behind > timedelta():
        return spoken.gettext("{minutes} min behind").format(minutes=minutes)
    return spoken.gettext("{minutes} min ahead").format(minutes=minutes)
