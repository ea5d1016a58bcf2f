import pytest

from data_access.questions.cached import duplicates
from dialogue.lifecycle import Action
from live import snapshots
from tests.factories import SLUG, act, ask

pytestmark = pytest.mark.usefixtures("database")


def alike(number: int) -> list[int]:
    return [each.number for each in duplicates.of(snapshots.current(SLUG), number)]


def test_a_question_that_asks_the_same_is_found_from_both_sides() -> None:
    first = ask(text="Bao giờ ấp 4 xã Thanh Sơn có sóng 4G ổn định?").number
    other = ask(text="Thi công chức công nghệ thông tin cần bằng gì?").number
    assert alike(first) == []

    second = ask(text="bao gio ap 4 xa thanh son co song 4g on dinh").number

    assert alike(second) == [first]
    assert alike(first) == [second]
    assert alike(other) == []


def test_an_edit_makes_a_question_like_others_or_unlike_them() -> None:
    first = ask(text="Bao giờ ấp 4 xã Thanh Sơn có sóng 4G ổn định?").number
    second = ask(text="Thi công chức công nghệ thông tin cần bằng gì?").number
    assert alike(first) == alike(second) == []

    act(second, Action.EDIT, version=1, text="Ấp 4 xã Thanh Sơn bao giờ có sóng 4G ổn định?")
    assert alike(first) == [second]

    act(second, Action.EDIT, version=2, text="Thi công chức công nghệ thông tin cần bằng gì?")
    assert alike(first) == alike(second) == []


def test_what_is_done_to_a_question_leaves_it_as_like_others_as_it_was() -> None:
    first = ask(text="Bao giờ ấp 4 xã Thanh Sơn có sóng 4G ổn định?").number
    second = ask(text="Bao giờ ấp 4 ở xã Thanh Sơn có sóng 4G ổn định").number
    assert alike(first) == [second]

    act(first, Action.APPROVE, version=1)

    assert alike(first) == [second]
    assert alike(second) == [first]


def test_of_many_that_say_the_same_all_are_counted_and_none_that_was_seen_to_is_named() -> None:
    numbers = [ask(text="Bao giờ ấp 4 xã Thanh Sơn có sóng 4G ổn định?").number for _ in range(12)]
    snapshot = snapshots.current(SLUG)
    assert alike(numbers[-1]) == numbers[:5]
    assert duplicates.same(snapshot, numbers[-1]) == set(numbers[:-1])

    for number in numbers[:5]:
        act(number, Action.MERGE, version=1, into=numbers[-1])

    assert alike(numbers[-1]) == numbers[5:10]
    assert duplicates.same(snapshots.current(SLUG), numbers[-1]) == set(numbers[5:-1])
    assert duplicates.same(snapshots.current(SLUG), numbers[0]) == frozenset()
    assert alike(numbers[0]) == []


def test_what_was_rejected_is_like_nothing() -> None:
    first, second = (ask(text="Bao giờ ấp 4 xã Thanh Sơn có sóng 4G ổn định?").number for _ in "ab")
    assert alike(second) == [first]

    act(first, Action.REJECT, version=1, reason="off-topic")

    assert alike(first) == alike(second) == []
