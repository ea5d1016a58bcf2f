"""The recorded afternoon: who asks what, in which minute; and how to play it faster or slower.

All questions in `questions.csv` are invented; none is by a real person. Apache-2.0.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

QUESTIONS = Path(__file__).with_name("questions.csv")
SENTENCES = Path(__file__).with_name("volume.csv")
COLUMNS = ("id", "minute", "district", "topic", "name", "organisation", "text", "same_as")
MINUTES = 180.0
_NEAR = 1.5


class RecordingUnreadable(Exception):
    """A file of the recording is absent or is not what it should be; the text says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedQuestion:
    """A question of the recording; `minute` counts from the beginning of the afternoon.

    `district` and `topic` are catalogue codes of the sample event, `topic` perhaps empty.
    `same_as` is the id of the question that this one says again in other words, or empty.
    """

    id: str
    minute: float
    district: str
    topic: str
    text: str
    name: str = ""
    organisation: str = ""
    same_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A question and the second at which its phone sends it."""

    second: float
    recorded: RecordedQuestion


def read(file: Path = QUESTIONS) -> list[RecordedQuestion]:
    """Read the invented questions, in the order in which they were asked.

    Raises:
        RecordingUnreadable: the file cannot be read, or a line of it is wrong.
    """
    recorded = [_recorded(row, f"{file}, line {line}") for line, row in _rows(file, COLUMNS)]
    return sorted(recorded, key=lambda each: each.minute)


def read_sentences(file: Path = SENTENCES) -> list[str]:
    """Read the sentences that only make volume.

    Raises:
        RecordingUnreadable: the file cannot be read.
    """
    return [row["text"] for _, row in _rows(file, ("id", "text", "origin"))]


def mix(
    recorded: Sequence[RecordedQuestion],
    sentences: Sequence[str],
    *,
    volume: int,
    chance: random.Random,
) -> list[RecordedQuestion]:
    """Add so many sentences, each with the district, topic and about the minute of a question.

    So the added ones are as uneven as the recording, and come in its bursts.
    """
    order = chance.sample(sentences, len(sentences))
    added = []
    for number in range(volume):
        like = chance.choice(recorded)
        minute = like.minute + chance.uniform(-_NEAR, _NEAR)
        added.append(
            RecordedQuestion(
                id=f"v{number + 1}",
                minute=min(max(minute, 0.0), MINUTES),
                district=like.district,
                topic=like.topic,
                text=order[number % len(order)],
            )
        )
    return sorted([*recorded, *added], key=lambda each: each.minute)


def schedule(recorded: Sequence[RecordedQuestion], *, rate: float) -> list[Cue]:
    """Say when each question is sent, at `rate` a second on average, the first one at once.

    The rhythm stays: what came in a burst after a speech comes in a burst.
    """
    if not recorded:
        return []
    first, last = recorded[0].minute, recorded[-1].minute
    scale = len(recorded) / rate / (last - first) if last > first else 0.0
    return [Cue(second=(each.minute - first) * scale, recorded=each) for each in recorded]


def _rows(file: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            if tuple(reader.fieldnames or ()) != tuple(columns):
                raise RecordingUnreadable(f"{file} must begin with the line {','.join(columns)}")
            for row in reader:
                if None in row or None in row.values():
                    raise RecordingUnreadable(
                        f"{file}, line {reader.line_num}: {len(columns)} values are needed."
                    )
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RecordingUnreadable(f"{file} cannot be read: {error}") from None


def _recorded(row: dict[str, str], place: str) -> RecordedQuestion:
    try:
        minute = float(row.pop("minute"))
    except ValueError:
        raise RecordingUnreadable(f"{place}: the minute is not a number.") from None
    if not 0 <= minute <= MINUTES:
        raise RecordingUnreadable(f"{place}: the minute is not between 0 and {MINUTES:g}.")
    return RecordedQuestion(minute=minute, **row)
