"""The one door through which a question comes in and changes."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from data_access import events, queue, votes
from data_access.models import AskerRow, QuestionRow, ReasonRow, SubmissionRow, table_of
from data_access.revisions import Change
from dialogue import lifecycle
from dialogue.accounts import Actor as Actor
from dialogue.events import Intake
from dialogue.lifecycle import Action, Status
from dialogue.questions import Receipt, Source
from dialogue.refusals import (
    Conflict,
    EventClosed,
    KeyReused,
    Refusal,
    StageOccupied,
    TransitionRefused,
    UnknownQuestion,
    UnknownReason,
    WrongMergeTarget,
)
from dialogue.roles import check
from dialogue.submissions import CONSENT_VERSION, Submission

# Without 0/O and 1/I/L, which are mixed up when a code is read aloud: 31 letters, 59 bits.
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 12


class Keyed(NamedTuple):
    """A submission under the idempotency key that its sender chose."""

    key: str
    submission: Submission
    source: Source


def submit(
    session: Session, slug: str, keyed: Sequence[Keyed], *, at: datetime
) -> list[Receipt | Refusal]:
    """Take in submissions of one event together, and answer each in its place.

    A key that was used before gives the receipt of then, or `KeyReused` where it brought another
    question. A closed event gives `EventClosed`, but still repeats the receipts of before.

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
        elif change.intake is not Intake.OPEN:
            answers.append(EventClosed())
        else:
            change.last_number += 1
            receipt = Receipt(
                number=change.last_number,
                code=_new_code(),
                status=Status.RECEIVED,
                received_at=at,
                repeated=False,
            )
            known[each.key] = _Known(each.submission.fingerprint, receipt)
            fresh.append(_Fresh(each, known[each.key].fingerprint, receipt))
            answers.append(receipt)
    if fresh:
        _insert(change, fresh, at=at)
        change.finish()
    return answers


def act(
    session: Session,
    slug: str,
    number: int,
    action: Action,
    *,
    version: int,
    actor: Actor,
    at: datetime,
    reason: str | None = None,
    into: int | None = None,
    position: int | None = None,
) -> int:
    """Change a question as `lifecycle.TRANSITIONS` allows, and return the new revision.

    `version` is the version of the question that the person saw. `reason` goes with `REJECT`,
    `into` (a number) with `MERGE`, `position` (from 1; the end where absent) with `QUEUE`
    and `MOVE`.

    Raises:
        UnknownEvent, UnknownQuestion, UnknownReason, WrongMergeTarget: there is no such thing.
        Conflict: somebody changed the question since that version.
        TransitionRefused: the question's state does not allow the action.
        StageOccupied: another question is on stage.
        NotPermitted: none of the actor's roles may do this.
    """
    change = Change(session, slug)
    question = _question(change, number)
    if question.version != version:
        raise Conflict(number=number, status=question.status)
    step = lifecycle.transition(action, question.status)
    if step is None:
        raise TransitionRefused(number=number, status=question.status)
    check(actor.roles, step.roles)
    details: dict[str, Any] = {}
    columns: dict[str, Any] = {}
    match action:
        case Action.REJECT:
            columns["reason"] = details["reason"] = _known_reason(change, reason)
        case Action.MERGE:
            columns["merged_into"] = details["into"] = _merge_target(change, number, into)
            votes.merge(change, number, into=details["into"])
        case Action.RESTORE if question.merged_into is not None:
            votes.unmerge(change, number, out_of=question.merged_into)
        case Action.STAGE:
            _require_free_stage(change, number)
    if action is Action.RESTORE:
        columns |= {"reason": None, "merged_into": None}
    place = queue.place(change, number, step, position=position)
    if place is not None:
        details["position"] = place
    _write(change, number, version, status=step.target, changed_at=at, **columns)
    change.record(
        action,
        actor=actor.name,
        at=at,
        number=number,
        origin=step.origin,
        target=step.target,
        **details,
    )
    change.finish()
    return change.revision


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


class _Known(NamedTuple):
    fingerprint: str
    receipt: Receipt

    def answer(self, submission: Submission) -> Receipt | Refusal:
        if self.fingerprint != submission.fingerprint:
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


