"""The one table of who may do what."""

from enum import StrEnum

from dialogue.refusals import NotPermitted


class Role(StrEnum):
    """What a person, or a screen without a person, is in a dialogue."""

    MODERATOR = "moderator"
    CHAIR = "chair"
    ANALYST = "analyst"
    SCREEN = "screen"


class Place(StrEnum):
    """A page that somebody opens; its value is the page's URL."""

    DESK = "desk"
    PROJECTOR = "projector"
    PARTICIPATION = "participation"
    REVIEW = "review"


MAY_OPEN: dict[Place, frozenset[Role]] = {
    Place.DESK: frozenset({Role.MODERATOR}),
    Place.PROJECTOR: frozenset({Role.MODERATOR, Role.CHAIR, Role.SCREEN}),
    Place.PARTICIPATION: frozenset({Role.MODERATOR, Role.CHAIR, Role.ANALYST}),
    Place.REVIEW: frozenset({Role.MODERATOR, Role.CHAIR, Role.ANALYST}),
}


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
