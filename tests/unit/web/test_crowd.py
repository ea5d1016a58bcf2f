from typing import Any

import pytest

import settings
from web import crowd as crowds
from web.crowd import Crowd


class Line:
    """A connection, as far as the crowd knows one."""

    def __init__(self, address: str = "192.0.2.7") -> None:
        self.address = address
        self.is_closed = False

    def get_extra_info(self, name: str) -> Any:
        return (self.address, 1) if name == "peername" else None

    def abort(self) -> None:
        self.is_closed = True


@pytest.fixture(autouse=True)
def one_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "127.0.0.1")
    settings.current.cache_clear()


def come(crowd: Crowd, *addresses: str, awaited: bool = True) -> list[Any]:
    lines: list[Any] = [Line(address) for address in addresses]
    for line in lines:
        crowd.come(line)
        if awaited:
            crowd.waits(line)
    return lines


def closed(lines: list[Any]) -> list[bool]:
    return [line.is_closed for line in lines]


def test_where_a_network_has_too_many_the_longest_awaited_of_it_goes() -> None:
    crowd = Crowd(most=8)
    elsewhere = come(crowd, "192.0.2.8")
    hall = come(crowd, *["192.0.2.7"] * 6)
    crowd.works(hall[0])

    newcomers = come(crowd, "192.0.2.7")

    assert closed(elsewhere) == [False]
    assert closed(hall) == [False, True, False, False, False, False]
    assert closed(newcomers) == [False]


def test_addresses_of_one_ipv6_line_are_one_network() -> None:
    crowd = Crowd(most=4)
    line = come(crowd, *[f"2001:db8:0:1::{number}" for number in range(1, 5)])

    assert closed(line) == [True, False, False, False]


def test_where_all_are_too_many_the_longest_awaited_of_all_goes() -> None:
    crowd = Crowd(most=4)
    lines = come(crowd, *[f"192.0.2.{number}" for number in range(4)])

    newcomer = come(crowd, "192.0.2.4")

    assert closed(lines) == [True, False, False, False]
    assert closed(newcomer) == [False]


def test_who_is_served_stays_and_the_newcomer_goes_where_nobody_is_awaited() -> None:
    crowd = Crowd(most=4)
    lines = come(crowd, *[f"192.0.2.{number}" for number in range(4)], awaited=False)

    newcomer = come(crowd, "192.0.2.4")

    assert closed(lines) == [False] * 4
    assert closed(newcomer) == [True]


@pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_a_proxy_that_is_believed_is_many_people(address: str) -> None:
    crowd = Crowd(most=8)

    assert not any(closed(come(crowd, *[address] * 8)))


def test_a_place_is_given_back() -> None:
    crowd = Crowd(most=4)
    for _ in range(3):
        lines = come(crowd, *["192.0.2.7"] * 3)
        assert not any(closed(lines))
        for line in lines:
            crowd.go(line)


def test_the_process_opens_as_many_files_as_it_may() -> None:
    most = crowds.open_more_files()

    assert most > crowds.FILES_OF_OTHERS
    assert crowds.open_more_files() == most
