"""Accounts: who may sign in, in which roles, with which proofs."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from data_access.accounts import tokens
from data_access.accounts.models import (
    AccountRow,
    GrantDepartmentRow,
    GrantRow,
    InvitationRow,
    RecoveryCodeRow,
    SessionRow,
)
from data_access.events import events
from data_access.events.models import DepartmentRow, EventRow
from data_access.revisions import AccessChange
from dialogue.accounts import (
    IDLE,
    INVITATION_LASTS,
    SETUP_LASTS,
    Account,
    Actor,
    Grant,
    read_email,
    read_grants,
    read_name,
)
from dialogue.refusals import AddressTaken, LastAdmin, LinkUsed, UnknownAccount, UnknownEntry
from dialogue.roles import MAY, Right, Role, check

MOST_ACCOUNTS = 500
# An hour of the authenticator's codes, far more than is accepted around now.
STEPS_AHEAD = 120
FIRST_GRANTS = frozenset({Grant(Role.ADMIN), Grant(Role.MODERATOR)})


class Credentials(NamedTuple):
    """What somebody must prove to sign in; `totp_step` is that of the last accepted code."""

    account_id: int
    email: str
    password_hash: str | None
    totp_secret: str | None
    totp_step: int | None


class Invited(NamedTuple):
    """Whom a one-time link is for; for the first admin all are empty."""

    account_id: int | None
    email: str
    name: str


def has_admin(session: Session) -> bool:
    """Tell whether somebody can manage accounts."""
    return bool(session.scalar(select(_admins().exists())))


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
    account_id = _add(session, email, name, at)
    _replace_grants(session, account_id, grants)
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
    _require(session, account_id)
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
        account_id = _add(session, email, name, at)
        _replace_grants(session, account_id, FIRST_GRANTS)
        session.execute(delete(InvitationRow).where(InvitationRow.account_id.is_(None)))
    _set_password(session, account_id, password_hash)
    session.execute(delete(InvitationRow).where(InvitationRow.account_id == account_id))
    session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))
    change.record("accept", actor=_require(session, account_id).email, at=at, account=account_id)
    return account_id


def set_password(session: Session, account_id: int, password_hash: str, *, at: datetime) -> None:
    """Set an account's password as its owner does, and end all its sessions.

    Raises:
        UnknownAccount: there is no such account.
    """
    change = AccessChange(session)
    row = _require(session, account_id)
    _set_password(session, account_id, password_hash)
    session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))
    change.record("set_password", actor=row.email, at=at, account=account_id)


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
    _require(session, account_id)
    grants = _replace_grants(session, account_id, grants)
    _require_admin(session)
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
    _require(session, account_id).disabled_at = at
    session.flush()
    _require_admin(session)
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
    _require(session, account_id).disabled_at = None
    change.record("enable", actor=actor.name, at=at, account=account_id)


def set_second_factor(
    session: Session,
    account_id: int,
    secret: str | None,
    *,
    step: int | None,
    recovery_codes: Iterable[str],
    at: datetime,
) -> None:
    """Set an account's TOTP secret and its recovery codes, or take all of it away with None.

    `step` is that of the code that proved the secret, which is not accepted a second time.

    Raises:
        UnknownAccount: there is no such account.
    """
    change = AccessChange(session)
    row = _require(session, account_id)
    row.totp_secret, row.totp_step = secret, step
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
    codes = [{"account_id": account_id, "digest": tokens.digest(each)} for each in recovery_codes]
    if codes:
        session.execute(insert(RecoveryCodeRow), codes)
    action = "set_second_factor" if secret else "drop_second_factor"
    change.record(action, actor=row.email, at=at, account=account_id)


def use_step(session: Session, account_id: int, step: int) -> bool:
    """Use up a code of the authenticator; False where it, or a later one, was used before.

    A step from far ahead was used when the clock of this machine was wrong: it would shut the
    account's owner out until that time has come.
    """
    used = session.execute(
        update(AccountRow)
        .where(
            AccountRow.id == account_id,
            or_(
                AccountRow.totp_step.is_(None),
                AccountRow.totp_step < step,
                AccountRow.totp_step > step + STEPS_AHEAD,
            ),
        )
        .values(totp_step=step)
        .returning(AccountRow.id)
    )
    return used.one_or_none() is not None


def use_recovery_code(session: Session, account_id: int, code: str) -> bool:
    """Use up a recovery code; False where there is none such."""
    used = session.execute(
        delete(RecoveryCodeRow)
        .where(
            RecoveryCodeRow.account_id == account_id,
            RecoveryCodeRow.digest == tokens.digest(code),
        )
        .returning(RecoveryCodeRow.digest)
    )
    return used.one_or_none() is not None


def credentials(session: Session, email: str) -> Credentials | None:
    """Return what the owner of an address must prove; None where nobody may sign in with it."""
    row = session.execute(
        select(
            AccountRow.id,
            AccountRow.email,
            AccountRow.password_hash,
            AccountRow.totp_secret,
            AccountRow.totp_step,
        ).where(AccountRow.email == email, AccountRow.disabled_at.is_(None))
    ).one_or_none()
    return Credentials(*row) if row else None


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


def grants_of(session: Session, account_id: int | None = None) -> dict[int, frozenset[Grant]]:
    """Return the roles by account, of all or of one."""
    wanted = (
        select(GrantRow.account_id, GrantRow.role, EventRow.slug, GrantDepartmentRow.department)
        .outerjoin(EventRow, EventRow.id == GrantRow.event_id)
        .outerjoin(
            GrantDepartmentRow,
            (GrantDepartmentRow.account_id == GrantRow.account_id)
            & (GrantDepartmentRow.event_id == GrantRow.event_id)
            & (GrantRow.role == Role.DEPARTMENT),
        )
    )
    if account_id is not None:
        wanted = wanted.where(GrantRow.account_id == account_id)
    found: dict[int, set[Grant]] = defaultdict(set)
    for row in session.execute(wanted):
        found[row.account_id].add(Grant(row.role, row.slug, row.department))
    return {account: frozenset(grants) for account, grants in found.items()}


def _add(session: Session, email: str, name: str, at: datetime) -> int:
    row = AccountRow(email=read_email(email), name=read_name(name), created_at=at)
    if session.scalar(select(exists().where(AccountRow.email == row.email))):
        raise AddressTaken
    session.add(row)
    session.flush()
    return row.id


def _require(session: Session, account_id: int) -> AccountRow:
    row = session.get(AccountRow, account_id)
    if row is None:
        raise UnknownAccount
    return row


def _set_password(session: Session, account_id: int, password_hash: str) -> None:
    session.execute(
        update(AccountRow).where(AccountRow.id == account_id).values(password_hash=password_hash)
    )


def _new_invitation(session: Session, account_id: int, at: datetime) -> str:
    session.execute(delete(InvitationRow).where(InvitationRow.account_id == account_id))
    token = tokens.new()
    session.add(
        InvitationRow(
            digest=tokens.digest(token), account_id=account_id, expires_at=at + INVITATION_LASTS
        )
    )
    return token


def _replace_grants(session: Session, account_id: int, grants: Iterable[Grant]) -> frozenset[Grant]:
    wanted = read_grants(grants)
    session.execute(delete(GrantRow).where(GrantRow.account_id == account_id))
    session.execute(delete(GrantDepartmentRow).where(GrantDepartmentRow.account_id == account_id))
    slugs = {each.slug for each in wanted if each.slug}
    ids = {slug: events.event_id(session, slug) for slug in slugs}
    session.execute(
        insert(GrantRow),
        [
            {"account_id": account_id, "role": role, "event_id": slug and ids[slug]}
            for role, slug in {(each.role, each.slug) for each in wanted}
        ],
    )
    for each in wanted:
        if each.slug and each.department:
            _answer_for(session, account_id, ids[each.slug], each.department)
    return wanted


def _answer_for(session: Session, account_id: int, event_id: int, department: str) -> None:
    if session.get(DepartmentRow, (event_id, department)) is None:
        raise UnknownEntry
    session.add(GrantDepartmentRow(event_id=event_id, account_id=account_id, department=department))


def _require_admin(session: Session) -> None:
    if not has_admin(session):
        raise LastAdmin


def _admins() -> Select[int]:
    return (
        select(AccountRow.id)
        .join(GrantRow, GrantRow.account_id == AccountRow.id)
        .where(
            GrantRow.role == Role.ADMIN,
            AccountRow.disabled_at.is_(None),
            AccountRow.password_hash.is_not(None),
        )
    )
