"""Which charts are drawn as pictures, and the numbers in them, of questions in some states."""

from collections import Counter
from datetime import datetime, timedelta

from charts import palette
from data_access.questions.reading import record
from dialogue.annotations import Subject
from dialogue.events import per_10000
from dialogue.lifecycle import HEARD, Status
from reports.contents import Contents
from reports.pictures import BarPart, Bars, Grid, Picture

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


def every(contents: Contents) -> dict[str, Picture]:
    """Return each chart by the name of its file."""
    return {
        "topics": by_topic(contents),
        "districts": by_district(contents),
        "districts-per-10000": by_district_per_10000(contents),
        "districts-and-topics": by_district_and_topic(contents),
        "time": over_time(contents),
    }


def by_topic(contents: Contents, among: Statuses = ALL) -> Bars:
    """Count the questions of each topic, and how many of them were heard."""
    title = contents.language.gettext("Questions by topic")
    return _heard(contents, title, "topic", dict(contents.topics), among)


def by_district(contents: Contents, among: Statuses = ALL) -> Bars:
    """Count the questions of each district, and how many of them were heard."""
    names: dict[str | None, str] = {each.code: each.short_name for each in contents.districts}
    return _heard(
        contents, contents.language.gettext("Questions by district"), "district", names, among
    )


def by_district_per_10000(contents: Contents) -> Bars:
    """Count the questions of each district per 10,000 young people, where these are known."""
    rates = [
        per_10000(contents.count(district=each.code), each.young_people)
        for each in contents.districts
    ]
    unknown = contents.language.gettext("not known")
    return Bars(
        contents.language.gettext("Questions per 10,000 young people, by district"),
        [each.short_name for each in contents.districts],
        [BarPart("", [each or 0 for each in rates])],
        [unknown if each is None else contents.language.number(each, decimals=1) for each in rates],
    )


def by_district_and_topic(contents: Contents) -> Grid:
    """Count the questions of each district on each topic."""
    return Grid(
        contents.language.gettext("Questions by district and topic"),
        list(contents.topics.values()),
        [each.short_name for each in contents.districts],
        [
            [contents.count(district=each.code, topic=code) for each in contents.districts]
            for code in contents.topics
        ],
    )


def over_time(contents: Contents, among: Statuses = ALL) -> Bars:
    """Count what was asked in each hour, or each day where it took longer; none is left out."""
    hours = Counter(
        _hour(contents, at)
        for at in record.received(contents.session, contents.order.slug, statuses=among)
    )
    first, last = min(hours, default=contents.at), max(hours, default=contents.at)
    step, pattern = timedelta(hours=1), "%H:%M %d/%m"
    if last - first > _LONGEST_BY_HOUR:
        step, pattern = timedelta(days=1), "%d/%m"
        hours = _by_day(hours)
        first, last = min(hours), max(hours)
    times = [first + step * place for place in range((last - first) // step + 1)] if hours else []
    return Bars(
        contents.language.gettext("Questions over time"),
        [each.strftime(pattern) for each in times],
        [BarPart("", [hours[each] for each in times])],
        [contents.language.number(hours[each]) for each in times],
        upright=True,
    )


def _hour(contents: Contents, at: datetime) -> datetime:
    # Without the zone: the event's own clock is counted on.
    local = at.astimezone(contents.zone)
    return local.replace(minute=0, second=0, microsecond=0, tzinfo=None)


def _by_day(hours: Counter[datetime]) -> Counter[datetime]:
    days: Counter[datetime] = Counter()
    for hour, count in hours.items():
        days[hour.replace(hour=0)] += count
    return days


def _heard(
    contents: Contents, title: str, column: str, names: dict[str | None, str], among: Statuses
) -> Bars:
    asked = [contents.count(*among, **{column: code}) for code in names]
    heard = [contents.count(*HEARD, **{column: code}) for code in names]
    waiting = [all_ - those for all_, those in zip(asked, heard, strict=True)]
    return Bars(
        title,
        list(names.values()),
        [
            BarPart(contents.language.gettext("Answered or replied to"), heard, palette.ANSWERED),
            BarPart(contents.language.gettext("Others"), waiting, palette.WAITING),
        ],
        [contents.language.number(each) for each in asked],
    )
