"""How many phones one network may have that are new."""

import pytest
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import Request

from web import budgets
from web.problems import TooMany


def request(address: str) -> Request:
    return Request({"type": "http", "client": (address, 1), "headers": []})


def marked(addresses: list[str]) -> int:
    """Count the phones that are given a mark until one is given none."""
    for count, address in enumerate(addresses):
        try:
            budgets.spend_on_mark(request(address))
        except TooMany:
            return count
    return len(addresses)


@pytest.fixture(autouse=True)
def _counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "_limiter", SlidingWindowCounterRateLimiter(MemoryStorage()))


def test_a_laptop_that_makes_up_phones_has_no_more_of_them_than_a_hall() -> None:
    assert marked(["192.0.2.7"] * 2_000) == 600
    assert marked(["192.0.2.8"] * 500) == 500


def test_addresses_of_one_line_are_one_network() -> None:
    assert marked([f"2001:db8:1:1::{number:x}" for number in range(2_000)]) == 600
