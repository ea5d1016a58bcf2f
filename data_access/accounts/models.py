"""The tables of accounts, sessions and screens."""

from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_access.base import (
    Base,
    Code,
    CodeKey,
    EventId,
    Moment,
    Name,
    Number,
    Title,
    stored,
)
from dialogue import roles
from dialogue.roles import Role


class AccessStateRow(Base):
    """The one row that everyone locks who changes accounts, sessions or screens."""

    __tablename__ = "access_state"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]


class AccountRow(Base):
    """A person who may sign in. Without a password hash the invitation was not used yet."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[Name] = mapped_column(unique=True)
    name: Mapped[Name]
    password_hash: Mapped[Title | None]
    totp_secret: Mapped[Code | None]
    # The step of the last code that was accepted, so that none is accepted twice.
    totp_step: Mapped[int | None]
    created_at: Mapped[Moment]
    disabled_at: Mapped[Moment | None]
    last_seen_at: Mapped[Moment | None]


class GrantRow(Base):
    """A role of an account, for one event or, without one, for all."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("account_id", "role", "event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[Role] = mapped_column(stored(Role, "role"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))


class GrantDepartmentRow(Base):
    """A department of an event for which an account in the role of a department answers."""

    __tablename__ = "grant_departments"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "department"], ["departments.event_id", "departments.code"]
        ),
    )

    event_id: Mapped[EventId]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    department: Mapped[CodeKey]


class RecoveryCodeRow(Base):
    """A code that replaces the second factor once."""

    __tablename__ = "recovery_codes"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    digest: Mapped[CodeKey]


class InvitationRow(Base):
    """A link that sets a password once; without an account it creates the first admin."""

    __tablename__ = "invitations"

    digest: Mapped[CodeKey]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    expires_at: Mapped[Moment]


class SessionRow(Base):
    """A device on which somebody is signed in; only a digest of its cookie is kept."""

    __tablename__ = "sessions"

    digest: Mapped[CodeKey]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    device: Mapped[Name]
    created_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    expires_at: Mapped[Moment]


class ScreenRow(Base):
    """A projector or hall display: no person, a link that only reads."""

    __tablename__ = "screens"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    # Which page its link opens.
    place: Mapped[Code] = mapped_column(server_default=roles.Place.PROJECTOR)
    created_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]
    last_seen_at: Mapped[Moment | None]


class AccessActivityRow(Base):
    """Who changed what about accounts, sessions and screens. Rows are only ever added."""

    __tablename__ = "access_activity"

    revision: Mapped[Number]
    action: Mapped[Code]
    actor: Mapped[Name]
    at: Mapped[Moment]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
