"""Written replies: what one holds, how far it has come, and who may take it further.

What a department promised begins as `PROMISED`: nothing is written down yet. Pages draw their
buttons from `TRANSITIONS`, `data_access` enforces it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dialogue import text as texts
from dialogue.accounts import Actor
from dialogue.refusals import FieldError, FieldsWrong, WrongText
from dialogue.roles import Role

SHORTEST_TEXT = 10
LONGEST_TEXT = 5_000
LONGEST_DOCUMENT_NUMBER = 80
SHORTEST_REMARK = 3
LONGEST_REMARK = 500


class ReplyState(StrEnum):
    """How far a reply has come."""

    PROMISED = "promised"
    DRAFT = "draft"
    SENT_BACK = "sent_back"
    SUBMITTED = "submitted"
    PUBLISHED = "published"


class ReplyAction(StrEnum):
    """What somebody does to a reply.

    The last two are done to the question too, as `lifecycle.Action.REPLY` and `RESTORE`.
    """

    SAVE = "save_reply"
    SUBMIT = "submit_reply"
    SEND_BACK = "send_back_reply"
    PUBLISH = "publish_reply"
    TAKE_BACK = "take_back_reply"


@dataclass(frozen=True, slots=True)
class ReplyTransition:
    """One arrow of a reply's way, and the roles that may follow it."""

    action: ReplyAction
    origin: ReplyState
    target: ReplyState
    roles: frozenset[Role]


# A department only for itself (`roles_for`). The desk writes down what came on paper.
WRITERS = frozenset({Role.DEPARTMENT, Role.MODERATOR})
EDITORS = frozenset({Role.MODERATOR})
# Who may read a reply that is not published.
READERS = frozenset({Role.DEPARTMENT, Role.MODERATOR, Role.ADMIN})

TRANSITIONS = (
    ReplyTransition(ReplyAction.SAVE, ReplyState.PROMISED, ReplyState.DRAFT, WRITERS),
    ReplyTransition(ReplyAction.SAVE, ReplyState.DRAFT, ReplyState.DRAFT, WRITERS),
    # The remark stays before the writer's eyes until the reply is submitted again.
    ReplyTransition(ReplyAction.SAVE, ReplyState.SENT_BACK, ReplyState.SENT_BACK, WRITERS),
    ReplyTransition(ReplyAction.SUBMIT, ReplyState.PROMISED, ReplyState.SUBMITTED, WRITERS),
    ReplyTransition(ReplyAction.SUBMIT, ReplyState.DRAFT, ReplyState.SUBMITTED, WRITERS),
    ReplyTransition(ReplyAction.SUBMIT, ReplyState.SENT_BACK, ReplyState.SUBMITTED, WRITERS),
    ReplyTransition(ReplyAction.SEND_BACK, ReplyState.SUBMITTED, ReplyState.SENT_BACK, EDITORS),
    ReplyTransition(ReplyAction.PUBLISH, ReplyState.SUBMITTED, ReplyState.PUBLISHED, EDITORS),
    ReplyTransition(ReplyAction.TAKE_BACK, ReplyState.PUBLISHED, ReplyState.SUBMITTED, EDITORS),
)
_BY_ACTION_AND_ORIGIN = {(each.action, each.origin): each for each in TRANSITIONS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody writes: the answer, and the number and date of the department's document."""

    text: str
    document_number: str | None = None
    document_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A department's reply to a question, as it stands.

    `remark` says why it was sent back, until it is submitted again. `version` counts its changes,
    from 1. Times are aware, in UTC.
    """

    number: int
    department: str
    written: Written
    state: ReplyState
    remark: str | None
    written_by: str
    written_at: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A question that is, or was, to be answered in writing, without a word of what is written.

    `district` and `department` are codes of the catalogue; without a department nobody answers
    yet. `version` is the question's.
    """

    number: int
    version: int
    text: str
    district: str
    department: str | None
    due_on: date | None
    state: ReplyState

    def is_overdue(self, today: date) -> bool:
        """Tell whether its due date is over, and no reply is published."""
        return self.state is not ReplyState.PUBLISHED and (self.due_on or today) < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published reply as everybody may read it, with its question.

    `district` and `department` are codes. `organisation` is the asker's, only if the asker agreed
    to be named. `published_at` is aware, in UTC.
    """

    number: int
    question: str
    district: str
    organisation: str | None
    department: str
    written: Written
    published_at: datetime


def transition(action: ReplyAction, origin: ReplyState) -> ReplyTransition | None:
    """Return the arrow that an action follows from a state, or None where there is none."""
    return _BY_ACTION_AND_ORIGIN.get((action, origin))


def actions(origin: ReplyState, roles: frozenset[Role]) -> tuple[ReplyAction, ...]:
    """List what somebody with these roles may do to a reply in a state, in table order."""
    return tuple(
        each.action for each in TRANSITIONS if each.origin == origin and each.roles & roles
    )


def roles_for(actor: Actor, department: str | None) -> frozenset[Role]:
    """Return the roles that count for a department's reply: a department's only for its own."""
    if department in actor.departments:
        return actor.roles
    return actor.roles - {Role.DEPARTMENT}


def read_draft(written: Written) -> Written:
    """Return what was written as it is stored; it may be unfinished.

    Raises:
        FieldsWrong: something is too long.
    """
    draft = _tidied(written)
    _refuse(_too_long(draft))
    return draft


def read(written: Written, *, today: date) -> Written:
    """Return what was written as it is stored, if it can be submitted.

    Raises:
        FieldsWrong: with all that is wrong.
    """
    draft = _tidied(written)
    errors = _too_long(draft)
    if len(draft.text) < SHORTEST_TEXT:
        values = (("least", SHORTEST_TEXT), ("count", len(draft.text)))
        errors.insert(
            0,
            FieldError(
                "text", "The reply needs at least {least} characters; it has {count}.", values
            ),
        )
    if bool(draft.document_number) is not bool(draft.document_date):
        errors.append(
            FieldError(
                "document_number", "Give both the number and the date of the document, or neither."
            )
        )
    if draft.document_date and draft.document_date > today:
        errors.append(FieldError("document_date", "The document's date is after today."))
    _refuse(errors)
    return draft


def read_remark(written: str) -> str:
    """Return what a reply is sent back with, as it is stored.

    Raises:
        WrongText: it is too short to be of help, or too long.
    """
    remark = texts.normalise(written)
    if not SHORTEST_REMARK <= len(remark) <= LONGEST_REMARK:
        raise WrongText(least=SHORTEST_REMARK, most=LONGEST_REMARK, count=len(remark))
    return remark


def _tidied(written: Written) -> Written:
    return Written(
        text=texts.normalise(written.text),
        document_number=texts.one_line(written.document_number or "") or None,
        document_date=written.document_date,
    )


def _too_long(draft: Written) -> list[FieldError]:
    errors = []
    if len(draft.text) > LONGEST_TEXT:
        values = (("most", LONGEST_TEXT), ("count", len(draft.text)))
        errors.append(
            FieldError(
                "text", "The reply may have at most {most} characters; it has {count}.", values
            )
        )
    count = len(draft.document_number or "")
    if count > LONGEST_DOCUMENT_NUMBER:
        values = (("most", LONGEST_DOCUMENT_NUMBER), ("count", count))
        errors.append(
            FieldError(
                "document_number",
                "The document's number may have at most {most} characters; it has {count}.",
                values,
            )
        )
    return errors


def _refuse(errors: list[FieldError]) -> None:
    if errors:
        raise FieldsWrong(tuple(errors))
