"""What a page of the desk sends and reads by itself, asked of the real server by real clients."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from components.commands.endpoint import Answer
from components.desk.lists import Lists
from components.questions.question_board import Kept, Listed
from data_access import engine
from dialogue.lifecycle import Status
from dialogue.roles import Role
from live import snapshots
from tests.factories import SLUG
from tests.server import Server

APPROVE = {"action": "approve", "place": 1}
keys = count()


@pytest.fixture
def desk(server: Server) -> Iterator[httpx.Client]:
    """A moderator's browser."""
    with httpx.Client(
        base_url=server.url,
        cookies=server.cookies(Role.MODERATOR),
        headers={"Origin": server.url},
        timeout=20,
    ) as client:
        yield client


def asked(server: Server) -> int:
    """Ask a question from a phone, and return its number."""
    answer = httpx.post(
        f"{server.url}/api/events/{SLUG}/questions",
        json={"text": "Khi nào ấp em có sóng 4G ạ", "district": "731", "consent": True},
        headers={"Idempotency-Key": f"commands-{next(keys)}"},
    )
    number: int = answer.json()["id"]
    return number


def standing(server: Server, number: int) -> tuple[Status, int]:
    """How a question stands, and in which version."""
    database = engine.start(server.database_url)
    question = snapshots.current(SLUG).questions[number]
    database.close()
    return question.status, question.version


def send(
    client: httpx.Client, page: str, *commands: dict[str, Any], **besides: Any
) -> httpx.Response:
    body = {"page": page, "commands": commands, **besides}
    return client.post(f"/commands/{SLUG}", json=body)


def test_a_command_that_is_sent_again_is_done_once_and_answered_as_before(
    server: Server, desk: httpx.Client
) -> None:
    number = asked(server)
    command = {**APPROVE, "seen": [[number, 1]]}

    first = send(desk, "again", command).json()
    second = send(desk, "again", command).json()

    assert first["place"] == second["place"] == 1
    assert first["notice"] == second["notice"]
    assert f"#{number}" in first["notice"]["text"]
    assert first["notice"]["undo"] is True
    assert standing(server, number) == (Status.APPROVED, 2)


def test_the_same_place_on_another_page_is_another_deed(server: Server, desk: httpx.Client) -> None:
    number = asked(server)
    send(desk, "one", {**APPROVE, "seen": [[number, 1]]})

    answer = send(desk, "other", {"action": "queue", "place": 1, "seen": [[number, 2]]}).json()

    assert answer["notice"]["undo"] is True
    assert standing(server, number)[0] is Status.QUEUED


def test_the_answer_brings_the_lists_with_what_was_done(server: Server, desk: httpx.Client) -> None:
    number = asked(server)
    source = f"/lists/{SLUG}?state=approved&order=newest&kept={number}"

    answer = send(desk, "lists", {**APPROVE, "seen": [[number, 1]]}, lists=source).json()

    inbox = answer["lists"]["inbox"]
    assert inbox["revision"] == answer["revision"]
    assert inbox["rows"][0]["number"] == number
    assert [each["name"] for each in inbox["inbox"]["tabs"] if each["active"]] == ["Đã duyệt"]
    assert answer.keys() == Answer.__annotations__.keys()
    assert desk.get(source).json().keys() == answer["lists"].keys() == Lists.__annotations__.keys()
    assert inbox.keys() == Listed.__annotations__.keys()
    assert answer["lists"]["kept"][0].keys() == Kept.__annotations__.keys()
    elsewhere = {"lists": "/lists/elsewhere?state=approved"}
    assert (
        "lists"
        not in send(desk, "lists", {"action": "undo", "seen": [], "place": 2}, **elsewhere).json()
    )


def test_a_command_is_refused_in_the_language_of_its_page(
    server: Server, desk: httpx.Client
) -> None:
    number = asked(server)
    late = {"page": "late", "commands": [{**APPROVE, "seen": [[number, 7]]}]}

    said = [
        desk.post(f"/commands/{SLUG}?lang={language}", json={**late, "page": language}).json()[
            "notice"
        ]
        for language in ("vi", "en")
    ]

    assert said[0]["text"] != said[1]["text"]
    assert all(each["undo"] is False and each["again"]["action"] == "approve" for each in said)
    assert standing(server, number) == (Status.RECEIVED, 1)


