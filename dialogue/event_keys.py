"""What a file that describes an event may say: its keys, and what the value of each must be."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dialogue import text as texts
from dialogue.events import MOST_WEIGHT, PartKind, Weights

_LONGEST_KEYWORD = 40
_MOST_KEYWORDS = 200


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
