"""Signing in with an organisation's identity, at a real provider, in a real browser."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import settings
from access import identity
from data_access import engine
from dialogue.roles import Role
from tests import factories
from tests.server import SECRET, Server, free_port

pytestmark = pytest.mark.long

SECRETS = """
[auth]
redirect_uri = "{server}/oauth2callback"
cookie_secret = "only-for-tests-0123456789-0123456789"
client_id = "dialogue"
client_secret = "only-for-tests"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture
def provider() -> Iterator[str]:
    """A provider that knows three people; the address of one is not verified."""
    port = free_port()
    address = f"http://localhost:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    known = {"an": ("An@Example.vn", True), "mal": ("an@example.vn", False), "la": ("la@vn", True)}
    with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
        for name, (email, is_verified) in known.items():
            claims = {"email": email, "email_verified": is_verified}
            client.put(f"{address}/users/{name}", json=claims).raise_for_status()
    yield address
    process.terminate()
    process.wait()


@pytest.fixture
def server(sqlite_url: str, tmp_path: Path, provider: str) -> Iterator[Server]:
    file = tmp_path / "secrets.toml"
    started = Server(sqlite_url, tmp_path / "server.log")
    started.options = ["--secrets.files", str(file)]
    file.write_text(SECRETS.format(server=started.url, provider=provider))
    started.start()
    yield started
    started.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(locale="vi-VN")
    yield context.new_page()
    context.close()


def prove(page: Page, server: Server, name: str) -> None:
    """Go to the provider from the form to sign in, and tell it who one is."""
    page.goto(f"{server.url}/signin")
    page.get_by_role("link", name="tài khoản của đơn vị").click()
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize").click()


def test_an_identity_opens_what_its_account_may(page: Page, server: Server) -> None:
    database = engine.start(server.database_url)
    factories.add_account(Role.MODERATOR, email="an@example.vn")
    database.close()

    prove(page, server, "an")

    expect(page.locator(".st-key-inbox .board")).to_be_visible()
    names = {each["name"] for each in page.context.cookies()}
    assert "dialogue_session" in names
    assert not {each for each in names if each.startswith("_streamlit_user")}


@pytest.mark.parametrize("name", ["mal", "la"])
def test_an_identity_without_an_account_gets_nothing(page: Page, server: Server, name: str) -> None:
    database = engine.start(server.database_url)
    factories.add_account(Role.MODERATOR, email="an@example.vn")
    database.close()

    prove(page, server, name)

    expect(page.get_by_text("Không có tài khoản nào")).to_be_visible()
    page.goto(f"{server.url}/desk")
    expect(page.get_by_role("link", name="Đăng nhập")).to_be_visible()
    assert "dialogue_session" not in {each["name"] for each in page.context.cookies()}
    page.goto(server.url)
    page.get_by_role("button", name="Dùng danh tính khác").click()
    expect(page.get_by_text("Không có tài khoản nào")).to_have_count(0)


def test_a_ticket_is_good_for_a_minute_and_in_the_browser_that_proved_the_identity(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOGUE_SECRET", SECRET)
    settings.current.cache_clear()
    database = engine.start(server.database_url)
    factories.add_account(Role.MODERATOR, email="an@example.vn")
    proved = {"_streamlit_user": "proof"}
    claims = {"email": "an@example.vn", "email_verified": True}
    ticket = identity.ticket(claims, proved)
    with monkeypatch.context() as earlier:
        now = time.time()
        earlier.setattr(time, "time", lambda: now - identity.TICKET_SECONDS - 1)
        old = identity.ticket(claims, proved)
    database.close()
    settings.current.cache_clear()

    def begins(ticket: str | None, cookies: dict[str, str]) -> bool:
        answer = httpx.get(f"{server.url}/signin/identity/{ticket}", cookies=cookies)
        assert answer.status_code in (303, 404)
        return "dialogue_session" in answer.cookies

    assert not begins(ticket, {})
    assert not begins(ticket, {"_streamlit_user": "another"})
    assert not begins(old, proved)
    assert not begins("invented", proved)
    assert begins(ticket, proved)
