"""What somebody proves to sign in: a password, an authenticator's code or a recovery code."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from data_access.accounts import accounts, tokens
from data_access.accounts.models import AccountRow, RecoveryCodeRow, SessionRow
from data_access.revisions import AccessChange

# An hour of the authenticator's codes, far more than is accepted around now.
STEPS_AHEAD = 120


class Credentials(NamedTuple):
    """What somebody must prove to sign in; `totp_step` is that of the last accepted code."""

    account_id: int
    email: str
    password_hash: str | None
    totp_secret: str | None
    totp_step: int | None


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


def set_password(session: Session, account_id: int, password_hash: str, *, at: datetime) -> None:
    """Set an account's password as its owner does, and end all its sessions.

    Raises:
        UnknownAccount: there is no such account.
    """
    change = AccessChange(session)
    row = accounts.require(session, account_id)
    store_password(session, account_id, password_hash)
    session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))
    change.record("set_password", actor=row.email, at=at, account=account_id)


def store_password(session: Session, account_id: int, password_hash: str) -> None:
    """Write an account's password down, and nothing else."""
    session.execute(
        update(AccountRow).where(AccountRow.id == account_id).values(password_hash=password_hash)
    )


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
    row = accounts.require(session, account_id)
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
