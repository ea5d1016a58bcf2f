"""The one table of who may do what."""

from enum import StrEnum

from dialogue.refusals import NotPermitted


class Role(StrEnum):
    """What a person, or a screen without a person, is in a dialogue."""

    ADMIN = "admin"
    MODERATOR = "moderator"
    CHAIR = "chair"
    DEPARTMENT = "department"
    ANALYST = "analyst"
    SCREEN = "screen"


class Place(StrEnum):
    """A page that somebody opens; its value is the page's URL."""

    DESK = "desk"
    ENTRY = "entry"
    ACTIVITY = "activity"
    CHAIR = "chair"
    PROJECTOR = "projector"
    DISPLAY = "display"
    PARTICIPATION = "participation"
    REVIEW = "review"
    FOLLOWUP = "followup"
    DEPARTMENT = "department"
    ACCOUNTS = "accounts"


class Right(StrEnum):
    """What somebody may do besides the actions of a question's lifecycle."""

    SWITCH_INTAKE = "switch_intake"
    SET_MODERATION = "set_moderation"
    SET_WEIGHTS = "set_weights"
    SWITCH_SCENE = "switch_scene"
    DARKEN = "darken"
    ASK_TO_MOVE_ON = "ask_to_move_on"
    LEAD_RUNDOWN = "lead_rundown"
    REHEARSE = "rehearse"
    ANNOTATE = "annotate"
    SEE_NAMES = "see_names"
    SEE_CONTACTS = "see_contacts"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_SCREENS = "manage_screens"


# What a person can be; a screen is none.
PERSONAL = tuple(role for role in Role if role is not Role.SCREEN)

MAY_OPEN: dict[Place, frozenset[Role]] = {
    Place.DESK: frozenset({Role.MODERATOR}),
    Place.ENTRY: frozenset({Role.MODERATOR}),
    Place.ACTIVITY: frozenset({Role.ADMIN, Role.MODERATOR}),
    Place.CHAIR: frozenset({Role.MODERATOR, Role.CHAIR}),
    Place.PROJECTOR: frozenset({Role.MODERATOR, Role.CHAIR, Role.SCREEN}),
    Place.DISPLAY: frozenset({Role.MODERATOR, Role.CHAIR, Role.SCREEN}),
    Place.PARTICIPATION: frozenset({Role.MODERATOR, Role.CHAIR, Role.ANALYST}),
    Place.REVIEW: frozenset({Role.MODERATOR, Role.CHAIR, Role.ANALYST}),
    Place.FOLLOWUP: frozenset({Role.ADMIN, Role.MODERATOR, Role.ANALYST}),
    Place.DEPARTMENT: frozenset({Role.DEPARTMENT}),
    Place.ACCOUNTS: frozenset({Role.ADMIN}),
}
MAY: dict[Right, frozenset[Role]] = {
    Right.SWITCH_INTAKE: frozenset({Role.MODERATOR}),
    Right.SET_MODERATION: frozenset({Role.MODERATOR}),
    Right.SET_WEIGHTS: frozenset({Role.MODERATOR}),
    Right.SWITCH_SCENE: frozenset({Role.MODERATOR}),
    Right.DARKEN: frozenset({Role.MODERATOR, Role.CHAIR}),
    Right.ASK_TO_MOVE_ON: frozenset({Role.MODERATOR, Role.CHAIR}),
    Right.LEAD_RUNDOWN: frozenset({Role.MODERATOR, Role.CHAIR}),
    Right.REHEARSE: frozenset({Role.MODERATOR}),
    Right.ANNOTATE: frozenset({Role.ADMIN, Role.MODERATOR, Role.ANALYST}),
    Right.SEE_NAMES: frozenset({Role.ADMIN, Role.MODERATOR, Role.CHAIR}),
    Right.SEE_CONTACTS: frozenset({Role.ADMIN, Role.MODERATOR}),
    Right.MANAGE_ACCOUNTS: frozenset({Role.ADMIN}),
    Right.MANAGE_SCREENS: frozenset({Role.ADMIN}),
}
MAY_SEE_NAMES = MAY[Right.SEE_NAMES]
MAY_SEE_CONTACTS = MAY[Right.SEE_CONTACTS]


def may_open(roles: frozenset[Role], place: Place) -> bool:
    """Tell whether somebody with these roles may open a page."""
    return bool(roles & MAY_OPEN[place])


def check(roles: frozenset[Role], allowed: frozenset[Role]) -> None:
    """Refuse somebody who holds none of the allowed roles.

    Raises:
        NotPermitted: none of `roles` is in `allowed`.
    """
    if not roles & allowed:
        raise NotPermitted
