"""A rehearsal: an event of its own, made as a practice copy of a real one and wiped afterwards."""

import hashlib
import re
from dataclasses import replace

from dialogue.events import LONGEST_SLUG, Event, Intake
from dialogue.refusals import PracticeOver, UnknownEvent

_SLUG = re.compile(r"(.+)-tap-duot-\d+")
_DIGEST = 6


def copy(event: Event, *, number: int) -> Event:
    """Return the event in which a real one is rehearsed, for the `number`-th time, from 1.

    It has the same catalogues and settings, takes questions, and says in its title what it is.
    """
    return replace(
        event,
        slug=_slug(event.slug, number),
        title=f"Tập dượt: {event.title}",
        title_en=f"Rehearsal: {event.title_en}",
        intake=Intake.OPEN,
        reopens_at=None,
        practice_of=event.slug,
    )


def rehearsed(slug: str) -> str | None:
    """Return the slug of the event that is rehearsed under a slug; None for a real event's own.

    It need not be there any more; that of a very long one is cut.
    """
    found = _SLUG.fullmatch(slug)
    return found[1] if found else None


def unknown(slug: str) -> UnknownEvent:
    """Return what is said where no event has a slug: it may be that of a rehearsal that is over."""
    return PracticeOver() if rehearsed(slug) else UnknownEvent()


def _slug(slug: str, number: int) -> str:
    # No slug is used twice: what an open page, a phone or a process still knows of an earlier
    # rehearsal must never be taken for this one's.
    ending = f"-tap-duot-{number}"
    room = LONGEST_SLUG - len(ending)
    if len(slug) > room:
        digest = hashlib.sha256(slug.encode()).hexdigest()[:_DIGEST]
        slug = f"{slug[: room - _DIGEST - 1].rstrip('-')}-{digest}"
    return slug + ending
