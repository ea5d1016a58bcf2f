"""Counts of an event's questions, kept up with its snapshot: an update reads only what changed.

Of each question eight bytes are kept, in arrays by number. With these, what a selection has that
nobody looked at before is counted in bulk, some milliseconds for a million.
"""

import threading
from array import array
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, select, text

from data_access.activity.models import ON_OR_OFF_STAGE, ActivityRow
from data_access.engine import Database
from data_access.events import events
from data_access.questions.cached.snapshots import Snapshot
from dialogue import pace
from dialogue.lifecycle import Action, Status
from dialogue.pace import Step, Turn
from dialogue.questions import Question

LATELY_MINUTES = 10
MOST_COURSES = 32
NO_TOPIC = ""
"""Stands for questions without a topic where one is selected."""
_NOTHING = -1


class Cell(NamedTuple):
    """What questions have in common that are counted together."""

    district: str
    topic: str | None
    status: Status
    reason: str | None


class Move(NamedTuple):
    """A question of a district and a topic that went from one state to another, None for none."""

    district: str
    topic: str | None
    origin: Status | None
    target: Status | None


class Selection(NamedTuple):
    """Which questions are looked at: those of a district, of a topic, of both; else all."""

    district: str | None = None
    topic: str | None = None

    def has(self, of: Cell | Move | Question) -> bool:
        """Tell whether what has a district and a topic is among them."""
        topic = of.topic or NO_TOPIC
        return self.district in (None, of.district) and self.topic in (None, topic)


EVERYTHING = Selection()
WAITING = (Status.RECEIVED, Status.APPROVED, Status.QUEUED)
Course = dict[Status | None, Counter[int]]
"""By minute since 1970 how many came: in each state of `WAITING`, and under None of all."""


class Minutes(NamedTuple):
    """Minutes since 1970, in no order, and how many questions came in each."""

    minutes: NDArray[np.int64]
    counts: NDArray[np.int64]


class _Questions:
    """The counts of one event's questions, as far as a snapshot."""

    def __init__(self) -> None:
        self._cells: list[Cell] = []
        self._places: dict[Cell, int] = {}
        self._counts: list[int] = []
        # By number: the place of the question's cell, and the minute since 1970 at which it came.
        self._cell = array("i")
        self._minute = array("i")
        # By the number of each merged question: that of the one it was merged into.
        self._into: dict[int, int] = {}
        # Of the selections that were looked at last.
        self._courses: OrderedDict[Selection, Course] = OrderedDict()
        self._revision = -1
        self._turn = threading.Lock()

    def counts(self, snapshot: Snapshot) -> dict[Cell, int]:
        with self._turn:
            self._follow(snapshot)
            return dict(zip(self._cells, self._counts, strict=True))

    def outcomes(self, snapshot: Snapshot) -> "Counter[Cell]":
        with self._turn:
            self._follow(snapshot)
            counts = Counter(dict(zip(self._cells, self._counts, strict=True)))
            for number in self._into:
                cell = self._cells[self._cell[number]]
                counts[cell] -= 1
                counts[cell._replace(status=self._outcome(number))] += 1
            return counts

    def _outcome(self, number: int) -> Status:
        while number in self._into:
            number = self._into[number]
        return self._cells[self._cell[number]].status

    def minutes(self, snapshot: Snapshot, selection: Selection, status: Status | None) -> Minutes:
        with self._turn:
            self._follow(snapshot)
            if selection not in self._courses:
                self._courses[selection] = self._course(selection)
            self._courses.move_to_end(selection)
            if len(self._courses) > MOST_COURSES:
                self._courses.popitem(last=False)
            counts = self._courses[selection][status]
            shape = (np.int64, len(counts))
            return Minutes(np.fromiter(counts, *shape), np.fromiter(counts.values(), *shape))

    def newest(self, snapshot: Snapshot, selection: Selection, most: int) -> list[int]:
        with self._turn:
            self._follow(snapshot)
            # From the end on, as far as it takes.
            first = len(self._cell)
            numbers = self._numbers(selection, first=first)
            while len(numbers) < most and first > 0:
                first = max(first - 8 * (len(self._cell) - first) - most, 0)
                numbers = self._numbers(selection, first=first)
            return [int(each) for each in numbers[-most:][::-1]]

    def _numbers(
        self, selection: Selection, *, first: int = 0, status: Status | None = None
    ) -> NDArray[np.int64]:
        """List which questions of a selection, in a state or in any, have a number from one on."""
        wanted = [selection.has(each) and status in (None, each.status) for each in self._cells]
        # What stands for no question is the last one: an index of -1.
        found = np.array([*wanted, False])[np.frombuffer(self._cell, dtype=np.int32)[first:]]
        return np.flatnonzero(found) + first

    def _course(self, selection: Selection) -> Course:
        """Count by minute when the questions of a selection came."""
        came = np.frombuffer(self._minute, dtype=np.int32)
        course: Course = {}
        for status in (None, *WAITING):
            minutes, counts = np.unique(
                came[self._numbers(selection, status=status)], return_counts=True
            )
            course[status] = Counter(dict(zip(minutes.tolist(), counts.tolist(), strict=True)))
        return course

    def _follow(self, snapshot: Snapshot) -> None:
        if snapshot.revision <= self._revision:
            return
        for question in snapshot.changed_since(self._revision):
            self._take(question)
        self._revision = snapshot.revision

    def _take(self, question: Question) -> None:
        number = question.number
        while len(self._cell) <= number:
            self._cell.append(_NOTHING)
            self._minute.append(0)
        cell = Cell(question.district, question.topic, question.status, question.reason)
        place, minute = self._place(cell), minute_of(question.received_at)
        self._into.pop(number, None)
        if question.status is Status.MERGED and question.merged_into is not None:
            self._into[number] = question.merged_into
        if self._cell[number] == place:
            return
        if self._cell[number] != _NOTHING:
            self._add(self._cell[number], minute, -1)
        self._add(place, minute, 1)
        self._cell[number] = place
        self._minute[number] = minute

    def _add(self, place: int, minute: int, count: int) -> None:
        cell = self._cells[place]
        self._counts[place] += count
        for selection, course in self._courses.items():
            if selection.has(cell):
                for status in {None, cell.status} & course.keys():
                    course[status][minute] += count
                    if not course[status][minute]:
                        del course[status][minute]

    def _place(self, cell: Cell) -> int:
        if cell not in self._places:
            self._places[cell] = len(self._cells)
            self._cells.append(cell)
            self._counts.append(0)
        return self._places[cell]


