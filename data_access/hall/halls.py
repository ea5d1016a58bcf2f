"""What the hall sees and how far the day has come, and how the desk and the chair change it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from data_access.activity.models import ActivityRow
from data_access.base import table_of
from data_access.events import events
from data_access.events.models import PartRow
from data_access.hall.models import HallRow
from data_access.questions.models import QuestionRow
from data_access.revisions import Change
from dialogue import rundown
from dialogue import text as texts
from dialogue.accounts import Actor
from dialogue.hall import (
    ASKED,
    HEEDED,
    LONGEST_MESSAGE,
    SHOWN,
    WITHDRAWN,
    Armed,
    Hall,
    HallAction,
    Scene,
    Side,
)
from dialogue.lifecycle import Status
from dialogue.refusals import (
    NobodyAsks,
    RundownMoved,
    TransitionRefused,
    UnknownEntry,
    UnknownQuestion,
    WrongText,
)
from dialogue.roles import MAY, Right, check
from dialogue.rundown import Begun

COLUMNS = tuple(each for each in table_of(HallRow).columns if each.name != "event_id")
DISARMED = {"armed_scene": None, "armed_message": None, "armed_number": None}
# Whatever leaves the stage takes with it that somebody wanted it to.
_NOBODY_ASKS = {"desk_asked_at": None, "chair_asked_at": None}
_ASKED_AT = {Side.DESK: "desk_asked_at", Side.CHAIR: "chair_asked_at"}
_STEPS = (HallAction.PART, HallAction.PART_RESET, HallAction.PART_BACK)
# More steps than a day has.
_MOST_STEPS = 500


def of_columns(columns: Mapping[Any, Any]) -> Hall:
    """Return the hall of columns by their names, among which are all of `COLUMNS`."""
    own = {name: columns[name] for name in Hall.__slots__ if name != "armed"}
    armed = None
    if columns["armed_scene"] is not None:
        scene, message, number = (
            columns[f"armed_{each}"] for each in ("scene", "message", "number")
        )
        armed = Armed(scene=scene, message=message, number=number)
    return Hall(**own, armed=armed)


def show_scene(
    session: Session,
    slug: str,
    scene: Scene,
    *,
    actor: Actor,
    at: datetime,
    message: str | None = None,
) -> HallAction:
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
    return finish(change, SHOWN[scene], columns, actor=actor, at=at)


def darken(session: Session, slug: str, *, dark: bool, actor: Actor, at: datetime) -> HallAction:
    """Hide what the screens show until it is lifted, or lift it.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.DARKEN])
    action = HallAction.DARK_ON if dark else HallAction.DARK_OFF
    return finish(Change(session, slug), action, {"dark": dark}, actor=actor, at=at)


def show_timer(
    session: Session, slug: str, *, shown: bool, actor: Actor, at: datetime
) -> HallAction:
    """Put the clock of the question on the projector, or take it off.

    Raises:
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.SWITCH_SCENE])
    action = HallAction.TIMER_ON if shown else HallAction.TIMER_OFF
    return finish(Change(session, slug), action, {"shows_timer": shown}, actor=actor, at=at)


def arm(
    session: Session, slug: str, armed: Armed | None, *, actor: Actor, at: datetime
) -> HallAction:
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
        return finish(change, HallAction.DISARMED, DISARMED, actor=actor, at=at)
    if armed.number is not None:
        _require(change, armed.number, Status.QUEUED)
    columns = {
        "armed_scene": armed.scene,
        "armed_message": _message(armed.message) if armed.scene is Scene.MESSAGE else None,
        "armed_number": armed.number,
    }
    return finish(change, HallAction.ARMED, columns, actor=actor, at=at)


def ask_to_move_on(
    session: Session, slug: str, side: Side, *, number: int, actor: Actor, at: datetime
) -> HallAction:
    """Ask the other side, discreetly, to bring the question that was seen on stage to its end.

    Raises:
        UnknownQuestion, TransitionRefused: the question is not there, or not on stage.
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    check(actor.roles, MAY[Right.ASK_TO_MOVE_ON])
    change = Change(session, slug)
    _require(change, number, Status.ON_STAGE)
    return finish(change, ASKED[side], {_ASKED_AT[side]: at}, actor=actor, at=at)


def withdraw(session: Session, slug: str, side: Side, *, actor: Actor, at: datetime) -> HallAction:
    """Take back what a side asked; it is not shown any more.

    Raises:
        NobodyAsks: the other side has taken note of it, or the question is gone.
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    return _end_asking(session, slug, side, WITHDRAWN[side], actor=actor, at=at)


def heed(session: Session, slug: str, side: Side, *, actor: Actor, at: datetime) -> HallAction:
    """Take note of what a side asked; it is not shown any more.

    Raises:
        NobodyAsks: it was taken note of already, taken back, or the question is gone.
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    return _end_asking(session, slug, side, HEEDED[side], actor=actor, at=at)


