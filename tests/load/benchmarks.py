"""`make bench`: ratios of two things measured in one run, written to docs/benchmarks.md."""

import asyncio
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
from playwright.sync_api import BrowserContext, Page, sync_playwright

import settings
from tests import programs
from tests.factories import SLUG, keyed
from tests.load import arriving, charts, desks, exports, labels, paging, review, screens
from tests.load.alike import Alike, alike
from tests.load.clients import reruns_per_second, submissions_per_second
from tests.load.measuring import ROUNDS, Result, alternate, compare_rates, compare_times
from tests.load.servers import Served, serving
from tests.server import ROOT, SECRET

RESULTS = ROOT / "docs" / "benchmarks.md"


def main() -> None:
    """Measure everything, write it down, and fail if a promise is not kept."""
    os.environ["DIALOGUE_SECRET"] = SECRET
    settings.current.cache_clear()
    results = [
        visible_at_the_desk(),
        acknowledged_submissions(),
        desk_reruns(fragment=True),
        desk_reruns(fragment=False),
        *arriving.measured(),
        *desks.measured(),
        *screens.measured(),
        *paging.measured(),
        *charts.measured(),
        *review.measured(),
        *exports.measured(),
    ]
    write(results, alike())
    for each in results:
        print(f"{each.name}: {each.first} / {each.second}: {each.ratio:.2f}")
    sys.exit(not all(each.is_kept for each in results))


def visible_at_the_desk() -> Result:
    """Time from a submission to its text at the desk: pushed, and polled every two seconds."""
    with (
        serving("app") as pushed,
        serving("tests.load.variants.polling") as polled,
        chromium() as open_,
    ):
        pushing, polling = open_(pushed, deaf=False), open_(polled, deaf=True)
        times = alternate(
            lambda: time_until_visible(polling, polled.port),
            lambda: time_until_visible(pushing, pushed.port),
        )
    return compare_times(
        "Submit to visible at the desk, in Chromium: polled every 2 s / pushed", times, at_least=10
    )


def acknowledged_submissions() -> Result:
    """Acknowledged submissions a second: on disk, and from memory."""
    with serving("app") as real, serving("tests.load.variants.no_database") as memory:

        def measure(served: Served) -> float:
            return asyncio.run(submissions_per_second(served.port, phones=300, seconds=3))

        rates = alternate(lambda: measure(memory), lambda: measure(real))
    return compare_rates(
        "Acknowledged submissions, 300 phones: on disk / without a database", rates, at_least=0.5
    )


def desk_reruns(*, fragment: bool) -> Result:
    """Reruns a second with 50 sessions: the desk with 500 questions, and a page of one word.

    A change reruns the desk's fragment a little later; opening it runs it from the top.
    """
    questions = [keyed() for _ in range(500)]
    with (
        serving("app", questions=questions) as desk,
        serving("tests.load.variants.trivial") as trivial,
    ):

        def measure(served: Served, page: str, *, fragment: bool) -> float:
            return asyncio.run(
                reruns_per_second(
                    served.port,
                    page=page,
                    fragment=fragment,
                    sessions=50,
                    seconds=4,
                    cookie=served.cookies[0],
                )
            )

        rates = alternate(
            lambda: measure(trivial, "", fragment=False),
            lambda: measure(desk, "desk", fragment=fragment),
        )
    how = "after a change" if fragment else "from the top, as when it is opened"
    return compare_rates(
        f"Reruns, 50 sessions: the desk with 500 questions, {how} / a page of one word",
        rates,
        at_least=0.25 if fragment else None,
    )


@contextmanager
def chromium() -> Iterator[Callable[..., Page]]:
    """A Chromium that opens desks; a deaf one does not hear the live socket."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=programs.chromium(), args=["--no-sandbox"]
        )

        def open_desk(served: Served, *, deaf: bool) -> Page:
            context: BrowserContext = browser.new_context(viewport={"width": 1400, "height": 900})
            page = context.new_page()
            if deaf:
                page.route_web_socket("**/live/**", lambda _: None)
            url = f"http://127.0.0.1:{served.port}"
            name, _, value = served.cookies[0].partition("=")
            context.add_cookies([{"name": name, "value": value, "url": url}])
            page.goto(f"{url}/desk")
            page.locator(".st-key-inbox .empty").wait_for()
            return page

        yield open_desk
        browser.close()


def time_until_visible(desk: Page, port: int) -> float:
    """Submit a question and return the milliseconds until the desk shows it."""
    text = f"Câu hỏi lúc {time.monotonic_ns()} để đo thời gian"
    body = {"text": text, "district": "731", "consent": True}
    # Not in step with the polling: each round begins at another moment of its two seconds.
    time.sleep(0.37)
    started = time.perf_counter()
    answer = httpx.post(
        f"http://127.0.0.1:{port}/api/events/{SLUG}/questions",
        json=body,
        headers={"Idempotency-Key": text.split()[3]},
    )
    answer.raise_for_status()
    desk.locator(".st-key-inbox .text", has_text=text).wait_for()
    return (time.perf_counter() - started) * 1000


def write(results: list[Result], alike: Alike) -> None:
    """Write the results with the command that makes them."""
    rows = "\n".join(
        f"| {each.name} | {each.first} | {each.second} | {each.ratio:.2f} | {each.promise} |"
        for each in results
    )
    RESULTS.write_text(
        "# Benchmarks\n\n"
        "Made by `make bench`: each line compares two things that were measured in turn, in one\n"
        f"run, {ROUNDS} rounds after a warm-up, and gives their medians. Only the ratios mean\n"
        "something: the machine is small and not quiet.\n\n"
        f"{datetime.now(UTC):%d/%m/%Y}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, SQLite with `synchronous=FULL`.\n\n"
        "| what | first | second | ratio | promised |\n|---|---|---|---|---|\n"
        f"{rows}\n\n"
        "## Questions that ask the same\n\n"
        f"On {alike.pairs} pairs of `tests/data/duplicates.csv` among 1,500 other sentences: of\n"
        f"what is shown as alike {alike.precision:.0%} is (precision), and {alike.recall:.0%} of\n"
        "the pairs are found (recall). Nineteen of twenty variants were made by rules, and the\n"
        "score from which two are shown was chosen on the same pairs: real ones will do worse.\n"
        f"One look-up among 100,000 questions takes {alike.among_many:.1f} ms, "
        f"{alike.among_many / alike.among_few:.1f} times as\n"
        "long as among 1,000.\n\n"
        f"{labels.section(labels.measured())}",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
