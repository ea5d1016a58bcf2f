"""No sequence of actions reaches a state that the lifecycle does not allow.

Hypothesis invents the sessions; a trivially correct model stands beside the real database.
"""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from data_access import boards, engine, events, questions, votes
from data_access.engine import Database
from data_access.models import ActivityRow, VoteRow
from dialogue import lifecycle
from dialogue.events import Event
from dialogue.lifecycle import Action, Status
from dialogue.questions import Receipt
from dialogue.refusals import (
    Conflict,
    NotPermitted,
    Refusal,
    StageOccupied,
    TransitionRefused,
    UnknownReason,
    WrongMergeTarget,
)
from dialogue.roles import Role
from tests.factories import actor, keyed

START = datetime(2022, 11, 10, 6, 30, tzinfo=UTC)


@dataclass
class Modelled:
    """What the model knows of a question."""

    status: Status = Status.RECEIVED
    version: int = 1
    reason: str | None = None
    merged_into: int | None = None


class Sessions(RuleBasedStateMachine):
    """Several people at once, each acting on what they last saw."""

    event: Event
    database: Database
    slugs: Iterator[str]

    numbers: Bundle[int] = Bundle("numbers")

    @initialize()
    def open_event(self) -> None:
        self.slug = next(self.slugs)
        self.asked: dict[int, Modelled] = {}
        self.queue: list[int] = []
        self.clock = START
        self.revision = 0
        renamed = {name: getattr(self.event, name) for name in Event.__slots__}
        with self.database.transaction() as session:
            events.add(session, Event(**{**renamed, "slug": self.slug}))

    def now(self) -> datetime:
        self.clock += timedelta(seconds=1)
        return self.clock

    @rule(target=numbers, count=st.integers(1, 4))
    def submit(self, count: int) -> Any:
        first = len(self.asked) + 1
        batch = [keyed(f"key-{number}") for number in range(first, first + count)]

        with self.database.transaction() as session:
            answers = questions.submit(session, self.slug, batch, at=self.now())

        assert [answer.number for answer in answers if isinstance(answer, Receipt)] == list(
            range(first, first + count)
        )
        self.asked |= {number: Modelled() for number in range(first, first + count)}
        self.revision += 1
        return multiple(*range(first, first + count))

    @rule(number=numbers)
    def submit_again(self, number: int) -> None:
        with self.database.transaction() as session:
            answers = questions.submit(session, self.slug, [keyed(f"key-{number}")], at=self.now())

        assert isinstance(answers[0], Receipt)
        assert answers[0].number == number

    @rule(
        number=numbers,
        action=st.sampled_from([each for each in Action if each is not Action.SUBMIT]),
        seen=st.sampled_from(["now", "stale"]),
        role=st.sampled_from([Role.MODERATOR, Role.MODERATOR, Role.CHAIR, Role.ANALYST]),
        position=st.none() | st.integers(1, 6),
        reason=st.sampled_from(["off-topic", "off-topic", "invented"]),
        into=numbers,
    )
    def act(
        self,
        number: int,
        action: Action,
        seen: str,
        role: Role,
        position: int | None,
        reason: str,
        into: int,
    ) -> None:
        modelled = self.asked[number]
        expected = self.expect(number, action, seen, role, reason, into)

        with self.refusing(expected), self.database.transaction() as session:
            questions.act(
                session,
                self.slug,
                number,
                action,
                version=modelled.version - (seen == "stale"),
                actor=actor(role),
                at=self.now(),
                reason=reason,
                into=into,
                position=position,
            )
        if expected is None:
            self.follow(number, action, position, reason, into)

    @contextmanager
    def refusing(self, expected: type[Refusal] | None) -> Iterator[None]:
        if expected is None:
            yield
            return
        with pytest.raises(expected) as caught:
            yield
        assert type(caught.value) is expected

    def expect(
        self, number: int, action: Action, seen: str, role: Role, reason: str, into: int
    ) -> type[Refusal] | None:
        modelled = self.asked[number]
        step = lifecycle.transition(action, modelled.status)
        if seen == "stale":
            return Conflict
        if step is None:
            return TransitionRefused
        if role not in step.roles:
            return NotPermitted
        if action is Action.REJECT and reason == "invented":
            return UnknownReason
        if action is Action.MERGE and (
            into == number or self.asked[into].status not in lifecycle.OPEN
        ):
            return WrongMergeTarget
        if action is Action.STAGE and any(
            each.status is Status.ON_STAGE for each in self.asked.values()
        ):
            return StageOccupied
        return None

    def follow(
        self, number: int, action: Action, position: int | None, reason: str, into: int
    ) -> None:
        modelled = self.asked[number]
        step = lifecycle.transition(action, modelled.status)
        assert step is not None
        modelled.status = step.target
        modelled.version += 1
        modelled.reason = reason if action is Action.REJECT else None
        modelled.merged_into = into if action is Action.MERGE else None
        if number in self.queue:
            self.queue.remove(number)
        if step.target is Status.QUEUED:
            wanted = 1 if action in (Action.PUT_BACK, Action.RESTORE) else position
            place = len(self.queue) if wanted is None else min(wanted - 1, len(self.queue))
            self.queue.insert(place, number)
        self.revision += 1

    @rule(number=numbers, voter=st.sampled_from(["a", "b", "c"]))
    def vote(self, number: int, voter: str) -> None:
        with self.database.transaction() as session:
            try:
                votes.give(session, self.slug, number, voter=voter, at=self.now())
            except Refusal:
                assert self.asked[number].status not in (Status.APPROVED, Status.QUEUED)
        self.revision = self.current_revision()

    def current_revision(self) -> int:
        return boards.current(self.slug).revision

    @invariant()
    def the_board_is_the_model(self) -> None:
        board = boards.current(self.slug)
        seen = {
            number: Modelled(each.status, each.version, each.reason, each.merged_into)
            for number, each in board.questions.items()
        }
        assert seen == self.asked
        assert list(board.order) == self.queue
        assert board.revision == self.revision

    @invariant()
    def at_most_one_is_on_stage(self) -> None:
        board = boards.current(self.slug)
        assert sum(each.status is Status.ON_STAGE for each in board.questions.values()) <= 1

    @invariant()
    def the_activity_replays_to_the_state(self) -> None:
        with self.database.reading() as session:
            entries = session.scalars(
                select(ActivityRow)
                .where(ActivityRow.event_id == events.event_id(session, self.slug))
                .order_by(ActivityRow.entry)
            ).all()
        statuses: dict[int, Status] = {}
        queue: list[int] = []
        for entry in entries:
            assert entry.number is not None
            assert statuses.get(entry.number) == entry.from_status
            assert entry.to_status is not None
            statuses[entry.number] = entry.to_status
            if entry.number in queue:
                queue.remove(entry.number)
            if entry.to_status is Status.QUEUED:
                queue.insert(entry.details["position"] - 1, entry.number)
        assert [entry.entry for entry in entries] == list(range(1, len(entries) + 1))
        assert statuses == {number: each.status for number, each in self.asked.items()}
        assert queue == self.queue

    @invariant()
    def votes_are_counted(self) -> None:
        board = boards.current(self.slug)
        with self.database.reading() as session:
            cast = session.scalars(
                select(VoteRow.number).where(
                    VoteRow.event_id == events.event_id(session, self.slug)
                )
            ).all()
        for number, each in board.questions.items():
            assert each.votes == cast.count(number)


def test_no_sequence_of_actions_leaves_the_lifecycle(database: Database, event: Event) -> None:
    assert engine.current() is database

    class Machine(Sessions):
        slugs = (f"event-{count}" for count in itertools.count())

    Machine.database = database
    Machine.event = event
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=30,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
