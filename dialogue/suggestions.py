"""Which topic and which department would fit a question, and why: for a person to accept.

What the most alike questions of the desk were given comes first. Else the words decide: each word,
and each two that follow each other, speaks for a topic by how rarely the questions of all other
topics have it (complement naive Bayes). The catalogue's keywords and names count as questions that
were given their topic, so that a new event has suggestions before anything is labelled.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from dialogue.events import Event, Topic
from dialogue.questions import Question
from dialogue.similarity import COMMON, WORDS, features, words_of

CONFIDENT = 0.8
"""Less certain suggestions are not made: a wrong one costs attention; see docs/benchmarks.md."""

LIKE = 0.5
"""From this score on, two questions are nearly always given the same topic, as measured on the
rehearsal's: less than it takes to ask the same."""

MOST_NAMED = 3
# A keyword speaks as loudly as so many questions that have it; 2 to 8 measured much the same.
_KEYWORD = 4


class WhySuggested(StrEnum):
    """What speaks for a suggestion."""

    LIKE = "like"
    KEYWORDS = "keywords"
    WORDS = "words"
    LEADS = "leads"


class Similar(NamedTuple):
    """A question that asks the same, how much, and what it was given, if anything."""

    number: int
    score: float
    topic: str | None
    department: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySuggestion:
    """What would fit a question; None where it has one already or where none is likely enough.

    `confidence` is from 0 to 1, and `why` speaks of the topic, or of the department where that
    alone is suggested. `numbers` are the questions like it, those of earlier events below 1;
    `words` are the catalogue's keywords that it has, or else its own that say most.
    """

    topic: str | None = None
    department: str | None = None
    confidence: float = 0.0
    why: WhySuggested | None = None
    numbers: tuple[int, ...] = ()
    words: tuple[str, ...] = ()


NOTHING = EntrySuggestion()


class Guess(NamedTuple):
    """A topic and how likely it is."""

    topic: str
    confidence: float


class TopicWords:
    """Which words the questions of each topic have; learned, and forgotten, text by text."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        """Begin with what the catalogue says of its topics."""
        self._topics = {each.code: each for each in topics}
        self._having: dict[str, Counter[str]] = {each: Counter() for each in self._topics}
        self._totals = dict.fromkeys(self._topics, 0)
        self._total = 0
        self._all: Counter[str] = Counter()
        for topic in self._topics.values():
            for each in (*topic.name.split(","), *topic.keywords):
                self._count(each, topic.code, _KEYWORD)

    def learn(self, text: str, topic: str) -> None:
        """Take into account that a text was given a topic of the catalogue."""
        self._count(text, topic, 1)

    def forget(self, text: str, topic: str) -> None:
        """Undo that a text was learned with a topic."""
        self._count(text, topic, -1)

    def guess(self, text: str) -> Guess | None:
        """Name the topic that a text's words speak for, None where it has no known word."""
        known = {each for each in features(words_of(text)) if each in self._all}
        if not known:
            return None
        speaking = {
            code: sum(self._evidence(each, code) for each in known) for code in self._topics
        }
        most = max(speaking.values())
        odds = {code: math.exp(each - most) for code, each in speaking.items()}
        best = max(odds, key=odds.__getitem__)
        return Guess(best, 1 / sum(odds.values()))

    def keywords(self, text: str, topic: str) -> tuple[str, ...]:
        """Return the few longest keywords of a topic that a text has, as the catalogue has them."""
        whole = f" {' '.join(words_of(text))} "
        found: dict[str, str] = {}
        for keyword in sorted(self._topics[topic].keywords, key=len, reverse=True):
            read = f" {' '.join(words_of(keyword))} "
            if read in whole and not any(read in longer for longer in found):
                found[read] = keyword
        return tuple(found.values())[:MOST_NAMED]

    def telling(self, text: str, topic: str) -> tuple[str, ...]:
        """Return the few words of a text that say most for a topic, as they were typed."""
        typed = {
            each: said
            for each, said in _typed(text).items()
            if each in self._having[topic] and COMMON.isdisjoint(each.split())
        }
        chosen: list[str] = []
        # Of words that say as much, two together are easier to understand.
        for each in sorted(
            typed, key=lambda each: (self._lead(each, topic), len(each)), reverse=True
        ):
            if not any(set(each.split()) & set(other.split()) for other in chosen):
                chosen.append(each)
        # One word in shorthand stands for several that were chosen.
        return tuple(dict.fromkeys(typed[each] for each in chosen))[:MOST_NAMED]

    def _count(self, text: str, topic: str, times: int) -> None:
        found = set(features(words_of(text)))
        for counts in (self._having[topic], self._all):
            for each in found:
                counts[each] += times
                if not counts[each]:
                    del counts[each]
        self._totals[topic] += times * len(found)
        self._total += times * len(found)

    def _evidence(self, feature: str, topic: str) -> float:
        """Tell how rare a word is in the questions of all other topics."""
        having = self._all[feature] - self._having[topic].get(feature, 0)
        # One more of each word that is known, so that a word no other topic has yet counts too.
        return math.log((self._total - self._totals[topic] + len(self._all)) / (having + 1))

    def _lead(self, feature: str, topic: str) -> float:
        """Tell by how much a word speaks for a topic rather than for the next best."""
        rest = (self._evidence(feature, each) for each in self._topics if each != topic)
        return self._evidence(feature, topic) - max(rest, default=0.0)


