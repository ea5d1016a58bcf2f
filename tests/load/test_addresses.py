"""Where the app is found: at the top of a server or beneath a path, and what is at no address."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dialogue.roles import Place, Role
from tests.server import ROOT, Server
from web.assets import FOR_GOOD

PATH = "/doithoai"


@pytest.fixture(scope="module", params=["", PATH], ids=["top", "beneath"])
def at(
    request: pytest.FixtureRequest,
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Server, str]]:
    """A server, and the path that it is beneath."""
    folder = tmp_path_factory.mktemp("addresses")
    file = folder / "dialogue.db"
    file.write_bytes(sqlite_template.read_bytes())
    server = Server(f"sqlite:///{file}", folder / "server.log")
    if request.param:
        server.options = ["--server.baseUrlPath", request.param.strip("/")]
    server.start()
    yield server, request.param
    server.stop()


def follow(server: Server, path: str) -> tuple[str, httpx.Response]:
    """Return where an address leads, and what is there."""
    answer = httpx.get(f"{server.url}{path}", follow_redirects=True)
    for each in answer.history:
        assert each.headers["location"].startswith("/"), "a proxy's name is not known here"
    return answer.url.path, answer


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/Ask/dong-nai-2022", "/ask/dong-nai-2022"),
        ("/ASK/Dong-Nai-2022/", "/ask/dong-nai-2022"),
        ("/ask", "/ask/dong-nai-2022"),
        ("/ask/", "/ask/dong-nai-2022"),
        ("/Ask", "/ask/dong-nai-2022"),
        ("/Replies", "/replies/dong-nai-2022"),
        ("/replies/DONG-NAI-2022", "/replies/dong-nai-2022"),
        ("/SignIn", "/signin"),
        ("/Desk", "/desk"),
        ("/projector/", "/projector"),
    ],
)
def test_a_mistyped_address_leads_on(at: tuple[Server, str], typed: str, meant: str) -> None:
    server, base = at

    path, answer = follow(server, f"{base}{typed}?lang=en")

    assert (path, answer.status_code) == (f"{base}{meant}", 200)
    assert answer.url.query == b"lang=en"


@pytest.mark.parametrize(
    "path",
    [
        *("/hoi", "/hoi/dong-nai-2022", "/Hoi/Dong-Nai-2022", "/ask/a/b/c/d", "/ask/nowhere"),
        *("/desk/x", "/favicon.ico", "/static/nothing.js", "/component/x", "/commands", "/live"),
        *("/_stcore/nothing", "/_stcore/metrics", "/_stcore/Metrics"),
    ],
)
def test_what_is_nowhere_is_said_in_words_with_a_way_to_the_event(
    at: tuple[Server, str], path: str
) -> None:
    server, base = at

    answer = httpx.get(f"{server.url}{base}{path}?lang=vi")

    assert answer.status_code == 404
    assert '<html lang="vi">' in answer.text
    assert "gõ nhầm" in answer.text
    (way,) = re.findall('class="primary" href="([^"]+)"', answer.text)
    assert follow(server, way)[0] == f"{base}/ask/dong-nai-2022"


def test_an_address_that_takes_no_reading_says_so(at: tuple[Server, str]) -> None:
    server, base = at

    assert httpx.get(f"{server.url}{base}/signout").status_code == 405


def test_no_cookie_goes_to_what_else_is_on_the_server(at: tuple[Server, str]) -> None:
    server, base = at

    paths = ("/_stcore/health", "/ask/dong-nai-2022", "/signin?lang=vi")
    kept = {each: httpx.get(f"{server.url}{base}{each}").headers["set-cookie"] for each in paths}

    for path, cookie in kept.items():
        assert f"; path={base or '/'};" in f"{cookie};".lower(), (path, cookie)


def test_what_is_there_is_there_with_the_path_in_front_and_without(
    at: tuple[Server, str],
) -> None:
    server, base = at
    shell = httpx.get(f"{server.url}{base}/").text
    (script,) = re.findall(r'src="\./(static/js/index[^"]+)"', shell)
    paths = ["/", *(f"/{each}" for each in Place), f"/{script}", "/signin", "/healthz", "/readyz"]
    paths += ["/_stcore/health", "/_stcore/host-config", "/assets/ask.css", "/favicon.png"]
    paths += ["/ask/dong-nai-2022", "/replies/dong-nai-2022", "/api/events/dong-nai-2022/board"]

    # A proxy may cut the path off, or pass it on.
    found = {
        f"{each}{path}": follow(server, f"{each}{path}") for each in {base, ""} for path in paths
    }

    assert {path: answer.status_code for path, (_to, answer) in found.items()} == dict.fromkeys(
        found, 200
    )
    for path, (_to, answer) in found.items():
        is_page = path.removeprefix(base).strip("/") in {"", *Place}
        assert ('<div id="root">' in answer.text) is is_page, path


def test_all_that_a_page_names_is_beneath_the_path(at: tuple[Server, str]) -> None:
    server, base = at
    held = server.cookies(Role.MODERATOR)

    for path in ("/ask/dong-nai-2022", "/replies/dong-nai-2022", "/signin", "/account", "/x"):
        page = httpx.get(f"{server.url}{base}{path}", cookies=held)
        named = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)

        assert named, path
        for each in named:
            assert each.startswith(f"{base}/"), (path, each)


def test_a_cookie_goes_to_this_app_and_to_none_beside_it(at: tuple[Server, str]) -> None:
    server, base = at

    phone = httpx.get(f"{server.url}{base}/ask/dong-nai-2022?lang=en")
    out = httpx.post(f"{server.url}{base}/signout", headers={"Origin": server.url})

    said = [*phone.headers.get_list("set-cookie"), *out.headers.get_list("set-cookie")]
    assert len(said) == 3
    assert all(f"Path={base or '/'};" in f"{each};" for each in said)
    assert out.headers["location"] == f"{base}/signin"


def test_an_address_with_a_digest_is_kept_for_good_and_any_other_asked_again(
    at: tuple[Server, str],
) -> None:
    server, base = at
    page = httpx.get(f"{server.url}{base}/ask/dong-nai-2022").text
    (style,) = re.findall(r'href="([^"]+ask\.css[^"]+)"', page)

    lasting = httpx.get(f"{server.url}{style}").headers["cache-control"]
    before = httpx.get(f"{server.url}{style[:-1]}").headers["cache-control"]
    bare = httpx.get(f"{server.url}{base}/assets/ask.css").headers["cache-control"]

    assert (lasting, before, bare) == (FOR_GOOD, "no-cache", "no-cache")


def test_a_phone_asks_for_one_script_and_keeps_it(at: tuple[Server, str]) -> None:
    server, base = at
    page = httpx.get(f"{server.url}{base}/ask/dong-nai-2022").text
    (address,) = re.findall(r'src="([^"]+)"', page)

    script = httpx.get(f"{server.url}{address}")
    again = httpx.get(f"{server.url}{address}", headers={"If-None-Match": script.headers["etag"]})

    assert script.headers["content-type"].startswith("text/javascript")
    assert (script.headers["cache-control"], again.status_code) == (FOR_GOOD, 304)
    assert not re.search("^import ", script.text, re.MULTILINE)
    assert httpx.post(f"{server.url}{address}").status_code == 405


def test_the_contract_says_where_it_is(at: tuple[Server, str]) -> None:
    server, base = at
    contract = httpx.get(f"{server.url}{base}/api/openapi.json").json()
    asked = httpx.post(
        f"{server.url}{base}/api/events/dong-nai-2022/questions",
        json={"text": "Khi nào ấp em có sóng 4G ạ", "district": "731", "consent": True},
        headers={"Idempotency-Key": "one"},
    )

    assert contract["servers"] == [{"url": base or "/"}]
    assert asked.headers["location"].startswith(f"{base}/api/events/dong-nai-2022/questions/")
    assert httpx.get(f"{server.url}{asked.headers['location']}").status_code == 200


def test_two_different_paths_stop_the_start(tmp_path: Path) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.baseUrlPath", "other"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'dialogue.db'}",
            "DIALOGUE_PUBLIC_URL": "https://example.vn/doithoai",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert "DIALOGUE_PUBLIC_URL is wrong" in refused.stderr
    assert "server.baseUrlPath" in refused.stderr
