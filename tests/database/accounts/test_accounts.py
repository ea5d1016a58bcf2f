from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from access import visitors
from access.visitors import SESSION_COOKIE
from data_access import engine
from data_access.accounts import accounts, grants, invitations, proofs, sessions, tokens
from data_access.engine import Database
from data_access.events import events
from dialogue.accounts import IDLE, INVITATION_LASTS, LONGEST_SESSION, Grant, Visitor
from dialogue.events import Event
from dialogue.lifecycle import TRANSITIONS
from dialogue.refusals import (
    AddressTaken,
    FieldsWrong,
    LastAdmin,
    LinkUsed,
    NotPermitted,
    UnknownAccount,
    UnknownEntry,
    UnknownEvent,
)
from dialogue.roles import MAY, MAY_OPEN, Place, Right, Role
from tests import factories
from tests.factories import NOON, SLUG, actor, add_account

ADMIN = actor(Role.ADMIN)
Command = Callable[[Session], object]


@pytest.fixture(autouse=True)
def _started(database: Database) -> None:
    """Every test has the database of this process, once of each kind."""


def admitted(token: str = "", screen: str = "", *, at: object = NOON) -> Visitor:
    with engine.current().reading() as session:
        return sessions.admitted(session, token, screen, at=at).visitor  # type: ignore[arg-type]


def begin(account_id: int, *, at: object = NOON) -> str:
    with engine.current().transaction() as session:
        return sessions.begin(session, account_id, device="Chrome", at=at)  # type: ignore[arg-type]


def invite(*grants: Grant, email: str = "an@example.vn") -> str:
    with engine.current().transaction() as session:
        return invitations.invite(session, email, name="An", grants=grants, actor=ADMIN, at=NOON)


def test_the_first_admin_is_created_by_a_link_that_works_once() -> None:
    with engine.current().transaction() as session:
        before = invitations.offer_setup(session, at=NOON)
    with engine.current().transaction() as session:
        token = invitations.offer_setup(session, at=NOON)
    assert before
    assert token
    fields = {"password_hash": "hash", "at": NOON, "email": "Chi@Example.vn", "name": " Chị Hai "}

    with engine.current().transaction() as session, pytest.raises(LinkUsed):
        invitations.accept(session, before, **fields)  # type: ignore[arg-type]
    with engine.current().transaction() as session:
        account_id = invitations.accept(session, token, **fields)  # type: ignore[arg-type]
    with engine.current().transaction() as session, pytest.raises(LinkUsed):
        invitations.accept(session, token, **fields)  # type: ignore[arg-type]

    visitor = admitted(begin(account_id))
    assert visitor.roles() == {Role.ADMIN, Role.MODERATOR}
    assert visitor.email == "chi@example.vn"
    with engine.current().transaction() as session:
        assert invitations.offer_setup(session, at=NOON) is None


def test_a_setup_link_ends_after_an_hour_and_when_there_is_an_admin() -> None:
    with engine.current().transaction() as session:
        token = invitations.offer_setup(session, at=NOON) or ""
    with engine.current().reading() as session, pytest.raises(LinkUsed):
        invitations.invited(session, token, at=NOON + timedelta(hours=1))
    add_account(Role.ADMIN)

    with engine.current().transaction() as session, pytest.raises(LinkUsed):
        invitations.accept(session, token, password_hash="hash", at=NOON, email="x@y.vn", name="X")


def test_an_invitation_ends_after_a_week_and_when_another_is_given() -> None:
    token = invite(Grant(Role.CHAIR))
    with engine.current().reading() as session:
        account_id = invitations.invited(session, token, at=NOON).account_id or 0
        with pytest.raises(LinkUsed):
            invitations.invited(session, token, at=NOON + INVITATION_LASTS)
    with engine.current().transaction() as session:
        newer = invitations.invite_again(session, account_id, actor=ADMIN, at=NOON)

    with engine.current().reading() as session:
        with pytest.raises(LinkUsed):
            invitations.invited(session, token, at=NOON)
        assert invitations.invited(session, newer, at=NOON).email == "an@example.vn"


