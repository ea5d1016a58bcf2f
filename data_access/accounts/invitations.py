"""One-time links: each sets a password, and the first one of all makes the first admin."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data_access.accounts import accounts, proofs, tokens
from data_access.accounts.grants import has_admin, replace_grants
from data_access.accounts.models import AccountRow, InvitationRow, SessionRow
from data_access.revisions import AccessChange
from dialogue.accounts import INVITATION_LASTS, SETUP_LASTS, Actor, Grant
from dialogue.refusals import LinkUsed
from dialogue.roles import MAY, Right, Role, check

FIRST_GRANTS = frozenset({Grant(Role.ADMIN), Grant(Role.MODERATOR)})


class Invited(NamedTuple):
    """Whom a one-time link is for; for the first admin all are empty."""

    account_id: int | None
    email: str
    name: str


def offer_setup(session: Session, *, at: datetime) -> str | None:
    """Return a new key that creates the first admin, or None where there is one.

    Keys that were offered before stop working.
    """
    change = AccessChange(session)
    session.execute(delete(InvitationRow).where(InvitationRow.account_id.is_(None)))
    if has_admin(session):
        return None
    token = tokens.new()
    session.add(InvitationRow(digest=tokens.digest(token), expires_at=at + SETUP_LASTS))
    change.record("offer_setup", actor="system", at=at)
    return token


def invite(
    session: Session,
    email: str,
    *,
    name: str,
    grants: Iterable[Grant],
    actor: Actor,
    at: datetime,
) -> str:
    """Create an account and return the key with which its owner sets a password.

    Raises:
        NotPermitted: the actor may not manage accounts.
        FieldsWrong: the address, the name or the roles are not right.
        AddressTaken: there is such an account.
        UnknownEvent, UnknownEntry: a role is for an event or a department that is not there.
    """
    check(actor.roles, MAY[Right.MANAGE_ACCOUNTS])
    change = AccessChange(session)
    account_id = accounts.add(session, email, name, at)
    replace_grants(session, account_id, grants)
    change.record("invite", actor=actor.name, at=at, account=account_id)
    return _new_invitation(session, account_id, at)


def invite_again(session: Session, account_id: int, *, actor: Actor, at: datetime) -> str:
    """Return a new key with which an account's owner sets a password; older ones stop working.

    Raises:
        NotPermitted: the actor may not manage accounts.
        UnknownAccount: there is no such account.
    """
    check(actor.roles, MAY[Right.MANAGE_ACCOUNTS])
    change = AccessChange(session)
    accounts.require(session, account_id)
    change.record("invite_again", actor=actor.name, at=at, account=account_id)
    return _new_invitation(session, account_id, at)


def invited(session: Session, token: str, *, at: datetime) -> Invited:
    """Return whom a one-time link is for.

    Raises:
        LinkUsed: it was used, replaced, or is too old.
    """
    row = session.execute(
        select(InvitationRow.account_id, AccountRow.email, AccountRow.name)
        .outerjoin(AccountRow, AccountRow.id == InvitationRow.account_id)
        .where(InvitationRow.digest == tokens.digest(token), InvitationRow.expires_at > at)
    ).one_or_none()
    if row is None:
        raise LinkUsed
    return Invited(row.account_id, row.email or "", row.name or "")


def accept(
    session: Session,
    token: str,
    *,
    password_hash: str,
    at: datetime,
    email: str = "",
    name: str = "",
) -> int:
    """Use a one-time link up: set the password, end all sessions, and return the account's id.

    `email` and `name` are those of the first admin; others have theirs from the invitation.

    Raises:
        LinkUsed: the link was used, replaced, or is too old, or there is an admin by now.
        FieldsWrong: the first admin's address or name is not right.
        AddressTaken: the first admin's address is that of an account.
    """
    change = AccessChange(session)
    account_id = invited(session, token, at=at).account_id
    if account_id is None:
        if has_admin(session):
            raise LinkUsed
        account_id = accounts.add(session, email, name, at)
        replace_grants(session, account_id, FIRST_GRANTS)
        session.execute(delete(InvitationRow).where(InvitationRow.account_id.is_(None)))
    proofs.store_password(session, account_id, password_hash)
    session.execute(delete(InvitationRow).where(InvitationRow.account_id == account_id))
    session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))
    change.record(
        "accept", actor=accounts.require(session, account_id).email, at=at, account=account_id
    )
    return account_id


def _new_invitation(session: Session, account_id: int, at: datetime) -> str:
    session.execute(delete(InvitationRow).where(InvitationRow.account_id == account_id))
    token = tokens.new()
    session.add(
        InvitationRow(
            digest=tokens.digest(token), account_id=account_id, expires_at=at + INVITATION_LASTS
        )
    )
    return token
