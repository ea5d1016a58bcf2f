"""Everything that was asked, as one frame for a table and its export; without personal data."""

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_access.models import ActivityRow, EventRow, QuestionRow
from dialogue.events import Event
from dialogue.lifecycle import Action

MOST_ROWS = 200_000


def of_questions(session: Session, event: Event) -> pd.DataFrame:
    """List every question of an event by number, at most `MOST_ROWS`.

    Columns: `number`, `received_at` (aware, UTC), `source`, `district`, `topic`, `status`,
    `reason` (codes, None where unset), `votes`, `answered_at` (aware, UTC, of the last answer;
    NaT where none), `text`.
    """
    answered = (
        select(ActivityRow.event_id, ActivityRow.number, func.max(ActivityRow.at).label("at"))
        .where(ActivityRow.action == Action.ANSWER)
        .group_by(ActivityRow.event_id, ActivityRow.number)
        .subquery()
    )
    rows = session.execute(
        select(
            QuestionRow.number,
            QuestionRow.received_at,
            QuestionRow.source,
            QuestionRow.district,
            QuestionRow.topic,
            QuestionRow.status,
            QuestionRow.reason,
            QuestionRow.votes,
            answered.c.at.label("answered_at"),
            QuestionRow.text,
        )
        .join(EventRow, EventRow.id == QuestionRow.event_id)
        .outerjoin(
            answered,
            (answered.c.event_id == QuestionRow.event_id)
            & (answered.c.number == QuestionRow.number),
        )
        .where(EventRow.slug == event.slug)
        .order_by(QuestionRow.number)
        .limit(MOST_ROWS)
    )
    frame = pd.DataFrame(rows.all(), columns=list(rows.keys()))
    for column in ("received_at", "answered_at"):
        frame[column] = pd.to_datetime(frame[column], utc=True)
    return frame
