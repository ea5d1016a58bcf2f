"""Guessing passwords at the real server: what it costs those who do not."""

import asyncio

import httpx

from access import passwords
from data_access import engine
from dialogue.roles import Role
from tests import factories
from tests.server import Server

PASSWORD = "con mèo trên mái nhà"


def add_account(own_server: Server, *roles: Role, email: str = "an@example.vn") -> None:
    database = engine.start(own_server.database_url)
    factories.add_account(*roles, email=email, password_hash=passwords.hashed(PASSWORD))
    database.close()


def test_a_browser_that_has_signed_in_before_is_not_kept_out_by_guesses_from_its_address(
    own_server: Server,
) -> None:
    add_account(own_server, Role.MODERATOR)
    add_account(own_server, Role.CHAIR, email="binh@example.vn")

    def status(client: httpx.Client, email: str, password: str = PASSWORD) -> int:
        typed = {"email": email, "password": password}
        return client.post("/signin", data=typed, headers={"Origin": own_server.url}).status_code

    with (
        httpx.Client(base_url=own_server.url) as moderator,
        httpx.Client(base_url=own_server.url) as stranger,
    ):
        assert status(moderator, "an@example.vn") == 303
        assert moderator.post("/signout", headers={"Origin": own_server.url}).status_code == 303
        guesses = [
            status(stranger, email, "wrong")
            for email in ["an@example.vn"] * 6 + [f"nobody{n}@example.vn" for n in range(50)]
        ]

        assert guesses[-1] == 429
        assert status(stranger, "binh@example.vn") == 429
        # Another's account has not signed in here before: this browser guesses as a stranger does.
        assert status(moderator, "binh@example.vn") == 429
        assert status(moderator, "an@example.vn", "wrong") == 401
        assert status(moderator, "an@example.vn") == 303


def test_guesses_from_one_ipv6_network_are_counted_together(own_server: Server) -> None:
    add_account(own_server, Role.MODERATOR)

    def status(number: int) -> int:
        return httpx.post(
            f"{own_server.url}/signin",
            data={"email": "an@example.vn", "password": "wrong"},
            headers={"Origin": own_server.url, "X-Forwarded-For": f"2001:db8:0:1::{number}"},
        ).status_code

    statuses = [status(number) for number in range(1, 9)]

    assert statuses[:5] == [401] * 5
    assert 429 in statuses


def test_eighty_guesses_at_once_are_answered_and_pages_beside_them(own_server: Server) -> None:
    async def story() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=own_server.url, timeout=60) as client:

            async def guess(number: int) -> httpx.Response:
                typed = {"email": f"nobody{number}@example.vn", "password": "wrong"}
                # No address guesses so often that it would have to wait for that alone.
                headers = {"Origin": own_server.url, "X-Forwarded-For": f"192.0.2.{number % 8}"}
                return await client.post("/signin", data=typed, headers=headers)

            guesses = [asyncio.create_task(guess(number)) for number in range(80)]
            await asyncio.wait(guesses, return_when=asyncio.FIRST_COMPLETED)
            assert (await client.get("/ask/dong-nai-2022")).status_code == 200
            return await asyncio.gather(*guesses)

    answers = asyncio.run(story())

    assert {each.status_code for each in answers} <= {401, 429}
    beyond_the_queue = [each for each in answers if each.status_code == 429]
    assert len(beyond_the_queue) >= 30
    assert all(int(each.headers["retry-after"]) >= 1 for each in beyond_the_queue)