def test_nothing_is_done_for_other_sites_or_for_whoever_has_no_part(server: Server) -> None:
    number = asked(server)
    command = {**APPROVE, "seen": [[number, 1]]}
    for roles, origin, status in (
        ([Role.MODERATOR], "https://elsewhere.example", 403),
        ([], server.url, 404),
        ([Role.SCREEN], server.url, 404),
    ):
        with httpx.Client(base_url=server.url, headers={"Origin": origin}) as client:
            client.cookies.update(server.cookies(*roles) if roles else {})
            assert send(client, "no-part", command).status_code == status
    # Who may only read is told so.
    with httpx.Client(base_url=server.url, headers={"Origin": server.url}) as client:
        client.cookies.update(server.cookies(Role.ANALYST))
        answer = send(client, "reader", command, lists=f"/lists/{SLUG}").json()
    assert answer["notice"]["undo"] is False
    assert "lists" not in answer

    assert standing(server, number) == (Status.RECEIVED, 1)


def lead(client: httpx.Client, page: str, **press: Any) -> httpx.Response:
    seen = {"on_stage": None, "coming": None, "place": 1}
    return client.post(
        f"/commands/{SLUG}/chair", json={"page": page, "commands": [{**seen, **press}]}
    )


def test_a_press_of_the_chair_that_is_sent_again_is_done_once(
    server: Server, desk: httpx.Client
) -> None:
    number = asked(server)
    send(desk, "queues", {"action": "queue", "place": 1, "seen": [[number, 1]]})
    press = {"button": "next", "coming": [number, 2]}

    first = lead(desk, "chair", **press).json()
    server.kill()
    server.start()
    again = lead(desk, "chair", **press)
    undone = lead(
        desk, "chair", button="undo", revision=first["notice"]["revision"], place=2
    ).json()

    assert f"#{number}" in first["notice"]["text"]
    assert first["notice"]["advanced"] is True
    assert again.json()["place"] == 1
    assert undone["notice"]["undo"] is False
    assert standing(server, number) == (Status.QUEUED, 4)


def test_a_press_that_no_glance_sends_keeps_nothing_back(desk: httpx.Client) -> None:
    for press in ({"button": "abolish"}, {"button": "next", "coming": [1]}, {"coming": 1}):
        answer = lead(desk, f"unread-{next(keys)}", **press).json()
        assert answer["place"] == 1
        assert answer["notice"]["text"].startswith("Có trục trặc")
    # It changes no question: the page shows it by itself.
    darken = {"name": "darken", "dark": True}
    assert lead(desk, "dark", button="darken", command=darken).json()["notice"] is None


def test_what_cannot_be_written_is_not_lost_and_not_answered_in_a_phones_words(
    server: Server, desk: httpx.Client
) -> None:
    number, other = asked(server), asked(server)
    send(desk, "before", {"action": "queue", "place": 1, "seen": [[other, 1]]})
    approve, press = {**APPROVE, "seen": [[number, 1]]}, {"button": "next", "coming": [other, 2]}
    database = engine.start(server.database_url)
    with database.transaction() as session:
        # The file is locked longer than the server waits for it.
        session.execute(text("SELECT 1"))
        answers = [send(desk, "locked", approve), lead(desk, "locked-chair", **press)]
    database.close()
    again = [send(desk, "locked", approve).json(), lead(desk, "locked-chair", **press).json()]

    for answer in answers:
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert "câu hỏi của bạn" not in answer.json()["title"]
    assert [each["place"] for each in again] == [1, 1]
    assert standing(server, number) == (Status.APPROVED, 2)
    assert standing(server, other) == (Status.ON_STAGE, 3)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"page": "x"},
        {"page": "x", "commands": 1},
        {"page": "x", "commands": ["approve"]},
        {"page": "x" * 41, "commands": []},
        {"page": "x", "commands": [{"action": "approve", "seen": [[1, 1]]}]},
        {"page": "x", "commands": [{"action": "approve", "seen": [[1, 1]], "place": "1"}]},
        {"page": "x", "commands": [{"action": "approve", "seen": [[1, 1]], "place": 2**31}]},
    ],
)
def test_what_no_page_sends_is_refused(desk: httpx.Client, body: dict[str, Any]) -> None:
    for path in (f"/commands/{SLUG}", f"/commands/{SLUG}/stage"):
        answer = desk.post(path, json=body)
        assert answer.status_code == 400
        assert answer.json()["title"]


