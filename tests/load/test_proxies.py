"""What a proxy says of a client, to a server that listens as an operator's does."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.browser.conftest import Server

SAID = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("proxies")
    file = folder / "dialogue.db"
    file.write_bytes(sqlite_template.read_bytes())
    started = Server(f"sqlite:///{file}", folder / "server.log", DIALOGUE_LIMITS="on")
    # One socket for IPv4 and IPv6, where a proxy at 127.0.0.1 arrives as ::ffff:127.0.0.1.
    started.address = None
    started.start()
    yield started
    started.stop()


def test_a_proxy_on_this_machine_is_believed(server: Server) -> None:
    told = httpx.get(f"{server.url}/signin?lang=vi", headers=SAID)
    alone = httpx.get(f"{server.url}/signin?lang=vi")

    assert "strict-transport-security" in told.headers
    assert "Secure" in told.headers["set-cookie"]
    assert "strict-transport-security" not in alone.headers
    assert "Secure" not in alone.headers["set-cookie"]


def test_each_phone_behind_a_proxy_has_a_budget_of_its_own(server: Server) -> None:
    def vote(address: str) -> int:
        path = "/api/events/dong-nai-2022/questions/1/vote"
        return client.delete(path, headers={"X-Forwarded-For": address}).status_code

    with httpx.Client(base_url=server.url) as client:
        statuses = {vote("203.0.113.1") for _ in range(1_300)}

        assert 429 in statuses
        # The same address, however it is written, and another one.
        assert vote("::ffff:203.0.113.1") == 429
        assert vote("203.0.113.2") == 404
