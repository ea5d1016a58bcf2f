"""A rehearsal from its beginning to its end: desk, projector and phones, and a real question."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from data_access import engine
from dialogue.lifecycle import Status
from dialogue.roles import Role
from live import snapshots
from tests import factories
from tests.browser.conftest import PHONE, PROJECTOR
from tests.browser.steps import ask, click, row
from tests.factories import SLUG
from tests.server import Server

MARK = "TẬP DƯỢT – không phải câu hỏi thật"
REAL = "Bao giờ đường vào ấp 4 xã Thanh Sơn được sửa ạ?"
# The address of the real event, not one that only begins like it.
OWN = re.compile(rf"/ask/{SLUG}(?!-)")
ASKED = "Câu hỏi này chỉ để tập dượt trước buổi chiều"


@pytest.fixture
def real(server: Server) -> int:
    """The number of a real question that is in the queue."""
    database = engine.start(server.database_url)
    number = factories.ask_until(Status.QUEUED, text=REAL)
    database.close()
    return number


@pytest.fixture
def open_phone(server: Server, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Open an address on a phone."""
    contexts = []

    def open_page(path: str) -> Page:
        context = browser.new_context(viewport=PHONE, locale="vi-VN")  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{server.url}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def open_settings(desk: Page) -> None:
    desk.locator(".st-key-settings button").first.click()


def begin(desk: Page) -> str:
    """Begin a rehearsal at the desk, and return its slug from the address that it leads to."""
    open_settings(desk)
    desk.locator(".st-key-practice-begin button").click()
    desk.wait_for_url(re.compile(r"event=[\w-]+-tap-duot-\d+"))
    expect(desk.locator(".st-key-banner")).to_have_text(MARK)
    expect(desk.get_by_role("note")).to_be_in_viewport()
    found = re.search(r"event=([\w-]+)", desk.url)
    assert found
    return found[1]


def wipe(desk: Page) -> None:
    open_settings(desk)
    desk.locator(".st-key-practice-sure label").click()
    desk.locator(".st-key-practice-wipe button").click()


def test_a_rehearsal_is_played_through_and_wiped_and_the_real_question_is_as_it_was(
    server: Server,
    staff: Callable[..., Page],
    open_phone: Callable[[str], Page],
    real: int,
) -> None:
    projector = staff("projector", Role.SCREEN, size=PROJECTOR)
    expect(projector.locator(".stage")).to_contain_text(OWN)
    expect(projector.locator(".stage .practice")).to_be_hidden()
    desk = staff("desk", Role.MODERATOR)
    slug = begin(desk)
    # There is something to rehearse with, and the hall has not noticed anything yet.
    expect(row(desk, "queue", REAL)).to_be_visible()
    expect(projector.locator(".stage .practice")).to_be_hidden()

    desk.locator(".st-key-practice-shown label").click()
    expect(projector.locator(".stage .practice")).to_have_text(MARK)
    expect(projector.locator(".stage")).to_contain_text(f"/ask/{slug}")

    phone = open_phone(f"/ask/{slug}")
    expect(phone.locator(".practice")).to_contain_text(MARK)
    expect(phone.locator(".practice a")).to_have_attribute("href", f"/ask/{SLUG}")
    ask(phone, ASKED)
    phone.wait_for_url(re.compile(rf"/ask/{slug}/\w+"))
    expect(phone.locator(".practice")).to_contain_text(MARK)
    asked = row(desk, "inbox", ASKED)
    click(asked, "queue")
    # It is heard on the projector, although that was opened for the real event.
    expect(row(desk, "queue", ASKED)).to_be_visible()
    click(row(desk, "queue", ASKED), "stage")
    expect(projector.locator(".stage")).to_contain_text(ASKED)

    other_desk = staff(f"desk?event={slug}&", Role.MODERATOR)
    expect(row(other_desk, "queue", REAL)).to_be_visible()
    wipe(desk)

    for each in (desk, other_desk):
        expect(each.get_by_text("Buổi tập dượt đã kết thúc")).to_be_visible()
        expect(each.locator(".st-key-inbox")).to_have_count(0)
    expect(projector.locator(".stage .practice")).to_be_hidden()
    expect(projector.locator(".stage")).to_contain_text(OWN)
    expect(projector.locator(".stage")).not_to_contain_text(ASKED)
    phone.reload()
    expect(phone.locator("h1")).to_have_text("Buổi tập dượt đã kết thúc")
    phone.locator(".actions a").click()
    phone.wait_for_url(f"{server.url}/ask/{SLUG}")
    expect(phone.locator("#questions")).to_contain_text(REAL)
    expect(phone.locator("#questions")).not_to_contain_text(ASKED)

    desk.locator(".st-key-to-real a").click()
    expect(row(desk, "queue", REAL)).to_be_visible()
    expect(desk.get_by_text(MARK)).to_have_count(0)
    database = engine.start(server.database_url)
    questions = snapshots.current(SLUG).questions
    database.close()
    assert [(each.number, each.text, each.status) for each in questions.values()] == [
        (real, REAL, Status.QUEUED)
    ]


