"""What the hall sees and how far the day has come, and how the desk and the chair change it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.orm import Session

from data_access.models import HallRow, PartRow, QuestionRow, table_of
from data_access.revisions import Change
from dialogue import text as texts
from dialogue.accounts import Actor
from dialogue.hall import LONGEST_MESSAGE, Armed, Hall, Scene, Side
from dialogue.lifecycle import Status
from dialogue.refusals import TransitionRefused, UnknownEntry, UnknownQuestion, WrongText
from dialogue.roles import MAY, Right, check

COLUMNS = tuple(each for each in table_of(HallRow).columns if each.name != "event_id")
DISARMED = {"armed_scene": None, "armed_message": None, "armed_number": None}
# Whatever leaves the stage takes with it that somebody wanted it to.
_NOBODY_ASKS = {"desk_asked_at": None, "chair_asked_at": None}
_ASKED_AT = {Side.DESK: "desk_asked_at", Side.CHAIR: "chair_asked_at"}


def read(row: Row[Any]) -> Hall:
    """Return the hall of a row that has `COLUMNS`."""
    columns = {name: row._mapping[name] for name in Hall.__slots__ if name != "armed"}
    armed = None
    if row.armed_scene is not None:
        armed = Armed(scene=row.armed_scene, message=row.armed_message, number=row.armed_number)
    return Hall(**columns, armed=armed)


def show(
    session: Session,
    slug: str,
    scene: Scene,
    *,
    actor: Actor,
    at: datetime,
    message: str | None = None,
) -> None:
    """Show a scene on the screens, out of the dark too; `message` are the words of a message.

    Raises:
        WrongText: a message is empty or too long.
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.SWITCH_SCENE])
    change = Change(session, slug)
    columns: dict[str, Any] = {"scene": scene, "dark": False}
    if scene is Scene.MESSAGE:
        columns["message"] = _message(message)
    finish(change, f"scene_{scene}", columns, actor=actor, at=at)


def darken(session: Session, slug: str, *, dark: bool, actor: Actor, at: datetime) -> None:
    """Hide what the screens show until it is lifted, or lift it.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.DARKEN])
    action = "dark_on" if dark else "dark_off"
    finish(Change(session, slug), action, {"dark": dark}, actor=actor, at=at)


def show_timer(session: Session, slug: str, *, shown: bool, actor: Actor, at: datetime) -> None:
    """Put the clock of the question on the projector, or take it off.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.SWITCH_SCENE])
    action = "timer_on" if shown else "timer_off"
    finish(Change(session, slug), action, {"shows_timer": shown}, actor=actor, at=at)


def arm(session: Session, slug: str, armed: Armed | None, *, actor: Actor, at: datetime) -> None:
    """Make ready what `staging.fire` will show; None takes it back.

    Raises:
        UnknownQuestion, TransitionRefused: the question is not there, or not in the queue.
        WrongText: a message is empty or too long.
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.SWITCH_SCENE])
    change = Change(session, slug)
    if armed is None:
        finish(change, "disarmed", DISARMED, actor=actor, at=at)
        return
    if armed.number is not None:
        _require_queued(change, armed.number)
    columns = {
        "armed_scene": armed.scene,
        "armed_message": _message(armed.message) if armed.scene is Scene.MESSAGE else None,
        "armed_number": armed.number,
    }
    finish(change, "armed", columns, actor=actor, at=at)


def ask_to_move_on(session: Session, slug: str, side: Side, *, actor: Actor, at: datetime) -> None:
    """Ask the other side, discreetly, to bring the question on stage to its end.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.ASK_TO_MOVE_ON])
    change = Change(session, slug)
    finish(change, f"move_on_{side}", {_ASKED_AT[side]: at}, actor=actor, at=at)


def heed(session: Session, slug: str, side: Side, *, actor: Actor, at: datetime) -> None:
    """Take note of what a side asked; it is not shown any more.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.ASK_TO_MOVE_ON])
    change = Change(session, slug)
    finish(change, f"heeded_{side}", {_ASKED_AT[side]: None}, actor=actor, at=at)


def begin_part(
    session: Session, slug: str, part: str | None, *, actor: Actor, at: datetime
) -> None:
    """Begin a part of the rundown, by its code; None sets the day back to before its beginning.

    Raises:
        UnknownEntry: the rundown has no such part.
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.LEAD_RUNDOWN])
    change = Change(session, slug)
    known = select(PartRow.code).where(PartRow.event_id == change.event_id, PartRow.code == part)
    if session.scalar(known) != part:
        raise UnknownEntry
    began_at = current(change).began_at or at
    columns = {
        "part": part,
        "part_began_at": at if part else None,
        "began_at": began_at if part else None,
    }
    finish(change, "part", columns, actor=actor, at=at)


def current(change: Change) -> Hall:
    """Return the hall as it stands before a change."""
    row = change.session.execute(select(*COLUMNS).where(HallRow.event_id == change.event_id)).one()
    return read(row)


def follow(change: Change, number: int, *, origin: Status, target: Status) -> None:
    """Let the screens follow a question that comes on stage or leaves it, or leaves the queue."""
    if origin is Status.QUEUED and target is not origin:
        _write(change, DISARMED, HallRow.armed_number == number)
    if target is not origin and Status.ON_STAGE in (origin, target):
        _write(change, _NOBODY_ASKS)
    if target is Status.ON_STAGE and target is not origin:
        _write(change, {"scene": Scene.QUESTION, "dark": False})


def finish(
    change: Change, action: str, columns: dict[str, Any], *, actor: Actor, at: datetime
) -> None:
    """Write the hall's columns and who changed them, and end the change."""
    _write(change, columns)
    # What is empty says nothing; times are the line's own.
    told: dict[str, Any] = {
        name: value for name, value in columns.items() if isinstance(value, str | int)
    }
    change.record(action, actor=actor.name, account_id=actor.account_id, at=at, **told)
    change.finish()


def _write(change: Change, columns: dict[str, Any], *conditions: ColumnElement[bool]) -> None:
    change.session.execute(
        update(HallRow).where(HallRow.event_id == change.event_id, *conditions).values(**columns)
    )


def _message(written: str | None) -> str:
    message = texts.one_line(written or "")
    if not 1 <= len(message) <= LONGEST_MESSAGE:
        raise WrongText(least=1, most=LONGEST_MESSAGE, count=len(message))
    return message


def _require_queued(change: Change, number: int) -> None:
    status = change.session.scalar(
        select(QuestionRow.status).where(
            QuestionRow.event_id == change.event_id, QuestionRow.number == number
        )
    )
    if status is None:
        raise UnknownQuestion(number=number)
    if status is not Status.QUEUED:
        raise TransitionRefused(number=number, status=status)
