"""One phone, one vote for a question; a merged question's votes go with it, and come back."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, literal, select, update
from sqlalchemy.orm import Session

from data_access.base import table_of
from data_access.events import events
from data_access.questions.models import QuestionRow, VoteRow
from data_access.questions.writing import bursts
from data_access.revisions import Change
from dialogue import lifecycle
from dialogue.lifecycle import Status
from dialogue.refusals import TransitionRefused, UnknownQuestion

_QUESTIONS = table_of(QuestionRow)
# No database can look for a number beyond it.
_LARGEST = 2**31 - 1
_GIVEN = (
    select(func.count())
    .select_from(VoteRow)
    .where(VoteRow.event_id == bindparam("of_event"), VoteRow.number == bindparam("of_number"))
)
# Made once: each vote needs it. All and those set aside are each counted from an index alone. The
# version stays: a vote must not make a moderator's click come too late.
_COUNT = (
    update(_QUESTIONS)
    .where(
        _QUESTIONS.c.event_id == bindparam("of_event"),
        _QUESTIONS.c.number == bindparam("of_number"),
    )
    .values(
        votes=_GIVEN.scalar_subquery()
        - _GIVEN.where(VoteRow.burst.is_not(None), VoteRow.set_aside).scalar_subquery(),
        revision=bindparam("at_revision"),
    )
)


def give(
    session: Session,
    slug: str,
    number: int,
    *,
    voter: str,
    at: datetime,
    network: str | None = None,
) -> int:
    """Count a phone's vote for a public question, once, and return the votes it has.

    The network that it comes from is not written; by it a burst of votes is recognised.

    Raises:
        UnknownEvent, UnknownQuestion: there is no such thing, or it is not public.
        TransitionRefused: the question is no longer waiting for its turn.
    """
    change = Change(session, slug)
    _require_votable(change, number)
    if not _has_voted(change, number, voter):
        change.session.execute(
            insert(VoteRow).values(
                event_id=change.event_id, number=number, voter=voter, voted_at=at
            )
        )
        if network is not None:
            bursts.follow(change, number, voter=voter, network=network, at=at)
        count(change, number)
        change.finish()
    return _votes(change, number)


def take_back(session: Session, slug: str, number: int, *, voter: str) -> int:
    """Take a phone's vote back, if it gave one, and return the votes that are left.

    Raises:
        UnknownEvent, UnknownQuestion: there is no such thing, or it is not public.
        TransitionRefused: the question is no longer waiting for its turn.
    """
    change = Change(session, slug)
    _require_votable(change, number)
    if _has_voted(change, number, voter):
        change.session.execute(
            delete(VoteRow).where(
                VoteRow.event_id == change.event_id,
                VoteRow.number == number,
                VoteRow.voter == voter,
            )
        )
        count(change, number)
        change.finish()
    return _votes(change, number)


def merge(change: Change, number: int, *, into: int) -> None:
    """Add the voters of a question to another one; who voted for both counts once."""
    already = select(VoteRow.voter).where(
        VoteRow.event_id == change.event_id, VoteRow.number == into
    )
    change.session.execute(
        insert(VoteRow).from_select(
            ["event_id", "number", "voter", "merged_from", "voted_at", "burst", "set_aside"],
            select(
                VoteRow.event_id,
                literal(into),
                VoteRow.voter,
                literal(number),
                VoteRow.voted_at,
                VoteRow.burst,
                VoteRow.set_aside,
            ).where(
                VoteRow.event_id == change.event_id,
                VoteRow.number == number,
                VoteRow.voter.not_in(already),
            ),
        )
    )
    count(change, into)


def unmerge(change: Change, number: int, *, out_of: int) -> None:
    """Take back from the other question the votes that came with this one.

    Where the other one has been merged further, they leave those questions too.
    """
    still_with: list[str] = []
    target: int | None = out_of
    while target is not None:
        change.session.execute(
            delete(VoteRow).where(
                VoteRow.event_id == change.event_id,
                VoteRow.number == target,
                VoteRow.merged_from == number,
                VoteRow.voter.not_in(still_with),
            )
        )
        count(change, target)
        still_with = _voters(change, target)
        number, target = target, _merged_into(change, target)


def count(change: Change, number: int) -> None:
    """Count a question's votes anew: all but those that the desk has set aside."""
    change.session.execute(
        _COUNT,
        {"of_event": change.event_id, "of_number": number, "at_revision": change.revision},
    )


def require_public(session: Session, slug: str, number: int) -> None:
    """Let pass what everybody may know of.

    Raises:
        UnknownEvent, UnknownQuestion: there is no such thing, or it is not public.
    """
    _public_status(session, events.event_id(session, slug), number)


def _require_votable(change: Change, number: int) -> None:
    status = _public_status(change.session, change.event_id, number)
    if status not in (Status.APPROVED, Status.QUEUED):
        raise TransitionRefused(number=number, status=status)


def _public_status(session: Session, event_id: int, number: int) -> Status:
    if number > _LARGEST:
        raise UnknownQuestion(number=number)
    question = session.execute(
        select(QuestionRow.status, QuestionRow.flagged).where(
            QuestionRow.event_id == event_id, QuestionRow.number == number
        )
    ).one_or_none()
    if question is None or not lifecycle.is_public(question.status, flagged=question.flagged):
        # Whether a question waits at the desk or was never asked is nobody else's business.
        raise UnknownQuestion(number=number)
    status: Status = question.status
    return status


def _has_voted(change: Change, number: int, voter: str) -> bool:
    found = change.session.scalar(
        select(VoteRow.voter).where(
            VoteRow.event_id == change.event_id, VoteRow.number == number, VoteRow.voter == voter
        )
    )
    return found is not None


def _voters(change: Change, number: int) -> list[str]:
    return list(
        change.session.scalars(
            select(VoteRow.voter).where(
                VoteRow.event_id == change.event_id, VoteRow.number == number
            )
        )
    )


def _merged_into(change: Change, number: int) -> int | None:
    return change.session.scalar(
        select(QuestionRow.merged_into).where(
            QuestionRow.event_id == change.event_id, QuestionRow.number == number
        )
    )


def _votes(change: Change, number: int) -> int:
    return change.session.scalars(
        select(QuestionRow.votes).where(
            QuestionRow.event_id == change.event_id, QuestionRow.number == number
        )
    ).one()
