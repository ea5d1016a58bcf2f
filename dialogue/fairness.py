"""Which question to take next, so that everybody is heard: a suggestion, with its reason.

A score is the weighed sum of four parts, each from 0 to 1: how long the question has waited, how
many support it, and how little of its district and its topic has been taken up so far against
their share of the questions (and of the young people, where the catalogue knows them). What waits
in the queue or for a written reply is taken up: it need not be suggested once more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from dialogue.events import District, Weights
from dialogue.lifecycle import PUT_ASIDE, TAKEN_UP, Status
from dialogue.questions import Question

# After so long, and with so many votes, a part is half of what it can be.
HALF_WAITED = timedelta(minutes=30)
HALF_VOTED = 5


class Why(StrEnum):
    """What speaks most for a question."""

    WAITING = "waiting"
    VOTES = "votes"
    DISTRICT = "district"
    TOPIC = "topic"


class Share(NamedTuple):
    """How many questions a district or a topic has, and how many of them are taken up."""

    asked: int
    taken_up: int


class NextSuggestion(NamedTuple):
    """A question's place: the higher the score, the sooner; `share` is that of what speaks most."""

    number: int
    score: float
    why: Why
    share: Share


class Tally:
    """How much of each district and each topic of an event is taken up."""

    def __init__(
        self,
        counts: Iterable[tuple[str, str | None, Status, int]],
        districts: Iterable[District],
    ) -> None:
        """Count from (district, topic, state, questions); rejected and merged ones are no claim."""
        self._asked: dict[Why, Counter[str | None]] = {
            Why.DISTRICT: Counter(),
            Why.TOPIC: Counter(),
        }
        self._taken_up = {Why.DISTRICT: Counter[str | None](), Why.TOPIC: Counter[str | None]()}
        for district, topic, status, count in counts:
            if status in PUT_ASIDE:
                continue
            for why, code in ((Why.DISTRICT, district), (Why.TOPIC, topic)):
                self._asked[why][code] += count
                self._taken_up[why][code] += count if status in TAKEN_UP else 0
        young = {each.code: each.young_people for each in districts if each.young_people}
        self._young: Mapping[str | None, float] = {
            code: count / sum(young.values()) for code, count in young.items()
        }

    def share(self, why: Why, code: str | None) -> Share:
        """Return the share of a district or a topic; none where it is neither."""
        if why not in self._asked:
            return Share(0, 0)
        return Share(self._asked[why][code], self._taken_up[why][code])

    def need(self, why: Why, code: str | None) -> float:
        """Tell how little of a district or a topic is taken up: 1 nothing, 0 its share or more."""
        taken_up = self._taken_up[why].total()
        if not self._taken_up[why][code]:
            return 1.0
        due = self._asked[why][code] / self._asked[why].total()
        if why is Why.DISTRICT and code in self._young:
            due = (due + self._young[code]) / 2
        return max(0.0, 1 - self._taken_up[why][code] / taken_up / due)


def suggest(
    questions: Iterable[Question], tally: Tally, weights: Weights, *, at: datetime
) -> list[NextSuggestion]:
    """Order questions by what speaks for them, each with what speaks most.

    Of two that are alike, the one with the lower number comes first.
    """
    return sorted(
        (_suggestion(each, tally, weights, at=at) for each in questions),
        key=lambda each: (-each.score, each.number),
    )


def _suggestion(
    question: Question, tally: Tally, weights: Weights, *, at: datetime
) -> NextSuggestion:
    waited = max(at - question.received_at, timedelta())
    parts = {
        Why.DISTRICT: weights.district * tally.need(Why.DISTRICT, question.district),
        Why.TOPIC: weights.topic * tally.need(Why.TOPIC, question.topic),
        Why.VOTES: weights.votes * question.votes / (question.votes + HALF_VOTED),
        Why.WAITING: weights.waiting * (waited / (waited + HALF_WAITED)),
    }
    why = max(parts, key=parts.__getitem__)
    code = question.district if why is Why.DISTRICT else question.topic
    return NextSuggestion(question.number, sum(parts.values()), why, tally.share(why, code))
