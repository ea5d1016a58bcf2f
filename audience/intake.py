"""Questions are taken in groups: one commit for all that arrived meanwhile, answered only then."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from audience import consent
from data_access import engine, patience
from data_access.engine import Database
from data_access.questions.writing import consents, submissions
from data_access.questions.writing.submissions import Keyed
from dialogue.questions import Receipt
from dialogue.refusals import Refusal, Unavailable
from web.supervision import supervised

logger = logging.getLogger(__name__)
MOST_WAITING = 5_000
MOST_PER_COMMIT = 500
# Who has waited behind a batch that failed has this much left, so that not all fail after it.
LEAST_SECONDS = 1.0
# However the database fails to answer, a phone has its answer by then.
ANSWERED_WITHIN_SECONDS = patience.SECONDS + LEAST_SECONDS
ENDS_WITHIN_SECONDS = 10.0
# The events whose privacy notice this process has kept.
_remembered: set[tuple[Database, str]] = set()


@dataclass(frozen=True, slots=True)
class _Waiting:
    slug: str
    keyed: Keyed
    answer: asyncio.Future[Receipt | Refusal] = field(compare=False)
    since: float = field(default_factory=time.monotonic)


class SubmissionWriter:
    """One writer that takes whatever has gathered, commits it, and answers everyone in it."""

    def __init__(self) -> None:
        """Prepare; `running` starts the writer."""
        self._waiting: asyncio.Queue[_Waiting] = asyncio.Queue(MOST_WAITING)

    async def submit(self, slug: str, keyed: Keyed) -> Receipt:
        """Hand in a submission and wait until it is on disk.

        Raises:
            UnknownEvent, EventClosed, EventPaused, KeyReused: it was not taken.
            Unavailable: it could not be made durable in time, or too many are waiting. Under the
                same key it may be handed in again.
        """
        answer: asyncio.Future[Receipt | Refusal] = asyncio.get_running_loop().create_future()
        try:
            self._waiting.put_nowait(_Waiting(slug, keyed, answer))
        except asyncio.QueueFull:
            raise Unavailable from None
        await asyncio.wait({answer}, timeout=ANSWERED_WITHIN_SECONDS)
        answered = answer.result() if answer.done() else Unavailable()
        if isinstance(answered, Refusal):
            raise answered
        return answered

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Write while the context is open; at its end write what still waits."""
        async with supervised("the intake of questions", self._write_forever):
            try:
                yield
            finally:
                with suppress(TimeoutError):
                    async with asyncio.timeout(ENDS_WITHIN_SECONDS):
                        await self._waiting.join()

    async def _write_forever(self) -> None:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1, thread_name_prefix="intake") as thread:
            while True:
                batch = [await self._waiting.get()]
                answers: list[Receipt | Refusal] = []
                try:
                    await self._until_none_comes()
                    while len(batch) < MOST_PER_COMMIT and not self._waiting.empty():
                        batch.append(self._waiting.get_nowait())
                    answers = await loop.run_in_executor(thread, _write, batch)
                finally:
                    # Whatever broke, nobody waits without an answer.
                    answers = answers or [Unavailable()] * len(batch)
                    for waiting, answer in zip(batch, answers, strict=True):
                        _answer(waiting, answer)
                        self._waiting.task_done()

    async def _until_none_comes(self) -> None:
        """Let the requests that are being read join: a commit costs as much for one as for many."""
        before, waiting = -1, self._waiting.qsize()
        while before < waiting < MOST_PER_COMMIT:
            await asyncio.sleep(0)
            before, waiting = waiting, self._waiting.qsize()


def _write(batch: list[_Waiting]) -> list[Receipt | Refusal]:
    """Write a batch, as much of it as can be written in time."""
    failures: list[Exception] = []
    until = max(batch[0].since + patience.SECONDS, time.monotonic() + LEAST_SECONDS)
    with patience.until(until):
        answers = _try(batch, failures)
    if failures:
        lost = sum(isinstance(each, Unavailable) for each in answers)
        bug = next((each for each in failures if not isinstance(each, engine.Failure)), None)
        reason = engine.reason(bug or failures[-1])
        logger.error("%d of %d questions not written: %s", lost, len(batch), reason, exc_info=bug)
    return answers


def _try(batch: list[_Waiting], failures: list[Exception]) -> list[Receipt | Refusal]:
    """Write in one transaction; if that fails, each alone, so that none drags others along.

    A database that took all the time that there was is not tried again by each.
    """
    if not patience.left():
        return [Unavailable()] * len(batch)
    try:
        return _commit(batch)
    except Refusal as refusal:
        if len(batch) == 1:
            return [refusal]
    except Exception as error:
        failures.append(error)
        if len(batch) == 1:
            return [Unavailable()]
    return [_try([each], failures)[0] for each in batch]


def _commit(batch: list[_Waiting]) -> list[Receipt | Refusal]:
    by_slug: dict[str, list[int]] = defaultdict(list)
    for index, waiting in enumerate(batch):
        by_slug[waiting.slug].append(index)
    answers: dict[int, Receipt | Refusal] = {}
    database = engine.current()
    new = [slug for slug in by_slug if (database, slug) not in _remembered]
    with database.transaction() as session:
        for slug, indices in by_slug.items():
            keyed = [batch[index].keyed for index in indices]
            taken = submissions.submit(session, slug, keyed, at=datetime.now(UTC))
            answers.update(zip(indices, taken, strict=True))
        for slug in new:
            # After the first question has locked the event, so that nobody else does it too.
            consents.remember(session, slug, consent.texts(), at=datetime.now(UTC))
    _remembered.update((database, slug) for slug in new)
    return [answers[index] for index in range(len(batch))]


def _answer(waiting: _Waiting, answer: Receipt | Refusal) -> None:
    # The phone may have gone away; its question is on disk all the same.
    if not waiting.answer.done():
        waiting.answer.set_result(answer)
