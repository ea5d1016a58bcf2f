"""What everyone may read of an event, by index: the newest questions and the most supported."""

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from data_access.events import events
from data_access.questions.models import IS_PUBLIC, QuestionRow


def newest(session: Session, slug: str, *, most: int) -> tuple[int, ...]:
    """List the numbers of the newest public questions, at most `most`.

    Raises:
        UnknownEvent: no event has this slug.
    """
    wanted = _public(session, slug).order_by(QuestionRow.number.desc()).limit(most)
    return tuple(session.scalars(wanted))


def most_voted(session: Session, slug: str, *, most: int) -> tuple[int, ...]:
    """List the numbers of the public questions with the most votes, of equal ones the newest first.

    Those without a vote are left out.

    Raises:
        UnknownEvent: no event has this slug.
    """
    order = (QuestionRow.votes.desc(), QuestionRow.number.desc())
    wanted = _public(session, slug).where(QuestionRow.votes > 0).order_by(*order).limit(most)
    return tuple(session.scalars(wanted))


def _public(session: Session, slug: str) -> Select[int]:
    event_id = events.event_id(session, slug)
    return select(QuestionRow.number).where(QuestionRow.event_id == event_id, text(IS_PUBLIC))
