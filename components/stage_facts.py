"""What the stage control at the desk shows: the hall's screens, its clocks and its day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from components import language, pictures, progress, question_rows, stage_control, words
from components.shared import shared
from components.stage_control import Facts, OnAir, Ready, Step
from data_access import activity, engine
from data_access.boards import Board
from data_access.engine import Database
from dialogue import rundown
from dialogue.activity import Filters, Line
from dialogue.hall import LONGEST_MESSAGE, Armed, Scene, Side
from locales import Language

KEPT = 32
# So many messages are offered again, of the last that were shown.
MOST_MESSAGES = 5
MOST_LINES = 30


class _Past(NamedTuple):
    """What was done in the hall: messages, and when the chair last took note."""

    messages: list[str]
    heeded_at: datetime | None


def current(board: Board, spoken: Language) -> bytes:
    """Return what the control shows now, encoded for `stage_control.show`."""
    # The day is told by the minute: within one, all desks are sent the same.
    return _encoded(board, spoken, datetime.now(UTC).replace(second=0, microsecond=0))


@shared(KEPT)
def _encoded(board: Board, spoken: Language, at: datetime) -> bytes:
    past = _past(engine.current(), board.event.slug, board.hall_entry)
    hall = board.hall
    zone = ZoneInfo(board.event.timezone)
    return stage_control.encode(
        Facts(
            revision=board.revision,
            language=spoken.code,
            labels=words.control_labels(spoken),
            scenes=[
                (scene, words.scene_buttons(spoken)[scene], name)
                for scene, name in words.scenes(spoken).items()
            ],
            on_air=_on_air(board, spoken, at=at),
            ready=_ready(board, hall.armed, spoken, at=at) if hall.armed else None,
            fires=_fires(board, spoken),
            messages=past.messages,
            longest_message=LONGEST_MESSAGE,
            question_clock=progress.question_clock(board),
            part_clock=progress.part_clock(board, spoken, at=at),
            shows_timer=hall.shows_timer,
            day=progress.sentence(board, spoken, at=at),
            plan=list(_steps(board, spoken, zone)),
            back=progress.back(board, spoken),
            desk_asks=_desk_asks(board, past, spoken, zone),
            chair_asks=_chair_asks(board, spoken, zone),
            moving_on=hall.desk_asked_at is not None,
        )
    )


def _on_air(board: Board, spoken: Language, *, at: datetime) -> OnAir:
    hall, on_stage = board.hall, board.on_stage
    name = words.scenes(spoken)[hall.scene]
    if hall.scene is Scene.QUESTION and on_stage is not None:
        name = f"#{on_stage.number}"
    return OnAir(
        scene=hall.scene,
        dark=hall.dark,
        on_screens=pictures.are_on_screens(board),
        number=on_stage.number if on_stage else None,
        name=spoken.gettext("Black") if hall.dark else name,
        picture=pictures.picture(board, language.of_screens(), hall, on_stage=on_stage, at=at),
    )


def _ready(board: Board, armed: Armed, spoken: Language, *, at: datetime) -> Ready:
    seen = replace(board.hall, scene=armed.scene, message=armed.message, dark=False)
    coming = board.on_stage if armed.number is None else board.questions[armed.number]
    return Ready(
        scene=armed.scene,
        message=armed.message,
        number=armed.number,
        name=_name(armed, spoken),
        picture=pictures.picture(board, language.of_screens(), seen, on_stage=coming, at=at),
    )


def _name(armed: Armed, spoken: Language) -> str:
    return f"#{armed.number}" if armed.number else words.scenes(spoken)[armed.scene]


def _fires(board: Board, spoken: Language) -> str:
    """Say what will happen when what is armed is fired."""
    armed, on_stage = board.hall.armed, board.on_stage
    if armed is None:
        return spoken.gettext("Nothing is ready")
    if armed.number is None or on_stage is None:
        return _name(armed, spoken)
    said = spoken.gettext("#{ending} answered, #{number} on stage")
    return said.format(ending=on_stage.number, number=armed.number)


def _steps(board: Board, spoken: Language, zone: ZoneInfo) -> Iterator[Step]:
    begun = dict(rundown.today(progress.course(board)))
    for planned in progress.plan(board):
        part = planned.part
        topics = [board.topics[each] for each in part.topics if each in board.topics]
        began = begun.get(part.code)
        yield Step(
            code=part.code,
            name=words.part(part, spoken),
            about=", ".join(spoken.pick(each.name, each.name_en) for each in topics),
            planned=f"{spoken.time(planned.starts)}–{spoken.time(planned.ends)}",
            began=spoken.time(began.astimezone(zone)) if began else None,
            runs=part.code == board.hall.part,
        )


def _desk_asks(board: Board, past: _Past, spoken: Language, zone: ZoneInfo) -> str | None:
    """Say that the chair was asked to move on, or has taken note of it for this question."""
    asked_at, began = board.hall.desk_asked_at, question_rows.speed(board)["began"]
    if asked_at is not None:
        sent = spoken.gettext("Sent at {time}")
        return sent.format(time=spoken.time(asked_at.astimezone(zone)))
    if past.heeded_at is None or began is None or past.heeded_at.timestamp() < began:
        return None
    heeded = spoken.gettext("The chair knows since {time}")
    return heeded.format(time=spoken.time(past.heeded_at.astimezone(zone)))


def _chair_asks(board: Board, spoken: Language, zone: ZoneInfo) -> str | None:
    asked_at = board.hall.chair_asked_at
    if asked_at is None:
        return None
    said = spoken.gettext("The chair asks to move on ({time})")
    return said.format(time=spoken.time(asked_at.astimezone(zone)))


@shared(KEPT)
def _past(database: Database, slug: str, _until: int) -> _Past:
    """Return what was done up to an entry of the activity."""
    with database.reading() as session:
        shown = _lines(session, slug, f"scene_{Scene.MESSAGE}", most=MOST_LINES)
        heeded = _lines(session, slug, f"heeded_{Side.DESK}", most=1)
    return _Past(
        list(dict.fromkeys(each.message for each in shown if each.message))[:MOST_MESSAGES],
        heeded[0].at if heeded else None,
    )


def _lines(session: Session, slug: str, action: str, *, most: int) -> list[Line]:
    return activity.page(session, slug, Filters(action=action), most=most)
