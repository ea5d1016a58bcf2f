"""Signing in, being invited, and being signed out while a page is open, in a real browser."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from access import passwords
from access.visitors import SESSION_COOKIE
from data_access import engine
from data_access.accounts import sessions
from dialogue.lifecycle import Status
from dialogue.roles import MAY_OPEN, Place, Role
from live import snapshots
from tests import factories
from tests.browser.conftest import keep_cookies
from tests.browser.steps import drawn, settled
from tests.factories import NOON, SLUG
from tests.server import Server

pytestmark = pytest.mark.long

PASSWORD = "con mèo trên mái nhà"


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """Open browsers of their own."""
    contexts: list[BrowserContext] = []

    def opened() -> BrowserContext:
        contexts.append(browser.new_context(locale="vi-VN"))
        return contexts[-1]

    yield opened
    for context in contexts:
        context.close()


def add_account(server: Server, *roles: Role, email: str = "an@example.vn") -> int:
    """Add an account with a known password to the server's database."""
    database = engine.start(server.database_url)
    account_id = factories.add_account(
        *roles, email=email, password_hash=passwords.hashed(PASSWORD)
    )
    database.close()
    return account_id


def setup_link(server: Server) -> str:
    """The link that the server printed at its start."""
    return str(re.findall(r"http://\S+(/invite/\S+)", server.log.read_text())[0])


def sign_in(page: Page, server: Server, *, password: str = PASSWORD, code: str = "") -> None:
    """Fill in the form as a person does."""
    page.goto(f"{server.url}/signin?next=desk")
    page.get_by_label("Địa chỉ email").fill("an@example.vn")
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_label("Mã từ ứng dụng").fill(code)
    page.get_by_role("button", name="Đăng nhập").click()


def test_the_printed_link_makes_the_first_admin_who_invites_a_moderator(
    server: Server, open_context: Callable[[], BrowserContext]
) -> None:
    page = open_context().new_page()
    page.goto(f"{server.url}{setup_link(server)}")
    page.get_by_label("Tên của bạn").fill("Nguyễn Thị Ánh")
    page.get_by_label("Địa chỉ email").fill("anh@example.vn")
    page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    page.get_by_role("button", name="Lưu và đăng nhập").click()
    expect(page).to_have_url(re.compile("/desk"))

    page.goto(f"{server.url}/accounts")
    page.get_by_label("Tên", exact=True).fill("Trần **Bình** <b>")
    page.get_by_label("Địa chỉ email").fill("binh@example.vn")
    page.locator(".st-key-roles input").click()
    page.get_by_role("option", name="Điều phối", exact=True).click()
    page.keyboard.press("Escape")
    page.locator(".st-key-invite button").click()
    link = page.locator("[data-testid=stCode]")
    expect(link).to_contain_text("/invite/")
    expect(page.get_by_text("Trần **Bình** <b>", exact=True).first).to_be_visible()
    path = urlsplit(link.inner_text().strip()).path

    invited = open_context().new_page()
    invited.goto(f"{server.url}{path}")
    expect(invited.get_by_role("heading")).to_contain_text("Trần **Bình** <b>")
    invited.get_by_label("Mật khẩu mới").fill("ngắn")
    invited.locator("form").evaluate("form => form.noValidate = true")
    invited.get_by_role("button", name="Lưu và đăng nhập").click()
    expect(invited.get_by_role("alert")).to_contain_text("ít nhất 10 ký tự")
    invited.get_by_label("Mật khẩu mới").fill("một mật khẩu khác hẳn")
    invited.get_by_role("button", name="Lưu và đăng nhập").click()
    expect(invited).to_have_url(re.compile("/desk"))

    again = open_context().new_page()
    for used in (path, setup_link(server)):
        answer = again.goto(f"{server.url}{used}")
        assert answer is not None
        assert answer.status == 404
        expect(again.get_by_role("heading")).to_contain_text("không còn dùng được")


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(server: Server) -> None:
    add_account(server, Role.MODERATOR)

    def answer(email: str, password: str) -> httpx.Response:
        return httpx.post(
            f"{server.url}/signin",
            data={"email": email, "password": password},
            headers={"Origin": server.url, "Accept-Language": "en"},
        )

    wrong = answer("an@example.vn", "wrong password")
    unknown = answer("nobody@example.vn", "wrong password")
    right = answer("an@example.vn", PASSWORD)

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text == unknown.text
    assert "is not right" in wrong.text
    assert right.status_code == 303
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_many_wrong_passwords_have_to_wait_and_others_need_not(server: Server) -> None:
    add_account(server, Role.MODERATOR)
    add_account(server, Role.CHAIR, email="binh@example.vn")

    def status(email: str, password: str) -> int:
        answer = httpx.post(
            f"{server.url}/signin",
            data={"email": email, "password": password},
            headers={"Origin": server.url},
        )
        assert (answer.status_code == 429) is ("retry-after" in answer.headers)
        return answer.status_code

    statuses = [status("an@example.vn", f"wrong {number}") for number in range(8)]

    assert statuses[:5] == [401] * 5
    assert 429 in statuses
    assert status("an@example.vn", PASSWORD) == 429
    assert status("binh@example.vn", PASSWORD) == 303


