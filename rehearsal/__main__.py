"""Play a rehearsal: `python -m rehearsal dong-nai-2022 --rate 2`, or `make rehearse`."""

import argparse
import asyncio
import random
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from rehearsal import phones, recording
from rehearsal.phones import CannotPlay, RehearsalSummary
from rehearsal.recording import Cue, RecordingUnreadable

_ENDED = {404: "There is no event {event} any more.", 409: "The event {event} is closed."}


def main(arguments: Sequence[str] | None = None) -> int:
    """Play what the command line asks for; 0 when every question was acknowledged."""
    wanted = _arguments().parse_args(arguments)
    screen = _Screen()
    try:
        asyncio.run(_play(wanted, screen))
    except (CannotPlay, RecordingUnreadable) as reason:
        screen.sum_up(wanted.event)
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What was acknowledged is kept.")
        screen.sum_up(wanted.event)
        return 1
    screen.sum_up(wanted.event)
    return 0 if screen.latest is not None and screen.latest.complete else 1


class _Screen:
    """What staff see: a line while it plays, a summary at the end."""

    def __init__(self) -> None:
        self.latest: RehearsalSummary | None = None

    def show(self, summary: RehearsalSummary) -> None:
        """Keep the newest counts, and show them where somebody watches."""
        self.latest = summary
        if sys.stdout.isatty():
            print(f"\r{_counts(summary)} ", end="", flush=True)

    def sum_up(self, event: str) -> None:
        """Say what became of the questions, if any was played."""
        summary = self.latest
        if summary is None:
            return
        print(f"\n{_counts(summary)}, given up {summary.given_up}, of {summary.planned} questions.")
        for answer, count in summary.refused.items():
            print(f"  refused: {count} × {answer}")
        if summary.contradictions:
            print(f"  ONE KEY WITH TWO ANSWERS: {summary.contradictions}")
        for district, count in summary.by_district.items():
            print(f"  district {district}: {count}")
        if summary.ended_by is not None:
            print(_ENDED[summary.ended_by].format(event=event), file=sys.stderr)


def _counts(summary: RehearsalSummary) -> str:
    return (
        f"Sent {summary.sent}, acknowledged {summary.acknowledged}, "
        f"retried {summary.retried}, refused {sum(summary.refused.values())}"
    )


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rehearsal", description=__doc__)
    parser.add_argument("event", help="the event's slug")
    parser.add_argument("--rate", type=_positive, default=2.0, help="questions a second, average")
    parser.add_argument("--url", default="http://localhost:8501", help="where the app runs")
    parser.add_argument("--volume", type=_count, default=0, help="add so many other sentences")
    parser.add_argument("--log", type=Path, help="append key,code,id of each acknowledgement")
    parser.add_argument("--seed", type=int, default=1, help="the same seed plays the same way")
    parser.add_argument(
        "--give-up-after",
        type=_positive,
        default=phones.GIVE_UP_AFTER,
        metavar="SECONDS",
        help="how long a phone tries to send its question",
    )
    return parser


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError("must be more than 0")
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must not be less than 0")
    return value


async def _play(wanted: argparse.Namespace, screen: _Screen) -> None:
    chance = random.Random(wanted.seed)  # noqa: S311 — the same play again, not a secret
    cues = _cues(wanted, chance)
    with ExitStack() as stack:
        log = stack.enter_context(_opened(wanted.log)) if wanted.log else None
        await phones.knock(url=wanted.url, slug=wanted.event)
        print(f"Playing {len(cues)} questions, {wanted.rate:g} a second. Ctrl-C stops.")
        await phones.play(
            cues,
            url=wanted.url,
            slug=wanted.event,
            log=log,
            chance=chance,
            give_up_after=wanted.give_up_after,
            on_progress=screen.show,
        )


def _cues(wanted: argparse.Namespace, chance: random.Random) -> list[Cue]:
    recorded = recording.read()
    if wanted.volume:
        sentences = recording.read_sentences()
        recorded = recording.mix(recorded, sentences, volume=wanted.volume, chance=chance)
    return recording.schedule(recorded, rate=wanted.rate)


def _opened(log: Path) -> TextIO:
    try:
        return log.open("a", encoding="utf-8", newline="")
    except OSError as error:
        raise CannotPlay(f"The log cannot be written: {error}") from None


if __name__ == "__main__":
    sys.exit(main())