def test_a_question_that_is_sent_to_a_wiped_rehearsal_is_refused_in_words_and_kept(
    staff: Callable[..., Page], open_phone: Callable[[str], Page]
) -> None:
    desk = staff("desk", Role.MODERATOR)
    slug = begin(desk)
    phone = open_phone(f"/ask/{slug}")
    wipe(desk)
    expect(desk.get_by_text("Buổi tập dượt đã kết thúc")).to_be_visible()

    ask(phone, ASKED)

    expect(phone.locator("#summary")).to_contain_text("Buổi tập dượt này đã kết thúc")
    expect(phone.locator("[name=text]")).to_have_value(ASKED)


def test_a_rehearsal_is_begun_again_and_the_projector_follows(
    staff: Callable[..., Page], open_phone: Callable[[str], Page], real: int
) -> None:
    projector = staff("projector", Role.SCREEN, size=PROJECTOR)
    desk = staff("desk", Role.MODERATOR)
    first = begin(desk)
    desk.locator(".st-key-practice-shown label").click()
    expect(projector.locator(".stage")).to_contain_text(f"/ask/{first}")
    wipe(desk)
    expect(projector.locator(".stage")).to_contain_text(OWN)
    desk.locator(".st-key-to-real a").click()

    second = begin(desk)

    assert second != first
    desk.locator(".st-key-practice-shown label").click()
    expect(projector.locator(".stage")).to_contain_text(f"/ask/{second}")
    click(row(desk, "queue", REAL), "stage")
    expect(projector.locator(".stage .practice")).to_have_text(MARK)
    expect(projector.locator(".stage")).to_contain_text(REAL)
    # The switch at the real desk brings the screens back, whoever rehearses.
    real_desk = staff("desk", Role.MODERATOR)
    real_desk.locator(".st-key-practice-hide button").click()
    expect(projector.locator(".stage")).to_contain_text(OWN)
    expect(projector.locator(".stage .practice")).to_be_hidden()


@pytest.mark.parametrize("size", [PHONE, {"width": 1180, "height": 820}])
def test_the_mark_covers_no_button_of_the_chair(
    staff: Callable[..., Page], real: int, size: dict[str, int]
) -> None:
    slug = begin(staff("desk", Role.MODERATOR))

    chair = staff(f"chair?event={slug}&", Role.CHAIR, size=size)

    expect(chair.get_by_role("note")).to_be_in_viewport(ratio=1)
    strip = chair.get_by_role("note").bounding_box()
    buttons = chair.locator(".chair .foot .buttons button")
    expect(buttons.first).to_be_in_viewport(ratio=1)
    assert strip
    for each in buttons.all():
        box = each.bounding_box()
        assert box
        assert box["y"] + box["height"] <= strip["y"]


def test_what_a_page_still_asks_for_when_the_rehearsal_is_over_does_not_break_it(
    server: Server, staff: Callable[..., Page]
) -> None:
    desk, other = (staff("desk", Role.MODERATOR) for _ in range(2))
    slug = begin(desk)
    asked: list[tuple[WebSocketRoute, str | bytes]] = []

    def relay(page: WebSocketRoute) -> None:
        behind = page.connect_to_server()
        behind.on_message(page.send)

        def ask_for(message: str | bytes) -> None:
            asked.append((behind, message))
            behind.send(message)

        page.on_message(ask_for)

    other.route_web_socket(re.compile("/_stcore/stream"), relay)
    other.goto(f"{server.url}/desk?event={slug}")
    expect(other.locator(".st-key-queue")).to_be_visible()
    wipe(desk)
    expect(other.get_by_text("Buổi tập dượt đã kết thúc")).to_be_visible()

    # As when two changes follow each other: the part of the page that heard of it is gone.
    behind, message = asked[-1]
    behind.send(message)

    other.get_by_text("English").click()
    expect(other.get_by_text("The rehearsal is over")).to_be_visible()
