"""The recorded afternoon: who asks what, in which minute; and how to play it faster or slower."""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
MINUTES = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A question of the recording; `minute` counts from the beginning of the afternoon.

    `district` and `topic` are catalogue codes of the sample event, `topic` perhaps empty.
    `same_as` is the id of the question that this one says again in other words, or empty.
    """

    id: str
    minute: float
    district: str
    topic: str
    name: str
    organisation: str
    text: str
    same_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A question and the second at which its phone sends it."""

    second: float
    recorded: Recorded


def read() -> list[Recorded]:
    """Read the invented questions, in the order in which they were asked."""
    return sorted(_invented(), key=lambda each: each.minute)


def mix(recorded: Sequence[Recorded], *, volume: int, chance: random.Random) -> list[Recorded]:
    """Add sentences for volume: each takes its district, topic and minute from a question."""
    with (FOLDER / "volume.csv").open(encoding="utf-8", newline="") as file:
        sentences = [row["text"] for row in csv.DictReader(file)]
    added = []
    for number in range(volume):
        like = chance.choice(recorded)
        added.append(
            Recorded(
                id=f"volume-{number}",
                minute=chance.uniform(0, MINUTES),
                district=like.district,
                topic=like.topic,
                name="",
                organisation="",
                text=sentences[number % len(sentences)],
            )
        )
    return sorted([*recorded, *added], key=lambda each: each.minute)


def schedule(recorded: Sequence[Recorded], *, rate: float) -> list[Cue]:
    """Say when each question is sent, at `rate` a second on average.

    The rhythm stays: what came in a burst after a speech comes in a burst.
    """
    if not recorded:
        return []
    first, last = recorded[0].minute, recorded[-1].minute
    seconds = len(recorded) / rate
    scale = seconds / (last - first) if last > first else 0.0
    return [Cue(second=(each.minute - first) * scale, recorded=each) for each in recorded]


def _invented() -> Iterator[Recorded]:
    with (FOLDER / "questions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            minute = float(row.pop("minute"))
            yield Recorded(minute=minute, **row)
