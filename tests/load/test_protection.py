"""What the middleware refuses, asked of the real server by real clients."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from dialogue.roles import Role
from tests.server import Server

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


async def flood(server: Server, method: str, path: str, times: int) -> set[int]:
    """Send so many requests as one stranger, a hundred at once; return the statuses."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    asked = f"{method} {path} HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n".encode()
    statuses, rest, answered = set(), b"", 0
    for sent in range(100, times + 1, 100):
        writer.write(asked * 100)
        while answered < sent:
            rest += await reader.read(65_536)
            answers = re.findall(rb"HTTP/1\.1 (\d{3})", rest)
            statuses |= {int(each) for each in answers}
            answered += len(answers)
            # What may be half of a status line is kept.
            rest = rest[-12:] if not rest[-12:].startswith(b"HTTP/1.1 ") else b""
    writer.close()
    return statuses


async def phone_asks(server: Server, number: int) -> list[int]:
    """Open the page as a new phone does, and send a question."""
    async with httpx.AsyncClient(
        base_url=server.url, headers={"Origin": server.url}, timeout=60
    ) as client:
        page = await client.get("/ask/dong-nai-2022")
        key = {"Idempotency-Key": f"hall-{number}"}
        sent = await client.post(PATH, json=RIGHT, headers=key)
        return [page.status_code, sent.status_code]


@pytest.mark.parametrize(
    ("method", "path", "times"),
    [("GET", "/healthz", 13_000), ("POST", "/nowhere", 1_500), ("POST", f"{PATH}/x", 1_500)],
)
def test_a_hall_is_unharmed_beside_one_that_floods_from_its_address(
    server: Server, method: str, path: str, times: int
) -> None:
    async def story() -> tuple[set[int], list[list[int]]]:
        flooding = asyncio.create_task(flood(server, method, path, times))
        hall = await asyncio.gather(*(phone_asks(server, number) for number in range(50)))
        statuses = await flooding
        return statuses, [*hall, await phone_asks(server, 50)]

    statuses, hall = asyncio.run(story())

    assert 429 in statuses
    assert hall == [[200, 201]] * 51
    assert httpx.get(f"{server.url}/signin").status_code == 200


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
