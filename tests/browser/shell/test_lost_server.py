"""The server is away: what staff and the hall see then, and what they can go on doing."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from playwright.sync_api import Locator, Page, expect

from data_access import engine
from dialogue.lifecycle import Status
from dialogue.roles import Role
from live import snapshots
from tests import factories
from tests.browser.steps import board, click, drawn, gave_up, reload, row
from tests.factories import SLUG
from tests.server import Server

LOST = "Mất kết nối với máy chủ"
UNSAVED = "Số thao tác chưa lưu được, đang gửi lại"
# Who sees each place, what is said there without a server, and what says it.
PLACES = {
    "entry": (Role.MODERATOR, LOST, ".st-key-connection p"),
    "activity": (Role.MODERATOR, LOST, ".st-key-connection p"),
    "participation": (Role.MODERATOR, LOST, ".st-key-connection p"),
    "review": (Role.MODERATOR, LOST, ".st-key-connection p"),
    "followup": (Role.MODERATOR, LOST, ".st-key-connection p"),
    "accounts": (Role.ADMIN, LOST, ".st-key-connection p"),
    "chair": (Role.CHAIR, "Mất kết nối", ".chair"),
    "projector": (Role.SCREEN, None, ".dot"),
    "display": (Role.SCREEN, None, ".dot"),
}


def said(page: Page) -> Locator:
    return page.locator(".st-key-connection p")


def questions(server: Server) -> list[tuple[Status, int]]:
    database = engine.start(server.database_url)
    asked = snapshots.current(SLUG).questions.values()
    database.close()
    return [(each.status, each.version) for each in asked]


def ask_three(server: Server) -> None:
    database = engine.start(server.database_url)
    for number in (1, 2, 3):
        factories.ask(text=f"Câu hỏi thứ {number} của buổi chiều")
    database.close()


def test_the_desk_goes_on_without_a_server_and_what_it_did_is_done_once(
    server: Server, staff: Callable[..., Page]
) -> None:
    ask_three(server)
    desk = staff("desk", Role.MODERATOR)
    expect(board(desk, "inbox").locator(".row")).to_have_count(3)
    expect(said(desk)).to_be_hidden()

    server.kill()
    expect(said(desk)).to_contain_text(LOST)
    gave_up(desk)
    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(desk.get_by_text(re.compile("Streamlit|Connecting"))).to_have_count(0)
    click(row(desk, "inbox", "thứ 1"), "approve")
    click(row(desk, "inbox", "thứ 2"), "queue")
    expect(said(desk)).to_contain_text("chờ gửi đi: 2")
    server.start()

    expect(said(desk)).to_be_hidden(timeout=30_000)
    expect(row(desk, "queue", "thứ 2")).to_be_visible()
    expect(board(desk, "inbox").locator(".row")).to_have_count(1)
    assert questions(server) == [(Status.APPROVED, 2), (Status.QUEUED, 2), (Status.RECEIVED, 1)]


@contextmanager
def taking_no_changes(server: Server) -> Iterator[None]:
    """Another program writes all the while; reading goes on."""
    with closing(sqlite3.connect(server.database_url.removeprefix("sqlite:///"))) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_what_is_not_answered_outlives_a_reload_and_is_done_once(
    server: Server, staff: Callable[..., Page]
) -> None:
    ask_three(server)
    desk = staff("desk", Role.MODERATOR)
    desk.on("dialog", lambda dialog: dialog.accept())

    with taking_no_changes(server):
        row(desk, "inbox", "thứ 1").locator("[data-action=approve]").click()
        row(desk, "inbox", "thứ 2").locator("[data-action=queue]").click()
        expect(said(desk)).to_have_text(f"{UNSAVED}: 2")
        reload(desk)
        expect(board(desk, "inbox").locator(".row")).to_have_count(3)
        expect(said(desk)).to_have_text(f"{UNSAVED}: 2")

    expect(said(desk)).to_be_hidden()
    expect(row(desk, "queue", "thứ 2")).to_be_visible()
    expect(board(desk, "inbox").locator(".row")).to_have_count(1)
    assert questions(server) == [(Status.APPROVED, 2), (Status.QUEUED, 2), (Status.RECEIVED, 1)]


def test_what_was_done_under_another_account_is_not_sent_on(
    server: Server, staff: Callable[..., Page]
) -> None:
    ask_three(server)
    others = server.cookies(Role.MODERATOR)
    desk = staff("desk", Role.MODERATOR)
    desk.on("dialog", lambda dialog: dialog.accept())
    expect(desk).to_have_url(re.compile("event="))
    address = desk.url

    with taking_no_changes(server):
        row(desk, "inbox", "thứ 1").locator("[data-action=approve]").click()
        expect(said(desk)).to_have_text(f"{UNSAVED}: 1")
        desk.goto("about:blank")
        for name, value in others.items():
            desk.context.add_cookies([{"name": name, "value": value, "url": server.url}])
        desk.goto(address)
        drawn(desk)
        expect(board(desk, "inbox").locator(".line")).to_contain_text("một tài khoản khác")
        expect(said(desk)).to_be_hidden()

    row(desk, "inbox", "thứ 2").locator("[data-action=approve]").click()
    expect(board(desk, "inbox").locator(".line")).to_contain_text("Đã duyệt: #2.")
    assert [each for each, _ in questions(server)] == [
        *(Status.RECEIVED, Status.APPROVED, Status.RECEIVED)
    ]


def test_no_page_is_covered_by_a_dialog_and_the_hall_sees_nothing_of_it(
    server: Server, staff: Callable[..., Page]
) -> None:
    pages = {place: staff(place, role) for place, (role, _, _) in PLACES.items()}
    for place, page in pages.items():
        expect(page.locator("[data-test-connection-state=CONNECTED]"), place).to_have_count(1)
        # What says it in the browser has been read there.
        expect(page.locator(PLACES[place][2]), place).to_have_count(1)

    server.kill()
    gave_up(*pages.values())

    for place, page in pages.items():
        expect(page.get_by_role("dialog"), place).to_have_count(0)
        assert page.locator("[data-testid=stMain]").evaluate("each => !each.closest('[inert]')")
        theirs = page.get_by_text(re.compile("Streamlit|Connecting")).filter(visible=True)
        expect(theirs, place).to_have_count(0)
        said_here = PLACES[place][1]
        ours = page.get_by_text(said_here or "Mất kết nối").filter(visible=True)
        if said_here is None:
            expect(page.locator(".dot"), place).to_be_visible()
            expect(ours, place).to_have_count(0)
        else:
            expect(ours.first, place).to_be_visible()
