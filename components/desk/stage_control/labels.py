"""What the stage control says on its buttons, in a language."""

from functools import cache

from dialogue.hall import Scene
from locales import Language


@cache
def control_labels(language: Language) -> dict[str, str]:
    """Name everything that the stage control may say of itself."""
    _ = language.gettext
    return {
        "on_air": _("On air"),
        "off_screens": _("Not on the screens"),
        "unknown": _("No connection: not known"),
        "screens_language": _("The language of the screens; one can be opened in another."),
        "ready": _("Ready"),
        "nothing": _("Nothing is ready"),
        "fire": _("Show"),
        "disarm": _("Cancel"),
        "scenes": _("What the screens show"),
        "dark": _("Black"),
        "message": _("A line for the hall"),
        "arm": _("Make ready"),
        "question": _("Question"),
        "part": _("Part"),
        "timer": _("Show the clock"),
        "timer_long": _("The question's clock on the projector"),
        "ask": _("Ask the chair to move on"),
        "withdraw": _("Take it back"),
        "heed": _("Understood"),
        "plan": _("Rundown"),
        "running": _("Now"),
        "began": _("Began at {time}"),
        "begin": _("Begin"),
        "reset": _("Set back to before the opening"),
        "close": _("Close"),
        "fold": _("Hide pictures"),
        "unfold": _("Show pictures"),
    }


@cache
def scene_buttons(language: Language) -> dict[Scene, str]:
    """Name the scenes in a word each, where all of them stand in one row."""
    _ = language.gettext
    return {
        Scene.WELCOME: _("Welcome"),
        Scene.QUESTION: _("Question"),
        Scene.NEXT: _("Next"),
        Scene.PARTICIPATION: _("Participation"),
        Scene.MESSAGE: _("Message"),
        Scene.THANKS: _("Thanks"),
    }
