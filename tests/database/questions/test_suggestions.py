from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest

import locales
import words.questions
from data_access import engine
from data_access.events import events
from data_access.questions.cached import suggestions
from dialogue.events import Event, Intake
from dialogue.lifecycle import Action, Status
from dialogue.suggestions import NOTHING, EntrySuggestion, WhySuggested
from live import snapshots
from tests.database.questions.test_snapshots import counted_queries
from tests.factories import NOON, SLUG, act, actor, ask, ask_until

pytestmark = pytest.mark.usefixtures("database")

GRAPEFRUIT = "Bưởi Tân Triều rớt giá hoài, tụi em chẳng biết trông cậy vào đâu"
AGAIN = "Sao bưởi Tân Triều rớt giá hoài vậy, tụi em trông cậy vào đâu"


def suggested(number: int) -> EntrySuggestion:
    return suggestions.of(snapshots.current(SLUG), number)


def why(number: int, code: str = "en") -> str:
    snapshot = snapshots.current(SLUG)
    return words.questions.suggestion(
        suggestions.of(snapshot, number), snapshot, locales.language(code)
    )


def add_event(event: Event, slug: str, *, years: int, **changed: Any) -> None:
    held_at = event.held_at + timedelta(days=365 * years)
    with engine.current().transaction() as session:
        events.add(session, replace(event, slug=slug, held_at=held_at, **changed))


def test_a_topic_and_a_department_are_suggested_from_the_catalogue_alone() -> None:
    number = ask(text="Ấp em mất sóng, 4G chập chờn", topic=None).number

    made = suggested(number)

    assert (made.topic, made.department) == ("ha-tang-so", "so-tttt")
    assert why(number) == "Keywords: mất sóng, 4G"
    assert why(number, "vi") == "Từ khóa: mất sóng, 4G"


def test_what_similar_questions_were_given_is_suggested_until_it_is_taken_off() -> None:
    labelled = ask(text=GRAPEFRUIT, topic="kinh-te-so").number
    number = ask(text=AGAIN, topic=None).number

    made = suggested(number)
    assert (made.topic, made.department, made.numbers) == ("kinh-te-so", "so-cong-thuong", (1,))
    assert why(number) == "Like #1"

    act(labelled, Action.SET_DEPARTMENT, version=1, entry="so-nnptnt")
    assert suggested(number).department == "so-nnptnt"

    act(labelled, Action.SET_TOPIC, version=2, entry="viec-lam")
    assert suggested(number).topic == "viec-lam"

    act(labelled, Action.SET_TOPIC, version=3, entry=None)
    assert suggested(number) == NOTHING
    assert why(number) == ""


def test_a_suggestion_is_up_to_date_where_it_names_a_question_that_changed() -> None:
    labelled = ask(text=GRAPEFRUIT, topic="kinh-te-so").number
    number = ask(text=AGAIN, topic=None).number
    for place in range(200):
        ask(text=f"{place}", topic="viec-lam")
    assert suggested(number).numbers == (labelled,)
    assert suggested(number).department == "so-cong-thuong"

    act(labelled, Action.SET_DEPARTMENT, version=1, entry="so-nnptnt")
    assert suggested(number).department == "so-nnptnt"

    act(labelled, Action.SET_TOPIC, version=2, entry=None)
    assert suggested(number).numbers == ()


def test_an_edit_unlearns_what_was_written_before() -> None:
    labelled = ask(text=GRAPEFRUIT, topic="kinh-te-so").number
    number = ask(text=AGAIN, topic=None).number
    assert suggested(number).topic == "kinh-te-so"

    act(labelled, Action.EDIT, version=1, text="Chào chương trình")

    assert suggested(number) == NOTHING


@pytest.mark.parametrize("status", [Status.REJECTED, Status.MERGED])
def test_a_question_that_is_put_away_still_says_what_it_was_about(status: Status) -> None:
    into = ask(text="Chào chương trình", topic=None).number
    ask_until(status, text=GRAPEFRUIT, topic="kinh-te-so", into=into)
    number = ask(text=AGAIN, topic=None).number

    assert suggested(number).topic == "kinh-te-so"


def test_only_what_a_question_lacks_is_suggested() -> None:
    number = ask(text="Ấp em mất sóng, 4G chập chờn").number
    assert suggested(number).topic is None
    assert suggested(number).department == "so-tttt"
    assert why(number) == "Leads on this topic"

    act(number, Action.SET_DEPARTMENT, version=1, entry="so-tttt")

    assert suggested(number) == NOTHING