def test_a_hall_full_of_staff_signs_in_from_one_address(server: Server) -> None:
    add_account(server, Role.MODERATOR)

    statuses = [
        httpx.post(
            f"{server.url}/signin",
            data={"email": "an@example.vn", "password": PASSWORD},
            headers={"Origin": server.url},
        ).status_code
        for _ in range(60)
    ]

    assert statuses == [303] * 60


def test_a_form_of_another_site_is_refused(server: Server) -> None:
    add_account(server, Role.MODERATOR)

    for path in ("/signin", "/signout", "/account/password", "/account/devices", "/invite/x"):
        for origin in ({}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}):
            answer = httpx.post(
                f"{server.url}{path}",
                data={"email": "an@example.vn", "password": PASSWORD},
                headers=origin,
            )

            assert answer.status_code == 403, (path, origin)
            assert "set-cookie" not in answer.headers


def test_a_second_factor_is_set_up_and_asked_for(
    server: Server, open_context: Callable[[], BrowserContext]
) -> None:
    add_account(server, Role.MODERATOR)
    page = open_context().new_page()
    sign_in(page, server)
    expect(page.locator(".st-key-inbox .board")).to_be_visible()
    page.goto(f"{server.url}/account")
    page.locator("#factor-password").fill(PASSWORD)
    page.get_by_role("button", name="Thiết lập").click()
    secret = page.locator("[translate=no]").inner_text()
    page.get_by_label("Mã đang hiện").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Bật xác thực hai lớp").click()
    recovery = page.locator("#recovery-codes .letters").inner_text().split()
    assert len(recovery) == 8

    other = open_context().new_page()
    sign_in(other, server)
    expect(other.get_by_role("alert")).to_contain_text("chưa đúng")
    sign_in(other, server, code=recovery[0])
    expect(other.locator(".st-key-inbox .board")).to_be_visible()
    third = open_context().new_page()
    sign_in(third, server, code=recovery[0])
    expect(third.get_by_role("alert")).to_contain_text("chưa đúng")


def test_an_open_desk_whose_session_is_revoked_shows_the_sign_in_and_does_nothing(
    server: Server, open_context: Callable[[], BrowserContext]
) -> None:
    account_id = add_account(server, Role.MODERATOR)
    database = engine.start(server.database_url)
    number = factories.ask().number
    desk = open_context().new_page()
    # It does not hear of anything, so that the button is still there to be clicked.
    desk.route_web_socket(re.compile("/live/"), lambda socket: None)
    sign_in(desk, server)
    approve = desk.locator(".st-key-inbox").get_by_role("button", name="Duyệt", exact=True)
    expect(approve).to_be_visible()

    with engine.current().transaction() as session:
        sessions.end_all(session, account_id, actor=factories.actor(Role.ADMIN), at=NOON)
    settled(desk)
    approve.click()

    expect(desk.get_by_role("link", name="Đăng nhập")).to_be_visible()
    expect(desk.locator(".board")).to_have_count(0)
    assert snapshots.current(SLUG).questions[number].status is Status.RECEIVED
    database.close()


