"""What the browser sends is declared where its scripts learn it, and read field by field."""

import json
from contextlib import suppress
from functools import reduce
from operator import or_
from typing import Any, cast, get_args

import pytest

from components.chair import commands as chair_commands
from components.chair import tablet
from components.chair.tablet import Button
from components.commands import hall_commands, question_commands
from components.commands.hall_commands import (
    ArmedMessage,
    ArmMessage,
    AskMessage,
    BeginMessage,
    DarkenMessage,
    FireMessage,
    GoBackMessage,
    HallMessage,
    ShowTimerMessage,
)
from components.questions import question_board
from dialogue.commands import QuestionCommand
from dialogue.hall import Scene, Side
from dialogue.lifecycle import Action
from dialogue.operations import Operation

SEEN = [(1, 2)]
COMMANDS: list[question_board.Sent] = [
    {"action": Action.APPROVE, "seen": SEEN},
    {"action": Action.REJECT, "seen": SEEN, "reason": "off-topic"},
    {"action": Action.MERGE, "seen": SEEN, "into": 3},
    {"action": Action.QUEUE, "seen": SEEN, "position": 4},
    {"action": Action.MOVE, "seen": SEEN, "position": 4},
    {"action": Action.MOVE, "seen": SEEN, "before": 5},
    {"action": Action.EDIT, "seen": SEEN, "text": "Khi nào có sóng 4G ạ?"},
    {"action": Action.NOTE, "seen": SEEN, "text": "Ngồi hàng ghế đầu"},
    {"action": Action.PREPARE, "seen": SEEN, "text": "Quý III năm nay"},
    {"action": Action.SPLIT, "seen": SEEN, "parts": ["Khi nào?", "Ở đâu?"]},
    {"action": Action.SET_TOPIC, "seen": SEEN, "entry": "ha-tang-so"},
    {"action": Action.SET_DEPARTMENT, "seen": SEEN, "entry": "so-tttt"},
    {"action": Action.DEFER, "seen": SEEN, "entry": "so-tttt", "due": "2022-11-20"},
    {"action": Action.SET_DUE, "seen": SEEN, "due": "2022-11-20"},
    {"action": Action.SET_VOTES_ASIDE, "seen": SEEN, "burst": 6},
    {"action": Action.COUNT_VOTES, "seen": SEEN, "burst": 6},
]
CHAIR: list[tablet.Sent] = [
    {"button": Button.NEXT, "on_stage": (1, 2), "coming": (3, 4)},
    {"button": Button.ANSWER, "on_stage": (1, 2), "coming": None},
    {
        "button": Button.DEFER,
        "on_stage": (1, 2),
        "coming": None,
        "department": "so-tttt",
        "due": "2022-11-20",
    },
    {"button": Button.PUT_BACK, "on_stage": (1, 2), "coming": None},
    {"button": Button.UNDO, "on_stage": None, "coming": None, "revision": 5},
    {
        "button": Button.DARKEN,
        "on_stage": None,
        "coming": None,
        "command": {"name": "darken", "dark": True},
    },
    {
        "button": Button.LIGHTEN,
        "on_stage": None,
        "coming": None,
        "command": {"name": "darken", "dark": False},
    },
    {
        "button": Button.ASK,
        "on_stage": None,
        "coming": None,
        "command": {"name": "ask", "number": 1},
    },
    {"button": Button.WITHDRAW, "on_stage": None, "coming": None, "command": {"name": "withdraw"}},
    {"button": Button.HEED, "on_stage": None, "coming": None, "command": {"name": "heed"}},
    {
        "button": Button.BEGIN,
        "on_stage": None,
        "coming": None,
        "command": {"name": "begin", "part": "khai-mac", "running": "bao-cao"},
    },
    {
        "button": Button.GO_BACK,
        "on_stage": None,
        "coming": None,
        "command": {"name": "go_back", "running": "bao-cao"},
    },
]
# A question that was not there tells nothing, nor does a button beside its command.
READ = [
    (sent, field)
    for sent in CHAIR
    for field, value in sent.items()
    if value is not None and not (field == "button" and "command" in sent)
]
ARMED: ArmedMessage = {"scene": Scene.MESSAGE, "message": "Nghỉ 5 phút", "number": 6}
STAGE: list[HallMessage] = [
    ArmMessage(name="arm", armed=ARMED),
    FireMessage(name="fire", armed=ARMED, ending=1),
    DarkenMessage(name="darken", dark=True),
    ShowTimerMessage(name="show_timer", shown=True),
    AskMessage(name="ask", number=1),
    GoBackMessage(name="go_back", running="khai-mac"),
    BeginMessage(name="begin", part="bao-cao", running="khai-mac"),
    {"name": "withdraw"},
    {"name": "heed"},
]


