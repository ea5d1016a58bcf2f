"""Files that are being made or wait to be taken: who asked, how far each is, where it lies.

Each is made by a process of its own, one at a time; it is here that it is watched and ended.
What a template of somebody else's asks for has a turn of its own, and much less time.
"""

import json
import logging
import os
import secrets
import subprocess  # nosec B404
import sys
import tempfile
import threading
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from data_access import engine
from reports.documents import TemplateMistake, Wrong
from reports.orders import OUT_OF_MEMORY, FileOrder

logger = logging.getLogger(__name__)
ROOT = Path(__file__).parent.parent
# Long enough to save it, short enough for what may name people.
KEPT_SECONDS = 900.0
_TURN_SECONDS = 0.2
# A million questions are in a file long before; nobody waits longer for a colleague's.
MOST_SECONDS = 900.0
MOST_SECONDS_OF_A_TEMPLATE = 90.0


class JobState(StrEnum):
    """How a file stands."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    CANCELLED = "cancelled"
    WRONG = "wrong"
    TOO_MUCH = "too_much"
    FAILED = "failed"


@dataclass(slots=True, eq=False)
class Job:
    """One file for one account. `done` of `total` rows are in it; `mistakes` are a template's."""

    order: FileOrder
    account_id: int
    folder: tempfile.TemporaryDirectory[str]
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    state: JobState = JobState.WAITING
    done: int = 0
    total: int = 0
    mistakes: list[TemplateMistake] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return Path(self.folder.name) / "file"

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will come."""
        return self.state not in (JobState.WAITING, JobState.MAKING)

    @property
    def most_seconds(self) -> float:
        """How long it may take to make the file."""
        return MOST_SECONDS_OF_A_TEMPLATE if self.order.template else MOST_SECONDS


# Each thread would keep memory of its own, for work that one does.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_jobs: dict[int, Job] = {}
_changing = threading.Lock()
# One process at a time takes one core; the desks have the others. A template may hold words that
# keep a process busy: it never keeps back a file that is made after ours.
_turns = {False: threading.Lock(), True: threading.Lock()}


def start(order: FileOrder, *, account_id: int, template: bytes | None = None) -> Job:
    """Begin to make a file; what the account asked for before is cancelled and removed.

    `template` is a Word document in place of ours.
    """
    folder = tempfile.TemporaryDirectory(prefix="dialogue-", ignore_cleanup_errors=True)
    if template is not None:
        own = Path(folder.name) / "template.docx"
        own.write_bytes(template)
        order = replace(order, template=str(own))
    job = Job(order, account_id, folder)
    discard(account_id)
    with _changing:
        _jobs[account_id] = job
    threading.Thread(target=_make, args=(job,), name=f"export-{account_id}", daemon=True).start()
    return job


def of(account_id: int | None, slug: str) -> Job | None:
    """Return what an account asked for last in an event, unless it was removed."""
    job = _jobs.get(account_id or 0)
    return job if job and job.order.slug == slug else None


def find(ticket: str) -> Job | None:
    """Return the file of a ticket that is ready to be taken."""
    waiting = [each for each in _jobs.values() if each.state is JobState.READY]
    return next((each for each in waiting if secrets.compare_digest(each.ticket, ticket)), None)


def discard(account_id: int) -> None:
    """End what an account asked for, and remove its file."""
    with _changing:
        job = _jobs.pop(account_id, None)
    if job is None:
        return
    _end(job)
    job.folder.cleanup()


def cancel(account_id: int) -> None:
    """End what an account asked for, where it is not ready yet."""
    job = _jobs.get(account_id)
    if job and not job.is_over:
        _end(job)


def _end(job: Job, state: JobState = JobState.CANCELLED) -> None:
    if not job.is_over:
        job.state = state
    if job.process:
        job.process.terminate()


def _make(job: Job) -> None:
    turn = _turns[job.order.template is not None]
    while not turn.acquire(timeout=_TURN_SECONDS):
        if job.is_over:
            return
    try:
        if not job.is_over:
            _run(job)
    except Exception:
        logger.exception("the file %s was not made", job.order.kind)
    finally:
        turn.release()
        # Whoever waits for it hears that nothing more will come.
        job.state = job.state if job.is_over else JobState.FAILED
    timer = threading.Timer(KEPT_SECONDS, _forget, (job,))
    timer.daemon = True
    timer.start()


def _run(job: Job) -> None:
    url = engine.current().url.render_as_string(hide_password=False)
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as errors,
        subprocess.Popen(  # noqa: S603  # nosec B603
            [sys.executable, "-m", "reports", job.order.written(), str(job.path)],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": url, "PYTHONUTF8": "1", **_ONE_THREAD},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
        ) as process,
    ):
        job.process = process
        job.state = JobState.MAKING if job.state is JobState.WAITING else job.state
        if job.is_over:
            process.terminate()
        watch = threading.Timer(job.most_seconds, _end, (job, JobState.TOO_MUCH))
        watch.start()
        _follow(job, process)
        ended = process.wait()
        watch.cancel()
        if ended == OUT_OF_MEMORY and job.state is JobState.MAKING:
            job.state = JobState.TOO_MUCH
        if ended and job.state is JobState.MAKING:
            job.state = JobState.FAILED
            errors.seek(0)
            logger.error("the file %s was not made:\n%s", job.order.kind, errors.read()[-4000:])
    if job.state is JobState.MAKING:
        job.state = JobState.READY


def _follow(job: Job, process: subprocess.Popen[str]) -> None:
    """Hear how far the process is until it has no more to say."""
    for line in process.stdout or ():
        said = json.loads(line)
        if "mistakes" in said:
            job.state = JobState.WRONG
            job.mistakes = [
                TemplateMistake(at, text, Wrong(wrong), there, near)
                for at, text, wrong, there, near in said["mistakes"]
            ]
        else:
            job.done, job.total = said["done"], said["total"]


def _forget(job: Job) -> None:
    """Remove a file whose time is over, unless another has taken its place."""
    if _jobs.get(job.account_id) is job:
        discard(job.account_id)
