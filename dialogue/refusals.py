"""Refusals: expected, named and kindly worded. Everything else that is raised is a bug.

Refusal
├── NotNow               the database does not do it at the moment; try again
│   └── Unavailable      a question could not be made durable; send it again
├── NotPermitted         the role may not do this
├── AnotherAccount       it was done on a page of another account
├── UnknownEvent         no event has this slug
│   └── PracticeOver     the rehearsal that had it was wiped
├── NotPractice          a real event is never wiped
├── EventClosed          the event takes no questions now
├── EventPaused          the event takes no questions until a time
├── FieldsWrong          one or more fields are wrong
│   └── SubmissionWrong  they are those of a submission
├── UnknownAccount       no account, device or screen is there
├── AddressTaken         another account has the e-mail address
├── LastAdmin            nobody would be left to manage accounts
├── LinkUsed             a one-time link was used or is too old
├── SignInRefused        address, password or code is wrong; which one is not said
├── TooManyAttempts      signing in failed too often
├── KeyReused            an idempotency key came back with another question
├── UnknownQuestion      no question has this number or code
├── UnknownReason        the event has no such reason for a rejection
├── UnknownEntry         the event's catalogue has no such topic or department
├── EntriesInUse         a catalogue's entry that something refers to is not removed
├── WrongMergeTarget     a question cannot be merged into that one
├── WrongText            a text that the desk wrote is too short or too long
├── WrongSplit           a question is split into too few or too many
├── Flagged              a flagged question is not brought before the public
├── Held                 a question on hold is not brought on stage
├── WrongDue             a reply would be due before it is promised
├── NoReply              no reply waits to be published
├── ReplyChanged         somebody else wrote at the reply meanwhile
├── UnknownBurst         none of the votes of a burst is left
├── UnknownAnnotation    no annotation is there, or it was withdrawn
├── AnnotationChanged    somebody else changed the annotation meanwhile
├── NothingArmed         nothing is ready to be shown
├── ArmedAnew            something else is ready than the person saw
├── RundownMoved         another part runs than the person saw, or none
├── NobodyAsks           nobody wants to move on, or not any more
├── NothingComing        no question waits to be brought on stage
├── NothingToUndo        the person did nothing yet that could be undone
└── Overtaken            the question is no longer as the person saw it
    ├── Conflict         somebody changed it first
    ├── TransitionRefused its state does not allow this
    └── StageOccupied    another question is on stage
"""

from dataclasses import dataclass
from typing import Any


class Refusal(Exception):
    """This cannot be done."""

    def __init__(self, **values: Any) -> None:
        """Keep what the message's placeholders stand for."""
        super().__init__(values)
        self.values = values

    @property
    def message(self) -> str:
        """The English sentence, a gettext message id; `values` fills its placeholders."""
        return (type(self).__doc__ or "").splitlines()[0]

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.message.format(**self.values)


class NotNow(Refusal):
    """This cannot be done just now. Please try again in a moment."""


class Unavailable(NotNow):
    """Your question could not be saved just now. Please send it again."""


class NotPermitted(Refusal):
    """You do not have the right to do this."""


class AnotherAccount(Refusal):
    """This was done under another account and was not sent on."""


class UnknownEvent(Refusal):
    """There is no such event."""


class PracticeOver(UnknownEvent):
    """This rehearsal is over. Its questions have been wiped, and no real one."""


class NotPractice(Refusal):
    """This is a real event, and real questions are never wiped."""


class EventClosed(Refusal):
    """This event takes no questions now."""


class EventPaused(Refusal):
    """Questions are paused. They open again at {time}."""


class KeyReused(Refusal):
    """This Idempotency-Key was already used for another question."""


class UnknownQuestion(Refusal):
    """There is no such question."""


class UnknownReason(Refusal):
    """Choose a reason from the event's list."""


class UnknownEntry(Refusal):
    """Choose from the event's list."""


class EntriesInUse(Refusal):
    """These are used, so they cannot be taken out of the event's lists: {entries}."""


class WrongText(Refusal):
    """The text must have {least} to {most} characters; it has {count}."""


class Flagged(Refusal):
    """Question {number} is flagged. Read it, take out what must not be shown, and lift the flag."""


class WrongSplit(Refusal):
    """A question can be split into {least} to {most} parts; there are {count}."""


class Held(Refusal):
    """Question {number} is on hold. Lift the hold first."""


class WrongDue(Refusal):
    """A reply cannot be due before today."""


class ReplyChanged(Refusal):
    """Somebody changed the reply to question {number} meanwhile. Read it again."""


class UnknownAnnotation(Refusal):
    """There is no such annotation any more."""


class AnnotationChanged(Refusal):
    """Somebody changed this annotation meanwhile. Read it above; saving again replaces it."""


class NoReply(Refusal):
    """Question {number} has no reply that waits for approval."""


class NothingArmed(Refusal):
    """Nothing is ready to be shown. Choose it first."""


class ArmedAnew(Refusal):
    """Another desk made something else ready. Look at it first."""


class RundownMoved(Refusal):
    """The rundown was changed a moment ago. Look at it first."""


class NobodyAsks(Refusal):
    """Nobody asks to move on any more."""


class NothingComing(Refusal):
    """No question waits in the queue."""


class NothingToUndo(Refusal):
    """There is nothing of yours to undo."""


class WrongMergeTarget(Refusal):
    """A question can be merged only into another one that is still open."""


class UnknownBurst(Refusal):
    """None of these votes for question {number} is left."""


class Overtaken(Refusal):
    """Question {number} is no longer as you saw it."""


class Conflict(Overtaken):
    """Somebody changed question {number} before you. This is how it stands now."""


class TransitionRefused(Overtaken):
    """Question {number} is in a state that does not allow this."""


class StageOccupied(Overtaken):
    """Question {on_stage} is on stage. Mark it answered or put it back first."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: `message` is a gettext message id, `values` fill it."""

    field: str
    message: str
    values: tuple[tuple[str, int], ...] = ()


class FieldsWrong(Refusal):
    """Some of what you entered is not right."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        """Keep every wrong field, not only the first."""
        super().__init__()
        self.errors = errors

    def __str__(self) -> str:
        """Return what is wrong with each field, in English."""
        return " ".join(each.message.format(**dict(each.values)) for each in self.errors)


class SubmissionWrong(FieldsWrong):
    """Some of what you entered is not right."""


class UnknownAccount(Refusal):
    """There is no such account or screen any more."""


class AddressTaken(Refusal):
    """There is already an account with this e-mail address."""


class LastAdmin(Refusal):
    """At least one active account must stay admin for all events."""


class LinkUsed(Refusal):
    """This link is not valid any more. It works once, and only for a time."""


class SignInRefused(Refusal):
    """The e-mail address, the password or the code is not right."""


class TooManyAttempts(Refusal):
    """Too many attempts. Please try again in {seconds} seconds."""