def test_these_have_every_field_that_is_declared() -> None:
    declared: list[tuple[Any, object]] = [
        (question_board.Sent, reduce(or_, map(dict, COMMANDS))),
        (tablet.Sent, reduce(or_, map(dict, CHAIR))),
        (ArmedMessage, ARMED),
        *zip(get_args(HallMessage), sorted(STAGE, key=_place), strict=True),
    ]

    for kind, sent in declared:
        assert cast(dict[str, object], sent).keys() == kind.__annotations__.keys()


def _place(sent: HallMessage) -> int:
    names = [get_args(each.__annotations__["name"]) for each in get_args(HallMessage)]
    return names.index((sent["name"],))


@pytest.mark.parametrize(
    ("sent", "field"), [(sent, field) for sent in COMMANDS for field in sent], ids=str
)
def test_every_field_of_a_command_is_read(sent: question_board.Sent, field: str) -> None:
    without = {name: value for name, value in sent.items() if name != field}

    read = None
    with suppress(KeyError):
        read = question_commands.read(without)

    assert read != question_commands.read(sent)


def test_every_operation_is_read_from_what_a_list_sends_and_written_like_it() -> None:
    read = [question_commands.read(each) for each in COMMANDS]

    operations = {type(each.operation) for each in read if isinstance(each, QuestionCommand)}
    assert operations == {*get_args(Operation)}
    written = [question_commands.write(each) for each in read if isinstance(each, QuestionCommand)]
    assert json.loads(json.dumps(written)) == json.loads(json.dumps(COMMANDS))


def test_a_list_begins_no_question() -> None:
    for action in (Action.SUBMIT, Action.SPLIT_OFF):
        with pytest.raises(ValueError, match=action):
            question_commands.read({"action": action, "seen": SEEN})


@pytest.mark.parametrize(("sent", "field"), READ, ids=str)
def test_every_field_of_a_press_is_read(sent: tablet.Sent, field: str) -> None:
    without = {name: value for name, value in sent.items() if name != field}

    read = None
    with suppress(KeyError):
        read = chair_commands.read(without)

    assert read != chair_commands.read(sent)


@pytest.mark.parametrize(
    ("sent", "field"), [(sent, field) for sent in STAGE for field in sent], ids=str
)
def test_every_field_of_a_command_at_the_stage_control_is_read(
    sent: HallMessage, field: str
) -> None:
    assert hall_commands.read(sent, Side.DESK)

    with pytest.raises(KeyError, match=field):
        hall_commands.read(
            {name: value for name, value in sent.items() if name != field}, Side.DESK
        )


@pytest.mark.parametrize("field", ARMED)
def test_every_field_of_what_is_made_ready_is_read(field: str) -> None:
    def read(armed: object) -> object:
        return hall_commands.read({"name": "arm", "armed": armed}, Side.DESK)

    without = {name: value for name, value in ARMED.items() if name != field}
    if field in ArmedMessage.__required_keys__:
        with pytest.raises(KeyError, match=field):
            read(without)
    else:
        assert read(without) != read(ARMED)
