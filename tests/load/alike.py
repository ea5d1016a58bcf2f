"""How well and how fast questions that ask the same are found."""

import csv
import time
from dataclasses import dataclass

from dialogue.similarity import Index
from tests.load.measuring import alternate, medians
from tests.load.servers import DATA, sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """How well and how fast questions that ask the same are found; times in milliseconds."""

    pairs: int
    precision: float
    recall: float
    among_few: float
    among_many: float


def alike() -> Alike:
    """Measure how well and how fast questions that ask the same are found."""
    with (DATA / "duplicates.csv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    numbers = {text: number for number, text in enumerate(dict.fromkeys(p["text"] for p in pairs))}
    labelled = _index([*numbers, *sentences()])
    found = [(numbers[each["text"]], labelled.alike(each["variant"])) for each in pairs]
    right = sum(number in {match.number for match in matches} for number, matches in found)
    mixed = [f"{first} {second}" for first in sentences() for second in numbers]
    few, many = _index(mixed[:1000]), _index(mixed[:100_000])
    among_few, among_many = medians(
        alternate(lambda: _seconds_to_look_up(few, pairs), lambda: _seconds_to_look_up(many, pairs))
    )
    return Alike(
        pairs=len(pairs),
        precision=right / sum(len(matches) for _, matches in found),
        recall=right / len(pairs),
        among_few=1000 * among_few,
        among_many=1000 * among_many,
    )


def _index(texts: list[str]) -> Index:
    made = Index()
    for number, text in enumerate(texts):
        made.put(number, text)
    return made


def _seconds_to_look_up(index: Index, pairs: list[dict[str, str]]) -> float:
    begun = time.perf_counter()
    for each in pairs[:100]:
        index.alike(each["variant"])
    return (time.perf_counter() - begun) / 100
