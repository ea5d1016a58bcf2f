"""What staff do to an event, with what they saw of it, and what comes of that.

`Command` is the union of all commands. One is done or refused as a whole, by an `Actor`, to an
event: `data_access.commands` does it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from dialogue.annotations import Subject
from dialogue.events import Intake, Moderation, Weights
from dialogue.hall import HallAction, HallCommand
from dialogue.lifecycle import Action
from dialogue.operations import Operation
from dialogue.refusals import Refusal
from dialogue.replies import Written


class Seen(NamedTuple):
    """A question, and the version of it that the person saw."""

    number: int
    version: int


@dataclass(frozen=True, slots=True)
class QuestionCommand:
    """An operation on questions, each as the person saw it."""

    operation: Operation
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what the person did last, or what they did in the revision `of`."""

    of: int | None = None


@dataclass(frozen=True, slots=True)
class Advance:
    """Mark the question on stage answered and bring the next one on; either may be missing."""

    ending: Seen | None
    coming: Seen | None


@dataclass(frozen=True, slots=True)
class SetIntake:
    """Open or close an event for questions, or pause it for a time."""

    intake: Intake
    pause: timedelta


@dataclass(frozen=True, slots=True)
class SetModeration:
    """Have the desk read questions before everyone may, or afterwards."""

    moderation: Moderation


@dataclass(frozen=True, slots=True)
class SetWeights:
    """Say how much each part counts when the next question is suggested."""

    weights: Weights


@dataclass(frozen=True, slots=True)
class BeginPractice:
    """Begin to rehearse an event."""


@dataclass(frozen=True, slots=True)
class WipePractice:
    """Remove a rehearsal with all that belongs to it."""


@dataclass(frozen=True, slots=True)
class ShowPractice:
    """Have the screens of a real event show its rehearsal, or the event itself again."""

    shown: bool


EventCommand = SetIntake | SetModeration | SetWeights | BeginPractice | WipePractice | ShowPractice


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveReply:
    """Keep what was written of the reply to a question, whose `version` was seen."""

    number: int
    version: int
    written: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitReply:
    """Hand a reply to the editors for approval."""

    number: int
    version: int
    written: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReplyBack:
    """Give a reply back to its department with a remark."""

    number: int
    version: int
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReply:
    """Let everybody read a reply."""

    number: int
    version: int


ReplyCommand = SaveReply | SubmitReply | SendReplyBack | PublishReply


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotate:
    """Keep an annotation on a subject, at a `moment` (aware) or on the whole."""

    subject: Subject
    moment: datetime | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAnnotation:
    """Give an annotation, whose `version` was seen, another text."""

    entry: int
    version: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAnnotation:
    """Have an annotation, whose `version` was seen, no longer shown or printed."""

    entry: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePersonalData:
    """Write down that somebody takes away a file that tells names or contacts of the askers."""

    names: bool
    contacts: bool


ReviewCommand = Annotate | ChangeAnnotation | WithdrawAnnotation | TakePersonalData

Command = (
    QuestionCommand | Advance | Undo | HallCommand | EventCommand | ReplyCommand | ReviewCommand
)


class Refused(NamedTuple):
    """One question of several to which a command was not done, and why."""

    number: int
    refusal: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a command: one new revision, the questions it changed, and those it did not.

    `action` is the one that was undone where it was an undo.
    """

    action: Action
    revision: int
    numbers: Sequence[int]
    refused: Sequence[Refused] = ()


Outcome = Done | HallAction | Refusal | None
"""What a command did to questions or to the hall, or why it was refused; None says nothing."""
