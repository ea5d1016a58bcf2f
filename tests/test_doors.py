"""What staff change goes through one door, and nothing passes beside it."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
STAFF = ("components", "pages", "reports")


def found(pattern: str) -> Iterator[str]:
    for folder in STAFF:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if re.search(pattern, path.read_text("utf-8")):
                yield str(path.relative_to(ROOT))


def test_a_transaction_is_opened_by_the_outbox_or_a_callback_and_handed_to_the_door() -> None:
    assert [*found(r"\.transaction\(\)")] == [
        "components/commands/callbacks.py",
        "components/commands/outbox/__init__.py",
    ]


def test_commands_are_run_at_the_door_alone() -> None:
    assert [*found(r"from data_access import (?:\w+, )*commands\b")] == [
        "components/commands/door.py"
    ]


def test_no_layer_below_the_pages_asks_which_database_the_process_has() -> None:
    below = ("charts", "data_access", "dialogue", "words")
    asking = [
        str(path.relative_to(ROOT))
        for folder in below
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "engine.current()" in path.read_text("utf-8")
    ]
    assert asking == []
