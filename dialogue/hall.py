"""What the hall sees now, what comes when the desk says so, and how far the day has come."""

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
