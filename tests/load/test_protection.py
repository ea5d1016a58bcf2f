"""What the middleware refuses, asked of the real server by real clients."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from limits import RateLimitItemPerMinute
from starlette.requests import Request
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

import settings
from dialogue.roles import Role
from tests.browser.conftest import Server
from web import budgets, cookies
from web.problems import TooMany

PATH = "/api/events/dong-nai-2022/questions"
RIGHT = {"text": "Khi nào ấp em có sóng 4G ạ", "district": "731", "consent": True}


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("protection")
    file = folder / "dialogue.db"
    file.write_bytes(sqlite_template.read_bytes())
    started = Server(
        f"sqlite:///{file}", folder / "server.log", FORWARDED_ALLOW_IPS="", DIALOGUE_LIMITS="on"
    )
    started.start()
    yield started
    started.stop()


@pytest.mark.parametrize(
    "path",
    [
        *("/ask/dong-nai-2022", "/ask/nowhere", "/replies/dong-nai-2022"),
        *("/signin", "/screen/x", "/invite/x"),
        *("/api/events/dong-nai-2022/board", "/api/nothing", "/healthz", "/assets/ask.css"),
        *("/", "/desk", "/projector", "/favicon.png", "/_stcore/health", "/static/nothing"),
    ],
)
def test_every_answer_carries_the_headers(server: Server, path: str) -> None:
    headers = httpx.get(f"{server.url}{path}").headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    policy = headers["content-security-policy"]
    for directive in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert directive in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert "'unsafe-eval'" not in policy
    if path.split("/")[1] in {"ask", "signin", "screen", "invite", "api"}:
        assert "'unsafe-inline'" not in policy
    assert "strict-transport-security" not in headers


def test_one_phone_that_sends_too_much_waits_and_the_hall_goes_on(server: Server) -> None:
    def phone() -> httpx.Client:
        opened = httpx.Client(base_url=server.url, headers={"Origin": server.url})
        opened.get("/ask/dong-nai-2022")
        return opened

    def ask(client: httpx.Client, key: str) -> httpx.Response:
        return client.post(PATH, json=RIGHT, headers={"Idempotency-Key": key})

    with closing(phone()) as busy, closing(phone()) as calm:
        statuses = [ask(busy, f"busy-{number}").status_code for number in range(60)]
        refused = ask(busy, "one more")

        assert statuses == [201] * 60
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert refused.headers["content-type"] == "application/problem+json"
        assert "giây" in refused.json()["detail"]
        assert ask(calm, "calm").status_code == 201


def spent(address: str, *, path: str = "/ask/x", cookie: str = "") -> None:
    """Send one change from an address."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "headers": [(b"cookie", cookie.encode())],
        "client": (address, 1),
        "query_string": b"",
        "server": ("h", 80),
        "scheme": "http",
    }
    budgets.spend(Request(scope))


def test_a_desk_has_a_budget_that_no_phone_and_no_other_browser_uses_up() -> None:
    settings.current.cache_clear()
    for _ in range(budgets.WRITES_OF_STRANGERS.amount):
        spent("192.0.2.9")
    for _ in range(budgets.DEEDS_OF_A_BROWSER.amount):
        spent("192.0.2.9", path="/deeds/x", cookie=f"{cookies.SESSION}=one")

    # Neither another cookie beside it nor none at all makes a budget of its own.
    for spends in (f"{cookies.SESSION}=one", f"{cookies.SESSION}=one; a=b", "", "a=b"):
        with pytest.raises(TooMany):
            spent("192.0.2.9", path="/deeds/x", cookie=spends)
    spent("192.0.2.9", path="/deeds/x", cookie=f"{cookies.SESSION}=another")


def test_strangers_at_one_address_share_a_budget() -> None:
    settings.current.cache_clear()
    for _ in range(budgets.WRITES_OF_STRANGERS.amount):
        spent("192.0.2.7")
    with pytest.raises(TooMany):
        spent("192.0.2.7")
    spent("192.0.2.8")


def test_a_whole_hall_behind_one_address_stays_below_its_budget() -> None:
    questions_and_votes = 500 * (3 + 30)

    assert isinstance(budgets.WRITES_OF_AN_ADDRESS, RateLimitItemPerMinute)
    assert questions_and_votes < budgets.WRITES_OF_AN_ADDRESS.amount
    assert budgets.WRITES_OF_A_PHONE.amount >= 33


@pytest.mark.parametrize("path", ["/signin", "/account/password", "/desk", "/_stcore/health", PATH])
def test_a_body_that_is_too_large_is_refused_by_its_declared_length(
    server: Server, path: str
) -> None:
    answer = httpx.post(f"{server.url}{path}", content=b"a" * 70_000)

    assert answer.status_code == 413
    kind = "application/problem+json" if path == PATH else "text/html; charset=utf-8"
    assert answer.headers["content-type"] == kind


def test_a_body_without_a_length_is_counted_while_it_comes(server: Server) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"email="
        for _ in range(200):
            yield b"a" * 1_000

    answer = httpx.post(
        f"{server.url}/signin",
        content=pieces(),
        headers={"Content-Type": "application/x-www-form-urlencoded", "Origin": server.url},
    )

    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/live/dong-nai-2022", "/_stcore/stream"])
def test_a_socket_that_another_site_opens_is_refused(server: Server, path: str) -> None:
    ((name, value),) = server.cookies(Role.MODERATOR).items()

    async def listen() -> None:
        async with connect(
            f"{server.url.replace('http', 'ws')}{path}",
            additional_headers={"Cookie": f"{name}={value}"},
            origin="https://elsewhere.example",  # type: ignore[arg-type]
        ):
            pass

    with pytest.raises(InvalidStatus) as refused:
        asyncio.run(listen())

    assert refused.value.response.status_code == 403


def test_an_invented_phone_or_address_is_a_stranger_all_the_same(server: Server) -> None:
    statuses = set()
    with httpx.Client(base_url=server.url) as client:
        for number in range(1_300):
            answer = client.delete(
                f"{PATH}/1/vote",
                headers={
                    "Cookie": f"dialogue_phone=invented-{number}",
                    "X-Forwarded-For": f"10.0.0.{number % 250}",
                    "Forwarded": f"for=10.0.0.{number % 250}",
                },
            )
            statuses.add(answer.status_code)

    # The last test of this server: it spends what the address has.
    assert 429 in statuses
