"""The app beneath a path behind a real nginx: asking, signing in, the desk and the hall."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, expect

from access import passwords
from data_access import engine
from dialogue.roles import Role
from tests import factories, nginx
from tests.browser.conftest import DESK, PROJECTOR
from tests.browser.steps import ask, board, click, row
from tests.server import Server, free_port

pytestmark = nginx.NEEDED

PASSWORD = "con mèo trên mái nhà"
BEFORE_TLS = "    return 301 https://$host$request_uri;\n"
# The framework's page looks for the path that it is beneath by asking.
LOOKING = re.compile(r"/_stcore/(health|host-config)$")


# Each scheme and each way of passing the path on once; the long run has all four.
SITES = [
    *(("http", True), ("https", False)),
    *(pytest.param(each, marks=pytest.mark.long) for each in (("http", False), ("https", True))),
]


class Site(NamedTuple):
    """What a browser opens, and what is behind it."""

    url: str
    server: Server


def location(text: str) -> str:
    """What the example says of the app."""
    found = re.search(r"    location /doithoai/ \{.*?\n    \}\n", text, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.fixture(params=SITES, ids=str)
def site(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    """The example, on HTTP or HTTPS, that passes the path on or cuts it off."""
    scheme, is_cut = request.param
    ports = {"http": free_port(), "https": free_port()}
    url = f"{scheme}://localhost:{ports[scheme]}/doithoai"
    server = Server(sqlite_url, tmp_path / "server.log", DIALOGUE_PUBLIC_URL=url)
    server.address = None
    # nginx answers on HTTP too, by the same words.
    changes = {BEFORE_TLS: location(nginx.EXAMPLE.read_text(encoding="utf-8"))}
    if is_cut:
        changes["proxy_pass http://doithoai;"] = "proxy_pass http://doithoai/;"
    folder = tmp_path / "nginx"
    text = nginx.site(folder, app=server.port, changes=changes, **ports)
    server.start()
    with nginx.proxy(folder, text, port=ports["http"]):
        yield Site(url, server)
    server.stop()


@pytest.fixture
def context(site: Site, browser: Browser) -> Iterator[BrowserContext]:
    """A browser that believes the certificate, and asks for nothing beside the app."""
    opened = browser.new_context(
        viewport=DESK,  # type: ignore[arg-type]
        locale="vi-VN",
        ignore_https_errors=True,
    )
    beside: list[str] = []

    def see(request: Request) -> None:
        if request.url.startswith("http") and not request.url.startswith(site.url):
            beside.append(request.url)

    def answered(response: Response) -> None:
        if response.status >= 400 and not LOOKING.search(urlsplit(response.url).path):
            beside.append(f"{response.status} {response.url}")

    opened.on("request", see)
    opened.on("response", answered)
    yield opened
    opened.close()
    assert beside == []


def sign_in(page: Page, site: Site, email: str) -> None:
    page.goto(f"{site.url}/desk")
    page.get_by_role("link", name="Đăng nhập").click()
    page.get_by_label("Địa chỉ email").fill(email)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def test_a_question_goes_from_a_phone_to_the_hall(site: Site, context: BrowserContext) -> None:
    database = engine.start(site.server.database_url)
    factories.add_account(
        *(Role.MODERATOR, Role.ANALYST),
        email="an@example.vn",
        password_hash=passwords.hashed(PASSWORD),
    )
    database.close()
    desk, phone, projector, chart = (context.new_page() for _ in range(4))

    sign_in(desk, site, "an@example.vn")
    expect(board(desk, "inbox").locator(".empty")).to_be_visible()
    projector.set_viewport_size(PROJECTOR)  # type: ignore[arg-type]
    projector.goto(f"{site.url}/projector")
    expect(projector.locator(".screen[data-scene=welcome]")).to_be_visible()
    # A mistyped address leads on, by way of the proxy.
    phone.goto(f"{site.url}/Ask/")
    ask(phone, "Khi nào ấp 4 xã Thanh Sơn có sóng 4G ạ", district="736")
    phone.wait_for_url(re.compile(rf"^{re.escape(site.url)}/ask/dong-nai-2022/\w+$"))
    phone.get_by_role("link", name="Gửi câu hỏi khác").click()
    expect(phone.locator("#mine-list .number")).to_have_attribute(
        "href", re.compile("^/doithoai/ask/dong-nai-2022/")
    )

    # Live, and by the desk's own addresses.
    click(row(desk, "inbox", "Thanh Sơn"), "queue")
    click(row(desk, "queue", "Thanh Sơn"), "stage")
    expect(projector.locator(".stage .asked")).to_contain_text("Thanh Sơn")
    phone.reload()
    expect(phone.locator("#questions .text")).to_contain_text("Thanh Sơn")
    with chart.expect_response(re.compile("/doithoai/assets/plotly-")) as library:
        chart.goto(f"{site.url}/participation")
    assert library.value.ok

    kept = {each["name"]: each for each in context.cookies() if "dialogue" in each["name"]}
    assert {"dialogue_session", "dialogue_browser", "dialogue_phone"} <= kept.keys()
    for each in kept.values():
        assert each["path"] == "/doithoai"
        assert each["secure"] is site.url.startswith("https")


def test_the_hall_reads_the_address_that_phones_open(site: Site, context: BrowserContext) -> None:
    for name, value in site.server.cookies(Role.SCREEN).items():
        context.add_cookies([{"name": name, "value": value, "url": site.url}])
    projector = context.new_page()

    projector.goto(f"{site.url}/projector")

    typed = f"{urlsplit(site.url).netloc}/doithoai/ask/dong-nai-2022"
    expect(projector.locator(".stage")).to_contain_text(typed)
