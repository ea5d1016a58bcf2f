"""All open connections: how many there may be, and who gives way where there is no room."""

import asyncio
import sys
from collections import Counter, defaultdict

from web import proxies
from web.networks import network
from web.proxies import plain

MOST = 20_000
# A hall is one network: 500 phones, each with the six connections that a browser opens at most,
# and all of the staff.
MOST_OF_A_NETWORK = 4_000
MOST_FILES = 65_536
# What else the process opens: the database, files, logs, those who listen.
FILES_OF_OTHERS = 200


class Crowd:
    """Who has a connection, from where, and who of them is awaited.

    Where a network or the process has too many, the one that has been awaited for longest goes.
    """

    def __init__(self, most: int = MOST) -> None:
        """Begin with nobody."""
        self.most = most
        self._networks: dict[asyncio.Transport, str] = {}
        self._counts: Counter[str] = Counter()
        # Dicts keep the order in which each began to be awaited.
        self._awaited: dict[asyncio.Transport, None] = {}
        self._awaited_of: defaultdict[str, dict[asyncio.Transport, None]] = defaultdict(dict)

    def come(self, transport: asyncio.Transport) -> None:
        """Count a connection; where it is one too many, close the one that is least missed."""
        where = _network_of(transport)
        self._networks[transport] = where
        self._counts[where] += 1
        # A proxy brings many people; what it keeps open is its own business.
        if where and self._counts[where] > min(MOST_OF_A_NETWORK, self.most * 3 // 4):
            self._close_one(self._awaited_of[where], transport)
        elif len(self._networks) > self.most:
            self._close_one(self._awaited, transport)

    def go(self, transport: asyncio.Transport) -> None:
        """Give its place to others."""
        self.works(transport)
        where = self._networks.pop(transport, None)
        if where is not None:
            self._counts[where] -= 1
            if not self._counts[where]:
                del self._counts[where]

    def waits(self, transport: asyncio.Transport) -> None:
        """Note that it is the client's turn."""
        self.works(transport)
        if transport in self._networks:
            self._awaited[transport] = None
            self._awaited_of[self._networks[transport]][transport] = None

    def works(self, transport: asyncio.Transport) -> None:
        """Note that it is our turn."""
        self._awaited.pop(transport, None)
        where = self._networks.get(transport)
        if where is not None and where in self._awaited_of:
            self._awaited_of[where].pop(transport, None)
            if not self._awaited_of[where]:
                del self._awaited_of[where]

    def _close_one(
        self, awaited: dict[asyncio.Transport, None], newcomer: asyncio.Transport
    ) -> None:
        gone = next(iter(awaited), newcomer)
        self.works(gone)
        gone.abort()


def open_more_files() -> int:
    """Let this process open as many files as it may, and return how many those are."""
    if sys.platform == "win32":
        return MOST_FILES
    import resource  # it is not there on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        return most
    return MOST_FILES if soft == resource.RLIM_INFINITY else soft


def _network_of(transport: asyncio.Transport) -> str:
    """Return where a connection comes from; empty for a proxy that is believed."""
    peer = transport.get_extra_info("peername")
    if not isinstance(peer, tuple):
        return ""
    address = plain(str(peer[0]))
    return "" if proxies.is_believed(address) else network(address)


crowd = Crowd()
