"""Read the file in which a person describes an event, or say every mistake in it with its line."""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dialogue import text as texts
from dialogue.events import (
    COMPLEX_CONCLUSION_DAYS,
    CONCLUSION_DAYS,
    MOST_WEIGHT,
    REPLY_DAYS,
    Department,
    District,
    Event,
    Intake,
    Moderation,
    Part,
    PartKind,
    Reason,
    Topic,
    Weights,
)

_LONGEST_KEYWORD = 40
_MOST_KEYWORDS = 200

Path = tuple[str | int, ...]
"""Where a value stands: ("districts", 3, "code") is the code of the fourth [[districts]]."""


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """What is wrong at one line of a file; lines count from 1."""

    line: int
    message: str


class EventFileWrong(Exception):
    """The file does not describe an event; `mistakes` has every reason, in the file's order."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        """Keep all the mistakes."""
        super().__init__("\n".join(f"line {each.line}: {each.message}" for each in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Kind:
    """What a key's value must be: `check` returns what is wrong in words, or None."""

    type: type
    words: str
    check: Callable[[Any], str | None] = field(default=lambda _: None)
    required: bool = True


def _text(most: int, *, required: bool = True) -> Kind:
    def check(value: str) -> str | None:
        if not texts.one_line(value):
            return "must not be empty"
        if len(value) > most:
            return f"may have at most {most} characters; it has {len(value)}"
        return None

    return Kind(str, "text in quotation marks", check, required)


def _pattern(pattern: str, words: str) -> Kind:
    return Kind(
        str,
        "text in quotation marks",
        lambda value: None if re.fullmatch(pattern, value) else f"must be {words}",
    )


def _count(*, required: bool = False) -> Kind:
    return Kind(
        int, "a whole number", lambda value: "must not be negative" if value < 0 else None, required
    )


def _between(least: int, most: int, *, required: bool = False) -> Kind:
    return Kind(
        int,
        "a whole number",
        lambda value: None if least <= value <= most else f"must be {least} to {most}",
        required,
    )


def _weight() -> Kind:
    def check(value: Any) -> str | None:
        is_number = type(value) in (int, float)
        return None if is_number and 0 <= value <= MOST_WEIGHT else f"must be 0 to {MOST_WEIGHT}"

    return Kind(object, "a number", check, required=False)


def _check_zone(value: str) -> str | None:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "is not a known time zone, such as Asia/Ho_Chi_Minh"
    return None


def _check_codes(value: list[Any]) -> str | None:
    if not all(isinstance(each, str) for each in value):
        return "must be a list of codes in quotation marks"
    return "names a code twice" if len(set(value)) < len(value) else None


def _check_keywords(value: list[Any]) -> str | None:
    if not all(isinstance(each, str) and texts.one_line(each) for each in value):
        return "must be a list of words in quotation marks"
    if any(len(each) > _LONGEST_KEYWORD for each in value):
        return f"has one of more than {_LONGEST_KEYWORD} characters"
    if len(value) > _MOST_KEYWORDS:
        return f"may have at most {_MOST_KEYWORDS}; it has {len(value)}"
    # Keywords are compared folded, so two that differ only in marks and capitals are one.
    known: set[str] = set()
    for each in value:
        if (folded := texts.fold(texts.one_line(each))) in known:
            return f"has {each} twice, marks and capitals aside"
        known.add(folded)
    return None


