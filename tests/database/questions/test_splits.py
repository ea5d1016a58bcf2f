"""A question that asks several things: its parts, its asker, and the way back."""

import pytest

from data_access import engine
from data_access.engine import Database
from data_access.questions.reading import inbox
from data_access.questions.writing import submissions, undoing
from dialogue.inbox import Filters, View
from dialogue.lifecycle import Action, Status
from dialogue.refusals import Conflict, WrongSplit, WrongText
from live import snapshots
from tests.factories import NOON, SLUG, act, actor, ask, ask_until

FIRST, SECOND, THIRD = "Bao giờ ấp em có sóng 4G?", "Học nghề ở đâu ạ?", "Vay vốn thế nào ạ?"
pytestmark = pytest.mark.usefixtures("database")


def split(number: int, *parts: str, version: int = 1) -> list[int]:
    before = snapshots.current(SLUG).last_number
    act(number, Action.SPLIT, version=version, parts=parts)
    return list(range(before + 1, snapshots.current(SLUG).last_number + 1))


def undo() -> None:
    with engine.current().transaction() as session:
        undoing.undo(session, SLUG, actor=actor(), at=NOON)


def test_the_first_part_stays_and_the_others_point_back_to_it(database: Database) -> None:
    asked = ask(text=f"{FIRST} {SECOND} {THIRD}", name="Trần Thị Bình", show_name=True)

    parts = split(asked.number, FIRST, SECOND, THIRD)

    snapshot = snapshots.current(SLUG)
    whole = snapshot.questions[asked.number]
    assert (whole.text, whole.text_original) == (FIRST, f"{FIRST} {SECOND} {THIRD}")
    assert [snapshot.questions[each].text for each in parts] == [SECOND, THIRD]
    for each in parts:
        part = snapshot.questions[each]
        assert (part.split_from, part.received_at) == (asked.number, whole.received_at)
        assert (part.topic, part.district) == (whole.topic, whole.district)
        assert str(snapshot.who_asked(part)) == "Trần Thị Bình"
    with database.reading() as session:
        assert submissions.list_parts(session, SLUG, asked.number) == parts
        view = View(status=None, filters=Filters(words="thi binh"))
        found = inbox.numbers(session, SLUG, view, most=10, at=NOON)
    assert sorted(found) == [asked.number, *parts]


def test_parts_of_a_queued_question_stand_right_behind_it() -> None:
    first, last = ask_until(Status.QUEUED), ask_until(Status.QUEUED)

    parts = split(first, FIRST, SECOND, THIRD, version=2)

    assert list(snapshots.current(SLUG).order) == [first, *parts, last]


def test_undoing_merges_the_parts_and_brings_the_text_back() -> None:
    number = ask(text=f"{FIRST} {SECOND}").number
    (part,) = split(number, FIRST, SECOND)

    undo()

    snapshot = snapshots.current(SLUG)
    assert snapshot.questions[number].text == f"{FIRST} {SECOND}"
    assert snapshot.questions[part].status is Status.MERGED
    assert snapshot.questions[part].merged_into == number


def test_a_part_that_somebody_has_dealt_with_is_not_undone() -> None:
    number = ask(text=f"{FIRST} {SECOND}").number
    (part,) = split(number, FIRST, SECOND)
    act(part, Action.APPROVE, version=1, actor=actor(name="other", account_id=2))

    with engine.current().transaction() as session:
        done = undoing.undo(session, SLUG, actor=actor(), at=NOON)

    assert done.numbers == [number]
    assert [type(each.refusal) for each in done.refused] == [Conflict]
    assert snapshots.current(SLUG).questions[part].status is Status.APPROVED


def test_a_part_that_tells_who_somebody_is_comes_flagged() -> None:
    number = ask_until(Status.APPROVED)

    (part,) = split(number, FIRST, "Gọi cho em số 0912 345 678 nhé", version=2)

    snapshot = snapshots.current(SLUG)
    assert not snapshot.questions[part].is_public
    assert snapshot.questions[number].is_public


def test_a_part_of_a_part_points_to_what_was_sent_in() -> None:
    number = ask(text=f"{FIRST} {SECOND} {THIRD}").number
    (part,) = split(number, FIRST, f"{SECOND} {THIRD}")

    (smaller,) = split(part, SECOND, THIRD)

    assert snapshots.current(SLUG).questions[smaller].split_from == number


@pytest.mark.parametrize("parts", [(), (FIRST,), (FIRST,) * 7])
def test_a_question_has_two_to_six_parts(parts: tuple[str, ...]) -> None:
    number = ask().number

    with pytest.raises(WrongSplit):
        act(number, Action.SPLIT, version=1, parts=parts)


def test_each_part_is_long_enough() -> None:
    number = ask().number

    with pytest.raises(WrongText):
        act(number, Action.SPLIT, version=1, parts=(FIRST, "ngắn"))

    assert len(snapshots.current(SLUG).questions) == 1
