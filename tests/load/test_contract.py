"""The HTTP contract, asked of the real server by a real client: every limit, in both languages."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server import Server

PATH = "/api/events/dong-nai-2022/questions"
RIGHT: dict[str, Any] = {"text": "Khi nào ấp em có sóng 4G ạ", "district": "731", "consent": True}


@pytest.fixture(scope="module")
def running(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[httpx.Client, Path]]:
    folder = tmp_path_factory.mktemp("contract")
    file = folder / "dialogue.db"
    file.write_bytes(sqlite_template.read_bytes())
    server = Server(f"sqlite:///{file}", folder / "server.log")
    server.start()
    with httpx.Client(base_url=server.url, timeout=20) as client:
        yield client, file
    server.stop()


@pytest.fixture
def client(running: tuple[httpx.Client, Path]) -> httpx.Client:
    return running[0]


@pytest.fixture
def file(running: tuple[httpx.Client, Path]) -> Path:
    return running[1]


def count(file: Path) -> int:
    with sqlite3.connect(file) as connection:
        found: int = connection.execute("SELECT count(*) FROM questions").fetchone()[0]
    connection.close()
    return found


def post(client: httpx.Client, body: Any = RIGHT, **headers: str) -> httpx.Response:
    sent = {"Idempotency-Key": "contract-" + str(hash(str(body))), **headers}
    return client.post(PATH, json=body, headers={k.replace("_", "-"): v for k, v in sent.items()})


def test_a_question_is_acknowledged_once_it_is_on_disk(client: httpx.Client, file: Path) -> None:
    before = count(file)

    answer = post(client, Idempotency_Key="first")

    assert answer.status_code == 201
    receipt = answer.json()
    assert receipt.keys() == {"id", "code", "status", "received_at"}
    assert receipt["status"] == "received"
    assert count(file) == before + 1
    assert answer.headers["location"] == f"{PATH}/{receipt['code']}"
    again = post(client, Idempotency_Key="first")
    assert (again.status_code, again.json()) == (201, receipt)
    assert count(file) == before + 1


def test_the_asker_follows_the_question_with_the_code(client: httpx.Client) -> None:
    receipt = post(client, Idempotency_Key="followed").json()

    spelled = "-".join(receipt["code"][start : start + 4] for start in (0, 4, 8)).lower()
    followed = client.get(f"{PATH}/{spelled}")

    assert followed.status_code == 200
    assert followed.json()["id"] == receipt["id"]
    assert followed.json()["text"] == RIGHT["text"]
    assert followed.headers["cache-control"] == "no-store"


LIMITS: list[tuple[dict[str, Any], dict[str, str], int, str, str, str]] = [
    ({**RIGHT, "text": "ngắn"}, {}, 422, "text", "ít nhất 10 ký tự", "at least 10 characters"),
    ({**RIGHT, "text": "ạ" * 1001}, {}, 422, "text", "1.000", "at most 1,000"),
    ({**RIGHT, "name": "n" * 81}, {}, 422, "name", "80", "At most 80"),
    ({**RIGHT, "contact": "n" * 121}, {}, 422, "contact", "120", "At most 120"),
    ({**RIGHT, "organisation": "n" * 121}, {}, 422, "organisation", "120", "At most 120"),
    ({**RIGHT, "district": "733"}, {}, 422, "district", "địa bàn", "district from the list"),
    ({**RIGHT, "topic": "x"}, {}, 422, "topic", "chủ đề", "topic from the list"),
    ({**RIGHT, "consent": False}, {}, 422, "consent", "đồng ý", "privacy notice"),
    ({**RIGHT, "other": 1}, {}, 422, "other", "trường", "no such field"),
]


@pytest.mark.parametrize(("body", "headers", "status", "field", "vietnamese", "english"), LIMITS)
def test_a_field_beyond_its_limit_is_named_in_both_languages(
    client: httpx.Client,
    file: Path,
    body: dict[str, Any],
    headers: dict[str, str],
    status: int,
    field: str,
    vietnamese: str,
    english: str,
) -> None:
    before = count(file)

    for language, words in (("vi", vietnamese), ("en", english)):
        answer = post(client, body, Accept_Language=language, **headers)
        problem = answer.json()
        assert answer.status_code == problem["status"] == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert [each["field"] for each in problem["errors"]] == [field]
        assert words.lower() in problem["errors"][0]["message"].lower()
        assert {"type", "title", "detail"} <= problem.keys()
    assert count(file) == before


def test_every_wrong_field_is_listed(client: httpx.Client) -> None:
    problem = post(client, {}).json()

    assert [each["field"] for each in problem["errors"]] == ["text", "district", "consent"]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'"x"', 400),
        (b'{"text": "\xff\xfe"}', 400),
        (b"[" * 8000, 400),
        (b'{"text": "' + b"a" * 20_000 + b'"}', 413),
        (b"a" * 2_000_000, 413),
    ],
)
def test_a_body_that_is_no_question_is_refused(
    client: httpx.Client, file: Path, content: bytes, status: int
) -> None:
    before = count(file)

    for language in ("vi", "en"):
        answer = client.post(
            PATH,
            content=content,
            headers={
                "Content-Type": "application/json",
                "Idempotency-Key": "body",
                "Accept-Language": language,
            },
        )
        assert answer.status_code == status
        assert answer.headers["content-language"] == language
        assert answer.json()["title"]
    assert count(file) == before


def test_a_text_of_one_megabyte_in_pieces_is_refused_before_it_is_kept(
    client: httpx.Client,
) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"text": "'
        for _ in range(1000):
            yield b"a" * 1000

    answer = client.post(
        PATH,
        content=pieces(),
        headers={"Content-Type": "application/json", "Idempotency-Key": "pieces"},
    )

    assert answer.status_code == 413


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_content_type_is_refused(client: httpx.Client, kind: str) -> None:
    answer = client.post(
        PATH, content=b"{}", headers={"Content-Type": kind, "Idempotency-Key": "kind"}
    )

    assert answer.status_code == 415


@pytest.mark.parametrize("key", [None, "", "k" * 201, "a\tb"])
def test_a_submission_needs_a_key(client: httpx.Client, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}

    assert client.post(PATH, json=RIGHT, headers=headers).status_code == 400


def test_a_key_that_comes_with_another_question_is_refused(client: httpx.Client) -> None:
    post(client, Idempotency_Key="reused")

    answer = post(client, {**RIGHT, "text": "Một câu hỏi khác hẳn"}, Idempotency_Key="reused")

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/api/events/nowhere/board",
        "/api/events/nowhere/questions/23456789ABCD",
        f"{PATH}/23456789ABCD",
        f"{PATH}/%3Cscript%3E",
    ],
)
def test_what_is_not_there_is_said_to_be_missing(client: httpx.Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_unknown_event_takes_no_question(client: httpx.Client) -> None:
    answer = client.post(
        "/api/events/nowhere/questions", json=RIGHT, headers={"Idempotency-Key": "nowhere"}
    )

    assert answer.status_code == 404


def test_the_board_is_public_and_says_when_nothing_changed(client: httpx.Client) -> None:
    post(client, {**RIGHT, "text": "Một câu hỏi chưa ai duyệt"}, Idempotency_Key="secret")
    snapshot = client.get("/api/events/dong-nai-2022/board")

    assert snapshot.status_code == 200
    assert "chưa ai duyệt" not in snapshot.text
    unchanged = client.get(
        "/api/events/dong-nai-2022/board", headers={"If-None-Match": snapshot.headers["etag"]}
    )
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_a_vote_from_another_site_is_refused(client: httpx.Client) -> None:
    answer = client.put(f"{PATH}/1/vote", headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403


def test_a_question_that_waits_at_the_desk_takes_no_vote(client: httpx.Client) -> None:
    number = post(client, Idempotency_Key="unvoted").json()["id"]

    assert client.put(f"{PATH}/{number}/vote").status_code == 404


def test_the_operator_is_told_that_all_is_well(client: httpx.Client) -> None:
    assert client.get("/healthz").text == client.get("/readyz").text == "ok"


def test_the_asker_erases_what_was_told_and_whoever_else_has_no_code_cannot(
    client: httpx.Client,
) -> None:
    told = {**RIGHT, "name": "Lê Thị Bưởi", "contact": "0900 000 000"}
    code = post(client, told, Idempotency_Key="told").json()["code"]
    assert "Bưởi" in client.get(f"/ask/dong-nai-2022/{code}").text
    assert "Bưởi" not in client.get(f"{PATH}/{code}").text
    assert "Bưởi" not in client.get("/api/events/dong-nai-2022/board").text

    assert client.delete(f"{PATH}/23456789ABCD/personal-data").status_code == 404
    assert client.delete(f"{PATH}/{code}/personal-data").status_code == 204
    assert client.delete(f"{PATH}/{code}/personal-data").status_code == 204

    page = client.get(f"/ask/dong-nai-2022/{code}")
    assert page.status_code == 200
    assert "Bưởi" not in page.text


def test_the_receipt_page_erases_and_another_site_cannot(client: httpx.Client) -> None:
    told = {**RIGHT, "name": "Lê Thị Mận"}
    code = post(client, told, Idempotency_Key="told on the page").json()["code"]
    path = f"/ask/dong-nai-2022/{code}"

    foreign = client.post(f"{path}/erase", headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert "Mận" in client.get(path).text
    erased = client.post(f"{path}/erase")

    assert (erased.status_code, erased.headers["location"]) == (303, path)
    assert "Mận" not in client.get(path).text
    assert "không lưu tên" in client.get(path).text
