"""Which charts are drawn as pictures, and the numbers in them, of questions in some states."""

from collections import Counter
from datetime import datetime, timedelta

from charts import palette
from data_access.questions.reading import record
from dialogue.annotations import Subject
from dialogue.events import per_10000
from dialogue.lifecycle import HEARD, Status
from reports.pictures import Bars, Grid, Part, Picture
from reports.tables import Tables

Statuses = tuple[Status, ...]
ALL = tuple(Status)
# What an annotation is on that is printed under one of the pictures, by the name of its file.
SUBJECTS = {
    "topics": Subject.TOPICS,
    "districts": Subject.DISTRICTS,
    "districts-and-topics": Subject.MATRIX,
    "time": Subject.TIME,
}
# Longer than this is counted by day instead of by hour.
_LONGEST_BY_HOUR = timedelta(days=2)


def every(tables: Tables) -> dict[str, Picture]:
    """Return each chart by the name of its file."""
    return {
        "topics": by_topic(tables),
        "districts": by_district(tables),
        "districts-per-10000": by_district_per_10000(tables),
        "districts-and-topics": by_district_and_topic(tables),
        "time": over_time(tables),
    }


def by_topic(tables: Tables, among: Statuses = ALL) -> Bars:
    """Count the questions of each topic, and how many of them were heard."""
    return _heard(
        tables, tables.language.gettext("Questions by topic"), "topic", dict(tables.topics), among
    )


def by_district(tables: Tables, among: Statuses = ALL) -> Bars:
    """Count the questions of each district, and how many of them were heard."""
    names: dict[str | None, str] = {each.code: each.short_name for each in tables.districts}
    return _heard(
        tables, tables.language.gettext("Questions by district"), "district", names, among
    )


def by_district_per_10000(tables: Tables) -> Bars:
    """Count the questions of each district per 10,000 young people, where these are known."""
    rates = [
        per_10000(tables.count(district=each.code), each.young_people) for each in tables.districts
    ]
    unknown = tables.language.gettext("not known")
    return Bars(
        tables.language.gettext("Questions per 10,000 young people, by district"),
        [each.short_name for each in tables.districts],
        [Part("", [each or 0 for each in rates])],
        [unknown if each is None else tables.language.number(each, decimals=1) for each in rates],
    )


def by_district_and_topic(tables: Tables) -> Grid:
    """Count the questions of each district on each topic."""
    return Grid(
        tables.language.gettext("Questions by district and topic"),
        list(tables.topics.values()),
        [each.short_name for each in tables.districts],
        [
            [tables.count(district=each.code, topic=code) for each in tables.districts]
            for code in tables.topics
        ],
    )


def over_time(tables: Tables, among: Statuses = ALL) -> Bars:
    """Count what was asked in each hour, or each day where it took longer; none is left out."""
    hours = Counter(
        _hour(tables, at)
        for at in record.received(tables.session, tables.order.slug, statuses=among)
    )
    first, last = min(hours, default=tables.at), max(hours, default=tables.at)
    step, pattern = timedelta(hours=1), "%H:%M %d/%m"
    if last - first > _LONGEST_BY_HOUR:
        step, pattern = timedelta(days=1), "%d/%m"
        hours = _by_day(hours)
        first, last = min(hours), max(hours)
    times = [first + step * place for place in range((last - first) // step + 1)] if hours else []
    return Bars(
        tables.language.gettext("Questions over time"),
        [each.strftime(pattern) for each in times],
        [Part("", [hours[each] for each in times])],
        [tables.language.number(hours[each]) for each in times],
        upright=True,
    )


def _hour(tables: Tables, at: datetime) -> datetime:
    # Without the zone: the event's own clock is counted on.
    local = at.astimezone(tables.zone)
    return local.replace(minute=0, second=0, microsecond=0, tzinfo=None)


def _by_day(hours: Counter[datetime]) -> Counter[datetime]:
    days: Counter[datetime] = Counter()
    for hour, count in hours.items():
        days[hour.replace(hour=0)] += count
    return days


def _heard(
    tables: Tables, title: str, column: str, names: dict[str | None, str], among: Statuses
) -> Bars:
    asked = [tables.count(*among, **{column: code}) for code in names]
    heard = [tables.count(*HEARD, **{column: code}) for code in names]
    waiting = [all_ - those for all_, those in zip(asked, heard, strict=True)]
    return Bars(
        title,
        list(names.values()),
        [
            Part(tables.language.gettext("Answered or replied to"), heard, palette.ANSWERED),
            Part(tables.language.gettext("Others"), waiting, palette.WAITING),
        ],
        [tables.language.number(each) for each in asked],
    )