@pytest.mark.parametrize(
    ("email", "name", "grants", "refusal"),
    [
        ("an@example.vn", "An", [Grant(Role.CHAIR)], AddressTaken),
        ("AN@example.vn ", "An", [Grant(Role.CHAIR)], AddressTaken),
        ("no address", "An", [Grant(Role.CHAIR)], FieldsWrong),
        ("b@example.vn", "\u200b ", [Grant(Role.CHAIR)], FieldsWrong),
        ("b@example.vn", "B", [], FieldsWrong),
        ("b@example.vn", "B", [Grant(Role.SCREEN)], FieldsWrong),
        ("b@example.vn", "B", [Grant(Role.ADMIN, SLUG)], FieldsWrong),
        ("b@example.vn", "B", [Grant(Role.CHAIR, "nowhere")], UnknownEvent),
    ],
)
def test_an_account_that_is_not_right_is_not_created(
    email: str, name: str, grants: list[Grant], refusal: type[Exception]
) -> None:
    invite(Grant(Role.CHAIR))

    with pytest.raises(refusal), engine.current().transaction() as session:
        invitations.invite(session, email, name=name, grants=grants, actor=ADMIN, at=NOON)

    with engine.current().reading() as session:
        assert [each.email for each in accounts.list_accounts(session, at=NOON)] == [
            "an@example.vn"
        ]


def test_a_role_holds_in_its_event_only() -> None:
    visitor = admitted(begin(add_account(Role.MODERATOR, slug=SLUG)))

    assert visitor.roles(SLUG) == {Role.MODERATOR}
    assert visitor.roles("another") == visitor.roles() == frozenset()
    assert visitor.may_open(Place.DESK)
    assert not visitor.may_open(Place.ACCOUNTS)


def test_a_session_ends_when_idle_and_when_too_long() -> None:
    account_id = add_account(Role.CHAIR)
    token = begin(account_id)

    assert admitted(token, at=NOON + IDLE - timedelta(seconds=1)).account_id == account_id
    assert admitted(token, at=NOON + IDLE).account_id is None
    busy = NOON
    while busy < NOON + LONGEST_SESSION:
        busy += IDLE / 2
        with engine.current().transaction() as session:
            sessions.touch(session, token, "", at=busy)
    assert admitted(token, at=NOON + LONGEST_SESSION).account_id is None


@pytest.mark.parametrize("how", ["sign out", "everywhere", "disable", "password", "roles"])
def test_what_ends_a_session_ends_it_at_once_and_tells_everyone(how: str) -> None:
    add_account(Role.ADMIN)
    account_id = add_account(Role.MODERATOR)
    cookies = factories.sign_in(account_id)
    assert visitors.current(cookies).roles(SLUG) == {Role.MODERATOR}
    told: list[str] = []
    engine.current().follow(lambda slug, _: told.append(slug))

    with engine.current().transaction() as session:
        match how:
            case "sign out":
                digest = tokens.digest(cookies[SESSION_COOKIE])
                sessions.end(session, account_id, digest, at=NOON)
            case "everywhere":
                sessions.end_all(session, account_id, actor=ADMIN, at=NOON)
            case "disable":
                accounts.disable(session, account_id, actor=ADMIN, at=NOON)
            case "password":
                proofs.set_password(session, account_id, "another", at=NOON)
            case _:
                accounts.set_grants(session, account_id, [Grant(Role.CHAIR)], actor=ADMIN, at=NOON)

    assert visitors.current(cookies).roles(SLUG) == ({Role.CHAIR} if how == "roles" else set())
    assert told == ["*"]


def test_a_disabled_account_signs_in_again_only_when_enabled() -> None:
    add_account(Role.ADMIN)
    account_id = add_account(Role.CHAIR, email="an@example.vn")
    with engine.current().transaction() as session:
        accounts.disable(session, account_id, actor=ADMIN, at=NOON)
    with engine.current().reading() as session:
        assert proofs.credentials(session, "an@example.vn") is None
    with pytest.raises(UnknownAccount):
        begin(account_id)

    with engine.current().transaction() as session:
        accounts.enable(session, account_id, actor=ADMIN, at=NOON)

    assert admitted(begin(account_id)).roles() == {Role.CHAIR}


