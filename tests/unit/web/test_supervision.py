"""What must not end begins again, and says meanwhile that it does not work."""

import asyncio

import pytest

from web import supervision
from web.readiness import Readiness


def test_work_that_breaks_off_is_logged_begins_again_and_is_no_readiness_until_it_is_sound(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    readiness = Readiness()
    monkeypatch.setattr(supervision, "readiness", readiness)
    monkeypatch.setattr(supervision, "SOUND_AFTER_SECONDS", 0.2)
    monkeypatch.setattr(supervision, "SHORTEST_PAUSE_SECONDS", 0.01)
    begun: list[bool] = []
    went_on = asyncio.Event()

    async def work() -> None:
        begun.append(readiness.is_ready)
        if len(begun) == 1:
            raise KeyError("nobody expected this")
        if len(begun) == 3:
            went_on.set()
            await asyncio.Event().wait()

    async def live() -> list[str]:
        async with supervision.supervised("the work", work):
            await asyncio.wait_for(went_on.wait(), 30)
            broken = readiness.lines()
            while not readiness.is_ready:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            return [*broken, *readiness.lines()]

    lines = asyncio.run(live())

    # It broke, it came to an end, which it may not, and then it went on.
    assert begun == [True, False, False]
    assert lines == ["the work broke off, and begins again", "ok"]
    assert "nobody expected this" in caplog.text


def test_what_is_wrong_is_logged_when_it_begins_and_when_it_is_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    readiness = Readiness()
    readiness.begin("snapshots", "not read yet")

    for _ in range(3):
        readiness.fault("writing", "no changes", reason="disk full")
    readiness.note("journal", "note: slow")
    lines = readiness.lines()
    for part in ("writing", "snapshots", "never"):
        readiness.fault(part, None)

    assert lines == ["not read yet", "no changes", "note: slow"]
    assert readiness.lines() == ["ok", "note: slow"]
    assert caplog.messages == [
        "writing: no changes (disk full)",
        "journal: note: slow",
        "writing: in order again",
        "snapshots: in order again",
    ]
