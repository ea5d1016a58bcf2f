"""The door through which questions come in."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from data_access.activity.models import ActivityRow
from data_access.base import table_of
from data_access.events import events
from data_access.questions.models import AskerRow, QuestionRow, SubmissionRow
from data_access.questions.reading import search
from data_access.revisions import Change
from dialogue import text as texts
from dialogue.accounts import Actor
from dialogue.events import Intake, Moderation, intake_at
from dialogue.lifecycle import Action, Status
from dialogue.questions import Receipt, Source
from dialogue.refusals import EventClosed, EventPaused, KeyReused, Refusal, UnknownQuestion
from dialogue.submissions import CONSENT_VERSION, PERSONAL, Submission

# Without 0/O and 1/I/L, which are mixed up when a code is read aloud: 31 letters, 59 bits.
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 12
# Made once: every submission waits for it, and to put it together takes longer than to run it.
_ANSWERED = (
    select(
        SubmissionRow.key,
        SubmissionRow.fingerprint,
        QuestionRow.number,
        QuestionRow.code,
        QuestionRow.received_at,
        ActivityRow.to_status,
    )
    .join(
        QuestionRow,
        (QuestionRow.event_id == SubmissionRow.event_id)
        & (QuestionRow.number == SubmissionRow.number),
    )
    .join(
        ActivityRow,
        (ActivityRow.event_id == SubmissionRow.event_id)
        & (ActivityRow.number == SubmissionRow.number)
        & (ActivityRow.action == Action.SUBMIT),
    )
    .where(
        SubmissionRow.event_id == bindparam("event_id"),
        SubmissionRow.key.in_(bindparam("keys", expanding=True)),
    )
)


class Keyed(NamedTuple):
    """A submission under the idempotency key that its sender chose.

    `typed_by` is who typed it in for the asker.
    """

    key: str
    submission: Submission
    source: Source
    typed_by: Actor | None = None


def submit(
    session: Session, slug: str, keyed: Sequence[Keyed], *, at: datetime
) -> list[Receipt | Refusal]:
    """Take in submissions of one event together, and answer each in its place.

    A key that was used before gives the receipt of then, or `KeyReused` where it brought another
    question. A closed or paused event gives `EventClosed` or `EventPaused`, but still repeats the
    receipts of before. Where the desk moderates afterwards, what tells nothing personal is
    approved at once.

    Raises:
        UnknownEvent: no event has this slug.
    """
    change = Change(session, slug)
    known = _known(change, [each.key for each in keyed])
    fresh: list[_Fresh] = []
    answers: list[Receipt | Refusal] = []
    for each in keyed:
        before = known.get(each.key)
        if before is not None:
            answers.append(before.answer(each.submission))
        elif (closed := _closed(change, at)) is not None:
            answers.append(closed)
        else:
            receipt = _new_receipt(change, each.submission, at=at)
            known[each.key] = _Known(each.submission.fingerprint, receipt)
            fresh.append(_Fresh(each, known[each.key].fingerprint, receipt))
            answers.append(receipt)
    if fresh:
        _insert(change, fresh, at=at)
        change.finish()
    return answers


def receipt(session: Session, slug: str, code: str) -> Receipt:
    """Return the receipt that a code stands for.

    Raises:
        UnknownEvent: no event has this slug.
        UnknownQuestion: the event has no question with this code.
    """
    row = session.execute(
        select(QuestionRow.number, QuestionRow.status, QuestionRow.received_at).where(
            QuestionRow.event_id == events.event_id(session, slug), QuestionRow.code == code
        )
    ).one_or_none()
    if row is None:
        raise UnknownQuestion
    return Receipt(
        number=row.number,
        code=code,
        status=row.status,
        received_at=row.received_at,
        repeated=True,
    )


def list_parts(session: Session, slug: str, number: int) -> list[int]:
    """List the numbers of what was split off a question, in order.

    Raises:
        UnknownEvent: no event has this slug.
    """
    return list(
        session.scalars(
            select(QuestionRow.number)
            .where(
                QuestionRow.event_id == events.event_id(session, slug),
                QuestionRow.split_from == number,
            )
            .order_by(QuestionRow.number)
        )
    )


def count_joined(session: Session, slug: str, number: int) -> int:
    """Count the questions that are merged into one.

    Raises:
        UnknownEvent: no event has this slug.
    """
    counted = session.scalar(
        select(func.count()).where(
            QuestionRow.event_id == events.event_id(session, slug),
            # By the index of the desk's views: only those that are merged are looked through.
            QuestionRow.status == Status.MERGED,
            QuestionRow.merged_into == number,
        )
    )
    return counted or 0


def _closed(change: Change, at: datetime) -> Refusal | None:
    """Return why the event takes no questions now, if so."""
    intake = intake_at(change.intake, change.reopens_at, at)
    if intake is Intake.OPEN:
        return None
    if intake is Intake.PAUSED and change.reopens_at:
        local = change.reopens_at.astimezone(ZoneInfo(change.timezone))
        return EventPaused(time=f"{local:%H:%M}")
    return EventClosed()


def _new_receipt(change: Change, submission: Submission, *, at: datetime) -> Receipt:
    change.last_number += 1
    at_once = change.moderation is Moderation.AFTER and not submission.flagged
    return Receipt(
        number=change.last_number,
        code=new_code(),
        status=Status.APPROVED if at_once else Status.RECEIVED,
        received_at=at,
        repeated=False,
    )


class _Known(NamedTuple):
    fingerprint: str
    receipt: Receipt

    def answer(self, submission: Submission) -> Receipt | Refusal:
        # Without one, what the asker told was erased: it cannot be compared any more.
        if self.fingerprint not in ("", submission.fingerprint):
            return KeyReused()
        return Receipt(
            number=self.receipt.number,
            code=self.receipt.code,
            status=self.receipt.status,
            received_at=self.receipt.received_at,
            repeated=True,
        )


class _Fresh(NamedTuple):
    keyed: Keyed
    fingerprint: str
    receipt: Receipt


def new_code() -> str:
    """Make up a code that nobody can guess."""
    # One number drawn for all letters, so that each code is as likely.
    drawn, letters = secrets.randbelow(len(_CODE_LETTERS) ** _CODE_LENGTH), ""
    for _ in range(_CODE_LENGTH):
        drawn, letter = divmod(drawn, len(_CODE_LETTERS))
        letters += _CODE_LETTERS[letter]
    return letters


def _known(change: Change, keys: list[str]) -> dict[str, _Known]:
    rows = change.session.execute(_ANSWERED, {"event_id": change.event_id, "keys": keys})
    # The same key gives the same answer, so the state is the one of the first answer.
    return {
        row.key: _Known(
            row.fingerprint,
            Receipt(
                number=row.number,
                code=row.code,
                status=row.to_status,
                received_at=row.received_at,
                repeated=True,
            ),
        )
        for row in rows
    }


def _insert(change: Change, fresh: list[_Fresh], *, at: datetime) -> None:
    change.session.execute(
        insert(table_of(QuestionRow)), [_question_columns(change, each, at=at) for each in fresh]
    )
    change.session.execute(
        insert(table_of(AskerRow)), [_asker_columns(change, each, at=at) for each in fresh]
    )
    search.remember(
        change.session,
        change.event_id,
        {
            each.receipt.number: each.keyed.submission.reading or each.keyed.submission.text
            for each in fresh
        },
    )
    change.session.execute(
        insert(table_of(SubmissionRow)),
        [
            {
                "event_id": change.event_id,
                "key": each.keyed.key,
                "fingerprint": each.fingerprint,
                "number": each.receipt.number,
            }
            for each in fresh
        ],
    )
    for each in fresh:
        typed_by = each.keyed.typed_by
        change.record(
            Action.SUBMIT,
            actor=typed_by.name if typed_by else each.keyed.source,
            account_id=typed_by.account_id if typed_by else None,
            at=at,
            number=each.receipt.number,
            target=each.receipt.status,
        )


def _question_columns(change: Change, fresh: _Fresh, *, at: datetime) -> dict[str, Any]:
    submission = fresh.keyed.submission
    return {
        "event_id": change.event_id,
        "number": fresh.receipt.number,
        "code": fresh.receipt.code,
        "text": submission.reading or submission.text,
        "text_original": submission.text,
        "district": submission.district,
        "topic": submission.topic,
        "flagged": submission.flagged,
        "source": fresh.keyed.source,
        "status": fresh.receipt.status,
        "votes": 0,
        "version": 1,
        "revision": change.revision,
        "received_at": at,
        "changed_at": at,
    }


def _asker_columns(change: Change, fresh: _Fresh, *, at: datetime) -> dict[str, Any]:
    submission = fresh.keyed.submission
    told = (submission.name, submission.organisation)
    return {
        "event_id": change.event_id,
        "number": fresh.receipt.number,
        **{name: getattr(submission, name) for name in PERSONAL},
        "folded": texts.fold(" ".join(filter(None, told))) or None,
        "consent_version": CONSENT_VERSION,
        "consented_at": at,
    }
