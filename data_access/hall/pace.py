"""The questions that were on stage lately, and when."""

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from data_access.activity.models import ON_OR_OFF_STAGE, ActivityRow
from data_access.events import events
from dialogue import pace
from dialogue.lifecycle import Action, Status
from dialogue.pace import Step, Turn

# Two steps make a turn; some are put back or undone.
MOST_STEPS = 40
_STEPS = (
    select(ActivityRow.number, ActivityRow.at, ActivityRow.to_status, ActivityRow.action)
    .where(ActivityRow.event_id == bindparam("event_id"), text(ON_OR_OFF_STAGE))
    .order_by(ActivityRow.entry.desc())
    .limit(MOST_STEPS)
)


def turns(session: Session, slug: str) -> list[Turn]:
    """List the last turns on stage of an event, the oldest first; at most `MOST_STEPS`.

    Raises:
        UnknownEvent: no event has this slug.
    """
    rows = session.execute(_STEPS, {"event_id": events.event_id(session, slug)}).all()
    return pace.turns(
        Step(
            number=row.number,
            at=row.at,
            arrives=row.to_status is Status.ON_STAGE,
            undoes=row.action == Action.UNDO,
        )
        for row in reversed(rows)
    )
