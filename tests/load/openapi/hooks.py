"""What the document's own formats stand for, for the tool that makes requests from it."""

import re
import uuid
from typing import Any

import schemathesis
from hypothesis import strategies

from audience.api import MOST_KEY_CHARACTERS

schemathesis.openapi.format(
    "question", strategies.from_regex(r"\A[0-9A-Za-z]([ 0-9A-Za-z]?[0-9A-Za-z?]){9,400}\Z")
)
schemathesis.openapi.format("district", strategies.sampled_from(["731", "732", "734"]))
schemathesis.openapi.format("topic", strategies.sampled_from(["ha-tang-so", "viec-lam"]))


@schemathesis.hook
def before_call(_context: Any, case: Any, _options: Any) -> None:
    """Give each submission a good key of its own; a bad one, or none, stays as it is."""
    key = (case.headers or {}).get("Idempotency-Key", "")
    if re.fullmatch(f"[!-~]{{1,{MOST_KEY_CHARACTERS}}}", key):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
