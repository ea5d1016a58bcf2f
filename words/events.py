"""What an event, its settings and its catalogues are called in a language."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from dialogue.events import Department, Event, EventSummary, Intake, Moderation, Part
from locales import Language


def events(values: Iterable[EventSummary], language: Language) -> dict[str, str]:
    """Name events by their slugs; of those that would be called alike each has its slug too."""
    named = {each.slug: _event(each, language) for each in values}
    times = Counter(named.values())
    return {slug: name if times[name] == 1 else f"{name} ({slug})" for slug, name in named.items()}


def _event(value: EventSummary, language: Language) -> str:
    # The day first: where there is no room for the whole, the end is left out.
    return f"{language.date(value.held_on)} · {language.pick(value.title, value.title_en)}"


def department(value: Department, language: Language) -> str:
    """Name a department."""
    return language.pick(value.name, value.name_en)


def reasons(event: Event, language: Language) -> dict[str, str]:
    """Name the reasons for which a question is rejected, by their codes."""
    return {each.code: language.pick(each.text, each.text_en) for each in event.reasons}


def topics(event: Event, language: Language) -> dict[str, str]:
    """Name the topics by their codes."""
    return {each.code: language.pick(each.name, each.name_en) for each in event.topics}


def departments(event: Event, language: Language) -> dict[str, str]:
    """Name the departments by their codes."""
    return {each.code: department(each, language) for each in event.departments}


def part(value: Part, language: Language) -> str:
    """Name a part of the rundown."""
    return language.pick(value.name, value.name_en)


@cache
def intakes(language: Language) -> dict[Intake, str]:
    """Name what an intake can be."""
    _ = language.gettext
    return {
        Intake.OPEN: _("Taking questions"),
        Intake.PAUSED: _("Paused"),
        Intake.CLOSED: _("Closed"),
    }


@cache
def moderations(language: Language) -> dict[Moderation, str]:
    """Name when the desk reads questions."""
    _ = language.gettext
    return {
        Moderation.BEFORE: _("Read before they are public"),
        Moderation.AFTER: _("Public at once, read afterwards"),
    }


@cache
def weights(language: Language) -> dict[str, str]:
    """Name what counts for the suggested order, by the fields of `Weights`."""
    _ = language.gettext
    return {
        "waiting": _("Waiting time"),
        "votes": _("Votes"),
        "district": _("Districts that were not taken up yet"),
        "topic": _("Topics that were not taken up yet"),
    }


def summary(event: Event, language: Language, *, at: datetime) -> str:
    """Say how an event takes and shows questions at a time."""
    intake = event.intake_at(at)
    said = intakes(language)[intake]
    if intake is Intake.PAUSED and event.reopens_at is not None:
        local = event.reopens_at.astimezone(ZoneInfo(event.timezone))
        said = language.gettext("Paused until {time}").format(time=language.time(local))
    return f"{said} · {moderations(language)[event.moderation]}"
