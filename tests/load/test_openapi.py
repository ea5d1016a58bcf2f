"""The OpenAPI document, asked of the real server by a tool that knows nothing else of it."""

import os
import subprocess
import sys
from pathlib import Path

from data_access import engine
from dialogue.lifecycle import Status
from tests.factories import ask_until
from tests.server import ROOT, Server

FOLDER = Path(__file__).parent / "openapi"
EXAMPLES = 15


def test_no_request_that_the_document_suggests_finds_a_fault(
    own_server: Server, tmp_path: Path
) -> None:
    database = engine.start(own_server.database_url)
    for status in (Status.APPROVED, Status.QUEUED, Status.ANSWERED, Status.REJECTED):
        ask_until(status)
    database.close()

    run = subprocess.run(
        [
            *(Path(sys.executable).with_name("schemathesis"), "--config-file"),
            *(FOLDER / "schemathesis.toml", "run", f"{own_server.url}/api/openapi.json"),
            *("--checks", "all", "--max-examples", str(EXAMPLES)),
            *("--generation-deterministic", "--no-color"),
        ],
        cwd=tmp_path,  # it keeps what it found there
        env={
            **os.environ,
            "SCHEMATHESIS_HOOKS": "tests.load.openapi.hooks",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert "Tested: 6" in run.stdout
    assert "Traceback" not in own_server.log.read_text()
