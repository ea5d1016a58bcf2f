"""What one dialogue is: its programme, its presiding official and its catalogues."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Intake(StrEnum):
    """Whether an event takes questions; `PAUSED` is closed until a time, and then open."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Moderation(StrEnum):
    """Whether the desk reads a question before everyone may, or afterwards."""

    BEFORE = "before"
    AFTER = "after"


class PartKind(StrEnum):
    """What a part of the rundown is for."""

    OPENING = "opening"
    REPORTS = "reports"
    DIALOGUE = "dialogue"
    BREAK = "break"
    CONCLUSION = "conclusion"


# Departments before the topics that name them.
CATALOGUES = ("districts", "departments", "topics", "reasons", "rundown")
MOST_WEIGHT = 3
# Of how many events at most the snapshots are read before a process is ready.
MOST_FIRST = 8
LONGEST_SLUG = 40
# Where the event's file does not say them. The law gives so many calendar days until the written
# conclusion is public, the longer where it is complex and touches several sectors: Luật Thanh
# niên 57/2020/QH14, Điều 10.3; Nghị định 13/2021/NĐ-CP, Điều 11.2. A reply may take as long.
CONCLUSION_DAYS = 10
COMPLEX_CONCLUSION_DAYS = 15
REPLY_DAYS = COMPLEX_CONCLUSION_DAYS
# A question that somebody forgot on stage does not keep a hall running for ever.
LONGEST_STEP = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each part counts when the next question is suggested, each 0 to `MOST_WEIGHT`.

    What the parts are, `dialogue.fairness` says.
    """

    waiting: float = 1.0
    votes: float = 1.0
    district: float = 1.5
    topic: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """Where an asker is from (địa bàn).

    `people` and `young_people` (aged 15 to 34) are counts of persons.
    `tile_column` and `tile_row` place the district on the tile grid: column 0 is
    west, row 0 is north.
    """

    code: str
    name: str
    short_name: str
    people: int | None = None
    young_people: int | None = None
    tile_column: int | None = None
    tile_row: int | None = None


def per_10000(questions: int, young_people: int | None) -> float | None:
    """Return how many questions there are per 10,000 young people; None where these are unknown."""
    return questions * 10_000 / young_people if young_people else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a question is about (chủ đề).

    `departments` holds the codes of those who answer, the leading one first. `keywords` are
    words that speak for the topic where a question has them.
    """

    code: str
    name: str
    name_en: str
    departments: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A body that answers (sở, ban, ngành), under the name it has between two dates."""

    code: str
    name: str
    name_en: str
    valid_from: date | None = None
    valid_to: date | None = None

    def is_there(self, day: date) -> bool:
        """Tell whether it has this name on a day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a question may be rejected, in words that the asker will read."""

    code: str
    text: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the day's plan, and how many minutes it takes.

    Of a dialogue, `topics` holds the codes of what it is about; none where it is about all.
    """

    code: str
    kind: PartKind
    name: str
    name_en: str
    minutes: int
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One dialogue with its own catalogues, each in the order of its file.

    `timezone` is an IANA name; `held_at` is aware. `intake` is open or closed; a closed one with
    `reopens_at` (aware) is paused until then. `question_minutes` is how long a question should be
    on stage, `reply_days` how many days a written reply may take. Within `conclusion_days` calendar
    days, or `complex_conclusion_days`, the written conclusion must be public. `boundaries` names a
    GeoJSON file beside the event's file, whose features carry the districts' codes. `rundown` is
    the plan of the day from `held_at` on. `practice_of` is the slug of the event that is rehearsed;
    a real event has none.
    """

    slug: str
    title: str
    title_en: str
    theme: str
    theme_en: str
    unit_name: str
    unit_title: str
    official_name: str
    official_title: str
    held_at: datetime
    place: str
    timezone: str
    plan: str
    intake: Intake
    intake_opens_on: date
    intake_closes_on: date
    reopens_at: datetime | None = None
    moderation: Moderation = Moderation.BEFORE
    weights: Weights = Weights()
    question_minutes: int | None = None
    reply_days: int = REPLY_DAYS
    conclusion_days: int = CONCLUSION_DAYS
    complex_conclusion_days: int = COMPLEX_CONCLUSION_DAYS
    boundaries: str | None
    boundaries_credit: str | None
    population_source: str | None
    districts: tuple[District, ...]
    topics: tuple[Topic, ...]
    departments: tuple[Department, ...]
    reasons: tuple[Reason, ...]
    rundown: tuple[Part, ...] = ()
    practice_of: str | None = None

    def intake_at(self, at: datetime) -> Intake:
        """Tell whether questions are taken at a time."""
        return intake_at(self.intake, self.reopens_at, at)

    def leading(self, topic: str | None) -> str | None:
        """Return the code of the department that leads on a topic on the day it is held."""
        there = {each.code for each in self.departments if each.is_there(self.held_on)}
        for each in self.topics:
            if each.code == topic:
                return next((code for code in each.departments if code in there), None)
        return None

    @property
    def young_people(self) -> int | None:
        """The young people of all districts; None where those of any are unknown."""
        known = [each.young_people for each in self.districts if each.young_people]
        return sum(known) if known and len(known) == len(self.districts) else None

    @property
    def held_on(self) -> date:
        """The day on which it is held, where it is held."""
        return self.held_at.astimezone(ZoneInfo(self.timezone)).date()

    @property
    def conclusion_due(self) -> tuple[date, date]:
        """The last days on which the written conclusion is in time: an ordinary, a complex one."""
        ordinary, complex_ = self.conclusion_days, self.complex_conclusion_days
        return self.held_on + timedelta(days=ordinary), self.held_on + timedelta(days=complex_)

    @property
    def ends_at(self) -> datetime:
        """When it is over: when it was held, or the last day of taking questions if that is later.

        Both are the plan's: an intake that somebody forgot to close does not prolong it.
        """
        midnight = datetime.combine(self.intake_closes_on, time(), ZoneInfo(self.timezone))
        return max(self.held_at, midnight + timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSummary:
    """What an event is told from others by.

    `held_at` and `led_at` are aware. `led_at` is when the question on stage was brought there, or
    the running part of the rundown began, whichever came last; None where there is neither.
    `practice_of` is the slug of the event that is rehearsed; a real event has none.
    """

    slug: str
    title: str
    title_en: str
    held_at: datetime
    timezone: str
    led_at: datetime | None = None
    practice_of: str | None = None

    @property
    def held_on(self) -> date:
        """The day on which it is held, where it is held."""
        return self.held_at.astimezone(ZoneInfo(self.timezone)).date()

    def is_running(self, at: datetime) -> bool:
        """Tell whether somebody leads its hall at a time."""
        return self.led_at is not None and at - self.led_at < LONGEST_STEP

    def days_away(self, at: datetime) -> int:
        """Return how many days its day is from a time's, there where it is held."""
        return abs((self.held_on - at.astimezone(ZoneInfo(self.timezone)).date()).days)


def nearest_first(events: Iterable[EventSummary], at: datetime) -> list[EventSummary]:
    """Sort events: what runs, then by how near their days are to a time; rehearsals come last."""
    return sorted(
        events,
        key=lambda each: (
            each.practice_of is not None,
            not each.is_running(at),
            each.days_away(at),
            abs(each.held_at - at),
            each.slug,
        ),
    )


def first_needed(nearest: Sequence[EventSummary], at: datetime) -> list[EventSummary]:
    """Return the events whose pages are opened first: the nearest, and what else is on that day."""
    on = (each for each in nearest[1:] if each.is_running(at) or each.days_away(at) == 0)
    return [*nearest[:1], *on][:MOST_FIRST]


def nearest_zone(nearest: Sequence[EventSummary]) -> ZoneInfo:
    """Return the zone in which times that are of no event are told: that of the first event."""
    return ZoneInfo(nearest[0].timezone if nearest else "UTC")


def intake_at(intake: Intake, reopens_at: datetime | None, at: datetime) -> Intake:
    """Tell what an intake is at a time: a pause is over by itself."""
    if intake is Intake.OPEN or reopens_at is None:
        return intake
    return Intake.PAUSED if at < reopens_at else Intake.OPEN
