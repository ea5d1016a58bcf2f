"""What the hall sees now, what comes when the desk says so, and how far the day has come.

`HallCommand` is the union of all that the desk and the chair do to it. Whoever handles one ends
with `assert_never`, so that mypy finds what forgets a new one.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_MESSAGE = 200


class Scene(StrEnum):
    """What a screen of the hall shows."""

    WELCOME = "welcome"
    QUESTION = "question"
    NEXT = "next"
    PARTICIPATION = "participation"
    MESSAGE = "message"
    THANKS = "thanks"


class Side(StrEnum):
    """Who asks the other to move on."""

    DESK = "desk"
    CHAIR = "chair"


class HallAction(StrEnum):
    """What was done to the hall, as the activity keeps it."""

    SCENE_WELCOME = "scene_welcome"
    SCENE_QUESTION = "scene_question"
    SCENE_NEXT = "scene_next"
    SCENE_PARTICIPATION = "scene_participation"
    SCENE_MESSAGE = "scene_message"
    SCENE_THANKS = "scene_thanks"
    ARMED = "armed"
    DISARMED = "disarmed"
    DARK_ON = "dark_on"
    DARK_OFF = "dark_off"
    TIMER_ON = "timer_on"
    TIMER_OFF = "timer_off"
    MOVE_ON_DESK = "move_on_desk"
    MOVE_ON_CHAIR = "move_on_chair"
    WITHDRAWN_DESK = "withdrawn_desk"
    WITHDRAWN_CHAIR = "withdrawn_chair"
    HEEDED_DESK = "heeded_desk"
    HEEDED_CHAIR = "heeded_chair"
    PART = "part"
    PART_RESET = "part_reset"
    PART_BACK = "part_back"
    PRACTICE_ON = "practice_on"
    PRACTICE_OFF = "practice_off"
    PRACTICE_WIPED = "practice_wiped"


# The action by the scene that is shown, and by the side that asks to move on.
SHOWN = {each: HallAction(f"scene_{each}") for each in Scene}
ASKED = {each: HallAction(f"move_on_{each}") for each in Side}
WITHDRAWN = {each: HallAction(f"withdrawn_{each}") for each in Side}
HEEDED = {each: HallAction(f"heeded_{each}") for each in Side}


@dataclass(frozen=True, slots=True, kw_only=True)
class Armed:
    """What is ready to be shown: a scene, its words for `MESSAGE`, or the `number` of a question.

    A question is brought on stage when it is fired.
    """

    scene: Scene
    message: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """How the hall stands at one revision of its event.

    `dark` hides the scene until it is lifted. `message` are the words of the last message.
    `shows_timer` puts the clock of the question on the projector. `desk_asked_at` and
    `chair_asked_at` tell since when one side asks the other to move on. `part` is the code of the
    rundown's part that runs since `part_began_at`; the first began at `began_at`. With
    `practice` the screens show the event's rehearsal instead. Times are aware, in UTC.
    """

    scene: Scene = Scene.WELCOME
    message: str | None = None
    dark: bool = False
    armed: Armed | None = None
    shows_timer: bool = False
    desk_asked_at: datetime | None = None
    chair_asked_at: datetime | None = None
    part: str | None = None
    part_began_at: datetime | None = None
    began_at: datetime | None = None
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Arm:
    """Make ready what `Fire` will show; None takes it back."""

    armed: Armed | None


@dataclass(frozen=True, slots=True)
class Fire:
    """Show what was seen to be ready, over the question with the number that was seen on stage."""

    armed: Armed | None
    ending: int | None


@dataclass(frozen=True, slots=True)
class Darken:
    """Hide what the screens show, or with `dark` false show it again."""

    dark: bool


@dataclass(frozen=True, slots=True)
class ShowTimer:
    """Put the clock of the question on the projector, or take it off."""

    shown: bool


@dataclass(frozen=True, slots=True)
class AskToMoveOn:
    """Ask the other side to bring the question that was seen on stage to its end."""

    side: Side
    number: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take back what a side asked."""

    side: Side


@dataclass(frozen=True, slots=True)
class Heed:
    """Take note of what a side asked."""

    side: Side


@dataclass(frozen=True, slots=True)
class BeginPart:
    """Begin a part of the rundown after the one that was seen running; None is before the first."""

    part: str | None
    running: str | None


@dataclass(frozen=True, slots=True)
class GoBack:
    """Take back the last step of the rundown from the part that was seen running."""

    running: str | None


HallCommand = Arm | Fire | Darken | ShowTimer | AskToMoveOn | Withdraw | Heed | BeginPart | GoBack