def test_the_last_admin_stays() -> None:
    first, second = add_account(Role.ADMIN), add_account(Role.ADMIN)
    with engine.current().transaction() as session:
        accounts.disable(session, second, actor=ADMIN, at=NOON)

    with pytest.raises(LastAdmin), engine.current().transaction() as session:
        accounts.disable(session, first, actor=ADMIN, at=NOON)
    with pytest.raises(LastAdmin), engine.current().transaction() as session:
        accounts.set_grants(session, first, [Grant(Role.CHAIR)], actor=ADMIN, at=NOON)

    assert admitted(begin(first)).roles() == {Role.ADMIN}


def test_a_screen_only_reads_until_its_link_is_taken_back() -> None:
    with engine.current().transaction() as session:
        token = sessions.add_screen(session, "Hội trường", slug=SLUG, actor=ADMIN, at=NOON)
        (screen,) = sessions.list_screens(session)
        assert sessions.screen(session, token) == screen
        assert sessions.screen(session, "another") is None
    assert screen.place is Place.PROJECTOR
    assert admitted(screen=token).roles(SLUG) == {Role.SCREEN}
    assert admitted(begin(add_account(Role.CHAIR)), token).roles(SLUG) == {Role.SCREEN, Role.CHAIR}
    assert not any(Role.SCREEN in each.roles for each in TRANSITIONS)
    assert not any(Role.SCREEN in roles for roles in MAY.values())
    assert [place for place in Place if Role.SCREEN in MAY_OPEN[place]] == [
        Place.PROJECTOR,
        Place.DISPLAY,
    ]

    with engine.current().transaction() as session:
        sessions.touch(session, "", token, at=NOON)
        sessions.revoke_screen(session, screen.id, actor=ADMIN, at=NOON)

    assert admitted(screen=token).roles(SLUG) == frozenset()
    with engine.current().reading() as session:
        assert sessions.list_screens(session) == []
        assert sessions.screen(session, token) is None


@pytest.mark.parametrize("role", [role for role in Role if role not in MAY[Right.MANAGE_ACCOUNTS]])
def test_accounts_and_screens_are_changed_by_whom_the_table_says(role: Role) -> None:
    account_id, other = add_account(Role.ADMIN), actor(role)
    commands: list[Command] = [
        lambda session: invitations.invite(
            session, "b@example.vn", name="B", grants=[Grant(Role.ADMIN)], actor=other, at=NOON
        ),
        lambda session: invitations.invite_again(session, account_id, actor=other, at=NOON),
        lambda session: accounts.set_grants(
            session, account_id, [Grant(Role.CHAIR)], actor=other, at=NOON
        ),
        lambda session: accounts.disable(session, account_id, actor=other, at=NOON),
        lambda session: accounts.enable(session, account_id, actor=other, at=NOON),
        lambda session: sessions.end_all(session, account_id, actor=other, at=NOON),
        lambda session: sessions.add_screen(session, "X", slug=SLUG, actor=other, at=NOON),
        lambda session: sessions.revoke_screen(session, 1, actor=other, at=NOON),
    ]

    for command in commands:
        with pytest.raises(NotPermitted), engine.current().transaction() as session:
            command(session)


def test_an_unknown_account_is_said_to_be_missing() -> None:
    commands: list[Command] = [
        lambda session: invitations.invite_again(session, 99, actor=ADMIN, at=NOON),
        lambda session: sessions.end(session, 99, "digest", at=NOON),
    ]

    for command in commands:
        with pytest.raises(UnknownAccount), engine.current().transaction() as session:
            command(session)


def test_the_list_says_who_is_who() -> None:
    account_id = add_account(Role.MODERATOR, Role.CHAIR, email="an@example.vn", slug=SLUG)
    invite(Grant(Role.CHAIR), email="b@example.vn")
    begin(account_id)
    begin(account_id)

    with engine.current().reading() as session:
        found = {each.email: each for each in accounts.list_accounts(session, at=NOON)}
        devices = sessions.list_devices(session, account_id, at=NOON)

    assert found["an@example.vn"].grants == {Grant(Role.MODERATOR, SLUG), Grant(Role.CHAIR, SLUG)}
    assert (found["an@example.vn"].devices, found["an@example.vn"].last_seen_at) == (2, NOON)
    assert found["an@example.vn"].has_password
    assert not found["b@example.vn"].has_password
    assert [each.name for each in devices] == ["Chrome", "Chrome"]


