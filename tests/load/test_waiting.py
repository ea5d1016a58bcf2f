"""One slow thing does not stop the others: nobody who only reads waits for whoever writes."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from statistics import median

import httpx

from dialogue.roles import Role
from tests.factories import SLUG
from tests.server import Server

# More than the server has threads.
PHONES = 60
VOTE = f"/api/events/{SLUG}/questions/1/vote"
READ = (f"/ask/{SLUG}", f"/api/events/{SLUG}/board", "/assets/ask.js", f"/lists/{SLUG}")


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Hold the lock to write, as another program does."""
    file = server.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def timed(client: httpx.AsyncClient, method: str, path: str) -> tuple[int, float]:
    began = time.monotonic()
    answer = await client.request(method, path)
    return answer.status_code, time.monotonic() - began


def test_a_locked_database_is_read_all_the_same_and_writers_are_told_so(server: Server) -> None:
    moderator = server.cookies(Role.MODERATOR)

    async def vote_and_read() -> tuple[list[tuple[int, float]], list[tuple[int, float]]]:
        async with httpx.AsyncClient(base_url=server.url, cookies=moderator, timeout=60) as client:
            await client.get(f"/ask/{SLUG}")  # which brings the mark of a phone
            votes = [asyncio.create_task(timed(client, "PUT", VOTE)) for _ in range(PHONES)]
            await asyncio.sleep(0)
            reads = [await timed(client, "GET", each) for each in READ * 3]
            return await asyncio.gather(*votes), reads

    with locked(server):
        votes, reads = asyncio.run(vote_and_read())

    assert {status for status, _ in votes} == {503}
    assert {status for status, _ in reads} == {200}
    assert median(took for _, took in reads) < min(took for _, took in votes) / 2