@pytest.mark.parametrize(
    "command",
    [
        {},
        {"action": "abolish", "seen": [[1, 1]]},
        {"action": "approve", "seen": [["<b>", 1]]},
        {"action": "merge", "seen": [[1, 1]], "into": 10**20},
        {"name": "abolish", "part": None, "running": None},
    ],
)
def test_a_command_that_cannot_be_read_keeps_nothing_back(
    server: Server, desk: httpx.Client, command: dict[str, Any]
) -> None:
    number, page = asked(server), f"unread-{next(keys)}"

    answer = send(
        desk, page, {**command, "place": 1}, {**APPROVE, "seen": [[number, 1]], "place": 2}
    ).json()
    of_the_stage = desk.post(
        f"/commands/{SLUG}/stage",
        json={"page": f"{page}-stage", "commands": [{**command, "place": 1}]},
    ).json()

    assert standing(server, number)[0] is Status.APPROVED
    assert (answer["place"], of_the_stage["place"]) == (2, 1)
    assert answer["notice"]["text"].startswith("Có trục trặc")
    assert f"#{number}" in answer["notice"]["text"]
    assert of_the_stage["notice"]["text"].startswith("Có trục trặc")


def test_what_was_refused_is_said_beside_what_was_done_after_it(
    server: Server, desk: httpx.Client
) -> None:
    late, number = asked(server), asked(server)

    said = send(
        desk,
        "beside",
        {**APPROVE, "seen": [[late, 7]]},
        {**APPROVE, "seen": [[number, 1]], "place": 2},
    ).json()["notice"]

    assert said["text"].endswith(f"#{number}.")
    assert len(said["text"]) > len(f"Đã duyệt: #{number}.")
    assert said["again"]["seen"] == [[late, 1]]
    assert said["undo"] is True


def test_a_command_that_is_sent_again_after_a_restart_is_not_done_again(
    server: Server, desk: httpx.Client
) -> None:
    first, second = asked(server), asked(server)
    undo = {"action": "undo", "seen": [], "place": 3}
    send(
        desk,
        "restart",
        {**APPROVE, "seen": [[first, 1]]},
        {**APPROVE, "seen": [[second, 1]], "place": 2},
    )
    send(desk, "restart", undo)
    server.kill()
    server.start()

    answer = send(desk, "restart", undo).json()

    assert answer["place"] == 3
    assert standing(server, first)[0] is Status.APPROVED
    assert standing(server, second)[0] is Status.RECEIVED


def test_who_may_not_do_it_at_all_learns_nothing(server: Server) -> None:
    number = asked(server)
    with httpx.Client(base_url=server.url, headers={"Origin": server.url}) as client:
        client.cookies.update(server.cookies(Role.ANALYST))
        said = [
            send(client, f"version-{version}", {**APPROVE, "seen": [[number, version]]}).json()[
                "notice"
            ]["text"]
            for version in (1, 7)
        ]
        unknown = send(client, "unknown", {**APPROVE, "seen": [[10**9, 1]]}).json()["notice"][
            "text"
        ]

    assert {*said, unknown} == {"Bạn không có quyền làm việc này."}


def test_what_an_address_asks_for_wrongly_is_left_out(desk: httpx.Client) -> None:
    def pages(query: str) -> int:
        inbox = desk.get(f"/lists/{SLUG}?{query}").json()["inbox"]["inbox"]
        length: int = inbox["length"]
        return length // 50

    assert pages("pages=3") == 3
    assert pages("pages=0&newest=-1&opened=%3Cb%3E&state=nowhere&district=x&order=x&words=%22") == 1
    assert pages("pages=1&newest=999999999") == 1
    assert pages("pages=100") == 10
    rows = desk.get(f"/lists/{SLUG}?newest=999999999").json()["inbox"]["rows"]
    assert 0 < len(rows) <= 50
    assert pages("pages=99999999999999999999&newest=99999999999999999999&opened=1") == 1
    assert desk.get("/lists/nowhere").status_code == 404
