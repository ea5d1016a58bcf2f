"""What an operator does from a terminal: `python -m manage load-event events/my-province.toml`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

import settings
import welcome
from data_access import engine, schema
from data_access.accounts import accounts, invitations, proofs, sessions
from data_access.engine import Database, Session
from data_access.events import events
from dialogue import event_files
from dialogue.accounts import Account, Actor
from dialogue.event_files import EventFileWrong
from dialogue.events import Event
from dialogue.refusals import Refusal, UnknownAccount
from dialogue.roles import Role

OPERATOR = Actor(events.OPERATOR, frozenset({Role.ADMIN}))
Email = Annotated[str, typer.Argument(help="the account's e-mail address")]

commands = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


class CannotDo(Exception):
    """A command was not carried out; the text says why."""


def main() -> int:
    """Run the command of the command line; 0 when it was done."""
    try:
        commands(standalone_mode=True)
    except (CannotDo, Refusal, settings.SettingWrong) as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


@commands.command()
def load_event(file: Annotated[Path, typer.Argument(help="the event's TOML file")]) -> None:
    """Add the event that a file describes, or make it what the file says now."""
    event = _described(file)
    with _database() as database, database.transaction() as session:
        if event.slug in events.list_slugs(session):
            said = _update(session, event)
        else:
            events.add(session, event)
            said = f"Added. Its phone page is {welcome.ask_url(event.slug)}"
    print(said)


def _described(file: Path) -> Event:
    try:
        event = event_files.read(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CannotDo(f"{file} cannot be read: {error}") from None
    except EventFileWrong as wrong:
        raise CannotDo("\n".join(f"{file}, {line}" for line in str(wrong).splitlines())) from None
    if event.boundaries and not (file.parent / event.boundaries).exists():
        raise CannotDo(f"{event.boundaries} must lie beside {file}.")
    return event


def _update(session: Session, event: Event) -> str:
    """Change an event that is there, and say what changed, a line each."""
    done = events.update(session, event, actor=OPERATOR, at=datetime.now(UTC))
    lines = [*done.changed] or [f"{event.slug} is as the file says already."]
    if done.kept:
        lines.append(f"Left as the desk has it: {', '.join(done.kept)}")
    rehearsal = {real: slug for slug, real in events.list_practices(session).items()}
    if done.changed and event.slug in rehearsal:
        lines.append(f"Its rehearsal {rehearsal[event.slug]} stays as it was begun.")
    return "\n".join(lines)


@commands.command()
def create_admin(email: Email, name: Annotated[str, typer.Argument(help="who it is")]) -> None:
    """Create an account that manages accounts and moderates; its link is printed this once."""
    with _database() as database, database.transaction() as session:
        token = invitations.invite(
            session,
            email,
            name=name,
            grants=invitations.FIRST_GRANTS,
            actor=OPERATOR,
            at=datetime.now(UTC),
        )
    _print_link(token)


@commands.command()
def reset_password(
    email: Email,
    drop_second_factor: Annotated[
        bool, typer.Option("--drop-second-factor", help="also turn the second factor off")
    ] = False,
) -> None:
    """Sign somebody out everywhere and print, this once, a link that sets another password."""
    now = datetime.now(UTC)
    with _database() as database, database.transaction() as session:
        account = _account(accounts.list_accounts(session, at=now), email)
        sessions.end_all(session, account.id, actor=OPERATOR, at=now)
        token = invitations.invite_again(session, account.id, actor=OPERATOR, at=now)
        if drop_second_factor:
            proofs.set_second_factor(
                session, account.id, None, step=None, recovery_codes=(), at=now
            )
    _print_link(token)


@commands.command()
def list_accounts() -> None:
    """List the accounts with roles, state and when they were last seen."""
    with _database() as database, database.reading() as session:
        for each in accounts.list_accounts(session, at=datetime.now(UTC)):
            roles = ", ".join(sorted(f"{g.role}@{g.slug or '*'}" for g in each.grants))
            state = "disabled" if each.is_disabled else "" if each.has_password else "invited"
            seen = f"{each.last_seen_at:%Y-%m-%d %H:%M} UTC" if each.last_seen_at else "never"
            print("\t".join([each.email, each.name, roles, state, seen]))


@commands.command()
def revoke_sessions(email: Email) -> None:
    """Sign somebody out on every device, at once."""
    now = datetime.now(UTC)
    with _database() as database, database.transaction() as session:
        account = _account(accounts.list_accounts(session, at=now), email)
        sessions.end_all(session, account.id, actor=OPERATOR, at=now)
    print(f"{account.email} is signed out everywhere.")


@contextmanager
def _database() -> Iterator[Database]:
    database = engine.start(settings.current().database_url)
    schema.migrate(database, at=datetime.now(UTC))
    yield database
    database.close()


def _account(known: list[Account], email: str) -> Account:
    found = next((each for each in known if each.email == email.strip().lower()), None)
    if found is None:
        raise UnknownAccount
    return found


def _print_link(token: str) -> None:
    print(f"{welcome.public_url()}/invite/{token}")
    print("The link works once, for seven days. It is not shown again.")


if __name__ == "__main__":
    sys.exit(main())
