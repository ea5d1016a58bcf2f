"""Sessions and screens: which browser is who, until it is told otherwise."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, bindparam, delete, select, update
from sqlalchemy.orm import Session

from data_access.accounts import tokens
from data_access.accounts.grants import grants_of
from data_access.accounts.models import AccountRow, ScreenRow, SessionRow
from data_access.events import events
from data_access.events.models import EventRow
from data_access.revisions import AccessChange
from dialogue.accounts import (
    IDLE,
    LONGEST_SESSION,
    Actor,
    Device,
    Grant,
    Screen,
    Visitor,
    read_name,
)
from dialogue.refusals import UnknownAccount
from dialogue.roles import MAY, Place, Right, Role, check

MOST_DEVICES = 50
MOST_SCREENS = 200
# "Last seen" need not be more exact, and a page that reruns all day need not write all day.
SEEN_EVERY = timedelta(minutes=5)
# Made once: each rerun of a page asks, and to put these together takes longer than to run them.
_SIGNED_IN = (
    select(SessionRow.last_seen_at, AccountRow.id, AccountRow.name, AccountRow.email)
    .join(AccountRow, AccountRow.id == SessionRow.account_id)
    .where(
        SessionRow.digest == bindparam("digest"),
        SessionRow.expires_at > bindparam("at"),
        SessionRow.last_seen_at > bindparam("idle_since"),
        AccountRow.disabled_at.is_(None),
    )
)
_SCREEN = (
    select(ScreenRow.name, ScreenRow.last_seen_at, EventRow.slug)
    .outerjoin(EventRow, EventRow.id == ScreenRow.event_id)
    .where(ScreenRow.digest == bindparam("digest"), ScreenRow.revoked_at.is_(None))
)

_SCREENS = (
    select(
        ScreenRow.id,
        ScreenRow.name,
        EventRow.slug,
        ScreenRow.place,
        ScreenRow.created_at,
        ScreenRow.last_seen_at,
    )
    .outerjoin(EventRow, EventRow.id == ScreenRow.event_id)
    .where(ScreenRow.revoked_at.is_(None))
)


class Admitted(NamedTuple):
    """A visitor, and whether "last seen" is old enough to be written again."""

    visitor: Visitor
    is_stale: bool


def begin(session: Session, account_id: int, *, device: str, at: datetime) -> str:
    """Sign somebody in on a device, and return the key for its cookie.

    Raises:
        UnknownAccount: there is no such account, or it is disabled.
    """
    change = AccessChange(session)
    account = session.get(AccountRow, account_id)
    if account is None or account.disabled_at is not None:
        raise UnknownAccount
    account.last_seen_at = at
    token = tokens.new()
    session.execute(delete(SessionRow).where(_is_over(at)))
    session.add(
        SessionRow(
            digest=tokens.digest(token),
            account_id=account_id,
            device=device,
            created_at=at,
            last_seen_at=at,
            expires_at=at + LONGEST_SESSION,
        )
    )
    change.record("sign_in", actor=account.email, at=at, account=account_id, device=device)
    return token


def admitted(session: Session, token: str, screen_token: str, *, at: datetime) -> Admitted:
    """Return who holds these keys: somebody signed in, a screen, both, or nobody."""
    row = session.execute(
        _SIGNED_IN, {"digest": tokens.digest(token), "at": at, "idle_since": at - IDLE}
    ).one_or_none()
    screen = session.execute(_SCREEN, {"digest": tokens.digest(screen_token)}).one_or_none()
    grants: frozenset[Grant] = frozenset()
    if screen:
        grants |= {Grant(Role.SCREEN, screen.slug)}
    if row:
        grants |= grants_of(session, row.id).get(row.id, frozenset())
    grants |= _in_practice(session, grants)
    seen = [each.last_seen_at for each in (row, screen) if each]
    visitor = Visitor(
        name=row.name if row else screen.name if screen else "",
        email=row.email if row else "",
        account_id=row.id if row else None,
        grants=grants,
    )
    return Admitted(visitor, any(each is None or at - each > SEEN_EVERY for each in seen))


def _in_practice(session: Session, grants: frozenset[Grant]) -> frozenset[Grant]:
    """Return the grants for rehearsals: whoever has a role in an event has it there too."""
    if all(each.slug is None for each in grants):
        return frozenset()
    return frozenset(
        replace(each, slug=slug)
        for slug, rehearsed in events.list_practices(session).items()
        for each in grants
        if each.slug == rehearsed
    )


def touch(session: Session, token: str, screen_token: str, *, at: datetime) -> None:
    """Write down that the holders of these keys are here."""
    account_id = session.execute(
        update(SessionRow)
        .where(SessionRow.digest == tokens.digest(token))
        .values(last_seen_at=at)
        .returning(SessionRow.account_id)
    ).scalar_one_or_none()
    if account_id is not None:
        session.execute(
            update(AccountRow).where(AccountRow.id == account_id).values(last_seen_at=at)
        )
    session.execute(
        update(ScreenRow)
        .where(ScreenRow.digest == tokens.digest(screen_token))
        .values(last_seen_at=at)
    )


def end(session: Session, account_id: int, digest: str, *, at: datetime) -> None:
    """Sign an account's device out; `digest` names the session. A second time does nothing."""
    change = AccessChange(session)
    session.execute(
        delete(SessionRow).where(SessionRow.digest == digest, SessionRow.account_id == account_id)
    )
    change.record("sign_out", actor=_email(session, account_id), at=at, account=account_id)


