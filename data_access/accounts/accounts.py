"""Accounts as admins see and change them: who there is, in which roles, and who is shut out."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from data_access.accounts.grants import grants_of, replace_grants, require_admin
from data_access.accounts.models import AccountRow, InvitationRow, SessionRow
from data_access.revisions import AccessChange
from dialogue.accounts import IDLE, Account, Actor, Grant, read_email, read_name
from dialogue.refusals import AddressTaken, UnknownAccount
from dialogue.roles import MAY, Right, check

MOST_ACCOUNTS = 500


def list_accounts(session: Session, *, at: datetime) -> list[Account]:
    """List the accounts by name, at most `MOST_ACCOUNTS`, in a constant number of queries."""
    grants = grants_of(session)
    devices = {
        row.account_id: row.devices
        for row in session.execute(
            select(SessionRow.account_id, func.count().label("devices"))
            .where(SessionRow.expires_at > at, SessionRow.last_seen_at > at - IDLE)
            .group_by(SessionRow.account_id)
        )
    }
    rows = session.scalars(
        select(AccountRow).order_by(AccountRow.name, AccountRow.id).limit(MOST_ACCOUNTS)
    )
    return [
        Account(
            id=row.id,
            email=row.email,
            name=row.name,
            grants=grants.get(row.id, frozenset()),
            has_password=row.password_hash is not None,
            has_second_factor=row.totp_secret is not None,
            is_disabled=row.disabled_at is not None,
            devices=devices.get(row.id, 0),
            last_seen_at=row.last_seen_at,
        )
        for row in rows
    ]


def set_grants(
    session: Session, account_id: int, grants: Iterable[Grant], *, actor: Actor, at: datetime
) -> None:
    """Give an account exactly these roles.

    Raises:
        NotPermitted: the actor may not manage accounts.
        UnknownAccount, UnknownEvent, UnknownEntry: there is no such thing.
        FieldsWrong: there is no role, or one that nobody can have so.
        LastAdmin: nobody could manage accounts any more.
    """
    check(actor.roles, MAY[Right.MANAGE_ACCOUNTS])
    change = AccessChange(session)
    require(session, account_id)
    grants = replace_grants(session, account_id, grants)
    require_admin(session)
    change.record(
        "set_grants",
        actor=actor.name,
        at=at,
        account=account_id,
        grants=[
            " ".join(filter(None, (each.role, each.slug or "*", each.department)))
            for each in sorted(grants, key=str)
        ],
    )


def disable(session: Session, account_id: int, *, actor: Actor, at: datetime) -> None:
    """Keep somebody from signing in, and end all sessions.

    Raises:
        NotPermitted: the actor may not manage accounts.
        UnknownAccount: there is no such account.
        LastAdmin: nobody could manage accounts any more.
    """
    check(actor.roles, MAY[Right.MANAGE_ACCOUNTS])
    change = AccessChange(session)
    require(session, account_id).disabled_at = at
    session.flush()
    require_admin(session)
    session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))
    session.execute(delete(InvitationRow).where(InvitationRow.account_id == account_id))
    change.record("disable", actor=actor.name, at=at, account=account_id)


def enable(session: Session, account_id: int, *, actor: Actor, at: datetime) -> None:
    """Let somebody sign in again.

    Raises:
        NotPermitted: the actor may not manage accounts.
        UnknownAccount: there is no such account.
    """
    check(actor.roles, MAY[Right.MANAGE_ACCOUNTS])
    change = AccessChange(session)
    require(session, account_id).disabled_at = None
    change.record("enable", actor=actor.name, at=at, account=account_id)


def add(session: Session, email: str, name: str, at: datetime) -> int:
    """Add an account without a password and without roles, and return its id.

    Raises:
        FieldsWrong: the address or the name is not right.
        AddressTaken: there is such an account.
    """
    row = AccountRow(email=read_email(email), name=read_name(name), created_at=at)
    if session.scalar(select(exists().where(AccountRow.email == row.email))):
        raise AddressTaken
    session.add(row)
    session.flush()
    return row.id


def require(session: Session, account_id: int) -> AccountRow:
    """Return an account's row.

    Raises:
        UnknownAccount: there is no such account.
    """
    row = session.get(AccountRow, account_id)
    if row is None:
        raise UnknownAccount
    return row
