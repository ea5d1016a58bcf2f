"""Roles that accounts hold, each for one event or for all, and who can manage accounts."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session

from data_access.accounts.models import AccountRow, GrantDepartmentRow, GrantRow
from data_access.events import events
from data_access.events.models import DepartmentRow, EventRow
from dialogue.accounts import Grant, read_grants
from dialogue.refusals import LastAdmin, UnknownEntry
from dialogue.roles import Role


def has_admin(session: Session) -> bool:
    """Tell whether somebody can manage accounts."""
    return bool(session.scalar(select(_admins().exists())))


def require_admin(session: Session) -> None:
    """Stop what would leave nobody who can manage accounts.

    Raises:
        LastAdmin: it would.
    """
    if not has_admin(session):
        raise LastAdmin


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


def replace_grants(session: Session, account_id: int, grants: Iterable[Grant]) -> frozenset[Grant]:
    """Give an account exactly these roles, and return them.

    Raises:
        UnknownEvent, UnknownEntry: a role is for an event or a department that is not there.
        FieldsWrong: there is no role, or one that nobody can have so.
    """
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
