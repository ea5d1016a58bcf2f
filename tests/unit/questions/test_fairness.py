from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.events import District, Weights
from dialogue.fairness import HALF_VOTED, HALF_WAITED, NextSuggestion, Share, Tally, Why, suggest
from dialogue.lifecycle import Status
from dialogue.questions import Question
from tests.factories import NOON, question

PLAIN = question(topic="ha-tang-so", status=Status.APPROVED)
DISTRICTS = [
    District(code="731", name="Biên Hòa", short_name="Biên Hòa", young_people=90),
    District(code="736", name="Định Quán", short_name="Định Quán", young_people=10),
]
CODES = st.sampled_from(["731", "736", "740"])
TOPICS = st.sampled_from([None, "ha-tang-so", "viec-lam"])
COUNTS = st.lists(st.tuples(CODES, TOPICS, st.sampled_from(Status), st.integers(0, 50)))
WEIGHTS = st.builds(Weights, **dict.fromkeys(Weights.__slots__, st.floats(0, 10)))
QUESTIONS = st.builds(
    lambda number, district, topic, votes, minutes: replace(
        PLAIN,
        number=number,
        district=district,
        topic=topic,
        votes=votes,
        received_at=NOON - timedelta(minutes=minutes),
    ),
    st.just(1),
    CODES,
    TOPICS,
    st.integers(0, 1000),
    st.integers(0, 50_000),
)


def order(*questions: Question, counts: object = (), **weights: float) -> list[NextSuggestion]:
    tally = Tally(counts, DISTRICTS)  # type: ignore[arg-type]
    return suggest(questions, tally, Weights(**weights), at=NOON)


@given(question=QUESTIONS, longer=st.integers(1, 10_000), counts=COUNTS, weights=WEIGHTS)
def test_a_question_never_falls_behind_for_waiting_longer(
    question: Question, longer: int, counts: object, weights: Weights
) -> None:
    waited = replace(
        question, number=2, received_at=question.received_at - timedelta(minutes=longer)
    )
    tally = Tally(counts, DISTRICTS)  # type: ignore[arg-type]

    scores = {
        each.number: each.score for each in suggest([question, waited], tally, weights, at=NOON)
    }

    assert scores[2] >= scores[1]


@given(question=QUESTIONS, more=st.integers(1, 100), counts=COUNTS, weights=WEIGHTS)
def test_a_question_never_falls_behind_for_more_votes(
    question: Question, more: int, counts: object, weights: Weights
) -> None:
    liked = replace(question, number=2, votes=question.votes + more)
    tally = Tally(counts, DISTRICTS)  # type: ignore[arg-type]

    scores = {
        each.number: each.score for each in suggest([question, liked], tally, weights, at=NOON)
    }

    assert scores[2] >= scores[1]


@given(question=QUESTIONS, counts=COUNTS, weights=WEIGHTS, heard=st.integers(1, 50))
def test_a_district_that_was_not_heard_never_ranks_below_one_that_was(
    question: Question, counts: list[object], weights: Weights, heard: int
) -> None:
    unheard = replace(question, number=2, district="742")
    counts = [*counts, (question.district, question.topic, Status.ANSWERED, heard)]
    tally = Tally(counts, DISTRICTS)  # type: ignore[arg-type]

    scores = {
        each.number: each.score for each in suggest([question, unheard], tally, weights, at=NOON)
    }

    assert scores[2] >= scores[1]


