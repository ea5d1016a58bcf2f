"""Rows are kept from one revision to the next, but never longer than what they show."""

import json
from typing import Any

import pytest

import locales
from components.questions import lists as question_lists
from data_access import engine
from data_access.questions.cached.snapshots import Snapshot
from data_access.questions.writing import claims, personal_data
from dialogue.inbox import Order, View
from dialogue.lifecycle import Action, Status
from dialogue.roles import Role
from live import snapshots
from tests.database.questions.test_questions import vote
from tests.factories import NOON, SLUG, act, actor, ask, ask_until

pytestmark = pytest.mark.usefixtures("database")
MODERATOR = frozenset({Role.MODERATOR})
SOME = "Bao giờ ấp 4 xã Thanh Sơn có sóng 4G ổn định?"
SAME = "bao gio ap 4 xa thanh son co song 4g on dinh"


def drawn(
    snapshot: Snapshot | None = None, order: Order = Order.NEWEST
) -> dict[int, dict[str, Any]]:
    """What the list of all questions shows, by number."""
    snapshot = snapshot or snapshots.current(SLUG)
    view = View(status=None, order=order)
    rows = question_lists.listed(snapshot, view, locales.language("vi"), MODERATOR, most=50)
    return {each["number"]: each for each in json.loads(rows)}


def test_a_row_shows_who_opens_the_question_and_who_leaves_it() -> None:
    number = ask().number
    assert drawn()[number]["holders"] == []

    with engine.current().transaction() as session:
        claims.take(session, SLUG, number, actor=actor(account_id=7, name="Lan"), at=NOON)
    ((account, name, _),) = drawn()[number]["holders"]
    assert (account, name) == (7, "Lan")

    act(number, Action.SET_DEPARTMENT, version=1, entry="so-tttt")
    assert drawn()[number]["holders"] == []


def test_a_row_shows_what_becomes_of_a_question_that_asks_the_same() -> None:
    first = ask(text=SOME).number
    assert drawn()[first]["alike"] == []

    second = ask(text=SAME).number
    ((number, _, text, _),) = drawn()[first]["alike"]
    assert (number, text) == (second, SAME)

    act(second, Action.APPROVE, version=1)
    assert drawn()[first]["alike"][0][3] == "Đã duyệt"

    act(second, Action.REJECT, version=2, reason="off-topic")
    assert drawn()[first]["alike"] == []


def test_a_garbled_text_is_marked_until_somebody_has_looked_at_it() -> None:
    sent, reading = "Khi nµo Êp em cã sãng 4G", "Khi nào ấp em có sóng 4G"
    number = ask(text=sent, reading=reading).number
    garbled = "Gửi đến bị lỗi phông chữ: đây là cách đọc có thể đúng, cần kiểm tra"
    row = drawn()[number]
    assert (row["text"], row["original"]) == (reading, sent)
    assert garbled in row["marks"]

    act(number, Action.UNFLAG, version=1)

    assert garbled not in drawn()[number]["marks"]


def test_a_row_shows_its_place_as_others_leave_the_queue() -> None:
    first, second = ask_until(Status.QUEUED), ask_until(Status.QUEUED)
    assert drawn()[second]["position"] == 2

    act(first, Action.UNQUEUE, version=2)

    assert drawn()[second]["position"] == 1


def test_a_row_shows_what_is_suggested_until_it_is_given() -> None:
    number = ask(text="Ấp em mất sóng, 4G chập chờn", topic=None).number
    assert drawn()[number]["suggested"][:2] == ["set_topic", "ha-tang-so"]

    act(number, Action.SET_TOPIC, version=1, entry="ha-tang-so")

    assert drawn()[number]["suggested"][0] == "set_department"


def test_a_row_shows_votes_and_no_name_that_was_erased() -> None:
    number = ask_until(Status.APPROVED, name="Lê Thị Hoa")
    assert "Lê Thị Hoa (không nêu tên)" in drawn()[number]["marks"]

    vote(number, "a")
    assert drawn()[number]["votes"] == 1

    with engine.current().transaction() as session:
        personal_data.erase(session, SLUG, number, actor=personal_data.ASKER, at=NOON)
    assert "Hoa" not in str(drawn()[number]["marks"])


def test_a_row_says_why_it_comes_next_only_in_the_suggested_order() -> None:
    number = ask().number

    assert drawn()[number]["why"] is None
    assert drawn(order=Order.SUGGESTED)[number]["why"]
    assert drawn(order=Order.OLDEST)[number]["why"] is None


def test_whoever_still_looks_at_an_older_board_is_shown_that_one() -> None:
    first = ask(text=SOME).number
    before = snapshots.current(SLUG)
    second = ask(text=SAME).number
    assert drawn()[first]["alike"][0][0] == second

    assert drawn(before)[first]["alike"] == []
