import logging
import time

import pytest

from web.logs import SECONDS, Batches


def test_the_same_line_is_written_once_in_a_while_with_a_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batches, now = Batches(), 1_000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)

    def written(line: str, *given: object, failed: bool = False) -> str | None:
        failure = (ValueError, ValueError(), None) if failed else None
        record = logging.LogRecord("x", logging.INFO, "x", 1, line, given, failure)
        return record.getMessage() if batches.filter(record) else None

    assert written("%s came", "an") == "an came"
    assert [written("%s came", "binh") for _ in range(3)] == [None] * 3
    assert written("another") == "another"
    assert [written("it broke", failed=True) for _ in range(2)] == ["it broke"] * 2
    now += SECONDS
    assert written("%s came", "chi") == "chi came (and 3 more before)"
    now += SECONDS
    assert written("%s came", "dung") == "dung came"