def _new_code() -> str:
    value = secrets.randbelow(len(_CODE_LETTERS) ** _CODE_LENGTH)
    letters = []
    for _ in range(_CODE_LENGTH):
        value, index = divmod(value, len(_CODE_LETTERS))
        letters.append(_CODE_LETTERS[index])
    return "".join(letters)


def _known(change: Change, keys: list[str]) -> dict[str, _Known]:
    rows = change.session.execute(
        select(
            SubmissionRow.key,
            SubmissionRow.fingerprint,
            QuestionRow.number,
            QuestionRow.code,
            QuestionRow.received_at,
        )
        .join(
            QuestionRow,
            (QuestionRow.event_id == SubmissionRow.event_id)
            & (QuestionRow.number == SubmissionRow.number),
        )
        .where(SubmissionRow.event_id == change.event_id, SubmissionRow.key.in_(keys))
    )
    # The same key gives the same answer, so the state is the one of the first answer.
    return {
        row.key: _Known(
            row.fingerprint,
            Receipt(
                number=row.number,
                code=row.code,
                status=Status.RECEIVED,
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
        change.record(
            Action.SUBMIT,
            actor=each.keyed.source,
            at=at,
            number=each.receipt.number,
            target=Status.RECEIVED,
        )


def _question_columns(change: Change, fresh: _Fresh, *, at: datetime) -> dict[str, Any]:
    submission = fresh.keyed.submission
    return {
        "event_id": change.event_id,
        "number": fresh.receipt.number,
        "code": fresh.receipt.code,
        "text": submission.text,
        "text_original": submission.text,
        "district": submission.district,
        "topic": submission.topic,
        "source": fresh.keyed.source,
        "status": Status.RECEIVED,
        "votes": 0,
        "version": 1,
        "revision": change.revision,
        "received_at": at,
        "changed_at": at,
    }


def _asker_columns(change: Change, fresh: _Fresh, *, at: datetime) -> dict[str, Any]:
    submission = fresh.keyed.submission
    return {
        "event_id": change.event_id,
        "number": fresh.receipt.number,
        "name": submission.name,
        "contact": submission.contact,
        "organisation": submission.organisation,
        "show_name": submission.show_name,
        "contact_me": submission.contact_me,
        "consent_version": CONSENT_VERSION,
        "consented_at": at,
    }


def _question(change: Change, number: int) -> Any:
    row = change.session.execute(
        select(QuestionRow.status, QuestionRow.version, QuestionRow.merged_into).where(
            QuestionRow.event_id == change.event_id, QuestionRow.number == number
        )
    ).one_or_none()
    if row is None:
        raise UnknownQuestion(number=number)
    return row


def _known_reason(change: Change, reason: str | None) -> str:
    known = change.session.scalar(
        select(ReasonRow.code).where(
            ReasonRow.event_id == change.event_id, ReasonRow.code == reason
        )
    )
    if known is None:
        raise UnknownReason
    return known


def _merge_target(change: Change, number: int, into: int | None) -> int:
    if into is None or into == number:
        raise WrongMergeTarget
    if _question(change, into).status not in lifecycle.OPEN:
        raise WrongMergeTarget
    return into


def _require_free_stage(change: Change, number: int) -> None:
    on_stage = change.session.scalar(
        select(QuestionRow.number).where(
            QuestionRow.event_id == change.event_id, QuestionRow.status == Status.ON_STAGE
        )
    )
    if on_stage is not None:
        raise StageOccupied(number=number, on_stage=on_stage)


def _write(change: Change, number: int, version: int, **columns: Any) -> None:
    # Compare and set: the event's lock makes it succeed, and should that lock ever be lost,
    # nothing is overwritten.
    written = change.session.execute(
        update(QuestionRow)
        .where(
            QuestionRow.event_id == change.event_id,
            QuestionRow.number == number,
            QuestionRow.version == version,
        )
        .values(version=version + 1, revision=change.revision, **columns)
        .returning(QuestionRow.version)
    ).all()
    if not written:  # pragma: no cover — cannot be reached while the lock works
        raise Conflict(number=number)
