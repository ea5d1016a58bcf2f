"""What a proxy says of a client, to a server that listens as an operator's does."""

import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from dialogue.roles import Role
from tests import nginx
from tests.server import Server, free_port

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

    def is_refused(address: str, *, within: int) -> bool:
        return any(vote(address) == 429 for _ in range(within))

    with httpx.Client(base_url=server.url) as client:
        assert is_refused("203.0.113.1", within=1_300)
        # The same address, however it is written, although a little is free again with time.
        assert is_refused("::ffff:203.0.113.1", within=600)
        assert vote("203.0.113.2") == 404


@pytest.fixture
def own(sqlite_url: str, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start a server that listens as an operator's does, with settings of its own."""
    started: list[Server] = []

    def start(**environment: str) -> Server:
        server = Server(sqlite_url, tmp_path / "server.log", **environment)
        server.address = None
        server.start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.stop()


# What an operator's nginx may say of the address that was asked for.
HOSTS = {
    "passed on": "proxy_set_header Host              $http_host;",
    "without its port": "proxy_set_header Host              $host;",
    "not at all": "",
    "with the usual port": "proxy_set_header Host              $host:$server_port;",
}


@contextmanager
def behind(server: Server, folder: Path, ports: dict[str, int], *, host: str) -> Iterator[None]:
    """Run an nginx in front of a server that passes the Host on in a way, and no scheme."""
    changes = {
        HOSTS["passed on"]: HOSTS[host],
        "proxy_set_header X-Forwarded-Proto $scheme;": "",
        "location /doithoai/": "location /",
    }
    text = nginx.site(folder, app=server.port, changes=changes, **ports)
    with nginx.proxy(folder, text, port=ports["http"]):
        yield


def opens(url: str, origin: str, cookies: dict[str, str]) -> bool:
    """Tell whether a socket opens for a page of an origin."""
    believing = ssl.create_default_context()
    believing.check_hostname, believing.verify_mode = False, ssl.CERT_NONE
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    try:
        with connect(
            url.replace("http", "ws", 1),
            ssl=believing,
            origin=Origin(origin),
            additional_headers={"Cookie": cookie},
        ):
            return True
    except InvalidStatus:
        return False


@nginx.NEEDED
@pytest.mark.parametrize("host", HOSTS)
def test_the_public_address_is_ours_however_a_proxy_passes_the_host_on(
    own: Callable[..., Server], tmp_path: Path, host: str
) -> None:
    ports = {"http": free_port(), "https": free_port()}
    public = f"https://localhost:{ports['https']}"
    server = own(DIALOGUE_PUBLIC_URL=public)
    held = server.cookies(Role.MODERATOR)
    noted = httpx.get(f"{server.url}/readyz").text

    with (
        behind(server, tmp_path / "nginx", ports, host=host),
        httpx.Client(base_url=public, verify=False, headers={"Origin": public}) as client,
    ):
        wrong = client.post("/signin", data={"email": "an@example.vn", "password": "wrong"})
        form = client.post("/ask/dong-nai-2022", data={"key": "one"})
        sockets = [
            opens(f"{public}{path}", origin, held)
            for path in ("/live/dong-nai-2022", "/_stcore/stream")
            for origin in (public, "https://elsewhere.example")
        ]

    assert wrong.status_code == 401
    assert "Secure" in form.headers["set-cookie"]
    assert "strict-transport-security" in form.headers
    assert sockets == [True, False, True, False]
    answer = httpx.get(f"{server.url}/readyz")
    assert "note:" not in noted
    assert ("Host that DIALOGUE_PUBLIC_URL names" in answer.text) is (
        host in ("without its port", "not at all")
    )
    assert "X-Forwarded-Proto" in answer.text
    assert server.log.read_text().count("X-Forwarded-Proto") == 1


@nginx.NEEDED
def test_what_did_not_match_is_written_down_once(
    own: Callable[..., Server], tmp_path: Path
) -> None:
    ports = {"http": free_port(), "https": free_port()}
    public = f"https://localhost:{ports['https']}"
    server = own()

    with (
        behind(server, tmp_path / "nginx", ports, host="not at all"),
        httpx.Client(base_url=public, verify=False, headers={"Origin": public}) as client,
    ):
        statuses = {client.post("/signout").status_code for _ in range(3)}

    lines = [each for each in server.log.read_text().splitlines() if public in each]
    assert statuses == {403}
    assert len(lines) == 1
    assert "'doithoai'" in lines[0]
    assert "DIALOGUE_PUBLIC_URL" in lines[0]


@pytest.mark.parametrize(
    ("believed", "sent", "note"),
    [
        ("10.9.8.7", SAID, "whom FORWARDED_ALLOW_IPS does not name"),
        ("*", {}, "FORWARDED_ALLOW_IPS is *"),
        ("127.0.0.1", SAID, None),
    ],
)
def test_what_a_proxy_lacks_is_said_to_the_operator(
    own: Callable[..., Server], believed: str, sent: dict[str, str], note: str | None
) -> None:
    server = own(FORWARDED_ALLOW_IPS=believed)

    httpx.get(f"{server.url}/healthz", headers=sent)
    notes = re.findall("^note: .*$", httpx.get(f"{server.url}/readyz").text, re.MULTILINE)

    assert len(notes) == (note is not None)
    for each in notes:
        assert note in each
        assert each in server.log.read_text()