def end_all(session: Session, account_id: int, *, actor: Actor, at: datetime) -> None:
    """Sign an account out on every device.

    Raises:
        NotPermitted: the actor may not manage accounts.
    """
    check(actor.roles, MAY[Right.MANAGE_ACCOUNTS])
    change = AccessChange(session)
    session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))
    change.record("sign_out_everywhere", actor=actor.name, at=at, account=account_id)


def list_devices(session: Session, account_id: int, *, at: datetime) -> list[Device]:
    """List where an account is signed in, the latest seen first, at most `MOST_DEVICES`."""
    rows = session.scalars(
        select(SessionRow)
        .where(SessionRow.account_id == account_id, ~_is_over(at))
        .order_by(SessionRow.last_seen_at.desc(), SessionRow.digest)
        .limit(MOST_DEVICES)
    )
    return [Device(row.digest, row.device, row.created_at, row.last_seen_at) for row in rows]


def add_screen(
    session: Session,
    name: str,
    *,
    slug: str,
    actor: Actor,
    at: datetime,
    place: Place = Place.PROJECTOR,
) -> str:
    """Add a screen of one event, and return the key for its link to `place`.

    Raises:
        NotPermitted: the actor may not manage screens.
        FieldsWrong: the name is not right.
        UnknownEvent: there is no such event.
    """
    check(actor.roles, MAY[Right.MANAGE_SCREENS])
    change = AccessChange(session)
    token = tokens.new()
    session.add(
        ScreenRow(
            digest=tokens.digest(token),
            name=read_name(name),
            event_id=events.event_id(session, slug),
            place=place,
            created_at=at,
        )
    )
    change.record("add_screen", actor=actor.name, at=at, name=name, place=place)
    return token


def revoke_screen(session: Session, screen_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a screen's link back. A second time does nothing.

    Raises:
        NotPermitted: the actor may not manage screens.
    """
    check(actor.roles, MAY[Right.MANAGE_SCREENS])
    change = AccessChange(session)
    session.execute(
        update(ScreenRow)
        .where(ScreenRow.id == screen_id, ScreenRow.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    change.record("revoke_screen", actor=actor.name, at=at, screen=screen_id)


def list_screens(session: Session) -> list[Screen]:
    """List the screens whose links work, by name, at most `MOST_SCREENS`."""
    rows = session.execute(_SCREENS.order_by(ScreenRow.name, ScreenRow.id).limit(MOST_SCREENS))
    return [_screen(row) for row in rows]


def screen(session: Session, token: str) -> Screen | None:
    """Return the screen whose link has this key; None where it does not work, or not any more."""
    wanted = _SCREENS.where(ScreenRow.digest == tokens.digest(token))
    row = session.execute(wanted).one_or_none()
    return _screen(row) if row else None


def _screen(row: Row[*tuple[Any, ...]]) -> Screen:
    return Screen(**{**row._mapping, "place": Place(row.place)})


def _email(session: Session, account_id: int) -> str:
    email = session.scalar(select(AccountRow.email).where(AccountRow.id == account_id))
    if email is None:
        raise UnknownAccount
    return email


def _is_over(at: datetime) -> ColumnElement[bool]:
    return (SessionRow.expires_at <= at) | (SessionRow.last_seen_at <= at - IDLE)
