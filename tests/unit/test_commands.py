"""What the browser sends is declared where its scripts learn it, and read field by field."""

from typing import Any, cast, get_args

import pytest

from components.chair import commands as chair_commands
from components.chair import tablet
from components.chair.tablet import Button
from components.desk import stage_commands, stage_control
from components.desk.stage_control import Arm, Ask, Begin, Darken, Fire, GoBack, ShowTimer
from components.questions import commands as question_commands
from components.questions import question_board
from dialogue.hall import Scene
from dialogue.lifecycle import Action

COMMAND: question_board.Sent = {
    "action": Action.MERGE,
    "seen": [(1, 2)],
    "reason": "off-topic",
    "into": 3,
    "position": 4,
    "before": 5,
    "text": "Khi nào có sóng 4G ạ?",
    "parts": ["Khi nào?", "Ở đâu?"],
    "entry": "so-tttt",
    "burst": 6,
}
PRESS: tablet.Sent = {
    "button": Button.DEFER,
    "on_stage": (1, 2),
    "coming": (3, 4),
    "department": "so-tttt",
    "due": "2022-11-20",
    "part": "khai-mac",
    "running": "bao-cao",
    "revision": 5,
}
ARMED: stage_control.Armed = {"scene": Scene.MESSAGE, "message": "Nghỉ 5 phút", "number": 6}
STAGE: list[stage_control.Sent] = [
    Arm(name="arm", armed=ARMED),
    Fire(name="fire", armed=ARMED, ending=1),
    Darken(name="darken", dark=True),
    ShowTimer(name="show_timer", shown=True),
    Ask(name="ask", number=1),
    GoBack(name="go_back", running="khai-mac"),
    Begin(name="begin", part="bao-cao", running="khai-mac"),
    {"name": "withdraw"},
    {"name": "heed"},
]


def test_these_have_every_field_that_is_declared() -> None:
    declared: list[tuple[Any, object]] = [
        (question_board.Sent, COMMAND),
        (tablet.Sent, PRESS),
        (stage_control.Armed, ARMED),
        *zip(get_args(stage_control.Sent), sorted(STAGE, key=_place), strict=True),
    ]

    for kind, sent in declared:
        assert cast(dict[str, object], sent).keys() == kind.__annotations__.keys()


def _place(sent: stage_control.Sent) -> int:
    names = [get_args(each.__annotations__["name"]) for each in get_args(stage_control.Sent)]
    return names.index((sent["name"],))


@pytest.mark.parametrize("field", COMMAND)
def test_every_field_of_a_command_is_read(field: str) -> None:
    without = {name: value for name, value in COMMAND.items() if name != field}

    if field in question_board.Sent.__required_keys__:
        with pytest.raises(KeyError, match=field):
            question_commands.read(without)
    else:
        assert question_commands.read(without) != question_commands.read(COMMAND)


@pytest.mark.parametrize("field", PRESS)
def test_every_field_of_a_press_is_read(field: str) -> None:
    without = {name: value for name, value in PRESS.items() if name != field}

    if field in tablet.Sent.__required_keys__:
        with pytest.raises(KeyError, match=field):
            chair_commands.read(without)
    else:
        assert chair_commands.read(without) != chair_commands.read(PRESS)


@pytest.mark.parametrize(
    ("sent", "field"), [(sent, field) for sent in STAGE for field in sent], ids=str
)
def test_every_field_of_a_command_at_the_stage_control_is_read(
    sent: stage_control.Sent, field: str
) -> None:
    assert stage_commands.read(sent)

    with pytest.raises(KeyError, match=field):
        stage_commands.read({name: value for name, value in sent.items() if name != field})


@pytest.mark.parametrize("field", ARMED)
def test_every_field_of_what_is_made_ready_is_read(field: str) -> None:
    def read(armed: object) -> object:
        return stage_commands.read({"name": "arm", "armed": armed}).do.keywords  # type: ignore[attr-defined]

    without = {name: value for name, value in ARMED.items() if name != field}
    if field in stage_control.Armed.__required_keys__:
        with pytest.raises(KeyError, match=field):
            read(without)
    else:
        assert read(without) != read(ARMED)
