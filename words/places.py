"""What the places of staff are called, and which belong together in the menu."""

from functools import cache

from dialogue.roles import Place
from locales import Language


@cache
def places(language: Language) -> dict[Place, str]:
    """Name the places, as the menu does."""
    _ = language.gettext
    return {
        Place.DESK: _("Moderators' desk"),
        Place.ENTRY: _("Type in a question"),
        Place.CHAIR: _("Chair"),
        Place.PROJECTOR: _("Projector"),
        Place.DISPLAY: _("Hall display"),
        Place.PARTICIPATION: _("Participation"),
        Place.REVIEW: _("Review"),
        Place.FOLLOWUP: _("Follow-up"),
        Place.DEPARTMENT: _("Department's page"),
        Place.ACCOUNTS: _("Accounts"),
        Place.ACTIVITY: _("Activity"),
    }


@cache
def groups(language: Language) -> dict[str, tuple[Place, ...]]:
    """Return the places of each menu, by its name, in the order in which they are used."""
    _ = language.gettext
    return {
        _("Conduct"): (Place.DESK, Place.ENTRY, Place.CHAIR),
        _("Screens"): (Place.PROJECTOR, Place.DISPLAY),
        _("Follow the dialogue"): (
            Place.PARTICIPATION,
            Place.REVIEW,
            Place.FOLLOWUP,
            Place.DEPARTMENT,
        ),
        _("Manage"): (Place.ACCOUNTS, Place.ACTIVITY),
    }