def test_the_reason_is_what_speaks_most() -> None:
    heard = [
        ("731", "ha-tang-so", Status.ANSWERED, 9),
        ("736", "viec-lam", Status.APPROVED, 9),
        ("731", "viec-lam", Status.QUEUED, 1),
        ("731", "ha-tang-so", Status.REJECTED, 99),
    ]
    from_unheard = replace(PLAIN, number=2, district="736", topic="viec-lam")
    liked = replace(PLAIN, number=3, votes=500)
    old = replace(PLAIN, number=4, received_at=NOON - timedelta(days=9))
    other_topic = replace(PLAIN, number=5, topic="viec-lam")

    found = {
        each.number: (each.why, each.share)
        for each in order(PLAIN, from_unheard, liked, old, other_topic, counts=heard)
    }

    assert found[2] == (Why.DISTRICT, Share(asked=9, taken_up=0))
    assert found[3][0] is Why.VOTES
    assert found[4] == (Why.WAITING, Share(0, 0))
    assert found[5] == (Why.TOPIC, Share(asked=10, taken_up=1))


def test_each_part_counts_up_to_its_weight_and_half_of_it_at_its_half() -> None:
    half = replace(PLAIN, votes=HALF_VOTED, received_at=NOON - HALF_WAITED)
    weights = {"waiting": 2, "votes": 3, "district": 5, "topic": 7}

    assert order(half, **weights)[0].score == 1 + 1.5 + 5 + 7
    # All that is taken up is of its district and topic, which have half of the questions.
    heard = [
        ("731", "ha-tang-so", Status.REJECTED, 99),
        ("731", "ha-tang-so", Status.ANSWERED, 1),
        ("731", "ha-tang-so", Status.APPROVED, 1),
        ("740", "viec-lam", Status.APPROVED, 2),
    ]
    assert order(half, counts=heard, **weights)[0].score == 1 + 1.5
    # Half of the questions and a quarter of what is taken up: half of its due is missing.
    heard = [
        ("740", "ha-tang-so", Status.ANSWERED, 1),
        ("740", "ha-tang-so", Status.APPROVED, 3),
        ("742", "viec-lam", Status.QUEUED, 1),
        ("742", "viec-lam", Status.DEFERRED, 2),
        ("742", "viec-lam", Status.RECEIVED, 1),
    ]
    there = replace(half, district="740")
    assert order(there, counts=heard, **weights)[0].score == 1 + 1.5 + 5 / 2 + 7 / 2


def test_young_people_weigh_as_much_as_questions() -> None:
    """Of 731 are nine of ten young people and half of the questions: seven of ten are its due."""

    def missing(taken_up: int) -> float:
        counts = [
            ("731", None, Status.ANSWERED, taken_up),
            ("731", None, Status.APPROVED, 100 - taken_up),
            ("740", None, Status.ANSWERED, 100 - taken_up),
            ("740", None, Status.APPROVED, taken_up),
        ]
        made = order(PLAIN, counts=counts, topic=0, waiting=0, votes=0, district=1)
        return made[0].score

    assert missing(35) == pytest.approx(0.5)
    assert missing(70) == missing(71) == 0


def test_a_question_from_a_clock_that_is_ahead_has_not_waited_yet() -> None:
    ahead = replace(PLAIN, received_at=NOON + timedelta(hours=3))
    now = replace(PLAIN, number=2)

    assert [(each.number, each.score) for each in order(ahead, now)] == [(1, 2.5), (2, 2.5)]


def test_of_equal_questions_the_earlier_comes_first() -> None:
    assert [each.number for each in order(replace(PLAIN, number=7), PLAIN)] == [1, 7]


def test_young_people_count_where_they_are_known() -> None:
    # Both asked half of the questions and were heard alike, but nine of ten live in the first.
    counts = [(code, None, Status.ANSWERED, 5) for code in ("731", "736")]

    needs = {
        each.number: each.score
        for each in order(
            PLAIN, replace(PLAIN, number=2, district="736"), counts=counts, topic=0, waiting=0
        )
    }

    assert needs[1] > needs[2]


def test_what_nobody_weighs_does_not_count() -> None:
    liked = replace(PLAIN, number=2, votes=50)

    assert [each.number for each in order(PLAIN, liked, votes=0)] == [1, 2]
    assert [each.number for each in order(PLAIN, liked)] == [2, 1]
