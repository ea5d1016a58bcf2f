"""The phone page in a real browser, with and without its script, on a network that fails."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from data_access import engine, revisions
from data_access.engine import Database
from data_access.questions.models import QuestionRow
from dialogue.lifecycle import Action, Status
from tests.factories import SLUG, act, ask_until
from tests.server import Server

pytestmark = pytest.mark.long

TEXT = "Bao giờ xã em có sóng 4G ạ?"
RECEIPT = re.compile(rf"/ask/{SLUG}/[2-9A-Z]{{12}}$")
QUESTIONS = "**/api/events/*/questions"
LONGER_THAN_A_POLL = "00:13"

OpenPhone = Callable[..., Page]


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    """The server's database, for what happens at the desk meanwhile."""
    started = engine.start(server.database_url)
    yield started
    started.close()


@pytest.fixture
def open_phone(server: Server, browser: Browser) -> Iterator[OpenPhone]:
    """Open the page on a phone of its own; a script's error or a foreign request fails the test."""
    contexts = []
    wrong: list[str] = []

    def watch(url: str) -> None:
        if urlsplit(url).netloc not in ("", urlsplit(server.url).netloc):
            wrong.append(f"asked {url}")

    def open_page(*, goes: bool = True, **options: Any) -> Page:
        context = browser.new_context(
            **{"locale": "vi-VN", "viewport": {"width": 390, "height": 800}, **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: watch(request.url))
        if goes:
            page.goto(f"{server.url}/ask/{SLUG}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def fill(page: Page, text: str = TEXT) -> None:
    page.locator("#text").fill(text)
    page.locator("#district").select_option("731")
    page.locator("#consent").check()


def asked() -> list[QuestionRow]:
    """Read what is on disk now: the server writes it, so no board of this process knows."""
    with engine.current().reading() as session:
        return list(session.scalars(select(QuestionRow).order_by(QuestionRow.number)))


def wait_until_noticed(server: Server) -> None:
    """Wait until the server has noticed what this process wrote into its database."""
    with engine.current().reading() as session:
        revision = revisions.current(session, SLUG)
    while httpx.get(f"{server.url}/api/events/{SLUG}/board").json()["revision"] < revision:
        pass


def test_a_question_is_sent_with_scripts_off(open_phone: OpenPhone, database: Database) -> None:
    page = open_phone(java_script_enabled=False)

    fill(page)
    page.get_by_role("button", name="Gửi", exact=True).click()

    expect(page).to_have_url(RECEIPT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Câu hỏi số 1")
    assert [each.text for each in asked()] == [TEXT]


def test_mistakes_are_shown_with_scripts_off(open_phone: OpenPhone) -> None:
    page = open_phone(java_script_enabled=False)

    page.locator("#text").fill("ngắn")
    page.get_by_role("button", name="Gửi", exact=True).click()

    expect(page.locator("#summary a")).to_have_count(3)
    expect(page.locator("#text-wrong")).to_be_visible()
    expect(page.locator("#text")).to_have_value("ngắn")


def test_an_answer_lost_with_the_server_leaves_the_question_there_once(
    open_phone: OpenPhone, server: Server, database: Database
) -> None:
    page = open_phone()
    fill(page)

    def write_then_vanish(route: Route) -> None:
        assert route.fetch().status == 201
        server.kill()
        route.abort()

    page.route(QUESTIONS, write_then_vanish, times=1)
    page.locator("#send").click()
    expect(page.locator("#progress")).to_have_text("Đang gửi lại… câu hỏi vẫn còn trong máy.")
    expect(page.locator("#text")).to_have_value(TEXT)
    server.start()

    expect(page).to_have_url(RECEIPT, timeout=40_000)
    assert [each.text for each in asked()] == [TEXT]


def test_a_question_waits_on_the_phone_until_the_server_is_back(
    open_phone: OpenPhone, server: Server, database: Database
) -> None:
    page = open_phone()
    fill(page)
    server.kill()

    page.locator("#send").click()
    expect(page.locator("#progress")).to_have_text("Đang gửi lại… câu hỏi vẫn còn trong máy.")
    server.start()

    expect(page).to_have_url(RECEIPT, timeout=40_000)
    assert [each.text for each in asked()] == [TEXT]


def test_a_page_reloaded_while_sending_goes_on_with_the_same_question(
    open_phone: OpenPhone, database: Database
) -> None:
    page = open_phone()
    fill(page)
    page.locator("#personal summary").click()
    page.locator("#contact").fill("lan@example.vn")
    keys: list[str | None] = []

    def write_but_lose_the_answer(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        route.fetch()
        route.abort()

    page.route(QUESTIONS, write_but_lose_the_answer)
    page.locator("#send").click()
    expect(page.locator("#progress")).to_have_text("Đang gửi lại… câu hỏi vẫn còn trong máy.")
    page.unroute(QUESTIONS)
    page.on("request", lambda each: keys.append(each.headers.get("idempotency-key")))
    page.reload()

    expect(page).to_have_url(RECEIPT)
    assert len({key for key in keys if key}) == 1
    assert len(asked()) == 1


def test_sending_can_be_stopped_to_change_the_question(
    open_phone: OpenPhone, database: Database
) -> None:
    page = open_phone()
    fill(page)
    page.route(QUESTIONS, lambda route: route.abort())
    page.locator("#send").click()

    page.locator("#stop").click()
    expect(page.locator("#text")).to_be_enabled()
    page.unroute(QUESTIONS)
    page.locator("#text").fill("Bây giờ em hỏi câu khác ạ")
    page.locator("#send").click()

    expect(page).to_have_url(RECEIPT)
    assert [each.text for each in asked()] == ["Bây giờ em hỏi câu khác ạ"]


def test_a_busy_server_is_asked_again_when_it_says(
    open_phone: OpenPhone, database: Database
) -> None:
    page = open_phone()
    fill(page)

    def busy(route: Route) -> None:
        route.fulfill(status=429, headers={"Retry-After": "1"}, body="")

    page.route(QUESTIONS, busy, times=1)
    page.locator("#send").click()

    expect(page).to_have_url(RECEIPT, timeout=15_000)
    assert len(asked()) == 1


def test_a_draft_survives_a_reload_but_a_contact_is_not_kept(open_phone: OpenPhone) -> None:
    page = open_phone()
    page.locator("#text").press_sequentially("Câu hỏi còn viết dở")
    page.locator("#district").select_option("740")
    page.locator("#personal summary").click()
    page.locator("#contact").fill("lan@example.vn")
    page.locator("#consent").check()

    page.reload()

    expect(page.locator("#text")).to_have_value("Câu hỏi còn viết dở")
    expect(page.locator("#district")).to_have_value("740")
    expect(page.locator("#consent")).not_to_be_checked()
    assert "lan@example.vn" not in page.evaluate("JSON.stringify({...localStorage})")


def test_mistakes_are_found_before_the_wifi_is_needed(
    open_phone: OpenPhone, server: Server
) -> None:
    page = open_phone()
    server.kill()

    page.locator("#text").fill("e\u0302\u0301" * 9)
    page.locator("#send").click()

    expect(page.locator("#counter")).to_have_text("9/1.000 ký tự")
    expect(page.locator("#text-wrong")).to_have_text("Câu hỏi cần ít nhất 10 ký tự; hiện có 9.")
    expect(page.locator("#summary a")).to_have_count(3)
    expect(page.locator("#summary")).to_be_focused()


def test_what_the_server_finds_wrong_is_shown_beside_the_field(open_phone: OpenPhone) -> None:
    page = open_phone()
    fill(page)
    page.locator("#personal summary").click()
    page.locator("#name").fill("x" * 81)
    page.locator("#personal summary").click()

    page.locator("#send").click()

    expect(page.locator("#name-wrong")).to_have_text("Mục này dài tối đa 80 ký tự; hiện có 81.")
    expect(page.locator("#summary a")).to_have_text(
        "Tên của bạn: Mục này dài tối đa 80 ký tự; hiện có 81."
    )


def test_one_phone_votes_once(open_phone: OpenPhone, database: Database) -> None:
    number = ask_until(Status.APPROVED)
    first, second = open_phone(), open_phone()
    item = f"#question-{number}"

    first.locator(f"{item} .vote").click()
    expect(first.locator(f"{item} .votes")).to_have_text("1 lượt ủng hộ")
    expect(first.locator(f"{item} .vote")).to_have_text("Đã ủng hộ")
    vote = f"fetch('/api/events/{SLUG}/questions/{number}/vote', {{method: 'PUT'}})"
    first.evaluate(f"Promise.all([{vote}, {vote}])")
    first.reload()
    expect(first.locator(f"{item} .votes")).to_have_text("1 lượt ủng hộ")
    expect(first.locator(f"{item} .vote")).to_have_attribute("aria-pressed", "true")

    second.locator(f"{item} .vote").click()
    expect(second.locator(f"{item} .votes")).to_have_text("2 lượt ủng hộ")
    first.locator(f"{item} .vote").click()
    expect(first.locator(f"{item} .vote")).to_have_text("Ủng hộ")
    expect(first.locator(f"{item} .votes")).to_have_text("1 lượt ủng hộ")
    assert asked()[0].votes == 1


def test_a_vote_that_fails_is_taken_off_again(
    open_phone: OpenPhone, server: Server, database: Database
) -> None:
    number = ask_until(Status.APPROVED)
    page = open_phone()
    server.kill()

    page.locator(f"#question-{number} .vote").click()

    expect(page.locator("#vote-notice")).to_contain_text("Chưa ghi được")
    expect(page.locator(f"#question-{number} .votes")).to_have_text("0 lượt ủng hộ")


def test_new_questions_wait_behind_a_button_and_nothing_moves(
    open_phone: OpenPhone, server: Server, database: Database
) -> None:
    number = ask_until(Status.APPROVED, text="Câu đang đọc trên điện thoại")
    page = open_phone(goes=False)
    page.clock.install()
    page.goto(f"{server.url}/ask/{SLUG}")
    reading = page.locator(f"#question-{number}")
    expect(reading.locator(".vote")).to_be_visible()
    before = reading.bounding_box()
    ask_until(Status.APPROVED, text="<b>Câu mới</b> vừa được duyệt")
    act(number, Action.QUEUE, version=2)

    wait_until_noticed(server)
    page.clock.fast_forward(LONGER_THAN_A_POLL)

    expect(page.locator("#show-new")).to_have_text("1 câu hỏi mới")
    expect(reading.locator(".status")).to_have_text("Sẽ được hỏi tại hội trường")
    assert reading.bounding_box() == before
    page.locator("#show-new").click()
    expect(page.locator("#questions li").first.locator(".text")).to_have_text(
        "<b>Câu mới</b> vừa được duyệt"
    )


def test_a_question_taken_off_leaves_its_place(
    open_phone: OpenPhone, server: Server, database: Database
) -> None:
    below = ask_until(Status.APPROVED)
    gone = ask_until(Status.APPROVED, text="Câu này sẽ bị gỡ xuống\n" * 5)
    page = open_phone(goes=False)
    page.clock.install()
    page.goto(f"{server.url}/ask/{SLUG}")
    expect(page.locator(f"#question-{below} .vote")).to_be_visible()
    before = page.locator(f"#question-{below}").bounding_box()
    act(gone, Action.REJECT, version=2)

    wait_until_noticed(server)
    page.clock.fast_forward(LONGER_THAN_A_POLL)

    expect(page.locator(f"#question-{gone} .text")).to_contain_text("không còn được hiển thị")
    assert page.locator(f"#question-{below}").bounding_box() == before


def test_my_questions_are_listed_with_what_became_of_them(
    open_phone: OpenPhone, server: Server, database: Database
) -> None:
    page = open_phone()
    fill(page)
    page.locator("#send").click()
    expect(page).to_have_url(RECEIPT)
    act(1, Action.REJECT, version=1)
    wait_until_noticed(server)

    page.goto(f"{server.url}/ask/{SLUG}")

    expect(page.locator("#mine .number")).to_have_text("Câu hỏi số 1")
    expect(page.locator("#mine .outcome")).to_contain_text("Rất tiếc")
    expect(page.locator("#text")).to_have_value("")


@pytest.mark.parametrize("language", ["vi-VN", "en-GB"])
def test_nothing_is_wider_than_the_screen(
    open_phone: OpenPhone, database: Database, language: str
) -> None:
    ask_until(Status.APPROVED, text="Ấ" * 300)
    page = open_phone(locale=language)
    page.locator("#personal summary").click()
    expect(page.locator("#counter")).to_be_visible()

    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 700})

        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_everything_that_is_touched_is_large_enough(
    open_phone: OpenPhone, database: Database
) -> None:
    ask_until(Status.APPROVED)
    page = open_phone(viewport={"width": 320, "height": 700})
    page.locator("#personal summary").click()
    expect(page.locator(".vote")).to_be_visible()

    touched = "a, button, select, textarea, summary, label.box, input:not([type=checkbox])"
    small = page.evaluate(
        """(touched) => [...document.querySelectorAll(touched)]
            .filter((each) => each.offsetParent && each.type !== "hidden")
            .filter((each) => each.getBoundingClientRect().height < 44)
            .map((each) => each.outerHTML)""",
        touched,
    )
    assert small == []
