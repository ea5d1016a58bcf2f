"""Read the file in which a person describes an event, or say every mistake in it with its line."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dialogue import text as texts
from dialogue import toml_lines
from dialogue.event_keys import EVENT
from dialogue.event_mistakes import mistakes
from dialogue.events import (
    COMPLEX_CONCLUSION_DAYS,
    CONCLUSION_DAYS,
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


def read(text: str) -> Event:
    """Return the event that a TOML file describes; all its texts in NFC.

    Raises:
        EventFileWrong: with every mistake that the file has.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, why = toml_lines.where_broken(error, text)
        raise EventFileWrong((Mistake(line, f"this is not TOML: {why}"),)) from None
    lines = toml_lines.lines_of(text)
    found = {
        Mistake(toml_lines.line_of(lines, path), message) for path, message in mistakes(content)
    }
    if found:
        raise EventFileWrong(tuple(sorted(found)))
    return _event(_composed(content))


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
