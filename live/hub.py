"""Tells every open page of an event its newest revision."""

import asyncio
from collections import defaultdict

from live.pacing import Pacing


class Follower:
    """One open page; wakes when its event has a newer revision than the one it took last."""

    def __init__(self) -> None:
        """Begin with nothing to tell."""
        self.heard = -1
        self._changed = asyncio.Event()

    def hear(self, revision: int) -> None:
        """Remember a revision; of several only the newest matters."""
        if revision > self.heard:
            self.heard = revision
            self._changed.set()

    async def newest(self) -> int:
        """Wait for a revision that was not taken yet, and take the newest."""
        await self._changed.wait()
        self._changed.clear()
        return self.heard


class Hub:
    """Passes revisions from any thread to the followers, who live on one event loop."""

    def __init__(self) -> None:
        """Begin without followers."""
        self._followers: dict[str, set[Follower]] = defaultdict(set)
        self._paces: dict[str, Pacing] = defaultdict(Pacing)
        self._loop: asyncio.AbstractEventLoop | None = None

    def run_on(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """Use this loop from now on, or none when the server stops."""
        self._loop = loop

    def announce(self, slug: str, revision: int) -> None:
        """Tell the followers of an event its revision. May be called from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._tell, slug, revision)

    def join(self, slug: str) -> Follower:
        """Begin to follow an event."""
        follower = Follower()
        self._followers[slug].add(follower)
        return follower

    def leave(self, slug: str, follower: Follower) -> None:
        """Stop following."""
        self._followers[slug].discard(follower)

    def pause(self, slug: str) -> float:
        """Return for how many seconds a follower of an event that was just told is left alone."""
        return self._paces[slug].pause(asyncio.get_running_loop().time())

    def _tell(self, slug: str, revision: int) -> None:
        self._paces[slug].count(asyncio.get_running_loop().time())
        for follower in self._followers.get(slug, ()):
            follower.hear(revision)


hub = Hub()
