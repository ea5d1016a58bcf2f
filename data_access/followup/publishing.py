"""A written reply is public with its question's state: both at once, and both taken back."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from data_access.followup.models import ReplyRow
from data_access.questions.writing.stored import StoredQuestion
from data_access.revisions import Change
from dialogue.lifecycle import Status
from dialogue.refusals import NoReply
from dialogue.replies import ReplyState


def require_submitted(change: Change, question: StoredQuestion) -> None:
    """Refuse to call a question replied whose department has submitted nothing.

    Raises:
        NoReply: no reply of the question's department waits for approval.
    """
    submitted = select(ReplyRow.number).where(*_of(change, question), *_submitted(question))
    if change.session.scalar(submitted) is None:
        raise NoReply(number=question.number)


def follow(change: Change, question: StoredQuestion, *, target: Status, at: datetime) -> None:
    """Let a reply follow its question, which becomes replied or is so no longer."""
    if question.status is target or Status.REPLIED not in (question.status, target):
        return
    if target is Status.REPLIED:
        which, state, published_at = _submitted(question), ReplyState.PUBLISHED, at
    else:
        which, state, published_at = (
            (ReplyRow.state == ReplyState.PUBLISHED,),
            ReplyState.SUBMITTED,
            None,
        )
    change.session.execute(
        update(ReplyRow)
        .where(*_of(change, question), *which)
        .values(state=state, published_at=published_at, version=ReplyRow.version + 1)
    )


def _of(change: Change, question: StoredQuestion) -> tuple[ColumnElement[bool], ...]:
    return ReplyRow.event_id == change.event_id, ReplyRow.number == question.number


def _submitted(question: StoredQuestion) -> tuple[ColumnElement[bool], ...]:
    return ReplyRow.department == question.department, ReplyRow.state == ReplyState.SUBMITTED
