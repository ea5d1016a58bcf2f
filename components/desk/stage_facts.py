"""What the stage control at the desk shows: the hall's screens, its clocks and its day."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import words.events
import words.hall
from components.desk import stage_control
from components.desk.stage_control import Facts, OnAir, Ready, labels
from components.live.cache import shared_cache
from components.questions import pace
from components.scenes import progress, rundown, scene_data
from components.shell import session_language
from data_access.activity import activity
from data_access.engine import Database, Session
from data_access.questions.cached.snapshots import Snapshot
from dialogue.activity import ActivityFilters, Line
from dialogue.hall import LONGEST_MESSAGE, Armed, HallAction, Scene
from locales import Language

KEPT = 32
# So many messages are offered again, of the last that were shown.
MOST_MESSAGES = 5
MOST_LINES = 30


class _Past(NamedTuple):
    """What was done in the hall: messages, and when the chair last took note."""

    messages: list[str]
    heeded_at: datetime | None


def current(snapshot: Snapshot, language: Language) -> bytes:
    """Return what the control shows now, encoded for `stage_control.show`."""
    # The day is told by the minute: within one, all desks are sent the same.
    return _encoded(snapshot, language, datetime.now(UTC).replace(second=0, microsecond=0))


@shared_cache(KEPT)
def _encoded(snapshot: Snapshot, language: Language, at: datetime) -> bytes:
    past = _past(snapshot.database, snapshot.event.slug, snapshot.hall_entry)
    hall = snapshot.hall
    zone = ZoneInfo(snapshot.event.timezone)
    return stage_control.encode(
        Facts(
            revision=snapshot.revision,
            language=language.code,
            labels=labels.control_labels(language),
            scenes=[
                (scene, labels.scene_buttons(language)[scene], name)
                for scene, name in words.hall.scenes(language).items()
            ],
            on_air=_on_air(snapshot, language, at=at),
            ready=_ready(snapshot, hall.armed, language, at=at) if hall.armed else None,
            fires=_fires(snapshot, language),
            messages=past.messages,
            longest_message=LONGEST_MESSAGE,
            question_clock=progress.question_clock(snapshot),
            part_clock=progress.part_clock(snapshot, language, at=at),
            shows_timer=hall.shows_timer,
            day=progress.sentence(snapshot, language, at=at),
            plan=rundown.parts(snapshot, language, at=at),
            back=progress.back(snapshot, language),
            desk_asks=_desk_asks(snapshot, past, language, zone),
            chair_asks=_chair_asks(snapshot, language, zone),
            moving_on=hall.desk_asked_at is not None,
        )
    )


def _on_air(snapshot: Snapshot, language: Language, *, at: datetime) -> OnAir:
    hall, on_stage = snapshot.hall, snapshot.on_stage
    name = words.hall.scenes(language)[hall.scene]
    if hall.scene is Scene.QUESTION and on_stage is not None:
        name = f"#{on_stage.number}"
    return OnAir(
        scene=hall.scene,
        dark=hall.dark,
        on_screens=scene_data.are_on_screens(snapshot),
        number=on_stage.number if on_stage else None,
        name=language.gettext("Black") if hall.dark else name,
        scene_data=scene_data.of_hall(
            snapshot, session_language.of_screens(), hall, on_stage=on_stage, at=at
        ),
    )


def _ready(snapshot: Snapshot, armed: Armed, language: Language, *, at: datetime) -> Ready:
    seen = replace(snapshot.hall, scene=armed.scene, message=armed.message, dark=False)
    coming = snapshot.on_stage if armed.number is None else snapshot.questions[armed.number]
    return Ready(
        scene=armed.scene,
        message=armed.message,
        number=armed.number,
        name=_name(armed, language),
        scene_data=scene_data.of_hall(
            snapshot, session_language.of_screens(), seen, on_stage=coming, at=at
        ),
    )


def _name(armed: Armed, language: Language) -> str:
    return f"#{armed.number}" if armed.number else words.hall.scenes(language)[armed.scene]


def _fires(snapshot: Snapshot, language: Language) -> str:
    """Say what will happen when what is armed is fired."""
    armed, on_stage = snapshot.hall.armed, snapshot.on_stage
    if armed is None:
        return language.gettext("Nothing is ready")
    if armed.number is None or on_stage is None:
        return _name(armed, language)
    said = language.gettext("#{ending} answered, #{number} on stage")
    return said.format(ending=on_stage.number, number=armed.number)


def _desk_asks(snapshot: Snapshot, past: _Past, language: Language, zone: ZoneInfo) -> str | None:
    """Say that the chair was asked to move on, or has taken note of it for this question."""
    asked_at, began = snapshot.hall.desk_asked_at, pace.speed(snapshot)["began"]
    if asked_at is not None:
        sent = language.gettext("Sent at {time}")
        return sent.format(time=language.time(asked_at.astimezone(zone)))
    if past.heeded_at is None or began is None or past.heeded_at.timestamp() < began:
        return None
    heeded = language.gettext("The chair knows since {time}")
    return heeded.format(time=language.time(past.heeded_at.astimezone(zone)))


def _chair_asks(snapshot: Snapshot, language: Language, zone: ZoneInfo) -> str | None:
    asked_at = snapshot.hall.chair_asked_at
    if asked_at is None:
        return None
    said = language.gettext("The chair asks to move on ({time})")
    return said.format(time=language.time(asked_at.astimezone(zone)))


@shared_cache(KEPT)
def _past(database: Database, slug: str, _until: int) -> _Past:
    """Return what was done up to an entry of the activity."""
    with database.reading() as session:
        shown = _lines(session, slug, HallAction.SCENE_MESSAGE, most=MOST_LINES)
        heeded = _lines(session, slug, HallAction.HEEDED_DESK, most=1)
    return _Past(
        list(dict.fromkeys(each.message for each in shown if each.message))[:MOST_MESSAGES],
        heeded[0].at if heeded else None,
    )


def _lines(session: Session, slug: str, action: str, *, most: int) -> list[Line]:
    return activity.page(session, slug, ActivityFilters(action=action), most=most)
