"""Who signs in, and in which roles: values, and what a name, an address and a password must be."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from zxcvbn import zxcvbn

from dialogue.refusals import FieldError, FieldsWrong
from dialogue.roles import PERSONAL, Place, Role, may_open
from dialogue.text import one_line

LONGEST_NAME = 80
LONGEST_EMAIL = 120
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200

IDLE = timedelta(hours=12)
LONGEST_SESSION = timedelta(days=7)
SETUP_LASTS = timedelta(hours=1)
INVITATION_LASTS = timedelta(days=7)

_FEWEST_GUESSES = 1_000_000
_LONGEST_GUESSED = 72
# What the library's lists, made elsewhere, do not have.
_USED_HERE = (
    *("matkhau", "anhyeuem", "emyeuanh", "yeuem", "nhoem", "vietnam", "saigon", "hanoi"),
    *("dongnai", "bienhoa", "doithoai", "thanhnien", "doanvien", "tuoitre", "tinhdoan"),
)

# Deliberately plain: whether an address exists only its owner can tell.
_EMAIL = re.compile(r"[^@\s\x00-\x20<>\"']+@[^@\s<>\"']+\.[^@\s<>\"'.]+")


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """A role for one event, or for all where `slug` is None.

    `department` is the code of the one that an account of an event's department answers for.
    """

    role: Role
    slug: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever opens a page: somebody signed in, a screen, both, or nobody."""

    name: str = ""
    email: str = ""
    account_id: int | None = None
    grants: frozenset[Grant] = frozenset()

    def roles(self, slug: str | None = None) -> frozenset[Role]:
        """Return the roles in an event, or those in all events."""
        return frozenset(each.role for each in self.grants if each.slug in (None, slug))

    def departments(self, slug: str) -> frozenset[str]:
        """Return the codes of the departments of an event for which the visitor answers."""
        return frozenset(
            each.department for each in self.grants if each.department and each.slug == slug
        )

    def actor(self, slug: str) -> "Actor":
        """Return the visitor as somebody who acts in an event."""
        return Actor(self.name, self.roles(slug), self.account_id, self.departments(slug))

    def may_open(self, place: Place) -> bool:
        """Tell whether the page opens, for one event at least."""
        return may_open(frozenset(each.role for each in self.grants), place)


class Actor(NamedTuple):
    """Who acts, and in which roles; without an account it is not a person of the desk.

    `departments` are the codes of those for which somebody in the role of a department acts.
    """

    name: str
    roles: frozenset[Role]
    account_id: int | None = None
    departments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the accounts page lists it."""

    id: int
    email: str
    name: str
    grants: frozenset[Grant]
    has_password: bool
    has_second_factor: bool
    is_disabled: bool
    devices: int
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Device:
    """A device on which somebody is signed in; `digest` names it."""

    digest: str
    name: str
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Screen:
    """A projector or hall display that has a link of its own, which opens `place`.

    A link from before each belonged to one event has no `slug`, and is good for all.
    """

    id: int
    name: str
    slug: str | None
    place: Place
    created_at: datetime
    last_seen_at: datetime | None


def read_email(written: str) -> str:
    """Return an e-mail address as it is stored: lower case.

    Raises:
        FieldsWrong: it is not one.
    """
    email = one_line(written).lower()
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise FieldsWrong((FieldError("email", "Write an e-mail address, such as an@example.vn."),))
    return email


def read_name(written: str) -> str:
    """Return a person's or a screen's name, cleaned.

    Raises:
        FieldsWrong: it is empty or too long.
    """
    name = one_line(written)
    if not name or len(name) > LONGEST_NAME:
        limit = (("most", LONGEST_NAME),)
        raise FieldsWrong(
            (FieldError("name", "Write a name of at most {most} characters.", limit),)
        )
    return name


def check_password(password: str, *, email: str) -> None:
    """Refuse a password that is easy to guess for whoever knows the address.

    Raises:
        FieldsWrong: it is too short, too long, or among the first million that a guesser tries:
            the most used ones, rows of keys, dates, repetitions, the address itself.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise FieldsWrong(
            (
                FieldError(
                    "password",
                    "A password needs at least {least} characters; a few words will do.",
                    (("least", SHORTEST_PASSWORD),),
                ),
            )
        )
    # Of a long one its beginning is proof enough, and guessing at all of it takes long.
    known = [*_USED_HERE, email, *re.split(r"\W", email)]
    if zxcvbn(password[:_LONGEST_GUESSED], user_inputs=known)["guesses"] < _FEWEST_GUESSES:
        raise FieldsWrong(
            (
                FieldError(
                    "password",
                    "This password is one of those that are guessed first. "
                    "A few words that do not belong together are better.",
                ),
            )
        )


def read_grants(written: Iterable[Grant]) -> frozenset[Grant]:
    """Return the roles of a person.

    Raises:
        FieldsWrong: there is none, one that only a screen has, an admin of one event only, or a
            department's that is not of one event.
    """
    grants = frozenset(written)
    if any(each.department and not (each.role is Role.DEPARTMENT and each.slug) for each in grants):
        raise FieldsWrong((FieldError("roles", "A department answers in one event."),))
    if any(each.role is Role.ADMIN and each.slug for each in grants):
        raise FieldsWrong((FieldError("roles", "An admin is admin for all events."),))
    if not grants or not all(each.role in PERSONAL for each in grants):
        raise FieldsWrong((FieldError("roles", "Choose at least one role."),))
    return grants