class _Activity:
    """What the activity of one event says of the stage and of lately, as far as a snapshot."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._step_entry = 0
        self._steps_revision = -1
        # What went from one state to another lately, by minute.
        self._moves: defaultdict[int, Counter[Move]] = defaultdict(Counter)
        self._move_entry = 0
        self._moves_revision = -1
        self._turn = threading.Lock()

    def turns(self, snapshot: Snapshot) -> list[Turn]:
        with self._turn:
            if snapshot.revision > self._steps_revision:
                self._read_steps(snapshot)
            return pace.turns(self._steps)

    def moves(self, snapshot: Snapshot, at: datetime) -> "Counter[Move]":
        since = minute_of(at) - LATELY_MINUTES
        with self._turn:
            if snapshot.revision > self._moves_revision:
                self._read_moves(snapshot, at)
            for minute in [each for each in self._moves if each <= since]:
                del self._moves[minute]
            return sum(self._moves.values(), Counter())

    def _read_steps(self, snapshot: Snapshot) -> None:
        """Read who came on stage and left it since the last time; the activity only grows."""
        is_new = (ActivityRow.entry > self._step_entry) & text(ON_OR_OFF_STAGE)
        for row in _lines(snapshot, is_new):
            arrives, undoes = row.to_status is Status.ON_STAGE, row.action == Action.UNDO
            self._steps.append(Step(number=row.number, at=row.at, arrives=arrives, undoes=undoes))
            self._step_entry = row.entry
        self._steps_revision = snapshot.revision

    def _read_moves(self, snapshot: Snapshot, at: datetime) -> None:
        """Read what went from one state to another since the last time, at first only lately."""
        is_new = ActivityRow.entry > self._move_entry
        if not self._move_entry:
            is_new = ActivityRow.at >= at - timedelta(minutes=LATELY_MINUTES)
        is_move = ActivityRow.from_status.is_distinct_from(ActivityRow.to_status)
        for row in _lines(snapshot, is_new & is_move):
            asked = snapshot.questions[row.number]
            move = Move(asked.district, asked.topic, row.from_status, row.to_status)
            self._moves[minute_of(row.at)][move] += 1
            self._move_entry = row.entry
        self._moves_revision = snapshot.revision


def _lines(snapshot: Snapshot, condition: ColumnElement[bool]) -> Sequence[Any]:
    """List what the activity of a snapshot's event has, as far as the snapshot, in turn."""
    columns = ("entry", "number", "at", "action", "from_status", "to_status")
    with snapshot.database.reading() as session:
        return session.execute(
            select(*(getattr(ActivityRow, each) for each in columns))
            .where(
                ActivityRow.event_id == events.event_id(session, snapshot.event.slug),
                ActivityRow.revision <= snapshot.revision,
                condition,
            )
            .order_by(ActivityRow.entry)
        ).all()


_questions: defaultdict[tuple[Database, str], _Questions] = defaultdict(_Questions)
_activities: defaultdict[tuple[Database, str], _Activity] = defaultdict(_Activity)


def counts(snapshot: Snapshot) -> dict[Cell, int]:
    """Count the questions of a snapshot by district, topic, state and reason."""
    return _questions[_of(snapshot)].counts(snapshot)


def outcomes(snapshot: Snapshot) -> "Counter[Cell]":
    """Count as `counts` does, but what was merged in the state of the question that stands for it.

    Whoever was merged is answered with the other, and waits or is rejected with it.
    """
    return _questions[_of(snapshot)].outcomes(snapshot)


def minutes(snapshot: Snapshot, selection: Selection, *, status: Status | None = None) -> Minutes:
    """Count by minute when the selected questions came, or those that wait in a state."""
    return _questions[_of(snapshot)].minutes(snapshot, selection, status)


def newest(snapshot: Snapshot, selection: Selection, *, most: int) -> list[int]:
    """List the numbers of the selected questions that came last, the newest first."""
    return _questions[_of(snapshot)].newest(snapshot, selection, most)


def turns(snapshot: Snapshot) -> list[Turn]:
    """List all turns on stage of an event, the oldest first."""
    return _activities[_of(snapshot)].turns(snapshot)


def moves(snapshot: Snapshot, *, at: datetime) -> "Counter[Move]":
    """Count what went from one state to another in a time's minute and those just before it.

    They are `LATELY_MINUTES` in all, so what is counted happened within as long.
    """
    return _activities[_of(snapshot)].moves(snapshot, at)


def minute_of(at: datetime) -> int:
    """Return the minute since 1970 that a time is in."""
    return int(at.timestamp() // 60)


def _of(snapshot: Snapshot) -> tuple[Database, str]:
    return snapshot.database, snapshot.event.slug
