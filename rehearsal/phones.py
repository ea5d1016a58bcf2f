"""Phones in a hall with bad Wi-Fi: they send twice, lose answers and try again."""

import asyncio
import csv
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import TextIO
from urllib.parse import quote

import httpx

from rehearsal.recording import Cue, RecordedQuestion

MOST_UNDER_WAY = 100
SENT_TWICE = 0.06
ANSWER_LOST = 0.03
SHORTEST_WAIT = 0.3
LONGEST_WAIT = 10.0
GIVE_UP_AFTER = 300.0
_TIMEOUT = 15.0
_TRY_AGAIN = frozenset({408, 425, 429})
# An unknown or a closed event refuses every question, so the rest need not be sent.
_ENDS_ALL = frozenset({404, 409})


class CannotPlay(Exception):
    """There is no server, or no such event, or the log cannot be written; the text says which."""


class Habit(StrEnum):
    """What a phone does with one question."""

    SEND_ONCE = "send_once"
    SEND_TWICE = "send_twice"
    LOSE_ANSWER = "lose_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """An acknowledgement: the asker's code and the question's number."""

    code: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedAway:
    """An answer that no repetition would change."""

    status: int
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalSummary:
    """What became of the questions; each is counted once, however often it was sent.

    `retried` counts the repetitions. `refused` has the number of questions for each answer, such
    as "422 Choose a district from the list." `contradictions` are keys that got two answers.
    `ended_by` is the status that ended the play for all: 404 or 409, or nothing.
    """

    planned: int
    sent: int
    acknowledged: int
    retried: int
    given_up: int
    contradictions: int
    refused: Mapping[str, int]
    by_district: Mapping[str, int]
    ended_by: int | None = None

    @property
    def complete(self) -> bool:
        """Whether every question was acknowledged, each with one answer."""
        return self.acknowledged == self.planned and not self.contradictions


async def knock(*, url: str, slug: str) -> None:
    """Ask whether the app is there and has the event.

    Raises:
        CannotPlay: it is not there, not ready, or does not know the event.
    """
    try:
        async with httpx.AsyncClient(base_url=url, timeout=_TIMEOUT) as client:
            answer = await client.get(f"/api/events/{quote(slug, safe='')}/board")
    except (httpx.RequestError, httpx.InvalidURL):
        raise CannotPlay(f"No app answers at {url}. Start it with: make run") from None
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise CannotPlay(f"There is no event {slug} at {url}.")
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise CannotPlay(f"The app at {url} is not ready: it answers {answer.status_code}.")
    if not answer.headers.get("content-type", "").startswith("application/json"):
        raise CannotPlay(f"What answers at {url} is not this app.")


async def play(
    cues: Sequence[Cue],
    *,
    url: str,
    slug: str,
    log: TextIO | None = None,
    chance: random.Random | None = None,
    give_up_after: float = GIVE_UP_AFTER,
    on_progress: Callable[[RehearsalSummary], None] | None = None,
) -> RehearsalSummary:
    """Send every question at its second, and wait until each is answered or given up.

    `log` gets a line `key,code,id` at each question's first acknowledgement, at once.
    `on_progress` is called once a second, and at the end even when the play is cancelled.

    Raises:
        CannotPlay: the log cannot be written.
    """
    # Each phone waits at the semaphore, so the pool never has to hand out a connection late.
    limits = httpx.Limits(max_connections=MOST_UNDER_WAY)
    async with httpx.AsyncClient(base_url=url, timeout=_TIMEOUT, limits=limits) as client:
        hall = _Hall(
            client=client,
            path=f"/api/events/{quote(slug, safe='')}/questions",
            tally=_Tally(planned=len(cues)),
            log=log,
            chance=chance or random.Random(),  # noqa: S311 — a rhythm, not a secret
            give_up_after=give_up_after,
        )
        try:
            await hall.play(cues, on_progress or _say_nothing)
        except* OSError as failed:
            raise CannotPlay(f"The log cannot be written: {failed.exceptions[0]}") from None
        return hall.tally.summary()


@dataclass(kw_only=True)
class _Tally:
    planned: int
    sent: int = 0
    retried: int = 0
    given_up: int = 0
    contradictions: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    by_district: Counter[str] = field(default_factory=Counter)
    ended_by: int | None = None

    def summary(self) -> RehearsalSummary:
        return RehearsalSummary(
            planned=self.planned,
            sent=self.sent,
            acknowledged=self.by_district.total(),
            retried=self.retried,
            given_up=self.given_up,
            contradictions=self.contradictions,
            refused=dict(self.refused.most_common()),
            by_district=dict(self.by_district.most_common()),
            ended_by=self.ended_by,
        )


@dataclass(kw_only=True)
class _Hall:
    """All the phones of a rehearsal, on one HTTP client."""

    client: httpx.AsyncClient
    path: str
    tally: _Tally
    log: TextIO | None
    chance: random.Random
    give_up_after: float
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_UNDER_WAY))
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def play(
        self, cues: Sequence[Cue], on_progress: Callable[[RehearsalSummary], None]
    ) -> None:
        telling = asyncio.create_task(self._tell(on_progress))
        # Drawn before the first answer, so that a seed means the same play on any network.
        habits = [_habit(self.chance.random()) for _ in cues]
        started = time.monotonic()
        try:
            async with asyncio.TaskGroup() as phones:
                for cue, habit in zip(cues, habits, strict=True):
                    await self._wait(started + cue.second - time.monotonic())
                    if self.over.is_set():
                        break
                    phones.create_task(_Phone(self, cue.recorded).ask(habit))
        finally:
            telling.cancel()
            on_progress(self.tally.summary())

    async def post(self, key: str, recorded: RecordedQuestion) -> httpx.Response | None:
        """Send once; nothing where the connection failed."""
        body = _body(recorded)
        async with self.room:
            with suppress(httpx.RequestError):
                return await self.client.post(
                    self.path, json=body, headers={"Idempotency-Key": key}
                )
        return None

    def end(self, status: int) -> None:
        self.tally.ended_by = status
        self.over.set()

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.over.wait(), max(0.0, seconds))

    async def _tell(self, on_progress: Callable[[RehearsalSummary], None]) -> None:
        while True:
            await asyncio.sleep(1)
            on_progress(self.tally.summary())


class _Phone:
    """One question on its way, under one key."""

    def __init__(self, hall: _Hall, recorded: RecordedQuestion) -> None:
        self._hall = hall
        self._recorded = recorded
        # Never from the seed: the same play again must ask anew, not get the old receipts.
        self._key = str(uuid.uuid4())
        self._codes: set[str] = set()

    async def ask(self, habit: Habit) -> None:
        """Send the question as the habit wants, and count what became of it."""
        tally = self._hall.tally
        tally.sent += 1
        times = 2 if habit is Habit.SEND_TWICE else 1
        answers = await asyncio.gather(*(self._send() for _ in range(times)))
        if habit is Habit.LOSE_ANSWER and self._codes:
            await asyncio.sleep(self._hall.chance.uniform(SHORTEST_WAIT, 1.0))
            tally.retried += 1
            answers.append(await self._send())
        refusals = [each for each in answers if isinstance(each, TurnedAway)]
        if not self._codes and refusals:
            tally.refused[f"{refusals[0].status} {refusals[0].detail}".strip()] += 1
        elif not self._codes:
            tally.given_up += 1
        elif refusals or len(self._codes) > 1:
            tally.contradictions += 1

    async def _send(self) -> Acknowledged | TurnedAway | None:
        """Send until it is acknowledged or refused; nothing where it was given up."""
        hall = self._hall
        deadline = time.monotonic() + hall.give_up_after
        wait = SHORTEST_WAIT
        while True:
            answer = await hall.post(self._key, self._recorded)
            read = _read(answer) if answer is not None else None
            if read is not None:
                self._note(read)
                return read
            pause = wait * hall.chance.uniform(0.5, 1.5)
            if answer is not None:
                pause += _retry_after(answer.headers.get("retry-after", ""))
            if time.monotonic() + pause > deadline:
                return None
            hall.tally.retried += 1
            await asyncio.sleep(pause)
            wait = min(wait * 2, LONGEST_WAIT)

    def _note(self, answer: Acknowledged | TurnedAway) -> None:
        hall = self._hall
        if isinstance(answer, TurnedAway):
            if answer.status in _ENDS_ALL and not self._codes:
                hall.end(answer.status)
            return
        if not self._codes:
            hall.tally.by_district[self._recorded.district] += 1
            if hall.log is not None:
                csv.writer(hall.log, lineterminator="\n").writerow(
                    (self._key, answer.code, answer.id)
                )
                hall.log.flush()
        self._codes.add(answer.code)


def _habit(drawn: float) -> Habit:
    if drawn < SENT_TWICE:
        return Habit.SEND_TWICE
    return Habit.LOSE_ANSWER if drawn < SENT_TWICE + ANSWER_LOST else Habit.SEND_ONCE


def _body(recorded: RecordedQuestion) -> dict[str, str | bool]:
    optional = {
        "topic": recorded.topic,
        "name": recorded.name,
        "organisation": recorded.organisation,
    }
    filled = {name: value for name, value in optional.items() if value}
    return {"text": recorded.text, "district": recorded.district, "consent": True, **filled}


def _read(answer: httpx.Response) -> Acknowledged | TurnedAway | None:
    """Understand an answer; nothing where the same request may get a better one."""
    status = answer.status_code
    if status in _TRY_AGAIN or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return None
    try:
        document = answer.json()
        if status == httpx.codes.CREATED:
            return Acknowledged(code=str(document["code"]), id=str(document["id"]))
        return TurnedAway(status=status, detail=str(document.get("detail", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        # A proxy's page in place of the app's answer says nothing about a question it took.
        return None if status == httpx.codes.CREATED else TurnedAway(status=status, detail="")


def _retry_after(value: str) -> float:
    """Return the seconds that a Retry-After header asks for, given as seconds or as a date."""
    if value.isdecimal():
        return float(value)
    try:
        seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return 0.0
    return max(0.0, seconds)


def _say_nothing(_: RehearsalSummary) -> None:
    """Serve as the progress of a play that nobody watches."""
