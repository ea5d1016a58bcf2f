"""The rundown as whoever leads the day sees it: its parts in words, and how they are drawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

import words.events
from components.scenes import progress
from data_access.questions.cached.snapshots import Snapshot
from dialogue import rundown
from locales import Language


class RundownPart(TypedDict):
    """A part of the rundown in words: when it is planned, and when it began if it has.

    `about` names its topics. One part `runs` at most, and one `comes` next.
    """

    code: str
    name: str
    about: str
    planned: str
    began: str | None
    runs: bool
    comes: bool


def parts(snapshot: Snapshot, language: Language, *, at: datetime) -> Sequence[RundownPart]:
    """List the parts of an event's rundown in turn, as the day stands at a time."""
    zone, now = ZoneInfo(snapshot.event.timezone), progress.standing(snapshot, at=at)
    began_at = dict(rundown.today(progress.course(snapshot)))
    listed = []
    for planned in progress.plan(snapshot):
        part = planned.part
        topics = [snapshot.topics[each] for each in part.topics if each in snapshot.topics]
        began = began_at.get(part.code)
        listed.append(
            RundownPart(
                code=part.code,
                name=words.events.part(part, language),
                about=", ".join(language.pick(each.name, each.name_en) for each in topics),
                planned=f"{language.time(planned.starts)}–{language.time(planned.ends)}",
                began=language.time(began.astimezone(zone)) if began else None,
                runs=planned == now.running,
                comes=planned == now.coming,
            )
        )
    return listed
