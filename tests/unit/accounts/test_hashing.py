"""Hashing has threads and a queue of its own: nobody who guesses takes those of the others."""

import threading
from collections.abc import Iterator
from functools import partial

import anyio
import anyio.lowlevel
import pytest

from access import passwords
from dialogue.refusals import TooManyAttempts

FROM_HERE, FROM_ELSEWHERE = "192.0.2.1", "192.0.2.2"


class Desk:
    """Sends work to be hashed, which takes until it is told to end."""

    def __init__(self) -> None:
        self.refused = self.done = 0
        self.end = threading.Event()

    async def send(self, network: str | None) -> None:
        try:
            await passwords.in_turn(partial(self.end.wait, 30), network=network)
            self.done += 1
        except TooManyAttempts:
            self.refused += 1


@pytest.fixture
def desk() -> Iterator[Desk]:
    opened = Desk()
    yield opened
    opened.end.set()


async def settled() -> None:
    for _ in range(20):
        await anyio.lowlevel.checkpoint()


def test_eighty_guesses_take_no_thread_of_the_others_and_most_are_told_to_come_again(
    desk: Desk,
) -> None:
    async def story() -> tuple[int, float]:
        async with anyio.create_task_group() as group:
            for _ in range(80):
                group.start_soon(desk.send, FROM_HERE)
            await settled()
            refused = desk.refused
            busy = anyio.to_thread.current_default_thread_limiter().borrowed_tokens
            desk.end.set()
        return refused, busy

    refused, busy = anyio.run(story)

    assert refused == 80 - passwords.MOST_WAITING_OF_A_NETWORK
    assert busy == 0
    assert desk.done == passwords.MOST_WAITING_OF_A_NETWORK


def test_who_is_known_finds_room_where_strangers_have_filled_their_queue(desk: Desk) -> None:
    async def story() -> list[int]:
        async with anyio.create_task_group() as group:
            refused = []
            for network in [*(f"192.0.2.{number}" for number in range(80)), FROM_HERE, None]:
                group.start_soon(desk.send, network)
                await settled()
                refused.append(desk.refused)
            desk.end.set()
        return refused[-3:]

    before, stranger, known = anyio.run(story)

    assert stranger == before + 1
    assert known == stranger


def test_what_a_network_has_in_the_queue_is_given_back(desk: Desk) -> None:
    async def fill() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(passwords.MOST_WAITING_OF_A_NETWORK):
                group.start_soon(desk.send, FROM_HERE)
            await settled()
            desk.end.set()

    for _ in range(3):
        desk.end.clear()
        anyio.run(fill)

    assert desk.refused == 0
