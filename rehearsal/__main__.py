"""Play a rehearsal: `python -m rehearsal dong-nai-2022 --rate 2`, or `make rehearse`."""

import argparse
import asyncio
import random
import sys
from contextlib import ExitStack
from pathlib import Path

import httpx

from rehearsal import recording
from rehearsal.phones import Phones, Summary


def main() -> int:
    """Play what the command line asks for; 0 when every question was acknowledged."""
    wanted = _arguments().parse_args()
    try:
        _check(wanted.url, wanted.event)
        summary = asyncio.run(_play(wanted))
    except _CannotPlay as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What was acknowledged is kept.")
        return 1
    _print_summary(summary)
    return 0 if summary.complete else 1


class _CannotPlay(Exception):
    """There is no server, or no such event."""


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rehearsal", description=__doc__)
    parser.add_argument("event", help="the event's slug")
    parser.add_argument("--rate", type=_positive, default=2.0, help="questions a second, average")
    parser.add_argument("--url", default="http://localhost:8501", help="where the app runs")
    parser.add_argument("--volume", type=int, default=0, help="add so many other sentences")
    parser.add_argument("--log", type=Path, help="append key,code,id of each acknowledgement")
    parser.add_argument("--seed", type=int, default=1, help="the same seed plays the same way")
    parser.add_argument("--give-up-after", type=_positive, default=300.0, help="seconds")
    return parser


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError("must be more than 0")
    return value


def _check(url: str, event: str) -> None:
    try:
        answer = httpx.get(f"{url}/api/events/{event}/board", timeout=10)
    except (httpx.TransportError, httpx.InvalidURL):
        raise _CannotPlay(f"No app answers at {url}. Start it with: make run") from None
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise _CannotPlay(f"There is no event {event} at {url}.")


async def _play(wanted: argparse.Namespace) -> Summary:
    chance = random.Random(wanted.seed)  # noqa: S311 — the same play again, not a secret
    questions = recording.mix(recording.read(), volume=wanted.volume, chance=chance)
    cues = recording.schedule(questions, rate=wanted.rate)
    print(f"Playing {len(cues)} questions, {wanted.rate:g} a second. Ctrl-C stops.")
    limits = httpx.Limits(max_connections=200)
    with ExitStack() as stack:
        log = stack.enter_context(wanted.log.open("a")) if wanted.log else None
        async with httpx.AsyncClient(base_url=wanted.url, timeout=15, limits=limits) as client:
            phones = Phones(
                client,
                wanted.event,
                chance=chance,
                log=log,
                give_up_after=wanted.give_up_after,
            )
            return await phones.play(cues, every_second=_print_progress)


def _print_progress(summary: Summary) -> None:
    if sys.stdout.isatty():
        print(
            f"\rsent {summary.sent}, acknowledged {summary.acknowledged}, "
            f"retried {summary.retried}, refused {summary.refused.total()} ",
            end="",
            flush=True,
        )


def _print_summary(summary: Summary) -> None:
    print(
        f"\nSent {summary.sent}, acknowledged {summary.acknowledged}, "
        f"retried {summary.retried}, given up {summary.given_up}."
    )
    for status, count in summary.refused.most_common():
        print(f"  refused with {status}: {count}")
    if summary.contradictions:
        print(f"  ONE KEY WITH TWO ANSWERS: {summary.contradictions}")
    for district, count in summary.by_district.most_common():
        print(f"  district {district}: {count}")


if __name__ == "__main__":
    sys.exit(main())
