"""Puts style sheets together, for the framework takes one text of a component."""

from pathlib import Path


def joined(folder: Path, *names: str) -> str:
    """Return the sheets of a folder, one after the other: of equal rules a later one holds."""
    return "\n".join((folder / f"{each}.css").read_text(encoding="utf-8") for each in names)
