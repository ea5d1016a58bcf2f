"""The real server, as an operator starts it."""

import multiprocessing
import os
import signal
import socket
import time
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple, Self

import httpx
import pytest

from data_access import engine
from dialogue.roles import Role
from tests import factories, forked

ROOT = Path(__file__).parent.parent
SECRET = "only-for-tests-0123456789-0123456789"
STARTS_WITHIN_SECONDS = 60
# A process of its own for each server. Most of a start is the import of libraries: where the
# system can fork, one process does that, and each server is forked off it.
_CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()
_PROCESSES: Final[Any] = multiprocessing.get_context("forkserver" if _CAN_FORK else "spawn")
_PROCESSES.set_forkserver_preload(forked.imported_by(ROOT / "app.py"))


class Server:
    """One process of the app; its address stays the same from one start to the next."""

    def __init__(self, database_url: str, log: Path, **environment: str) -> None:
        """Choose an address; `start` begins to serve."""
        self.environment = environment
        self.options: list[str] = []
        # The soft and the hard limit of open files, where they are not those of the tests.
        self.files: tuple[int, int] | None = None
        # Without one it listens wherever the framework does by default.
        self.address: str | None = "127.0.0.1"
        self.script = "app.py"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database_url = database_url
        self.log = log
        self._process: BaseProcess | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["--server.port", str(self.port)]
        if self.address is not None:
            options += ["--server.address", self.address]
        environment = {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "DIALOGUE_SECRET": SECRET,
            # Tests are busier than phones are; those of the limits turn them on.
            "DIALOGUE_LIMITS": "off",
            **self.environment,
        }
        command = ["streamlit", "run", self.script, *options, *self.options]
        process: BaseProcess = _PROCESSES.Process(
            target=forked.run,
            args=(command, ROOT, environment, self.log, self.log, self.files),
            daemon=True,
        )
        process.start()
        self._process = process
        self._wait_until_it_answers(process)

    def __enter__(self) -> Self:
        """Start it; it ends with the block."""
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Ask it to end."""
        self.stop()

    def cookies(self, *roles: Role) -> dict[str, str]:
        """Return the cookies of somebody new who has these roles."""
        database = engine.start(self.database_url)
        held = factories.cookies(*roles)
        database.close()
        return held

    @property
    def process(self) -> int:
        """The id of the process that serves."""
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid

    def stop(self) -> None:
        """Ask it to end, as a service manager does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it without a word, as a power cut does."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        if self._process.is_alive():
            os.kill(self.process, how)
        self._process.join(20)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process = None

    def _wait_until_it_answers(self, process: BaseProcess) -> None:
        deadline = time.monotonic() + STARTS_WITHIN_SECONDS
        with httpx.Client(base_url=self.url, timeout=2) as client:
            while time.monotonic() < deadline and process.is_alive():
                try:
                    if client.get("/healthz").status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                time.sleep(0.05)
        self.kill()
        pytest.fail(f"the server did not start:\n{self.log.read_text()}")


class Ended(NamedTuple):
    """What a command has written and given back."""

    returncode: int
    stdout: str
    stderr: str


def run(*command: str, **environment: str) -> Ended:
    """Run `python -m` with a command to its end, with these variables alone."""
    with TemporaryDirectory() as folder:
        out, errors = Path(folder) / "stdout", Path(folder) / "stderr"
        process = _PROCESSES.Process(
            target=forked.run, args=(command, ROOT, environment, out, errors, None)
        )
        process.start()
        process.join()
        return Ended(process.exitcode, out.read_text("utf-8"), errors.read_text("utf-8"))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