def test_a_second_factor_is_kept_and_each_code_counts_once() -> None:
    account_id = add_account(Role.CHAIR, email="an@example.vn")
    with engine.current().transaction() as session:
        proofs.set_second_factor(
            session, account_id, "SECRET", step=7, recovery_codes=["a", "b"], at=NOON
        )
    with engine.current().transaction() as session:
        assert not proofs.use_step(session, account_id, 7)
        assert proofs.use_step(session, account_id, 8)
        assert not proofs.use_step(session, account_id, 8)
        # The clock was a year ahead, and is right again: nobody stays shut out for a year.
        assert proofs.use_step(session, account_id, 1_000_000)
        assert proofs.use_step(session, account_id, 9)
        assert not proofs.use_step(session, account_id, 9)
        assert proofs.use_recovery_code(session, account_id, "a")
        assert not proofs.use_recovery_code(session, account_id, "a")
        assert not proofs.use_recovery_code(session, account_id, "c")
    with engine.current().transaction() as session:
        proofs.set_second_factor(session, account_id, None, step=None, recovery_codes=(), at=NOON)

    with engine.current().transaction() as session:
        known = proofs.credentials(session, "an@example.vn")
        assert known is not None
        assert known.totp_secret is None
        assert not proofs.use_recovery_code(session, account_id, "b")


def test_no_key_is_in_the_database() -> None:
    token = begin(add_account(Role.ADMIN))
    invitation = invite(Grant(Role.CHAIR))
    with engine.current().transaction() as session:
        screen = sessions.add_screen(session, "Hội trường", slug=SLUG, actor=ADMIN, at=NOON)

    with engine.current().reading() as session:
        stored = str(
            [
                session.execute(text(f"SELECT * FROM {table}")).all()
                for table in ("sessions", "invitations", "screens", "access_activity")
            ]
        )

    assert tokens.digest(token) in stored
    for key in (token, invitation, screen):
        assert key not in stored


def test_who_changed_what_is_only_ever_added_to() -> None:
    invite(Grant(Role.CHAIR))

    for statement in ("UPDATE access_activity SET actor = 'x'", "DELETE FROM access_activity"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            engine.current().transaction() as session,
        ):
            session.execute(text(statement))
    with engine.current().reading() as session:
        row = session.execute(text("SELECT action, actor FROM access_activity")).one()
    assert tuple(row) == ("invite", "tester")


def test_an_account_answers_for_departments_of_an_event() -> None:
    add_account(Role.ADMIN)
    media, police = (Grant(Role.DEPARTMENT, SLUG, code) for code in ("so-tttt", "cong-an"))
    token = invite(media, police, Grant(Role.CHAIR))
    with engine.current().transaction() as session:
        account_id = invitations.accept(session, token, password_hash="none", at=NOON)
    with engine.current().reading() as session:
        held = grants.grants_of(session, account_id)[account_id]

    with engine.current().transaction() as session:
        accounts.set_grants(session, account_id, [police], actor=ADMIN, at=NOON)
    with engine.current().reading() as session:
        left = grants.grants_of(session)[account_id]

    assert held == {media, police, Grant(Role.CHAIR)}
    assert left == {police}
    assert Visitor(grants=left).departments(SLUG) == {"cong-an"}
    assert Visitor(grants=left).departments("other") == frozenset()
    assert Visitor(grants=left).roles(SLUG) == {Role.DEPARTMENT}


@pytest.mark.parametrize(
    "grant",
    [
        Grant(Role.DEPARTMENT, None, "so-tttt"),
        Grant(Role.MODERATOR, SLUG, "so-tttt"),
    ],
)
def test_only_the_role_of_a_department_in_one_event_has_a_department(grant: Grant) -> None:
    with pytest.raises(FieldsWrong):
        invite(grant)


def test_an_unknown_department_is_refused_and_nobody_invited() -> None:
    with pytest.raises(UnknownEntry):
        invite(Grant(Role.DEPARTMENT, SLUG, "so-nowhere"))

    with engine.current().reading() as session:
        assert "an@example.vn" not in [
            each.email for each in accounts.list_accounts(session, at=NOON)
        ]


def test_the_departments_of_every_event_are_listed(event: Event) -> None:
    with engine.current().reading() as session:
        assert events.list_departments(session) == {SLUG: [*event.departments]}
