"""A hall of phones behind one address has a vote each; who keeps no mark has none.

The desk sees what one address sends in a burst.
"""

import asyncio
from contextlib import closing
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
import pytest

from data_access import engine
from dialogue.bursts import WITHIN, Burst
from dialogue.lifecycle import Status
from live import snapshots
from tests.factories import SLUG, ask_until
from tests.server import Server

PHONES = 150
LAPTOP = 300


@pytest.fixture
def vote(server: Server) -> str:
    """The address at which a question that waits for its turn is supported."""
    with closing(engine.start(server.database_url)):
        return f"/api/events/{SLUG}/questions/{ask_until(Status.APPROVED)}/vote"


def votes(server: Server, vote: str) -> int:
    """Count them on disk."""
    number = int(vote.split("/")[-2])
    with closing(engine.start(server.database_url)):
        return snapshots.current(SLUG).questions[number].votes


def shown(server: Server, vote: str) -> tuple[Burst, ...]:
    """Return the bursts that the desk sees."""
    number = int(vote.split("/")[-2])
    with closing(engine.start(server.database_url)):
        return snapshots.current(SLUG).bursts.get(number, ())


def forgetful(server: Server) -> httpx.AsyncClient:
    """A client that is many phones: it keeps no mark by itself."""
    nothing = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    limits = httpx.Limits(max_connections=20)
    return httpx.AsyncClient(base_url=server.url, cookies=nothing, limits=limits, timeout=120)


async def support(client: httpx.AsyncClient, vote: str) -> int:
    """Open the page as a new phone does, and press the button once."""
    page = await client.get(f"/ask/{SLUG}")
    mark = page.headers.get("set-cookie", "").partition(";")[0]
    return (await client.put(vote, headers={"Cookie": mark})).status_code


def test_who_keeps_no_mark_has_no_vote(server: Server, vote: str) -> None:
    async def pretend() -> set[int]:
        async with forgetful(server) as laptop:
            return {(await laptop.put(vote)).status_code for _ in range(20)}

    assert asyncio.run(pretend()) == {409}
    assert votes(server, vote) == 0


def test_a_phone_that_came_without_a_mark_votes_with_the_second_press(
    server: Server, vote: str
) -> None:
    with httpx.Client(base_url=server.url) as phone:
        answers = [phone.put(vote), phone.put(vote), phone.put(vote)]

    assert [each.status_code for each in answers] == [409, 200, 200]
    assert votes(server, vote) == 1


def test_a_hall_behind_one_address_votes(server: Server, vote: str) -> None:
    async def hall() -> list[int]:
        async with forgetful(server) as client:
            return await asyncio.gather(*(support(client, vote) for _ in range(PHONES)))

    assert asyncio.run(hall()) == [200] * PHONES
    assert votes(server, vote) == PHONES


def test_a_burst_from_one_address_is_shown_with_its_figures(server: Server, vote: str) -> None:
    async def flood() -> tuple[datetime, datetime]:
        async with forgetful(server) as laptop:
            pages = await asyncio.gather(*(laptop.get(f"/ask/{SLUG}") for _ in range(LAPTOP)))
            marks = [each.headers["set-cookie"].partition(";")[0] for each in pages]
            began = datetime.now(UTC)
            put = [laptop.put(vote, headers={"Cookie": each}) for each in marks]
            assert {each.status_code for each in await asyncio.gather(*put)} == {200}
            return began, datetime.now(UTC)

    began, ended = asyncio.run(flood())

    if ended - began >= WITHIN:
        pytest.skip("this machine is too slow to send a burst")
    [burst] = shown(server, vote)
    assert (burst.votes, burst.set_aside) == (LAPTOP, False)
    assert began <= burst.began <= burst.ended <= ended
    assert votes(server, vote) == LAPTOP
