"""Every command of staff is done by what it names, and tells what it did."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, get_args

import pytest

from data_access import commands, engine
from data_access.activity import activity
from dialogue import commands as all_commands
from dialogue.activity import ActivityFilters
from dialogue.annotations import Subject
from dialogue.commands import (
    Advance,
    Annotate,
    BeginPractice,
    ChangeAnnotation,
    Command,
    Done,
    PublishReply,
    QuestionCommand,
    SaveReply,
    Seen,
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
from dialogue.events import Intake, Moderation, Weights
from dialogue.hall import (
    Arm,
    Armed,
    AskToMoveOn,
    BeginPart,
    Darken,
    Fire,
    GoBack,
    Heed,
    Scene,
    ShowTimer,
    Side,
    Withdraw,
)
from dialogue.lifecycle import Action, Status
from dialogue.operations import Plain
from dialogue.roles import Role
from live import snapshots
from tests.factories import NOON, REPLY, SLUG, actor, annotate, ask, ask_until, submit_reply

pytestmark = pytest.mark.usefixtures("database")
EVERYBODY = actor(Role.MODERATOR, Role.CHAIR, Role.ADMIN)
THANKS = Armed(scene=Scene.THANKS)


def run(command: Command, *, slug: str = SLUG) -> Any:
    with engine.current().transaction() as session:
        return commands.run(session, slug, command, actor=EVERYBODY, at=NOON)


def last(slug: str = SLUG) -> str:
    with engine.current().reading() as session:
        return activity.page(session, slug, ActivityFilters(), most=1)[0].action


def approve() -> Command:
    return QuestionCommand(Plain(Action.APPROVE), (Seen(ask().number, 1),))


def advance() -> Command:
    return Advance(None, Seen(ask_until(Status.QUEUED), 2))


def undo() -> Command:
    run(approve())
    return Undo()


def arm() -> Command:
    return Arm(THANKS)


def fire() -> Command:
    run(arm())
    return Fire(THANKS, None)


def ask_to_move_on() -> Command:
    return AskToMoveOn(Side.DESK, ask_until(Status.ON_STAGE))


def withdraw() -> Command:
    run(ask_to_move_on())
    return Withdraw(Side.DESK)


def heed() -> Command:
    run(ask_to_move_on())
    return Heed(Side.DESK)


def go_back() -> Command:
    run(BeginPart("khai-mac", None))
    return GoBack("khai-mac")


def show_practice() -> Command:
    run(BeginPractice())
    return ShowPractice(shown=True)


def send_back() -> Command:
    number = ask_until(Status.DEFERRED)
    return SendReplyBack(number=number, version=submit_reply(number), remark="Xin ghi rõ ngày")


def publish() -> Command:
    number = ask_until(Status.DEFERRED)
    return PublishReply(number=number, version=submit_reply(number))


def save() -> Command:
    return SaveReply(number=ask_until(Status.DEFERRED), version=0, written=REPLY)


def submit() -> Command:
    return SubmitReply(number=ask_until(Status.DEFERRED), version=0, written=REPLY)


def change_annotation() -> Command:
    return ChangeAnnotation(entry=annotate("Nhiều câu hỏi"), version=1, text="Ít câu hỏi")


def withdraw_annotation() -> Command:
    return WithdrawAnnotation(entry=annotate("Nhiều câu hỏi"), version=1)


MADE: dict[type, tuple[Callable[[], Command], str]] = {
    QuestionCommand: (approve, "approve"),
    Advance: (advance, "stage"),
    Undo: (undo, "undo"),
    Arm: (arm, "armed"),
    Fire: (fire, "scene_thanks"),
    Darken: (lambda: Darken(dark=True), "dark_on"),
    ShowTimer: (lambda: ShowTimer(shown=True), "timer_on"),
    AskToMoveOn: (ask_to_move_on, "move_on_desk"),
    Withdraw: (withdraw, "withdrawn_desk"),
    Heed: (heed, "heeded_desk"),
    BeginPart: (lambda: BeginPart("khai-mac", None), "part"),
    GoBack: (go_back, "part_back"),
    SetIntake: (lambda: SetIntake(Intake.PAUSED, timedelta(minutes=5)), "intake_paused"),
    SetModeration: (lambda: SetModeration(Moderation.AFTER), "moderation_after"),
    SetWeights: (lambda: SetWeights(Weights()), "weights"),
    BeginPractice: (BeginPractice, "practice_begun"),
    ShowPractice: (show_practice, "practice_on"),
    SaveReply: (save, "save_reply"),
    SubmitReply: (submit, "submit_reply"),
    SendReplyBack: (send_back, "send_back_reply"),
    PublishReply: (publish, "reply"),
    Annotate: (
        lambda: Annotate(subject=Subject.TOPICS, moment=None, text="Nhiều câu hỏi"),
        "annotation_written",
    ),
    ChangeAnnotation: (change_annotation, "annotation_changed"),
    WithdrawAnnotation: (withdraw_annotation, "annotation_withdrawn"),
    TakePersonalData: (lambda: TakePersonalData(names=True, contacts=True), "export_personal_data"),
}


@pytest.mark.parametrize("kind", MADE, ids=lambda each: each.__name__)
def test_a_command_is_done_and_the_activity_has_it(kind: type) -> None:
    make, told = MADE[kind]
    command = make()
    assert isinstance(command, kind)

    did = run(command)

    assert last() == told
    if isinstance(did, Done):
        assert did.revision == snapshots.current(SLUG).revision
    elif did is not None:
        assert did == told


def test_a_rehearsal_is_wiped_by_its_own_slug() -> None:
    run(BeginPractice())
    practice = snapshots.current(SLUG).practice
    assert practice is not None

    assert run(WipePractice(), slug=practice) == last() == "practice_wiped"


def test_no_command_is_forgotten_here() -> None:
    assert {*get_args(all_commands.Command)} == {*MADE, WipePractice}
