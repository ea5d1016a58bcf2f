"""Votes are never doubled and never negative, whatever phones and the desk do in whatever order.

Hypothesis invents the sessions; a plain list of who supports what stands beside the database.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from data_access import engine
from data_access.engine import Database
from data_access.events import events
from data_access.questions.models import VoteRow
from data_access.questions.writing import undoing, votes
from dialogue import bursts
from dialogue.events import Event
from dialogue.lifecycle import Action, Status
from dialogue.refusals import Conflict
from live import snapshots
from tests.conftest import EXAMPLES
from tests.factories import NOON, act, actor, ask_until

FEW = 3
PHONES = dict.fromkeys("abcde", "hall") | dict.fromkeys("vwxyz", "laptop")
FIRST, SECOND = 1, 2


@dataclass(frozen=True)
class Given:
    """A vote that counts, unless it is in a run of votes that was set aside."""

    at: int
    run: int | None = None
    set_aside: bool = False
    merged: bool = False


@dataclass(frozen=True)
class Done:
    """What the desk did with the votes of a run, and how it was before."""

    number: int
    run: int
    set_aside: bool


class Supporting(RuleBasedStateMachine):
    """Phones of two networks, and a desk with two questions."""

    event: Event
    database: Database
    slugs: Iterator[str]

    @initialize()
    def ask(self) -> None:
        self.slug = next(self.slugs)
        renamed = {name: getattr(self.event, name) for name in Event.__slots__}
        with self.database.transaction() as session:
            events.add(session, Event(**{**renamed, "slug": self.slug}))
        for _ in (FIRST, SECOND):
            ask_until(Status.APPROVED, slug=self.slug)
        self.second = 0
        self.versions = {FIRST: 2, SECOND: 2}
        self.given: dict[tuple[int, str], Given] = {}
        self.came: dict[tuple[int, str], dict[str, int]] = {}
        self.runs: dict[tuple[int, str], tuple[int, int]] = {}
        self.run_numbers = itertools.count()
        self.codes: dict[int, int] = {}
        self.commands: list[Done] = []
        self.standing: dict[int, list[Done | None]] = {FIRST: [], SECOND: []}
        self.is_merged = False

    numbers = st.sampled_from([FIRST, SECOND])

    @rule(number=numbers, voter=st.sampled_from([*PHONES]))
    def give(self, number: int, voter: str) -> None:
        if number == FIRST and self.is_merged:
            return
        self.second += 1
        with self.database.transaction() as session:
            at = NOON + timedelta(seconds=self.second)
            counted = votes.give(
                session, self.slug, number, voter=voter, at=at, network=PHONES[voter]
            )
        if (number, voter) not in self.given:
            self.given[number, voter] = Given(self.second)
            self.find_run(number, PHONES[voter], voter)
        assert counted == self.count(number)

    def find_run(self, number: int, network: str, voter: str) -> None:
        came = self.came.setdefault((number, network), {})
        came[voter] = self.second
        since = self.second - bursts.WITHIN.total_seconds()
        lately = [each for each, at in came.items() if at > since]
        if len(lately) < FEW:
            return
        run, until = self.runs.get((number, network), (-1, -1000))
        if until <= since:
            run = next(self.run_numbers)
        self.runs[number, network] = run, self.second
        is_aside = any(each.set_aside for _, each in self.of_run(number, run))
        for each in lately:
            vote = self.given.get((number, each))
            if vote is not None and vote.run is None:
                self.given[number, each] = replace(vote, run=run, set_aside=is_aside)

    @rule(number=numbers, voters=st.sampled_from(["abc", "abcd", "cde", "wxy", "vwxyz", "xyz"]))
    def rush(self, number: int, voters: str) -> None:
        for each in voters:
            self.give(number, each)

    @rule(number=numbers, voter=st.sampled_from([*PHONES]))
    def take_back(self, number: int, voter: str) -> None:
        if number == FIRST and self.is_merged:
            return
        self.given.pop((number, voter), None)
        with self.database.transaction() as session:
            left = votes.take_back(session, self.slug, number, voter=voter)
        assert left == self.count(number)

    @rule(number=numbers, is_set_aside=st.booleans(), which=st.integers(0, 2))
    def decide(self, number: int, is_set_aside: bool, which: int) -> None:
        runs = sorted({each.run for each in self.of(number) if each.run is not None})
        if not runs or (number == FIRST and self.is_merged):
            return
        run = runs[which % len(runs)]
        action = Action.SET_VOTES_ASIDE if is_set_aside else Action.COUNT_VOTES
        before = any(each.set_aside for _, each in self.of_run(number, run))
        self.act(number, action, burst=self.codes[run])
        self.put(number, run, is_set_aside=is_set_aside)
        self.commands.append(Done(number, run, before))
        self.standing[number].append(self.commands[-1])

    @precondition(lambda self: self.commands)
    @rule()
    def undo(self) -> None:
        done = self.commands[-1]
        if self.standing[done.number][-1] is not done:
            with pytest.raises(Conflict), self.database.transaction() as session:
                undoing.undo(session, self.slug, actor=actor(), at=NOON)
            return
        with self.database.transaction() as session:
            undoing.undo(session, self.slug, actor=actor(), at=NOON)
        self.commands.pop()
        self.standing[done.number].pop()
        self.versions[done.number] += 1
        self.put(done.number, done.run, is_set_aside=done.set_aside)

    @precondition(lambda self: not self.is_merged)
    @rule()
    def merge(self) -> None:
        self.is_merged = True
        for (number, voter), vote in [*self.given.items()]:
            if number == FIRST:
                self.given.setdefault((SECOND, voter), replace(vote, merged=True))
        self.act(FIRST, Action.MERGE, into=SECOND, by=2)

    @precondition(lambda self: self.is_merged)
    @rule()
    def restore(self) -> None:
        self.is_merged = False
        self.given = {
            key: each for key, each in self.given.items() if key[0] == FIRST or not each.merged
        }
        self.act(FIRST, Action.RESTORE, by=2)
        self.act(FIRST, Action.APPROVE, by=2)

    @rule()
    def wait(self) -> None:
        self.second += 31

    def act(self, number: int, action: Action, *, by: int = 1, **how: int) -> None:
        who = actor(account_id=by)
        act(number, action, version=self.versions[number], slug=self.slug, actor=who, **how)
        self.versions[number] += 1
        if by != 1:
            self.standing[number].append(None)

    def put(self, number: int, run: int, *, is_set_aside: bool) -> None:
        for key, vote in self.of_run(number, run):
            self.given[key] = replace(vote, set_aside=is_set_aside)

    def of(self, number: int) -> list[Given]:
        return [each for (of, _), each in self.given.items() if of == number]

    def of_run(self, number: int, run: int) -> list[tuple[tuple[int, str], Given]]:
        return [
            (key, each) for key, each in self.given.items() if key[0] == number and each.run == run
        ]

    def count(self, number: int) -> int:
        return sum(not each.set_aside for each in self.of(number))

    @invariant()
    def the_board_has_the_plain_count(self) -> None:
        snapshot = snapshots.current(self.slug)
        for number in (FIRST, SECOND):
            assert snapshot.questions[number].votes == self.count(number)
            runs = {each.run for each in self.of(number)} - {None}
            assert sorted(
                (each.votes, each.set_aside) for each in snapshot.bursts.get(number, ())
            ) == sorted(
                (len(of_run), of_run[0][1].set_aside)
                for run in runs
                if run is not None and (of_run := self.of_run(number, run))
            )

    @invariant()
    def each_vote_is_in_its_burst(self) -> None:
        with self.database.reading() as session:
            rows = session.scalars(
                select(VoteRow).where(VoteRow.event_id == events.event_id(session, self.slug))
            ).all()
        assert {(row.number, row.voter) for row in rows} == {*self.given}
        for row in rows:
            run = self.given[row.number, row.voter].run
            assert (run is None) == (row.burst is None)
            if run is not None and row.burst is not None:
                assert self.codes.setdefault(run, row.burst) == row.burst
        assert len({*self.codes.values()}) == len(self.codes)


@pytest.mark.parametrize("examples", EXAMPLES)
def test_no_sequence_of_votes_and_decisions_miscounts(
    database: Database, event: Event, examples: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine.current() is database
    monkeypatch.setattr(bursts, "AT_LEAST", FEW)

    class Machine(Supporting):
        slugs = (f"event-{count}" for count in itertools.count())

    Machine.database = database
    Machine.event = event
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
