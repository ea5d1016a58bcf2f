"""What roles are called in a language."""

from collections.abc import Mapping, Sequence
from functools import cache

import words.events
from dialogue.accounts import Grant
from dialogue.events import Department
from dialogue.roles import Role
from locales import Language


@cache
def roles(language: Language) -> dict[Role, str]:
    """Name the roles."""
    _ = language.gettext
    return {
        Role.ADMIN: _("Admin"),
        Role.MODERATOR: _("Moderator"),
        Role.CHAIR: _("Chair"),
        Role.DEPARTMENT: _("Department"),
        Role.ANALYST: _("Analyst"),
        Role.SCREEN: _("Screen"),
    }


def grant(
    value: Grant,
    language: Language,
    departments: Mapping[str, Sequence[Department]],
    names: Mapping[str, str],
) -> str:
    """Name a role, its event where it holds in one only, and its department where it has one.

    `departments` are those of each event, by its slug; `names` name the events.
    """
    parts = [roles(language)[value.role]]
    if value.slug is not None:
        bodies = {
            each.code: words.events.department(each, language) for each in departments[value.slug]
        }
        parts += filter(None, (bodies.get(value.department or ""), names[value.slug]))
    return " · ".join(parts)
