"""Ratios of two things that are measured in turn, in one run."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Two medians of one run, and the ratio that is promised: at least, at most, or not at all."""

    name: str
    first: str
    second: str
    ratio: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def is_kept(self) -> bool:
        """Tell whether the promise is kept."""
        return (self.at_least or 0.0) <= self.ratio and (
            self.at_most is None or self.ratio <= self.at_most
        )

    @property
    def promise(self) -> str:
        """Return the promise as the table tells it."""
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return "–" if self.at_most is None else f"≤ {self.at_most:g}"


def alternate(first: Callable[[], float], second: Callable[[], float]) -> list[tuple[float, float]]:
    """Measure both in turn, so that a machine that grows slower is slower for both."""
    first(), second()  # warm up
    return [(first(), second()) for _ in range(ROUNDS)]


def compare_rates(
    name: str, pairs: list[tuple[float, float]], *, at_least: float | None = None
) -> Result:
    """Return the medians of (base, ours) a second, ours first, and how much of the base it is."""
    base, ours = medians(pairs)
    return Result(
        name=name,
        first=f"{ours:.0f}/s",
        second=f"{base:.0f}/s",
        ratio=ours / base,
        at_least=at_least,
    )


def compare_times(
    name: str,
    pairs: list[tuple[float, float]],
    *,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Result:
    """Return the medians of two times in milliseconds, and how many times the second the first is.

    So a time of ours against one that has to be longer has `at_least`, and `at_most` the other
    way round.
    """
    first, second = medians(pairs)
    digits = 0 if min(first, second) >= 10 else 1
    return Result(
        name=name,
        first=f"{first:.{digits}f} ms",
        second=f"{second:.{digits}f} ms",
        ratio=first / second,
        at_least=at_least,
        at_most=at_most,
    )


def medians(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the median of each side."""
    return statistics.median(each[0] for each in pairs), statistics.median(
        each[1] for each in pairs
    )
