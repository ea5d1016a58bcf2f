"""Questions are taken in groups: one commit for all that arrived meanwhile, answered only then."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from audience import consent
from data_access import consents, engine, questions
from data_access.engine import Database
from data_access.questions import Keyed
from dialogue.questions import Receipt
from dialogue.refusals import Refusal, Unavailable

logger = logging.getLogger(__name__)
MOST_WAITING = 5_000
MOST_PER_COMMIT = 500
# The events whose privacy notice this process has kept.
_remembered: set[tuple[Database, str]] = set()


@dataclass(frozen=True, slots=True)
class _Waiting:
    slug: str
    keyed: Keyed
    answer: asyncio.Future[Receipt] = field(compare=False)


class Intake:
    """One writer that takes whatever has gathered, commits it, and answers everyone in it."""

    def __init__(self) -> None:
        """Prepare; `running` starts the writer."""
        self._waiting: asyncio.Queue[_Waiting] = asyncio.Queue(MOST_WAITING)

    async def submit(self, slug: str, keyed: Keyed) -> Receipt:
        """Hand in a submission and wait until it is on disk.

        Raises:
            UnknownEvent, EventClosed, EventPaused, KeyReused: it was not taken.
            Unavailable: it could not be made durable, or too many are waiting.
        """
        answer: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        try:
            self._waiting.put_nowait(_Waiting(slug, keyed, answer))
        except asyncio.QueueFull:
            raise Unavailable from None
        return await answer

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Write while the context is open; at its end write what still waits."""
        writing = asyncio.create_task(self._write_forever())
        try:
            yield
        finally:
            await self._waiting.join()
            writing.cancel()

    async def _write_forever(self) -> None:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1, thread_name_prefix="intake") as thread:
            while True:
                batch = [await self._waiting.get()]
                await self._until_none_comes()
                while len(batch) < MOST_PER_COMMIT and not self._waiting.empty():
                    batch.append(self._waiting.get_nowait())
                answers = await loop.run_in_executor(thread, _write, batch)
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
    """Write a batch in one transaction; if that fails, each alone, so that none drags others."""
    try:
        return _commit(batch)
    except (engine.Failure, Refusal) as error:
        if len(batch) > 1:
            return [_write([each])[0] for each in batch]
        if isinstance(error, Refusal):
            return [error]
        logger.exception("a question for %s could not be written", batch[0].slug)
        return [Unavailable()]


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
            taken = questions.submit(session, slug, keyed, at=datetime.now(UTC))
            answers.update(zip(indices, taken, strict=True))
        for slug in new:
            # After the first question has locked the event, so that nobody else does it too.
            consents.remember(session, slug, consent.texts(), at=datetime.now(UTC))
    _remembered.update((database, slug) for slug in new)
    return [answers[index] for index in range(len(batch))]


def _answer(waiting: _Waiting, answer: Receipt | Refusal) -> None:
    if waiting.answer.cancelled():
        return  # the phone went away; its question is on disk all the same
    if isinstance(answer, Refusal):
        waiting.answer.set_exception(answer)
    else:
        waiting.answer.set_result(answer)
