"""Behind PgBouncer in transaction mode: nothing is refused, and other processes hear of changes."""

import asyncio
import os
import socket
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import httpx
import psycopg
import pytest
from sqlalchemy import make_url
from websockets.asyncio.client import connect

from data_access.revisions import NO_NOTIFICATIONS
from dialogue.roles import Role
from tests import programs
from tests.factories import SLUG
from tests.load.test_readiness import BODY, PATH, becomes, until
from tests.server import Server, free_port

PHONES = 20
EACH = 15
CONFIGURATION = """
[databases]
* = host={host} user=postgres

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 5
"""
_keys = count()


@pytest.fixture
def pooled_url(postgresql_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database behind a pooler."""
    program = programs.found("pgbouncer")
    if program is None:
        pytest.skip("PgBouncer is not installed, and may not be installed here")
    url, port = make_url(postgresql_url), free_port()
    host = str(url.query["host"])
    file = tmp_path / "pgbouncer.ini"
    file.write_text(CONFIGURATION.format(host=host, port=port))
    # It refuses to run as root; the owner of the server may open the server's socket.
    identity = ["-u", Path(host).owner()] if os.geteuid() == 0 else []
    with (tmp_path / "pgbouncer.log").open("wb") as log:
        process = subprocess.Popen([program, *identity, file], stderr=log)
    until(lambda: _answers(port))
    yield url.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
    process.terminate()
    process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("has_own_address", [False, True])
def test_what_one_process_takes_another_hears_of_through_a_pooler(
    pooled_url: str, postgresql_url: str, tmp_path: Path, has_own_address: bool
) -> None:
    own = {"DIALOGUE_LISTEN_URL": postgresql_url} if has_own_address else {}
    first = Server(pooled_url, tmp_path / "first.log", **own)
    second = Server(pooled_url, tmp_path / "second.log", **own)
    ((name, value),) = second.cookies(Role.SCREEN).items()

    async def ask_here_listen_there() -> Counter[int]:
        address = f"{second.url.replace('http', 'ws')}/live/{SLUG}"
        async with (
            connect(address, additional_headers={"Cookie": f"{name}={value}"}) as heard,
            httpx.AsyncClient(base_url=first.url, timeout=60) as client,
        ):
            assert await asyncio.wait_for(heard.recv(), 60) == "0"

            async def ask() -> list[int]:
                return [
                    (
                        await client.post(
                            PATH, json=BODY, headers={"Idempotency-Key": f"pooled-{next(_keys)}"}
                        )
                    ).status_code
                    for _ in range(EACH)
                ]

            answered = await asyncio.gather(*(ask() for _ in range(PHONES)))
            with psycopg.connect(postgresql_url.replace("+psycopg", "")) as link:
                ((newest,),) = link.execute("SELECT revision FROM events").fetchall()
            while int(await asyncio.wait_for(heard.recv(), 60)) < newest:
                pass
        return Counter(status for each in answered for status in each)

    try:
        first.start()
        second.start()
        with httpx.Client(base_url=second.url, timeout=60) as client:
            notes = [] if has_own_address else [NO_NOTIFICATIONS]
            becomes(client, 200, "ok", *notes)
            taken = asyncio.run(ask_here_listen_there())
            becomes(client, 200, "ok", *notes)
    finally:
        first.stop()
        second.stop()

    assert taken == {201: PHONES * EACH}
    assert (NO_NOTIFICATIONS in second.log.read_text()) is not has_own_address
