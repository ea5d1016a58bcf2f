"""What the chair's page is given to draw."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from data_access import engine
from data_access.hall import halls
from dialogue.lifecycle import Action, Status
from dialogue.roles import Place, Role
from live import snapshots
from tests.factories import NOON, SLUG, act, actor, ask_until
from tests.pages.conftest import Visit
from tests.pages.test_pages import component


def chair_view(visit: Visit, role: Role = Role.CHAIR, **query: str) -> dict[str, Any]:
    page = visit(Place.CHAIR, role, **query)
    assert not page.exception
    (shown,) = component(page, "chair")
    return shown


def texts(value: Any) -> list[str]:
    """Every word that is drawn, however deep."""
    if isinstance(value, dict):
        return [each for inner in value.values() for each in texts(inner)]
    if isinstance(value, list):
        return [each for inner in value for each in texts(inner)]
    return [value] if isinstance(value, str) else []


def test_an_empty_hall_is_drawn_without_a_none(visit: Visit) -> None:
    shown = chair_view(visit)

    assert (shown["on_stage"], shown["coming"], shown["question_clock"]) == (None, [], None)
    assert not [each for each in texts(shown) if "None" in each]


def test_a_question_of_which_little_is_known_is_drawn_with_what_there_is(visit: Visit) -> None:
    number = ask_until(Status.ON_STAGE, topic=None)

    asked = chair_view(visit, lang="en")["on_stage"]

    assert (asked["number"], asked["marks"]) == (number, ["Biên Hòa"])
    assert (asked["answers"], asked["department"], asked["note"]) == (None, None, None)


def test_the_one_on_stage_has_its_note_its_line_and_who_would_reply(visit: Visit) -> None:
    number = ask_until(Status.QUEUED, topic="an-toan-thong-tin")
    act(number, Action.NOTE, version=2, text="Người hỏi đang ở hàng ghế đầu")
    act(number, Action.PREPARE, version=3, text="Đã có đường dây nóng")
    act(number, Action.STAGE, version=4)
    leads = chair_view(visit)["on_stage"]["department"]
    act(number, Action.SET_DEPARTMENT, version=5, entry="so-y-te")

    asked = chair_view(visit)["on_stage"]

    topic = snapshots.current(SLUG).topics["an-toan-thong-tin"]
    assert leads == topic.departments[0]
    assert (asked["department"], asked["answers"]) == ("so-y-te", "Sở Y tế")
    assert (asked["note"], asked["prepared"]) == (
        "Người hỏi đang ở hàng ghế đầu",
        "Đã có đường dây nóng",
    )


def test_the_next_three_are_those_that_may_come(visit: Visit) -> None:
    held, *ready = (ask_until(Status.QUEUED) for _ in range(5))
    act(held, Action.HOLD, version=2)

    assert [each["number"] for each in chair_view(visit)["coming"]] == ready[:3]


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("role", [Role.CHAIR, Role.MODERATOR])
def test_the_chair_knows_who_asked_and_whether_to_say_it(
    visit: Visit, role: Role, shown: bool
) -> None:
    ask_until(Status.ON_STAGE, name="Lê Thị Bưởi", show_name=shown, contact="0912 345 678")

    seen = chair_view(visit, role)

    said = "Lê Thị Bưởi" if shown else "Lê Thị Bưởi (không nêu tên)"
    assert said in seen["on_stage"]["marks"]
    assert not [each for each in texts(seen) if "0912" in each]


def test_a_reply_is_due_by_the_events_rule_in_its_own_time(visit: Visit) -> None:
    seen = chair_view(visit)

    event = snapshots.current(SLUG).event
    today = datetime.now(ZoneInfo(event.timezone)).date()
    assert date.fromisoformat(seen["today"]) == today
    assert date.fromisoformat(seen["due"]) == today + timedelta(days=event.reply_days)


def test_the_rundown_says_what_runs_and_what_can_begin(visit: Visit) -> None:
    with engine.current().transaction() as session:
        now = datetime.now(UTC)
        before = now - timedelta(minutes=5)
        halls.begin_part(session, SLUG, "bao-cao", running=None, actor=actor(), at=before)

    seen = chair_view(visit, lang="en")

    assert [each["name"] for each in seen["rundown"] if each["runs"]] == [
        "Summary of what was asked before"
    ]
    assert [each["code"] for each in seen["rundown"] if each["comes"]] == ["doi-thoai-1"]
    assert seen["day"].startswith("Summary of what was asked before")
    assert seen["back"] == "Back to before the opening"
    assert seen["part_clock"]["ends_at"] > seen["now"]


def test_the_clock_of_the_question_runs_to_the_end_of_its_minutes(visit: Visit) -> None:
    number = ask_until(Status.QUEUED)
    act(number, Action.STAGE, version=2, at=NOON)

    clock = chair_view(visit)["question_clock"]

    assert clock["started_at"] == NOON.timestamp()
    assert clock["ends_at"] == (NOON + timedelta(minutes=6)).timestamp()
