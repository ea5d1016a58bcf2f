"""What the hall's screens and their scenes are called in a language."""

from functools import cache

from dialogue.hall import Scene
from dialogue.roles import Place
from locales import Language


@cache
def scenes(language: Language) -> dict[Scene, str]:
    """Name what the screens of the hall can show."""
    _ = language.gettext
    return {
        Scene.WELCOME: _("Welcome"),
        Scene.QUESTION: _("Question on stage"),
        Scene.NEXT: _("Next questions"),
        Scene.PARTICIPATION: _("Participation"),
        Scene.MESSAGE: _("Message"),
        Scene.THANKS: _("Thank you"),
    }


@cache
def screens(language: Language) -> dict[Place, str]:
    """Name what a screen of the hall can be for."""
    _ = language.gettext
    return {Place.PROJECTOR: _("Projector"), Place.DISPLAY: _("Hall display")}
