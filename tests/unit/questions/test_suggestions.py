"""What is suggested for a question that has no topic or department, and how often it is right."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.events import Event, Topic
from dialogue.suggestions import (
    NOTHING,
    EntrySuggestion,
    Similar,
    TopicWords,
    WhySuggested,
    suggest,
)
from tests import factories
from tests.load import labels

TOPICS = (
    Topic(
        code="network", name="Phủ sóng, internet", name_en="", keywords=("4G", "mất sóng", "sóng")
    ),
    Topic(code="jobs", name="Việc làm", name_en="", keywords=("công nhân", "học nghề")),
    Topic(code="health", name="Y tế số", name_en="", keywords=("bệnh viện",)),
)
WORDS = ["sóng", "4G", "mạng", "công", "nhân", "nghề", "bệnh", "viện", "sổ", "ấp", "ạ", "em"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
CODES = st.sampled_from([each.code for each in TOPICS])


def suggested(event: Event, *similar: Similar, text: str, **fields: Any) -> EntrySuggestion:
    question = factories.question(text=text, **fields)
    return suggest(question, similar, TopicWords(event.topics), event)


def test_suggestions_are_far_better_than_the_most_frequent_topic() -> None:
    measured = labels.measured()

    assert measured.most_frequent < 0.2
    assert measured.topic.accuracy >= 0.85
    assert measured.topic.coverage >= 0.6
    assert measured.department.accuracy >= 0.85
    assert measured.repeats.accuracy >= 0.95
    assert measured.repeats.coverage >= 0.8
    assert measured.keywords.accuracy >= 0.7
    assert measured.keywords.coverage >= 0.6


def test_the_benchmarks_say_what_was_measured() -> None:
    share = labels.Share(coverage=0.5, accuracy=0.75)
    section = labels.section(
        labels.Labelling(
            questions=4,
            topic=share,
            department=share,
            repeats=share,
            keywords=share,
            most_frequent=0.25,
        )
    )

    assert section.startswith("## ")
    assert "| topic | 50% | 75% |" in section
    assert "| 100% | 25% |" in section


@pytest.mark.parametrize(
    "text",
    ["Ấp em MẤT SÓNG, không vào được 4G", "ap e mat song ko vao dc 4g", "ấp em mất sóng 4G"],
)
def test_the_catalogue_suggests_a_topic_before_anything_is_labelled(
    event: Event, text: str
) -> None:
    made = suggested(event, text=text)

    assert (made.topic, made.department) == ("ha-tang-so", "so-tttt")
    assert made.why is WhySuggested.KEYWORDS
    assert set(made.words) == {"mất sóng", "4G"}


@pytest.mark.parametrize("text", ["", "???", "🙂", "Em chào chương trình ạ"])
def test_nothing_is_suggested_where_nothing_is_likely(event: Event, text: str) -> None:
    assert suggested(event, text=text) == NOTHING


def test_words_that_were_never_in_the_catalogue_are_learned_and_shown_as_typed() -> None:
    learned = TopicWords(TOPICS)
    assert learned.guess("Bưởi Tân Triều") is None

    for _ in range(5):
        learned.learn("Bưởi tân triều rớt giá", "jobs")

    guess = learned.guess("BƯỞI Tân Triều ạ")
    assert guess is not None
    assert guess.topic == "jobs"
    assert guess.confidence > 0.8
    assert learned.keywords("BƯỞI Tân Triều ạ", "jobs") == ()
    assert learned.telling("BƯỞI Tân Triều ạ", "jobs") == ("Tân Triều", "BƯỞI")


def test_shorthand_is_shown_as_it_was_typed() -> None:
    learned = TopicWords(TOPICS)
    learned.learn("nộp dịch vụ công", "jobs")

    assert learned.telling("nộp qua dvc", "jobs") == ("dvc", "nộp")


def test_a_keyword_within_a_longer_one_is_not_named_twice() -> None:
    learned = TopicWords(TOPICS)

    assert learned.keywords("xóm mất sóng, 4g chậm", "network") == ("mất sóng", "4G")
    assert learned.keywords("xóm có sóng", "network") == ("sóng",)


def test_a_single_topic_needs_no_rival() -> None:
    learned = TopicWords(TOPICS[:1])
    guess = learned.guess("mất sóng")

    assert guess is not None
    assert guess.topic == "network"
    assert learned.telling("internet", "network") == ("internet",)


def test_similar_questions_come_before_words(event: Event) -> None:
    made = suggested(
        event,
        Similar(12, 0.9, "viec-lam", "tinh-doan"),
        Similar(30, 0.6, "viec-lam", None),
        Similar(31, 0.6, None, None),
        text="Ấp em mất sóng 4G",
    )

    assert (made.topic, made.why, made.numbers) == ("viec-lam", WhySuggested.LIKE, (12, 30))
    assert made.department == "tinh-doan"
    assert made.confidence == 1.0


def test_words_decide_where_similar_questions_disagree(event: Event) -> None:
    made = suggested(
        event,
        Similar(12, 0.9, "viec-lam", "tinh-doan"),
        Similar(30, 0.8, "ha-tang-so", "so-ldtbxh"),
        text="Ấp em mất sóng 4G",
    )

    assert (made.topic, made.department, made.why) == (
        "ha-tang-so",
        "so-tttt",
        WhySuggested.KEYWORDS,
    )


def test_how_sure_a_suggestion_is_says_how_many_agree_and_how_much_they_are_alike(
    event: Event,
) -> None:
    nine_of_ten = [
        Similar(12, 0.9, "viec-lam", "tinh-doan"),
        Similar(30, 0.9, "viec-lam", "tinh-doan"),
        Similar(31, 0.2, "ha-tang-so", "so-ldtbxh"),
    ]

    made = suggested(event, *nine_of_ten, text="Sổ")
    assert (made.topic, made.department, made.numbers) == ("viec-lam", "tinh-doan", (12, 30))
    assert made.confidence == pytest.approx(0.9)
    alone = suggested(event, *nine_of_ten, text="Sổ", topic="viec-lam")
    assert (alone.department, alone.why) == ("tinh-doan", WhySuggested.LIKE)
    assert alone.numbers == (12, 30)
    assert alone.confidence == pytest.approx(0.9)
    # The rule of the catalogue is sure; words are as sure as they say.
    assert suggested(event, text="Sổ", topic="viec-lam").confidence == 1.0
    assert 0.8 <= suggested(event, text="Ấp em mất sóng 4G").confidence <= 1.0


def test_of_similar_questions_only_the_first_few_are_named(event: Event) -> None:
    many = [Similar(number, 0.9, "viec-lam", None) for number in range(1, 9)]

    assert suggested(event, *many, text="Sổ").numbers == (1, 2, 3)


def test_only_what_is_empty_is_suggested(event: Event) -> None:
    similar = Similar(12, 0.9, "viec-lam", "tinh-doan")
    text = "Ấp em mất sóng 4G"

    made = suggested(event, similar, text=text, topic="viec-lam")
    assert (made.topic, made.department, made.why) == (None, "tinh-doan", WhySuggested.LIKE)
    made = suggested(event, text=text, topic="viec-lam")
    assert (made.topic, made.department, made.why) == (None, "so-ldtbxh", WhySuggested.LEADS)
    made = suggested(event, similar, text=text, department="so-tttt")
    assert (made.topic, made.department) == ("viec-lam", None)
    assert suggested(event, similar, text=text, topic="x", department="y") == NOTHING


@pytest.mark.parametrize(
    ("between", "department"),
    [
        ({"valid_to": date(2022, 11, 9)}, "tinh-doan"),
        ({"valid_to": date(2022, 11, 10)}, "so-gddt"),
        ({"valid_from": date(2022, 11, 11)}, "tinh-doan"),
        ({"valid_from": date(2022, 11, 10)}, "so-gddt"),
    ],
)
def test_a_department_answers_only_while_it_is_there(
    event: Event, between: dict[str, Any], department: str
) -> None:
    departments = tuple(
        replace(each, **between) if each.code == "so-gddt" else each for each in event.departments
    )
    changed = replace(event, departments=departments)

    similar = Similar(12, 0.9, None, "so-gddt")
    assert suggested(changed, text="Sổ", topic="ky-nang-so").department == department
    assert suggested(changed, similar, text="Sổ", topic="ky-nang-so").department == department


def test_a_topic_that_nobody_answers_suggests_no_department(event: Event) -> None:
    topics = tuple(replace(each, departments=()) for each in event.topics)

    assert suggested(replace(event, topics=topics), text="Sổ", topic="ky-nang-so") == NOTHING


@given(st.lists(st.tuples(TEXTS, CODES), max_size=8), TEXTS, CODES)
def test_a_label_that_agrees_never_makes_a_topic_less_likely(
    others: list[tuple[str, str]], text: str, topic: str
) -> None:
    learned = TopicWords(TOPICS)
    for each in (*others, (text, topic)):
        learned.learn(*each)
    before = learned.guess(text)

    learned.learn(text, topic)

    after = learned.guess(text)
    assert before is not None
    assert after is not None
    if before.topic == topic:
        assert after.topic == topic
        assert after.confidence >= before.confidence - 1e-9


@given(st.lists(st.tuples(TEXTS, CODES), max_size=8), TEXTS, CODES, TEXTS)
def test_what_is_forgotten_was_never_learned(
    others: list[tuple[str, str]], text: str, topic: str, asked: str
) -> None:
    learned, never = TopicWords(TOPICS), TopicWords(TOPICS)
    learned.learn(text, topic)
    for each in others:
        learned.learn(*each)
        never.learn(*each)

    learned.forget(text, topic)

    assert learned.guess(asked) == never.guess(asked)


@given(st.lists(st.tuples(TEXTS, CODES), max_size=8), TEXTS, st.randoms())
def test_the_order_in_which_labels_came_does_not_matter(
    others: list[tuple[str, str]], asked: str, chance: Any
) -> None:
    one, other = TopicWords(TOPICS), TopicWords(TOPICS)
    for each in others:
        one.learn(*each)
    chance.shuffle(others)
    for each in others:
        other.learn(*each)

    assert one.guess(asked) == pytest.approx(other.guess(asked))