def test_words_of_many_labels_add_up() -> None:
    for word in ("bưởi", "rụng", "héo"):
        for place in range(3):
            ask(text=f"{word}, x{place}{word} y{place}{word}", topic="kinh-te-so")
    number = ask(text="Bưởi héo rồi rụng ạ", topic=None).number

    assert suggested(number).topic == "kinh-te-so"
    assert suggested(number).why is WhySuggested.WORDS
    assert why(number) == "Words that say most: Bưởi, rụng, héo"


def test_an_earlier_event_teaches_by_the_code_or_the_name_of_its_topics(event: Event) -> None:
    renamed = tuple(
        replace(each, code="cho") if each.code == "kinh-te-so" else each for each in event.topics
    )
    other = tuple(replace(each, code=f"{each.code}-x", name="Khác") for each in event.topics)
    add_event(event, "year-before", years=-1)
    add_event(event, "two-years-before", years=-2, topics=renamed)
    add_event(event, "three-years-before", years=-3, topics=other)
    ask(slug="year-before", text=GRAPEFRUIT, topic="kinh-te-so")
    ask(slug="two-years-before", text=AGAIN, topic="cho")
    ask(slug="three-years-before", text=AGAIN, topic="viec-lam-x")

    number = ask(text=AGAIN, topic=None).number

    assert suggested(number).topic == "kinh-te-so"
    assert suggested(number).numbers == (-1, -2)
    assert why(number) == "Like questions of an earlier dialogue"


def test_what_a_loaded_file_says_is_suggested_at_once(event: Event) -> None:
    number = ask(text="Ấp em mất sóng, 4G chập chờn", topic=None).number
    assert (suggested(number).topic, suggested(number).department) == ("ha-tang-so", "so-tttt")

    gone = event.held_on - timedelta(days=1)
    departments = tuple(
        replace(each, valid_to=gone) if each.code == "so-tttt" else each
        for each in event.departments
    )
    with engine.current().transaction() as session:
        file = replace(event, departments=departments)
        events.update(session, file, actor=actor(), at=NOON)

    assert (suggested(number).topic, suggested(number).department) == ("ha-tang-so", None)


def test_a_later_event_teaches_nothing(event: Event) -> None:
    add_event(event, "year-after", years=1)
    ask(slug="year-after", text=GRAPEFRUIT, topic="kinh-te-so")

    assert suggested(ask(text=AGAIN, topic=None).number) == NOTHING


def test_the_oldest_labels_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "MOST_LABELS", 2)
    ask(text=GRAPEFRUIT, topic="kinh-te-so")
    number = ask(text=AGAIN, topic=None).number
    ask(text="Chào chương trình", topic="viec-lam")
    assert suggested(number) == NOTHING

    ask(text=GRAPEFRUIT, topic="kinh-te-so")
    assert suggested(number).topic == "kinh-te-so"
    ask(text="Xin cám ơn", topic="viec-lam")
    ask(text="Xin chào", topic="viec-lam")
    assert suggested(number) == NOTHING


def test_somebody_with_an_older_board_does_not_spoil_what_the_others_see() -> None:
    number = ask(
        text="Ấp em mất sóng, 4G chập chờn, nhà mạng không kéo cáp quang, không có wifi", topic=None
    ).number
    before = snapshots.current(SLUG)
    act(number, Action.SET_TOPIC, version=1, entry="viec-lam")
    assert suggested(number).department == "so-ldtbxh"

    assert suggestions.of(before, number).topic == "ha-tang-so"

    assert suggested(number).topic is None


@pytest.mark.parametrize("count", [1, 3, 30])
def test_what_changed_is_taken_from_the_board_however_many_questions(count: int) -> None:
    numbers = [ask(topic=None).number]
    suggested(numbers[0])
    numbers += [ask(topic=None).number for _ in range(count)]
    snapshot = snapshots.current(SLUG)

    with counted_queries() as queries:
        for number in numbers:
            suggestions.of(snapshot, number)

    assert queries == []


def test_the_earlier_events_are_read_once() -> None:
    number = ask(topic=None).number
    snapshot = snapshots.current(SLUG)

    with counted_queries() as queries:
        suggestions.of(snapshot, number)
    assert len(queries) == 1

    with engine.current().transaction() as session:
        events.set_intake(session, SLUG, Intake.CLOSED, actor=actor(), at=NOON)
    snapshot = snapshots.current(SLUG)
    with counted_queries() as queries:
        suggestions.of(snapshot, number)
    assert queries == []


def test_many_may_ask_at_once() -> None:
    numbers: Sequence[int] = [
        ask(text="Ấp em mất sóng, 4G chập chờn", topic=None).number for _ in range(8)
    ]
    snapshot = snapshots.current(SLUG)
    found: list[str | None] = []

    def look(number: int) -> None:
        found.append(suggestions.of(snapshot, number).topic)

    threads = [Thread(target=look, args=(number,)) for number in numbers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert found == ["ha-tang-so"] * 8
