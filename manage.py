"""What an operator does from a terminal: `python -m manage add-event events/my-province.toml`."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

import settings
from data_access import engine, events, schema
from dialogue import event_files
from dialogue.event_files import EventFileWrong


class CannotDo(Exception):
    """A command was not carried out; the text says why."""


def main() -> int:
    """Run the command of the command line; 0 when it was done."""
    parser = argparse.ArgumentParser(prog="manage", description=__doc__)
    commands = parser.add_subparsers(required=True)
    adding = commands.add_parser("add-event", help="add the event that a file describes")
    adding.add_argument("file", type=Path)
    adding.set_defaults(run=lambda wanted: add_event(wanted.file))
    wanted = parser.parse_args()
    try:
        print(wanted.run(wanted))
    except (CannotDo, settings.SettingWrong) as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


def add_event(file: Path) -> str:
    """Add the event that a file describes, and say where it is.

    Raises:
        CannotDo: the file cannot be read, has mistakes, or its event is there already.
    """
    try:
        event = event_files.read(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CannotDo(f"{file} cannot be read: {error}") from None
    except EventFileWrong as wrong:
        raise CannotDo("\n".join(f"{file}, {line}" for line in str(wrong).splitlines())) from None
    if event.boundaries and not (file.parent / event.boundaries).exists():
        raise CannotDo(f"{event.boundaries} must lie beside {file}.")
    database = engine.start(settings.current().database_url)
    schema.migrate(database, at=datetime.now(UTC))
    with database.transaction() as session:
        if event.slug in events.list_slugs(session):
            raise CannotDo(f"There is already an event {event.slug}.")
        events.add(session, event)
    database.close()
    return f"Added. Its phone page is /ask/{event.slug}"


if __name__ == "__main__":
    sys.exit(main())
