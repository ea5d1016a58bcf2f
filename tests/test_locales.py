"""Every word that a person can meet is there in Vietnamese."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import locales
from dialogue.refusals import Refusal
from web import problems  # noqa: F401 — its refusals are looked at below

ROOT = Path(__file__).parent.parent
FOLDERS = (
    *("access", "audience", "charts", "components", "dialogue", "pages", "reports", "web"),
    "words",
)
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "FieldError": (2,)}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext.babel_extract")]


def used() -> Iterator[tuple[Any, str]]:
    """Each message that the code says, and where."""
    for folder in FOLDERS:
        for file, line, message, *_ in extract_from_dir(ROOT / folder, METHODS, keywords=KEYWORDS):
            yield message, f"{folder}/{file}:{line}"
    for file, line, message, *_ in extract_from_dir(
        ROOT, [("app.py", "python")], keywords=KEYWORDS, directory_filter=lambda _: False
    ):
        yield message, f"{file}:{line}"
    waiting = Refusal.__subclasses__()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        yield (kind.__doc__ or "").splitlines()[0], kind.__name__


def catalogue() -> dict[Any, Any]:
    with (ROOT / "locales/vi/LC_MESSAGES/messages.po").open("rb") as file:
        return {
            message.id: message.string
            for message in read_po(file, locale="vi")
            if message.id and not message.fuzzy
        }


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{\w*\}|%\(\w+\)s", text))


def test_every_message_is_translated() -> None:
    known = catalogue()

    assert [f"{where}: {message!r}" for message, where in used() if not known.get(message)] == []


def test_every_translation_is_used_and_has_its_placeholders() -> None:
    messages = {message for message, _ in used()}

    for message, translation in catalogue().items():
        assert message in messages, f"nobody says {message!r} any more"
        english = message if isinstance(message, str) else message[-1]
        vietnamese = translation if isinstance(translation, str) else translation[0]
        assert placeholders(english) == placeholders(vietnamese), english


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "vi"),
        ("en-GB,en;q=0.9", "en"),
        ("fr,en;q=0.5,vi;q=0.8", "vi"),
        ("vi-VN", "vi"),
        ("zh;q=nonsense,en", "en"),
        ("*", "vi"),
    ],
)
def test_the_language_is_the_one_that_is_asked_for(header: str, code: str) -> None:
    assert locales.preferred(header).code == code


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    vietnamese, english = locales.language("vi"), locales.language("en")

    assert (vietnamese.number(1234.5, decimals=1), english.number(1234)) == ("1.234,5", "1,234")
    assert vietnamese.date(date(2022, 11, 10)) == "10/11/2022"
    assert english.date(date(2022, 11, 10)) == "10 Nov 2022"
    assert vietnamese.date_time(datetime(2022, 11, 10, 6, 5, tzinfo=UTC)) == "06:05 10/11/2022"
    assert (vietnamese.pick("một", "one"), english.pick("một", "one")) == ("một", "one")
    assert english.pick("một", "") == "một"
    assert locales.language("xx") is vietnamese
