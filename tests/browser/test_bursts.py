"""A desk that sees votes come in a burst, sets them aside, and takes that back."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from data_access import engine
from data_access.questions.writing import votes
from dialogue.bursts import AT_LEAST
from dialogue.lifecycle import Status
from dialogue.roles import Role
from tests.browser.steps import board, click, row, show
from tests.factories import SLUG, ask_until
from tests.server import Server

TEXT = "Khi nào ấp em có sóng 4G ạ"
ASIDE, COUNTED = "set_votes_aside", "count_votes"


@pytest.fixture
def flooded(server: Server) -> int:
    """A question for which one network votes within ten seconds, and one phone from elsewhere."""
    with closing(engine.start(server.database_url)) as database:
        number = ask_until(Status.APPROVED, text=TEXT)
        since = datetime.now(UTC) - timedelta(seconds=20)
        with database.transaction() as session:
            for each in range(AT_LEAST):
                at = since + timedelta(seconds=each * 10 / (AT_LEAST - 1))
                votes.give(session, SLUG, number, voter=f"{each}", at=at, network="192.0.2.7")
            votes.give(session, SLUG, number, voter="one", at=since, network="198.51.100.9")
    return number


def expect_on_phone(phone: Page, number: int, support: str) -> None:
    phone.reload()
    expect(phone.locator(f"#question-{number} .votes")).to_have_text(support)


def test_a_burst_is_seen_set_aside_and_counted_again(
    flooded: int, staff: Callable[..., Page], phone: Page
) -> None:
    desk = staff("desk", Role.MODERATOR)
    show(desk, "approved")
    card = row(desk, "inbox", TEXT)
    expect(card.locator(".burst")).to_contain_text("200 lượt ủng hộ từ một mạng trong 10 giây")
    expect(card.locator(".votes")).to_have_text("▲ 201")
    expect_on_phone(phone, flooded, "201 lượt ủng hộ")

    click(card, ASIDE)
    expect(card.locator(".burst")).to_contain_text(
        "Không tính: 200 lượt ủng hộ từ một mạng trong 10 giây"
    )
    expect(card.locator(".votes")).to_have_text("▲ 1")
    expect_on_phone(phone, flooded, "1 lượt ủng hộ")

    board(desk, "inbox").locator("[data-action=undo]").click()
    expect(card.locator(".votes")).to_have_text("▲ 201")
    expect_on_phone(phone, flooded, "201 lượt ủng hộ")

    click(row(desk, "inbox", TEXT), ASIDE)
    click(card, COUNTED)
    expect(card.locator(".votes")).to_have_text("▲ 201")
    expect_on_phone(phone, flooded, "201 lượt ủng hộ")


def test_the_activity_says_how_many_votes_it_was(flooded: int, staff: Callable[..., Page]) -> None:
    desk = staff("desk", Role.MODERATOR)
    show(desk, "approved")
    click(row(desk, "inbox", TEXT), ASIDE)
    expect(board(desk, "inbox").locator(".line")).to_contain_text(f"#{flooded}")

    activity = staff("activity", Role.MODERATOR)

    expect(
        activity.get_by_text("Đã thôi tính một số lượt ủng hộ", exact=False).first
    ).to_be_visible()
    expect(activity.get_by_text("200 lượt ủng hộ", exact=False).first).to_be_visible()
