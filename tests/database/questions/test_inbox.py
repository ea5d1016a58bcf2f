from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from data_access import engine
from data_access.engine import Database
from data_access.events import events
from data_access.questions.reading import inbox
from data_access.questions.writing import claims, commands, personal_data, undoing
from dialogue.commands import QuestionCommand, Seen
from dialogue.events import Event
from dialogue.inbox import Filters, Order, Period, View
from dialogue.lifecycle import Action, Status
from dialogue.operations import Plain
from dialogue.questions import Source
from tests.database.questions.test_questions import vote
from tests.database.questions.test_snapshots import counted_queries
from tests.factories import NOON, SLUG, act, actor, ask, ask_until

pytestmark = pytest.mark.usefixtures("database")


def listed(view: View | None = None, *, most: int = 50, **filters: Any) -> tuple[int, ...]:
    view = view or View(status=None, filters=Filters(**filters), order=Order.OLDEST)
    with engine.current().reading() as session:
        return inbox.numbers(session, SLUG, view, most=most, at=NOON)


def test_a_view_lists_the_questions_in_its_state_in_its_order() -> None:
    first, second, third = (ask_until(Status.APPROVED) for _ in range(3))
    ask()
    vote(second, "a")

    assert listed(View(status=Status.APPROVED)) == (third, second, first)
    assert listed(View(status=Status.APPROVED, order=Order.OLDEST)) == (first, second, third)
    assert listed(View(status=Status.APPROVED, order=Order.VOTES)) == (second, first, third)
    assert listed(View(status=Status.APPROVED), most=1) == (third,)
    assert listed(View(status=Status.APPROVED, order=Order.VOTES), most=1) == (second,)
    assert listed(View(status=Status.APPROVED, order=Order.VOTES), most=2) == (second, first)
    assert listed(View(status=Status.REJECTED)) == ()
    assert len(listed(View(status=None))) == 4


def test_filters_narrow_the_list_and_its_counts(event: Event) -> None:
    held_at = event.held_at
    plain = ask(at=held_at - timedelta(days=1)).number
    other = ask_until(Status.APPROVED, district="736", topic=None, source=Source.PORTAL, at=held_at)
    vote(other, "a")
    act(plain, Action.SET_DEPARTMENT, version=1, entry="so-tttt")
    telling = ask(text="Xin gọi em theo số 0912 345 678", at=held_at).number

    assert listed(district="736") == (other,)
    assert listed(topic="ha-tang-so") == (plain, telling)
    assert listed(department="so-tttt") == (plain,)
    assert listed(source=Source.PORTAL) == (other,)
    assert listed(asked=Period.BEFORE) == (plain,)
    assert listed(asked=Period.LIVE) == (other, telling)
    assert listed(voted=True) == (other,)
    assert listed(flagged=True) == (telling,)
    assert listed(flagged=True, district="736") == ()
    with engine.current().transaction() as session:
        claims.take(session, SLUG, other, actor=actor(account_id=7), at=NOON)
    assert listed(claimed_by=7) == (other,)
    assert listed(claimed_by=8) == ()
    with engine.current().reading() as session:
        counts = inbox.counts(session, SLUG, Filters(asked=Period.LIVE), at=NOON)
    assert {status: count for status, count in counts.items() if count} == {
        Status.RECEIVED: 1,
        Status.APPROVED: 1,
    }


@pytest.mark.parametrize("typed", ["hòa bình", "hoà", "HOA BINH", "bin", "  Hòa ", "hoa, binh!"])
def test_a_search_finds_words_with_or_without_marks_as_they_are_typed(typed: str) -> None:
    found = ask(text="Đường Hoà Bình bao giờ sửa ạ").number
    ask(text="Bao giờ có sóng 4G ở ấp em ạ")

    assert listed(words=typed) == (found,)


def test_what_is_spelled_as_it_was_typed_comes_first() -> None:
    other = ask(text="Nhà em ở gần chợ, nước ngập").number
    exact = ask(text="Ngã tư có đèn đỏ không ạ, em muốn hỏi").number

    assert listed(words="hỏi") == (exact,)
    assert listed(words="nga") == (
        other,
        exact,
    )
    assert listed(words="Ngã")[0] == exact


def test_a_search_finds_the_name_the_number_and_the_code() -> None:
    named = ask(name="Lê Thị Hoa", organisation="Đoàn xã Phú Lý")
    other = ask()

    assert listed(words="le hoa") == (named.number,)
    assert listed(words="phu ly") == (named.number,)
    assert listed(words=f"#{other.number}") == (other.number,)
    assert listed(words=other.code.lower()) == (other.number,)
    assert listed(words=other.code[:6]) == (other.number,)
    assert listed(words=other.code[1:]) == ()


@pytest.mark.parametrize(
    "typed", ['"', "* OR", "a' OR 1=1 --", "!!!", "&|()", "%", "_", "\\", "9" * 40, "NEAR(a b)"]
)
def test_a_search_takes_whatever_is_typed(typed: str) -> None:
    ask()

    assert listed(words=typed) == ()


def test_an_erased_name_is_found_no_longer() -> None:
    number = ask(name="Lê Thị Hoa").number
    with engine.current().transaction() as session:
        personal_data.erase(session, SLUG, number, actor=personal_data.ASKER, at=NOON)

    assert listed(words="hoa") == ()


def test_an_edited_question_is_found_by_its_new_words() -> None:
    number = ask(text="Bao giờ có sóng ở ấp em ạ").number
    act(number, Action.EDIT, version=1, text="Khi nào phủ mạng di động?")

    assert listed(words="mang di dong") == (number,)
    assert listed(words="song o ap") == ()
    with engine.current().transaction() as session:
        undoing.undo(session, SLUG, actor=actor(), at=NOON)
    assert listed(words="song o ap") == (number,)


def test_another_event_is_not_searched(database: Database, event: Event) -> None:
    ask(text="Đường Hoà Bình bao giờ sửa ạ")
    with database.transaction() as session:
        events.add(session, replace(event, slug="dong-nai-2023"))
    there = ask(text="Đường Hoà Bình có đèn chưa ạ", slug="dong-nai-2023").number

    with database.reading() as session:
        view = View(status=None, filters=Filters(words="hoa binh"))
        assert inbox.numbers(session, "dong-nai-2023", view, most=9, at=NOON) == (there,)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_page_takes_the_same_few_queries(count: int) -> None:
    for _ in range(count):
        ask()

    with counted_queries() as queries:
        listed(View(filters=Filters(words="song")))

    assert len(queries) == 2


def test_a_command_on_several_questions_is_one_revision() -> None:
    first, second, flagged = ask(), ask(), ask(text="Xin gọi em theo số 0912 345 678")
    seen = tuple(Seen(each.number, 1) for each in (first, flagged, second))

    with engine.current().transaction() as session:
        done = commands.act(
            session, SLUG, QuestionCommand(Plain(Action.APPROVE), seen), actor=actor(), at=NOON
        )

    assert (done.revision, done.numbers) == (4, [first.number, second.number])
    assert [each.number for each in done.refused] == [flagged.number]
    assert listed(View(status=Status.APPROVED)) == (second.number, first.number)
