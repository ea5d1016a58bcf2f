"""Everything that was asked: as one frame for a table, and one by one for what is written."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from data_access.activity.models import ActivityRow
from data_access.events import events
from data_access.events.models import EventRow
from data_access.questions.models import AskerRow, QuestionRow
from dialogue.events import Event
from dialogue.lifecycle import Action, Status
from dialogue.questions import Asker, Question

# As many as somebody reads on a screen; a file has all of them.
MOST_ROWS = 1_000
AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A question with when it was answered last (aware, in UTC) and who asked, where told."""

    question: Question
    answered_at: datetime | None
    asker: Asker | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many questions of a district on a topic are in a state, flagged or not."""

    district: str
    topic: str | None
    status: Status
    flagged: bool
    questions: int


def of_questions(
    session: Session, event: Event, *, district: str | None = None, topic: str | None = None
) -> pd.DataFrame:
    """List the questions of an event by number, at most the newest `MOST_ROWS`.

    Only those of a district or on a topic where one is given; the topic "" means none.

    Columns: `number`, `received_at` (aware, UTC), `source`, `district`, `topic`, `status`,
    `reason` (codes, None where unset), `votes`, `answered_at` (aware, UTC, of the last answer;
    NaT where none), `text`.
    """
    wanted: list[ColumnElement[bool]] = []
    if district is not None:
        wanted.append(QuestionRow.district == district)
    if topic is not None:
        wanted.append(func.coalesce(QuestionRow.topic, "") == topic)
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
        .where(EventRow.slug == event.slug, *wanted)
        .order_by(QuestionRow.number.desc())
        .limit(MOST_ROWS)
    )
    frame = pd.DataFrame(rows.all()[::-1], columns=list(rows.keys()))
    for column in ("received_at", "answered_at"):
        frame[column] = pd.to_datetime(frame[column], utc=True)
    return frame


def counts(session: Session, slug: str) -> list[Count]:
    """Count the questions by district, topic, state and flag; nothing is told where none are.

    Raises:
        UnknownEvent: no event has this slug.
    """
    groups = (QuestionRow.district, QuestionRow.topic, QuestionRow.status, QuestionRow.flagged)
    rows = session.execute(
        select(*groups, func.count().label("questions"))
        .where(QuestionRow.event_id == events.event_id(session, slug))
        .group_by(*groups)
    )
    return [Count(**row._mapping) for row in rows]


def received(
    session: Session, slug: str, *, statuses: Collection[Status] = tuple(Status)
) -> Iterator[datetime]:
    """Go through the times (aware, in UTC) at which questions in some states came in, in no order.

    Raises:
        UnknownEvent: no event has this slug.
    """
    return iter(
        session.scalars(
            select(QuestionRow.received_at).where(
                QuestionRow.event_id == events.event_id(session, slug),
                QuestionRow.status.in_(statuses),
            ),
            execution_options={"yield_per": AT_ONCE},
        )
    )


def each_question(
    session: Session,
    slug: str,
    *,
    statuses: Collection[Status] = tuple(Status),
    with_askers: bool = False,
) -> Iterator[Recorded]:
    """Go through the questions in some states by number, however many there are.

    Only `AT_ONCE` of them are in memory. Who asked is read only where it is asked for; the
    parts of a split question were asked by whoever asked the whole.

    Raises:
        UnknownEvent: no event has this slug.
    """
    event_id, last = events.event_id(session, slug), 0
    while chunk := _chunk(session, event_id, statuses, after=last):
        last = chunk[-1].number
        answered = _answered(session, event_id, chunk)
        askers = _askers(session, event_id, chunk) if with_askers else {}
        for each in chunk:
            yield Recorded(
                question=each,
                answered_at=answered.get(each.number),
                asker=askers.get(each.split_from or each.number),
            )


def _chunk(
    session: Session, event_id: int, statuses: Collection[Status], *, after: int
) -> list[Question]:
    rows = session.execute(
        select(*(getattr(QuestionRow, name) for name in Question.__slots__))
        .where(
            QuestionRow.event_id == event_id,
            QuestionRow.number > after,
            QuestionRow.status.in_(statuses),
        )
        .order_by(QuestionRow.number)
        .limit(AT_ONCE)
    )
    return [Question(**row._mapping) for row in rows]


def _answered(session: Session, event_id: int, chunk: list[Question]) -> dict[int, datetime]:
    rows = session.execute(
        select(ActivityRow.number, func.max(ActivityRow.at).label("at"))
        .where(
            ActivityRow.event_id == event_id,
            ActivityRow.number.between(chunk[0].number, chunk[-1].number),
            ActivityRow.action == Action.ANSWER,
        )
        .group_by(ActivityRow.number)
    )
    return {row.number: row.at for row in rows}


def _askers(session: Session, event_id: int, chunk: list[Question]) -> dict[int, Asker]:
    rows = session.execute(
        select(AskerRow.number, AskerRow.name, AskerRow.contact, AskerRow.organisation).where(
            AskerRow.event_id == event_id,
            AskerRow.number.in_({each.split_from or each.number for each in chunk}),
        )
    )
    return {
        row.number: Asker(name=row.name, contact=row.contact, organisation=row.organisation)
        for row in rows
    }