def suggest(
    question: Question, similar: Iterable[Similar], learned: TopicWords, event: Event
) -> EntrySuggestion:
    """Say what would fit a question that is without a topic or a department."""
    similar = tuple(similar)
    topic = NOTHING if question.topic else _topic(question.text, similar, learned)
    if question.department:
        return topic
    department = _department(question.topic or topic.topic, similar, event)
    return replace(topic, department=department.department) if topic.topic else department


def _topic(text: str, similar: Iterable[Similar], learned: TopicWords) -> EntrySuggestion:
    agreed = _agreed((each.number, each.score, each.topic) for each in similar)
    if agreed is not None:
        code, confidence, numbers = agreed
        return EntrySuggestion(
            topic=code, confidence=confidence, why=WhySuggested.LIKE, numbers=numbers
        )
    guess = learned.guess(text)
    if guess is None or guess.confidence < CONFIDENT:
        return NOTHING
    code, confidence = guess
    if keywords := learned.keywords(text, code):
        return EntrySuggestion(
            topic=code, confidence=confidence, why=WhySuggested.KEYWORDS, words=keywords
        )
    words = learned.telling(text, code)
    return EntrySuggestion(topic=code, confidence=confidence, why=WhySuggested.WORDS, words=words)


def _department(topic: str | None, similar: Iterable[Similar], event: Event) -> EntrySuggestion:
    """Suggest what similar questions were given, else who leads on the topic on the day."""
    there = {each.code for each in event.departments if each.is_there(event.held_on)}
    agreed = _agreed(
        (each.number, each.score, each.department) for each in similar if each.department in there
    )
    if agreed is not None:
        code, confidence, numbers = agreed
        return EntrySuggestion(
            department=code, confidence=confidence, why=WhySuggested.LIKE, numbers=numbers
        )
    leading = event.leading(topic)
    return (
        EntrySuggestion(department=leading, confidence=1.0, why=WhySuggested.LEADS)
        if leading
        else NOTHING
    )


def _agreed(
    given: Iterable[tuple[int, float, str | None]],
) -> tuple[str, float, tuple[int, ...]] | None:
    """Return what most similar questions were given, how clearly, and by which, if clear enough."""
    votes: defaultdict[str, float] = defaultdict(float)
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, score, code in given:
        if code is not None:
            votes[code] += score
            numbers[code].append(number)
    if not votes:
        return None
    code = max(votes, key=votes.__getitem__)
    confidence = votes[code] / sum(votes.values())
    if confidence < CONFIDENT:
        return None
    return code, confidence, tuple(numbers[code][:MOST_NAMED])


def _typed(text: str) -> dict[str, str]:
    """Tell of each word and pair of words of a text how it was typed."""
    read = [(each, typed) for typed in WORDS.findall(text) for each in words_of(typed)]
    found = dict(read)
    for (first, one), (second, other) in pairwise(read):
        found[f"{first} {second}"] = one if one == other else f"{one} {other}"
    return found
