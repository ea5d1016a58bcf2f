"""At which line of a TOML text something stands; the parser tells no positions."""

import re
import tomllib

Path = tuple[str | int, ...]
"""Where a value stands: ("districts", 3, "code") is the code of the fourth [[districts]]."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")


def where_broken(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """Return the line at which a text stops being TOML, and why, in the parser's words."""
    words, _, place = str(error).partition(" (at line ")
    line = int(place.split(",")[0]) if place else text.count("\n") + 1
    return line, words


def lines_of(text: str) -> dict[Path, int]:
    """Find the line of each table and key.

    The parser tells no positions, so the file's shape is read once more: headers, the keys
    below them, and nothing inside texts of several lines.
    """
    lines: dict[Path, int] = {(): 1}
    entries: dict[str, int] = {}
    table: Path = ()
    inside_text = False
    for number, line in enumerate(text.splitlines(), start=1):
        quotes = line.count('"""') + line.count("'''")
        if not inside_text:
            if header := _HEADER.match(line):
                name = header[2]
                table = (name,)
                if header[1] == "[[":
                    entries[name] = entries.get(name, -1) + 1
                    table = (name, entries[name])
                lines.setdefault((name,), number)
                lines[table] = number
            elif key := _KEY.match(line):
                lines.setdefault((*table, key[1]), number)
        inside_text ^= quotes % 2 == 1
    return lines


def line_of(lines: dict[Path, int], path: Path) -> int:
    """Return the line of a value, or that of the nearest thing around it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]