def begin_part(
    session: Session,
    slug: str,
    part: str | None,
    *,
    running: str | None,
    actor: Actor,
    at: datetime,
) -> HallAction:
    """Begin a part of the rundown, by its code; None sets the day back to before its beginning.

    `running` is the code of the part that the person saw running, None for none.

    Raises:
        UnknownEntry: the rundown has no such part.
        RundownMoved: another part runs than the person saw.
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    change = _lead(session, slug, running, actor=actor)
    course = [*_course(session, change.event_id), Begun(part, at)]
    action = HallAction.PART if part else HallAction.PART_RESET
    return _stand(change, course, action, actor=actor, at=at)


def go_back(
    session: Session, slug: str, *, running: str | None, actor: Actor, at: datetime
) -> HallAction:
    """Take back the last step of the rundown: what ran before goes on as it had begun.

    `running` is the code of the part that the person saw running, None for none.

    Raises:
        RundownMoved: another part runs than the person saw, or no step is left to take back.
        UnknownEntry: the rundown has the part before no more.
        NotPermitted: none of the actor's roles may do this.
        UnknownEvent: no event has this slug.
    """
    change = _lead(session, slug, running, actor=actor)
    course = _course(session, change.event_id)
    if not course:
        raise RundownMoved
    return _stand(change, course[:-1], HallAction.PART_BACK, actor=actor, at=at)


def course(session: Session, slug: str) -> list[Begun]:
    """List which parts of the rundown began in turn, without the steps that were taken back.

    Raises:
        UnknownEvent: no event has this slug.
    """
    return _course(session, events.event_id(session, slug))


def current(change: Change) -> Hall:
    """Return the hall as it stands before a change."""
    row = change.session.execute(select(*COLUMNS).where(HallRow.event_id == change.event_id)).one()
    return of_columns(row._mapping)


def follow(change: Change, number: int, *, origin: Status, target: Status) -> None:
    """Let the screens follow a question that comes on stage or leaves it, or leaves the queue."""
    if origin is Status.QUEUED and target is not origin:
        _write(change, DISARMED, HallRow.armed_number == number)
    if target is not origin and Status.ON_STAGE in (origin, target):
        _write(change, _NOBODY_ASKS)
    if target is Status.ON_STAGE and target is not origin:
        _write(change, {"scene": Scene.QUESTION, "dark": False})


def finish(
    change: Change, action: HallAction, columns: dict[str, Any], *, actor: Actor, at: datetime
) -> HallAction:
    """Write the hall's columns and who changed them, end the change, and return the action."""
    _write(change, columns)
    # What is empty says nothing; times are the line's own.
    told: dict[str, Any] = {
        name: value for name, value in columns.items() if isinstance(value, str | int)
    }
    change.record(action, actor=actor.name, account_id=actor.account_id, at=at, **told)
    change.finish()
    return action


def _write(change: Change, columns: dict[str, Any], *conditions: ColumnElement[bool]) -> None:
    change.session.execute(
        update(HallRow).where(HallRow.event_id == change.event_id, *conditions).values(**columns)
    )


def _message(written: str | None) -> str:
    message = texts.one_line(written or "")
    if not 1 <= len(message) <= LONGEST_MESSAGE:
        raise WrongText(least=1, most=LONGEST_MESSAGE, count=len(message))
    return message


def _end_asking(
    session: Session, slug: str, side: Side, action: HallAction, *, actor: Actor, at: datetime
) -> HallAction:
    check(actor.roles, MAY[Right.ASK_TO_MOVE_ON])
    change = Change(session, slug)
    if getattr(current(change), _ASKED_AT[side]) is None:
        raise NobodyAsks
    return finish(change, action, {_ASKED_AT[side]: None}, actor=actor, at=at)


def _lead(session: Session, slug: str, running: str | None, *, actor: Actor) -> Change:
    check(actor.roles, MAY[Right.LEAD_RUNDOWN])
    change = Change(session, slug)
    if current(change).part != running:
        raise RundownMoved
    return change


def _course(session: Session, event_id: int) -> list[Begun]:
    lines = session.execute(
        select(ActivityRow.action, ActivityRow.at, ActivityRow.details)
        .where(
            ActivityRow.event_id == event_id,
            ActivityRow.action.in_(_STEPS),
        )
        .order_by(ActivityRow.entry.desc())
        .limit(_MOST_STEPS)
    ).all()
    begun: list[Begun] = []
    for line in reversed(lines):
        if line.action == HallAction.PART_BACK:
            del begun[-1:]
        else:
            begun.append(Begun(line.details.get("part"), line.at))
    return begun


def _stand(
    change: Change, course: Sequence[Begun], action: HallAction, *, actor: Actor, at: datetime
) -> HallAction:
    """Let the day stand where a course has come to."""
    begun = rundown.today(course)
    part = begun[-1].part if begun else None
    known = select(PartRow.code).where(PartRow.event_id == change.event_id, PartRow.code == part)
    if change.session.scalar(known) != part:
        raise UnknownEntry
    columns = {
        "part": part,
        "part_began_at": begun[-1].at if begun else None,
        "began_at": begun[0].at if begun else None,
    }
    return finish(change, action, columns, actor=actor, at=at)


def _require(change: Change, number: int, wanted: Status) -> None:
    status = change.session.scalar(
        select(QuestionRow.status).where(
            QuestionRow.event_id == change.event_id, QuestionRow.number == number
        )
    )
    if status is None:
        raise UnknownQuestion(number=number)
    if status is not wanted:
        raise TransitionRefused(number=number, status=status)
