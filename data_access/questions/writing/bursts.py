"""Votes that came in a burst: recognised, written down without a network, set aside, forgotten.

Which network a vote came from is known in this process's memory alone, for as long as a burst can
begin with it. On disk the votes of a burst share a random number.
"""

import threading
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, delete, event, func, select, update

from data_access.questions.models import QuestionRow, VoteRow
from data_access.revisions import Change
from dialogue.bursts import Found, VoteWindow
from dialogue.refusals import UnknownBurst


class Aside(NamedTuple):
    """Whether the votes of a burst are set aside."""

    code: int
    is_set_aside: bool


class _Where(NamedTuple):
    """Whose votes for which question are seen as one; process memory only."""

    database: Engine | Connection
    event_id: int
    number: int
    network: str


class _Watch:
    """The windows through which votes are seen, those with the newest votes last."""

    def __init__(self) -> None:
        self._windows: dict[_Where, VoteWindow] = {}
        self._turn = threading.Lock()

    def see(self, where: _Where, voter: str, *, at: datetime) -> Found | None:
        with self._turn:
            self._windows[where] = window = self._windows.pop(where, None) or VoteWindow()
            found = window.see(voter, at=at)
            while (oldest := next(iter(self._windows.items())))[1].is_over(at=at):
                del self._windows[oldest[0]]
            return found

    def written(self, where: _Where, found: Found) -> None:
        with self._turn:
            if where in self._windows:
                self._windows[where].written(found)


_watch = _Watch()


def follow(change: Change, number: int, *, voter: str, network: str, at: datetime) -> None:
    """See a vote that is being written, and write down what is thereby known to be a burst.

    It is seen while the event is locked, so that all votes that were seen before are written.
    """
    where = _Where(change.session.get_bind(), change.event_id, number, network)
    found = _watch.see(where, voter, at=at)
    if found is None:
        return
    change.session.execute(
        update(VoteRow)
        .where(*_of(change, number), VoteRow.voter.in_(found.voters), VoteRow.burst.is_(None))
        .values(burst=found.code, set_aside=_is_set_aside(change, number, found.code))
    )
    # What could not be committed is written with the next vote.
    event.listen(change.session, "after_commit", lambda _: _watch.written(where, found), once=True)


def require(change: Change, number: int, code: int) -> None:
    """Raise `UnknownBurst` where a question has no vote of a burst left."""
    if not _count(change, number, code):
        raise UnknownBurst(number=number)


def set_aside(change: Change, number: int, aside: Aside) -> tuple[Aside, int]:
    """Set a question's votes of a burst aside, or count them again.

    Returns how it was before, and how many votes it is about.
    """
    before = Aside(aside.code, _is_set_aside(change, number, aside.code))
    change.session.execute(
        update(VoteRow)
        .where(*_of(change, number), VoteRow.burst == aside.code)
        .values(set_aside=aside.is_set_aside)
    )
    return before, _count(change, number, aside.code)


def any_left(change: Change) -> bool:
    """Tell whether it is known of votes of the event that they came in a burst."""
    left = select(VoteRow.number).where(*_in_bursts(change)).limit(1)
    return change.session.scalar(left) is not None


def forget(change: Change) -> bool:
    """Erase which votes came in a burst, and those that were set aside; the counts stay.

    Returns whether there were any.
    """
    if not any_left(change):
        return False
    met = select(VoteRow.number).where(*_in_bursts(change))
    change.session.execute(
        update(QuestionRow)
        .where(QuestionRow.event_id == change.event_id, QuestionRow.number.in_(met))
        .values(revision=change.revision)
    )
    change.session.execute(delete(VoteRow).where(*_in_bursts(change), VoteRow.set_aside))
    change.session.execute(update(VoteRow).where(*_in_bursts(change)).values(burst=None))
    return True


def _of(change: Change, number: int) -> tuple[ColumnElement[bool], ...]:
    return VoteRow.event_id == change.event_id, VoteRow.number == number


def _in_bursts(change: Change) -> tuple[ColumnElement[bool], ...]:
    return VoteRow.event_id == change.event_id, VoteRow.burst.is_not(None)


def _count(change: Change, number: int, code: int) -> int:
    return change.session.scalars(
        select(func.count()).select_from(VoteRow).where(*_of(change, number), VoteRow.burst == code)
    ).one()


def _is_set_aside(change: Change, number: int, code: int) -> bool:
    votes = select(VoteRow.set_aside).where(*_of(change, number), VoteRow.burst == code)
    return bool(change.session.scalar(votes.limit(1)))
