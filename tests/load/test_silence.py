"""A PostgreSQL that does not answer at all: everybody has an answer, and all is well afterwards."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from dialogue.roles import Role
from live.routes import TRY_AGAIN_LATER
from tests.factories import SLUG
from tests.load.test_readiness import BODY, PATH, ask, becomes, until
from tests.server import Server

PHONES = 60


@contextmanager
def frozen(database_url: str) -> Iterator[None]:
    """Stop every process of a database server: it stands still, and its connections stay."""
    with psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as link:
        ((folder,),) = link.execute("SHOW data_directory").fetchall()
        processes = [pid for (pid,) in link.execute("SELECT pid FROM pg_stat_activity").fetchall()]
    processes.append(int((Path(folder) / "postmaster.pid").read_text().splitlines()[0]))
    _send(signal.SIGSTOP, processes)
    try:
        yield
    finally:
        _send(signal.SIGCONT, processes)


def _send(sent: signal.Signals, processes: list[int]) -> None:
    for each in processes:
        try:
            os.kill(each, sent)
        except ProcessLookupError:
            continue  # the connection that asked has ended


@pytest.mark.parametrize("own_server", ["postgresql"], indirect=True)
def test_everybody_is_answered_by_a_server_whose_database_stands_still(own_server: Server) -> None:
    async def use() -> dict[str, Counter[int]]:
        async with httpx.AsyncClient(base_url=own_server.url, timeout=60) as client:

            async def each(method: str, path: str, **how: object) -> Counter[int]:
                made = (client.request(method, path, **how) for _ in range(PHONES))  # type: ignore[arg-type]
                return Counter(answer.status_code for answer in await asyncio.gather(*made))

            paths = {
                "ask": each("POST", PATH, json=BODY, headers={"Idempotency-Key": "silence"}),
                "vote": each("PUT", f"{PATH}/1/vote"),
                "board": each("GET", f"/api/events/{SLUG}/board"),
                "page": each("GET", f"/ask/{SLUG}"),
                "file": each("GET", "/assets/ask.js"),
            }
            return dict(zip(paths, await asyncio.gather(*paths.values()), strict=True))

    ((name, value),) = own_server.cookies(Role.MODERATOR).items()

    async def listen() -> int:
        address = f"{own_server.url.replace('http', 'ws')}/live/{SLUG}"
        async with connect(address, additional_headers={"Cookie": f"{name}={value}"}) as socket:
            with pytest.raises(ConnectionClosed) as closed:
                await asyncio.wait_for(socket.recv(), 60)
        return closed.value.rcvd.code if closed.value.rcvd else 0

    with httpx.Client(base_url=own_server.url, timeout=60) as client:
        becomes(client, 200, "ok")
        # The page that was seen last is shown.
        assert client.get(f"/ask/{SLUG}").status_code == 200

        with frozen(own_server.database_url):
            answered = asyncio.run(use())
            refused = asyncio.run(listen())
            unready = until(lambda: client.get("/readyz").status_code == 503)
        becomes(client, 200, "ok")
        taken = ask(client, "silence")

    assert answered == {
        "ask": {503: PHONES},
        "vote": {503: PHONES},
        "board": {503: PHONES},
        "page": {200: PHONES},
        "file": {200: PHONES},
    }
    assert (unready, taken) == (True, 201)
    # A page connects again after a while.
    assert refused == TRY_AGAIN_LATER
    # What all had to hear is in a few lines, without what they wrote.
    log = own_server.log.read_text()
    assert "Traceback" not in log
    assert log.count("the database failed at") < PHONES / 2
