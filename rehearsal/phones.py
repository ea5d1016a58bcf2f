"""Phones in a hall with bad Wi-Fi: they send twice, lose answers and try again."""

import asyncio
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

import httpx

from rehearsal.recording import Cue, Recorded

MOST_AT_ONCE = 100
SENT_TWICE = 0.06
ANSWER_LOST = 0.03
SHORTEST_WAIT = 0.3
LONGEST_WAIT = 10.0
TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass
class Summary:
    """What became of the questions that were played."""

    sent: int = 0
    acknowledged: int = 0
    retried: int = 0
    given_up: int = 0
    contradictions: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    by_district: Counter[str] = field(default_factory=Counter)

    @property
    def complete(self) -> bool:
        """Whether every question was acknowledged, each with one answer."""
        return self.acknowledged == self.sent and not self.contradictions


class Phones:
    """All the phones of a rehearsal, on one HTTP client."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        slug: str,
        *,
        chance: random.Random,
        log: TextIO | None = None,
        give_up_after: float = 300.0,
    ) -> None:
        """Prepare; `log` gets a line `key,code,id` for each first acknowledgement, at once."""
        self.summary = Summary()
        self._client = client
        self._path = f"/api/events/{slug}/questions"
        self._chance = chance
        self._log = log
        self._give_up_after = give_up_after
        self._room = asyncio.Semaphore(MOST_AT_ONCE)

    async def play(
        self, cues: Sequence[Cue], *, every_second: Callable[[Summary], None] = lambda _: None
    ) -> Summary:
        """Send every question at its second, and wait until each is answered or given up."""
        started = time.monotonic()
        telling = asyncio.create_task(self._tell(every_second))
        async with asyncio.TaskGroup() as phones:
            for cue in cues:
                await asyncio.sleep(max(0.0, started + cue.second - time.monotonic()))
                await self._room.acquire()
                phones.create_task(self._ask(cue.recorded))
        telling.cancel()
        every_second(self.summary)
        return self.summary

    async def _ask(self, recorded: Recorded) -> None:
        key = str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
        self.summary.sent += 1
        try:
            times = 2 if self._chance.random() < SENT_TWICE else 1
            answers = await asyncio.gather(*(self._send(key, recorded) for _ in range(times)))
            if self._chance.random() < ANSWER_LOST:
                self.summary.retried += 1
                answers.append(await self._send(key, recorded))
        finally:
            self._room.release()
        self._note(recorded, [each for each in answers if each is not None])

    def _note(self, recorded: Recorded, answers: list[dict[str, Any]]) -> None:
        if not answers:
            return
        self.summary.acknowledged += 1
        self.summary.by_district[recorded.district] += 1
        if any(each["code"] != answers[0]["code"] for each in answers):
            self.summary.contradictions += 1

    async def _send(self, key: str, recorded: Recorded) -> dict[str, Any] | None:
        """Send until it is acknowledged, refused for good, or given up."""
        deadline = time.monotonic() + self._give_up_after
        wait = SHORTEST_WAIT
        while True:
            answer = await self._post(key, recorded)
            if answer is not None and answer.status_code == httpx.codes.CREATED:
                return self._acknowledge(key, answer.json())
            if answer is not None and answer.status_code not in TRY_AGAIN:
                self.summary.refused[answer.status_code] += 1
                return None
            wanted = float(answer.headers.get("retry-after", 0)) if answer is not None else 0.0
            pause = max(wanted, wait) * self._chance.uniform(0.5, 1.5)
            if time.monotonic() + pause > deadline:
                self.summary.given_up += 1
                return None
            self.summary.retried += 1
            await asyncio.sleep(pause)
            wait = min(wait * 2, LONGEST_WAIT)

    def _acknowledge(self, key: str, receipt: dict[str, Any]) -> dict[str, Any]:
        if self._log is not None:
            print(key, receipt["code"], receipt["id"], sep=",", file=self._log, flush=True)
        return receipt

    async def _post(self, key: str, recorded: Recorded) -> httpx.Response | None:
        body: dict[str, Any] = {
            "text": recorded.text,
            "district": recorded.district,
            "consent": True,
        }
        for name in ("topic", "name", "organisation"):
            if value := getattr(recorded, name):
                body[name] = value
        try:
            return await self._client.post(self._path, json=body, headers={"Idempotency-Key": key})
        except httpx.TransportError:
            return None

    async def _tell(self, every_second: Callable[[Summary], None]) -> None:
        while True:
            await asyncio.sleep(1)
            every_second(self.summary)
