import logging

import pytest

from web import repeated
from web.repeated import Repeated


def test_what_fails_again_and_again_is_said_once_and_then_counted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failures = Repeated(logging.getLogger("failures"))

    for _ in range(50):
        failures.error("disk full")
    failures.error("locked")
    monkeypatch.setattr(repeated, "QUIET_SECONDS", 0.0)
    failures.error("disk full")

    assert caplog.messages == ["disk full", "locked", "disk full (and 49 times before)"]


def test_not_more_is_remembered_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(repeated, "MOST_KEPT", 2)
    failures = Repeated(logging.getLogger("failures"))

    for words in ("a", "b", "c", "c", "a"):
        failures.error(words)

    assert caplog.messages == ["a", "b", "c", "a"]
