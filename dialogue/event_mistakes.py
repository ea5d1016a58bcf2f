"""Finds every mistake in what a file says of an event, each with where it stands."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

from dialogue.event_keys import EVENT, LISTS, OPTIONAL, TABLES, Kind
from dialogue.events import COMPLEX_CONCLUSION_DAYS, CONCLUSION_DAYS
from dialogue.toml_lines import Path


def mistakes(content: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Give what is wrong with a file's content, in words, at the place of it."""
    top = {**EVENT, **dict.fromkeys([*TABLES, *LISTS], Kind(object, "a table"))}
    yield from _wrong_keys((), content, top, OPTIONAL)
    for name, kinds in TABLES.items():
        table = content.get(name)
        if isinstance(table, dict):
            yield from _wrong_keys((name,), table, kinds)
        elif table is not None:
            yield (name,), f"{name} must be a table: write [{name}]"
    for name, kinds in LISTS.items():
        yield from _wrong_list(name, content.get(name), kinds)
    yield from _wrong_together(content)


def _wrong_keys(
    path: Path,
    table: dict[str, Any],
    kinds: dict[str, Kind],
    optional: frozenset[str] = frozenset(),
) -> Iterator[tuple[Path, str]]:
    for key in table.keys() - kinds.keys():
        near = get_close_matches(key, kinds, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        yield (*path, key), f"there is no key {key} here{hint}"
    for key, kind in kinds.items():
        if key in table:
            yield from _wrong_value((*path, key), key, table[key], kind)
        elif kind.required and key not in optional:
            yield path, f"{key} is missing"


def _wrong_value(path: Path, key: str, value: Any, kind: Kind) -> Iterator[tuple[Path, str]]:
    # True is a whole number to Python, and a date and time is a date.
    exact = type(value) is kind.type or kind.type is object
    if not exact:
        yield path, f"{key} must be {kind.words}"
    elif (wrong := kind.check(value)) is not None:
        yield path, f"{key} {wrong}"


def _wrong_list(name: str, entries: Any, kinds: dict[str, Kind]) -> Iterator[tuple[Path, str]]:
    if entries is None:
        return
    if entries == []:
        yield (name,), f"{name} needs at least one entry"
        return
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        yield (name,), f"{name} must be a list of tables: write [[{name}]] before each"
        return
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        yield from _wrong_keys((name, index), entry, kinds)
        code = entry.get("code")
        if isinstance(code, str) and seen.setdefault(code, index) != index:
            yield (name, index, "code"), f"the code {code} is already used above"


def _wrong_together(content: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Find what is wrong between values that are each right."""
    opens, closes = content.get("intake_opens_on"), content.get("intake_closes_on")
    if _is_before(closes, opens):
        yield ("intake_closes_on",), "intake_closes_on is before intake_opens_on"
    yield from _wrong_conclusion(content)
    for index, department in _entries(content, "departments"):
        if _is_before(department.get("valid_to"), department.get("valid_from")):
            yield ("departments", index, "valid_to"), "valid_to is before valid_from"
    yield from _unknown(content, "topics", "departments", "department")
    yield from _unknown(content, "rundown", "topics", "topic")
    yield from _wrong_districts(content)


def _wrong_conclusion(content: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    ordinary = content.get("conclusion_days", CONCLUSION_DAYS)
    longer = content.get("complex_conclusion_days", COMPLEX_CONCLUSION_DAYS)
    if type(ordinary) is type(longer) is int and longer < ordinary:
        # Either may be left out, but not both.
        named = {"complex_conclusion_days", "conclusion_days"} & content.keys()
        message = f"complex_conclusion_days ({longer}) is less than conclusion_days ({ordinary})"
        yield (min(named),), message


def _unknown(
    content: dict[str, Any], name: str, named: str, one: str
) -> Iterator[tuple[Path, str]]:
    """Find the codes in a list's entries that another list does not have."""
    known = [each.get("code") for _, each in _entries(content, named)]
    for index, entry in _entries(content, name):
        codes = entry.get(named)
        for code in codes if isinstance(codes, list) else ():
            if isinstance(code, str) and code not in known:
                yield (name, index, named), f"there is no {one} {code}"


def _wrong_districts(content: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    tiles: list[tuple[Any, Any]] = []
    for index, district in _entries(content, "districts"):
        people, young = district.get("people"), district.get("young_people")
        if type(people) is type(young) is int and young > people:
            yield ("districts", index, "young_people"), "young_people is more than people"
        tile = (district.get("tile_column"), district.get("tile_row"))
        if (tile[0] is None) != (tile[1] is None):
            yield ("districts", index), "tile_column and tile_row belong together"
        elif tile != (None, None) and tile in tiles:
            yield ("districts", index, "tile_column"), "another district has this tile"
        tiles.append(tile)


def _is_before(first: Any, second: Any) -> bool:
    return type(first) is type(second) is date and first < second


def _entries(content: dict[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
    entries = content.get(name)
    if not isinstance(entries, list):
        return []
    return [(index, each) for index, each in enumerate(entries) if isinstance(each, dict)]
