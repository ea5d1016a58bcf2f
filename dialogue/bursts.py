"""Bursts: so many votes for one question, from one network, in so short a time.

A hall is one network too, so a burst is no proof of anything: it is shown, and people decide.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from secrets import randbelow

AT_LEAST = 200
WITHIN = timedelta(seconds=30)
"""A burst is every stretch of time of this length with so many votes, and what overlaps it."""
_MOST_CODES = 2**31


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """The votes of one burst that a question has: how many, given from when to when.

    `code` is a random number that stands for nothing. Times are aware, in UTC.
    """

    code: int
    votes: int
    began: datetime
    ended: datetime
    set_aside: bool

    @property
    def seconds(self) -> int:
        """How long it lasted, in whole seconds, at least one."""
        return max(1, ceil((self.ended - self.began).total_seconds()))


@dataclass(frozen=True, slots=True)
class Found:
    """Votes that belong to a burst and are not written down as such yet, by their voters."""

    code: int
    voters: tuple[str, ...]


class VoteWindow:
    """The votes for one question that lately came from one network."""

    def __init__(self) -> None:
        """Begin without votes."""
        self._given: dict[str, datetime] = {}
        self._unwritten: dict[str, datetime] = {}
        self._code = 0
        self._burst_until: datetime | None = None

    def see(self, voter: str, *, at: datetime) -> Found | None:
        """Take in a new vote, and return what is now known to be part of a burst, if it is."""
        for votes in (self._given, self._unwritten):
            # The newest stands last, also of whoever took a vote back and gives it again.
            votes.pop(voter, None)
            votes[voter] = at
            while not _is_near(next(iter(votes.values())), at):
                del votes[next(iter(votes))]
        if len(self._given) < AT_LEAST:
            return None
        if self._burst_until is None or not _is_near(self._burst_until, at):
            self._code = randbelow(_MOST_CODES)
        self._burst_until = at
        return Found(self._code, tuple(self._unwritten))

    def written(self, found: Found) -> None:
        """Take note that votes are written down as part of their burst."""
        for voter in found.voters:
            self._unwritten.pop(voter, None)

    def is_over(self, *, at: datetime) -> bool:
        """Tell whether none of its votes counts for a burst any more."""
        return not self._given or not _is_near(next(reversed(self._given.values())), at)


def _is_near(vote: datetime, at: datetime) -> bool:
    # A clock that was set back must not gather votes until it is where it was.
    return abs(at - vote) < WITHIN