def test_signing_out_on_one_device_closes_the_other_by_itself(
    server: Server, open_context: Callable[[], BrowserContext]
) -> None:
    add_account(server, Role.MODERATOR)
    desk, phone = open_context().new_page(), open_context().new_page()
    sign_in(desk, server)
    expect(desk.locator(".st-key-inbox .board")).to_be_visible()
    sign_in(phone, server)
    expect(phone.locator(".st-key-inbox .board")).to_be_visible()

    phone.goto(f"{server.url}/account")
    other = phone.locator("form[action='/account/devices']").filter(has_not_text="thiết bị này)")
    other.get_by_role("button").click()

    expect(desk.get_by_role("link", name="Đăng nhập")).to_be_visible()
    expect(phone.get_by_text("Đang đăng nhập: an@example.vn")).to_be_visible()
    phone.get_by_role("button", name="Đăng xuất", exact=True).click()
    expect(phone).to_have_url(re.compile("/signin"))
    assert SESSION_COOKIE not in [each.get("name") for each in phone.context.cookies()]


def test_a_screen_is_told_calmly_when_its_link_is_taken_back(
    server: Server, open_context: Callable[[], BrowserContext]
) -> None:
    database = engine.start(server.database_url)
    admin = factories.actor(Role.ADMIN)
    with engine.current().transaction() as session:
        token = sessions.add_screen(session, "Hội trường", slug=SLUG, actor=admin, at=NOON)
    screen = open_context().new_page()
    screen.goto(f"{server.url}/screen/{token}")
    expect(screen.locator(".stage")).to_be_visible()
    assert token not in screen.url

    with engine.current().transaction() as session:
        (known,) = sessions.list_screens(session)
        sessions.revoke_screen(session, known.id, actor=admin, at=NOON)
    answer = open_context().new_page().goto(f"{server.url}/screen/{token}")

    assert answer is not None
    assert answer.status == 404
    assert "bàn điều phối" in answer.text()
    database.close()


# Every role is walked through every page in `tests/pages`; here is what a browser shows of it.
@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.SCREEN])
def test_every_page_opens_for_whom_the_table_says_and_is_offered_to_them_only(
    server: Server, open_context: Callable[[], BrowserContext], role: Role | None
) -> None:
    context = open_context()
    if role:
        keep_cookies(context, server, role)
    page = context.new_page()

    for place in Place:
        page.goto(f"{server.url}/{place}?lang=en")
        drawn(page)
        closed = page.locator("[data-testid=stAlert]").filter(has_text="This page is for")
        if role in MAY_OPEN[place]:
            expect(page.locator("h1, .board, .screen, .foot").first).to_be_visible()
            expect(closed).to_have_count(0)
        else:
            expect(closed).to_be_visible()
            expect(page.locator("h1, .board, .screen, .foot")).to_have_count(0)
        offered = {
            urlsplit(link.get_attribute("href") or "").path.strip("/")
            for link in page.locator(".bar .places a").all()
        }
        assert offered <= {each.value for each in Place if role in MAY_OPEN[each]}


def test_an_account_with_no_role_here_is_told_so(
    server: Server, open_context: Callable[[], BrowserContext]
) -> None:
    add_account(server, Role.DEPARTMENT)
    page = open_context().new_page()

    sign_in(page, server)

    expect(page.get_by_text("Tài khoản của bạn không mở được trang này.")).to_be_visible()
