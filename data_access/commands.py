"""The one door through which staff change an event: a typed command in, what it did out."""

from datetime import datetime
from typing import assert_never

from sqlalchemy.orm import Session

from data_access.events import events, practice
from data_access.followup import replies
from data_access.hall import halls, staging
from data_access.questions.writing import commands, personal_data, undoing
from data_access.review import annotations
from dialogue.accounts import Actor
from dialogue.commands import (
    Advance,
    Annotate,
    BeginPractice,
    ChangeAnnotation,
    Command,
    Done,
    EventCommand,
    PublishReply,
    QuestionCommand,
    ReplyCommand,
    ReviewCommand,
    SaveReply,
    SendReplyBack,
    SetIntake,
    SetModeration,
    SetWeights,
    ShowPractice,
    SubmitReply,
    TakePersonalData,
    Undo,
    WipePractice,
    WithdrawAnnotation,
)
from dialogue.hall import (
    Arm,
    AskToMoveOn,
    BeginPart,
    Darken,
    Fire,
    GoBack,
    HallAction,
    HallCommand,
    Heed,
    ShowTimer,
    Withdraw,
)


def run(
    session: Session, slug: str, command: Command, *, actor: Actor, at: datetime
) -> Done | HallAction | None:
    """Do a command, and return what it did to questions or to the hall, if that is what it is of.

    Raises:
        Refusal: it is not done; the functions that are called here say which, and when.
    """
    if isinstance(command, HallCommand):
        return _on_hall(session, slug, command, actor=actor, at=at)
    if isinstance(command, EventCommand):
        return _on_event(session, slug, command, actor=actor, at=at)
    if isinstance(command, ReplyCommand):
        return _on_reply(session, slug, command, actor=actor, at=at)
    if isinstance(command, ReviewCommand):
        _on_review(session, slug, command, actor=actor, at=at)
        return None
    match command:
        case QuestionCommand():
            return commands.act(session, slug, command, actor=actor, at=at)
        case Advance(ending, coming):
            return staging.advance(session, slug, ending=ending, coming=coming, actor=actor, at=at)
        case Undo(of):
            return undoing.undo(session, slug, of=of, actor=actor, at=at)
        case _:
            assert_never(command)


def _on_hall(
    session: Session, slug: str, command: HallCommand, *, actor: Actor, at: datetime
) -> Done | HallAction:
    match command:
        case Arm(armed):
            return halls.arm(session, slug, armed, actor=actor, at=at)
        case Fire(armed, ending):
            return staging.fire(session, slug, armed, ending=ending, actor=actor, at=at)
        case Darken(dark):
            return halls.darken(session, slug, dark=dark, actor=actor, at=at)
        case ShowTimer(shown):
            return halls.show_timer(session, slug, shown=shown, actor=actor, at=at)
        case AskToMoveOn(side, number):
            return halls.ask_to_move_on(session, slug, side, number=number, actor=actor, at=at)
        case Withdraw(side):
            return halls.withdraw(session, slug, side, actor=actor, at=at)
        case Heed(side):
            return halls.heed(session, slug, side, actor=actor, at=at)
        case BeginPart(part, running):
            return halls.begin_part(session, slug, part, running=running, actor=actor, at=at)
        case GoBack(running):
            return halls.go_back(session, slug, running=running, actor=actor, at=at)
        case _:
            assert_never(command)


def _on_event(
    session: Session, slug: str, command: EventCommand, *, actor: Actor, at: datetime
) -> HallAction | None:
    match command:
        case SetIntake(intake, pause):
            events.set_intake(session, slug, intake, pause=pause, actor=actor, at=at)
        case SetModeration(moderation):
            events.set_moderation(session, slug, moderation, actor=actor, at=at)
        case SetWeights(weights):
            events.set_weights(session, slug, weights, actor=actor, at=at)
        case BeginPractice():
            practice.begin(session, slug, actor=actor, at=at)
        case WipePractice():
            return practice.wipe(session, slug, actor=actor, at=at)
        case ShowPractice(shown):
            return practice.show_on_screens(session, slug, shown=shown, actor=actor, at=at)
        case _:
            assert_never(command)
    return None


def _on_reply(
    session: Session, slug: str, command: ReplyCommand, *, actor: Actor, at: datetime
) -> Done | None:
    number, seen = command.number, command.version
    match command:
        case SaveReply():
            written = command.written
            replies.save(session, slug, number, written, version=seen, actor=actor, at=at)
        case SubmitReply():
            written = command.written
            replies.submit(session, slug, number, written, version=seen, actor=actor, at=at)
        case SendReplyBack():
            remark = command.remark
            replies.send_back(session, slug, number, remark, version=seen, actor=actor, at=at)
        case PublishReply():
            return replies.publish(session, slug, number, version=seen, actor=actor, at=at)
        case _:
            assert_never(command)
    return None


def _on_review(
    session: Session, slug: str, command: ReviewCommand, *, actor: Actor, at: datetime
) -> None:
    match command:
        case Annotate(subject=subject, moment=moment, text=text):
            annotations.add(
                session, slug, subject=subject, moment=moment, text=text, actor=actor, at=at
            )
        case ChangeAnnotation(entry=entry, version=seen, text=text):
            annotations.change(session, slug, entry, version=seen, text=text, actor=actor, at=at)
        case WithdrawAnnotation(entry=entry, version=seen):
            annotations.withdraw(session, slug, entry, version=seen, actor=actor, at=at)
        case TakePersonalData(names=names, contacts=contacts):
            personal_data.export(session, slug, names=names, contacts=contacts, actor=actor, at=at)
        case _:
            assert_never(command)