CODE = _pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "small letters, digits and hyphens")
EVENT: dict[str, Kind] = {
    "slug": _pattern(
        r"(?=.{3,40}$)(?!.*-tap-duot-\d+$)[a-z0-9]+(-[a-z0-9]+)*",
        "3 to 40 small letters, digits, hyphens; -tap-duot-1 at its end is a rehearsal's",
    ),
    "title": _text(300),
    "title_en": _text(300),
    "theme": _text(300),
    "theme_en": _text(300),
    "plan": _text(300),
    "place": _text(300),
    "timezone": Kind(str, "text in quotation marks", _check_zone),
    "held_at": Kind(
        datetime,
        "a date and time such as 2022-11-10T13:30:00+07:00",
        lambda value: "needs the offset, such as +07:00" if value.tzinfo is None else None,
    ),
    "intake": _pattern("open|closed", 'either "open" or "closed"'),
    "intake_opens_on": Kind(date, "a date such as 2022-10-10"),
    "intake_closes_on": Kind(date, "a date such as 2022-11-10"),
    "moderation": _pattern("before|after", 'either "before" or "after"'),
    "question_minutes": _between(1, 60),
    "reply_days": _between(1, 365),
    "conclusion_days": _between(1, 365),
    "complex_conclusion_days": _between(1, 365),
    "boundaries": _pattern(r"[\w-]+\.geojson", "the name of a .geojson file beside this one"),
    "boundaries_credit": _text(300),
    "population_source": _text(300),
}
OPTIONAL = frozenset(
    {"moderation", "boundaries", "boundaries_credit", "population_source", "weights", "rundown"}
)
TABLES: dict[str, dict[str, Kind]] = {
    "unit": {"name": _text(150), "title": _text(40)},
    "official": {"name": _text(80), "title": _text(150)},
    "weights": dict.fromkeys(Weights.__slots__, _weight()),
}
LISTS: dict[str, dict[str, Kind]] = {
    "districts": {
        "code": CODE,
        "name": _text(80),
        "short_name": _text(40),
        "people": _count(),
        "young_people": _count(),
        "tile_column": _count(),
        "tile_row": _count(),
    },
    "departments": {
        "code": CODE,
        "name": _text(120),
        "name_en": _text(120),
        "valid_from": Kind(date, "a date such as 2022-10-10", required=False),
        "valid_to": Kind(date, "a date such as 2022-10-10", required=False),
    },
    "topics": {
        "code": CODE,
        "name": _text(120),
        "name_en": _text(120),
        "departments": Kind(list, "a list of departments' codes", _check_codes, required=False),
        "keywords": Kind(list, "a list of words", _check_keywords, required=False),
    },
    "reasons": {"code": CODE, "text": _text(200), "text_en": _text(200)},
    "rundown": {
        "code": CODE,
        "kind": _pattern("|".join(PartKind), "one of " + ", ".join(PartKind)),
        "name": _text(120),
        "name_en": _text(120),
        "minutes": _between(1, 600, required=True),
        "topics": Kind(list, "a list of topics' codes", _check_codes, required=False),
    },
}


def read(text: str) -> Event:
    """Return the event that a TOML file describes; all its texts in NFC.

    Raises:
        EventFileWrong: with every mistake that the file has.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EventFileWrong((_syntax(error, text),)) from None
    lines = _lines(text)
    mistakes = sorted(
        {Mistake(_line(lines, path), message) for path, message in _mistakes(content)}
    )
    if mistakes:
        raise EventFileWrong(tuple(mistakes))
    return _event(_composed(content))


def _mistakes(content: dict[str, Any]) -> Iterator[tuple[Path, str]]:
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


def _event(content: dict[str, Any]) -> Event:
    own: dict[str, Any] = {key: content.get(key) for key in EVENT}
    return Event(
        **{
            **own,
            "intake": Intake(own["intake"]),
            "moderation": Moderation(own["moderation"] or Moderation.BEFORE),
            "reply_days": own["reply_days"] or REPLY_DAYS,
            "conclusion_days": own["conclusion_days"] or CONCLUSION_DAYS,
            "complex_conclusion_days": own["complex_conclusion_days"] or COMPLEX_CONCLUSION_DAYS,
        },
        weights=Weights(**content.get("weights", {})),
        unit_name=content["unit"]["name"],
        unit_title=content["unit"]["title"],
        official_name=content["official"]["name"],
        official_title=content["official"]["title"],
        districts=tuple(District(**each) for each in content["districts"]),
        departments=tuple(Department(**each) for each in content["departments"]),
        topics=tuple(_topic(**each) for each in content["topics"]),
        reasons=tuple(Reason(**each) for each in content["reasons"]),
        rundown=tuple(_part(**each) for each in content.get("rundown", ())),
    )


def _topic(*, departments: Sequence[str] = (), keywords: Sequence[str] = (), **own: str) -> Topic:
    return Topic(**own, departments=tuple(departments), keywords=tuple(keywords))


def _part(*, kind: str, topics: Sequence[str] = (), **own: Any) -> Part:
    return Part(**own, kind=PartKind(kind), topics=tuple(topics))


def _composed(value: Any) -> Any:
    """Return a TOML value with every text in the form we store."""
    if isinstance(value, str):
        return texts.one_line(value)
    if isinstance(value, list):
        return [_composed(each) for each in value]
    if isinstance(value, dict):
        return {key: _composed(each) for key, each in value.items()}
    return value


def _syntax(error: tomllib.TOMLDecodeError, text: str) -> Mistake:
    words, _, place = str(error).partition(" (at line ")
    line = int(place.split(",")[0]) if place else text.count("\n") + 1
    return Mistake(line, f"this is not TOML: {words}")


_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")


def _lines(text: str) -> dict[Path, int]:
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


def _line(lines: dict[Path, int], path: Path) -> int:
    """Return the line of a value, or that of the nearest thing around it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]
