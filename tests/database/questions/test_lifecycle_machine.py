"""No sequence of actions reaches a state that the lifecycle does not allow.

Hypothesis invents the sessions; a trivially correct model stands beside the real database.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

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

from data_access import engine
from data_access.activity.models import ActivityRow
from data_access.engine import Database
from data_access.events import events
from data_access.followup import replies
from data_access.hall import staging
from data_access.questions.models import VoteRow
from data_access.questions.writing import claims, commands, submissions, undoing, votes
from dialogue import lifecycle
from dialogue.commands import QuestionCommand, Seen
from dialogue.events import Event
from dialogue.lifecycle import WITHOUT_ARROW, Action, Status
from dialogue.operations import (
    CountVotes,
    Defer,
    Edit,
    Merge,
    MoveBefore,
    MoveTo,
    Note,
    Operation,
    Plain,
    Prepare,
    Reject,
    SendToQueue,
    SetDepartment,
    SetDue,
    SetTopic,
    SetVotesAside,
    Split,
)
from dialogue.questions import Receipt
from dialogue.refusals import (
    Conflict,
    Flagged,
    Held,
    NoReply,
    NothingComing,
    NothingToUndo,
    NotPermitted,
    Refusal,
    StageOccupied,
    TransitionRefused,
    UnknownBurst,
    UnknownEntry,
    UnknownReason,
    WrongDue,
    WrongMergeTarget,
    WrongSplit,
    WrongText,
)
from dialogue.roles import Role
from live import snapshots
from tests.conftest import EXAMPLES
from tests.factories import DEPARTMENT, REPLY, actor, department, keyed

TEXT = "Khi nào ấp em có sóng 4G ạ"
EDITED = "Bao giờ ấp em có sóng 4G?"
TELLING = "Gọi cho em theo số 0912 345 678 ạ"
START = datetime(2022, 11, 10, 6, 30, tzinfo=UTC)
TODAY = START.date()


@dataclass
class Modelled:
    """What the model knows of a question."""

    status: Status = Status.RECEIVED
    version: int = 1
    reason: str | None = None
    merged_into: int | None = None
    text: str = TEXT
    topic: str | None = "ha-tang-so"
    department: str | None = None
    flagged: bool = False
    pinned: bool = False
    held: bool = False
    note: str | None = None
    prepared: str | None = None
    split_from: int | None = None
    due_on: date | None = None


FIELDS = fields(Modelled)


def invented(action: Action, **how: Any) -> Operation:
    """An operation by its action, with what it needs of all that was invented."""
    kinds = [each for each in get_args(Operation)[1:] if each.action is action] or [Plain]
    if action is Action.MOVE:
        kinds = [MoveTo] if how["before"] is None else [MoveBefore]
    known = {**how, "action": action, "burst": 7, "due": how.get("due", TODAY)}
    if action is Action.SET_DUE:
        known["due"] = known["due"] or TODAY
    found: Operation = kinds[0](**{each.name: known[each.name] for each in fields(kinds[0])})
    return found


@dataclass
class Remembered:
    """What the model must find again when a command is undone."""

    number: int
    command: int
    roles: frozenset[Role]
    before: Modelled
    position: int | None
    moved: bool


class Sessions(RuleBasedStateMachine):
    """Several people at once, each acting on what they last saw."""

    event: Event
    database: Database
    slugs: Iterator[str]

    numbers: Bundle[int] = Bundle("numbers")
    people = st.sampled_from([1, 2, 3])

    @initialize()
    def open_event(self) -> None:
        self.slug = next(self.slugs)
        self.asked: dict[int, Modelled] = {}
        self.queue: list[int] = []
        self.commands: dict[int, list[list[Remembered]]] = defaultdict(list)
        self.command_ids = itertools.count()
        self.standing: dict[int, list[int]] = defaultdict(list)
        self.claimed: dict[tuple[int, int], datetime] = {}
        self.submitted: set[int] = set()
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
            answers = submissions.submit(session, self.slug, batch, at=self.now())

        assert [answer.number for answer in answers if isinstance(answer, Receipt)] == list(
            range(first, first + count)
        )
        self.asked |= {number: Modelled() for number in range(first, first + count)}
        self.revision += 1
        return multiple(*range(first, first + count))

    @rule(number=numbers)
    def submit_again(self, number: int) -> None:
        number = self.asked[number].split_from or number
        with self.database.transaction() as session:
            answers = submissions.submit(
                session, self.slug, [keyed(f"key-{number}")], at=self.now()
            )

        assert isinstance(answers[0], Receipt)
        assert answers[0].number == number

    @rule(
        numbers=st.lists(numbers, min_size=1, max_size=3, unique=True),
        action=st.sampled_from(sorted(set(Action) - WITHOUT_ARROW - {Action.SPLIT})),
        stale=st.sampled_from([0, 0, 0, 1]),
        role=st.sampled_from([Role.MODERATOR, Role.MODERATOR, Role.CHAIR, Role.ANALYST]),
        person=people,
        position=st.none() | st.integers(1, 6),
        before=st.none() | numbers,
        reason=st.sampled_from(["off-topic", "off-topic", "invented"]),
        into=numbers,
        text=st.sampled_from([TEXT, EDITED, TELLING, "ngắn"]),
        entry=st.sampled_from([None, "ha-tang-so", "so-tttt", "invented"]),
        due=st.sampled_from([None, TODAY, TODAY + timedelta(days=30), TODAY - timedelta(days=1)]),
    )
    def act(
        self,
        numbers: list[int],
        action: Action,
        stale: int,
        role: Role,
        person: int,
        **how: Any,
    ) -> None:
        operation = invented(action, **how)
        command = QuestionCommand(
            operation, tuple(Seen(each, self.asked[each].version - stale) for each in numbers)
        )
        done: list[int] = []
        refused: list[type[Refusal]] = []
        group: list[Remembered] = []
        for seen in command.seen:
            expected = self.expect(operation, seen, role)
            if expected is None:
                group.append(self.follow(operation, seen.number))
                done.append(seen.number)
            else:
                refused.append(expected)
        self.do(command, role, person, done, refused)
        if done:
            self.commands[person].append(group)
            self.finish(done)

    def do(
        self,
        command: QuestionCommand,
        role: Role,
        person: int,
        done: list[int],
        refused: list[type[Refusal]],
    ) -> None:
        with self.refusing(None if done else refused[0]), self.database.transaction() as session:
            result = commands.act(
                session, self.slug, command, actor=actor(role, account_id=person), at=self.now()
            )
            assert (result.action, result.numbers) == (command.operation.action, done)
            assert [type(each.refusal) for each in result.refused] == refused

    @rule(person=people, role=st.sampled_from([Role.MODERATOR, Role.CHAIR, Role.ANALYST]))
    def advance(self, person: int, role: Role) -> None:
        on_stage = [each for each, it in self.asked.items() if it.status is Status.ON_STAGE]
        steps = [(Action.ANSWER, each) for each in on_stage]
        steps += [(Action.STAGE, each) for each in self.queue[:1]]
        seen = {action: Seen(each, self.asked[each].version) for action, each in steps}
        expected: type[Refusal] | None = None if steps else NothingComing
        group: list[Remembered] = []
        before = dict(self.asked), list(self.queue), {n: [*ids] for n, ids in self.standing.items()}
        for action, number in steps:
            operation = invented(action)
            expected = expected or self.expect(operation, seen[action], role)
            if expected is None:
                group.append(self.follow(operation, number))
        if expected is not None:
            # Neither step is taken where one cannot be.
            self.asked, self.queue, self.standing = (
                before[0],
                before[1],
                defaultdict(list, before[2]),
            )
        with self.refusing(expected), self.database.transaction() as session:
            staging.advance(
                session,
                self.slug,
                ending=seen.get(Action.ANSWER),
                coming=seen.get(Action.STAGE),
                actor=actor(role, account_id=person),
                at=self.now(),
            )
        if expected is None:
            self.commands[person].append(group)
            self.finish([number for _, number in steps])

    @rule(
        target=numbers,
        number=numbers,
        person=people,
        parts=st.lists(st.sampled_from([EDITED, TELLING]), min_size=1, max_size=3),
    )
    def split(self, number: int, person: int, parts: list[str]) -> Any:
        seen = Seen(number, self.asked[number].version)
        operation = Split(tuple(parts))
        command = QuestionCommand(operation, (seen,))
        expected = self.expect(operation, seen, Role.MODERATOR)
        if expected is not None:
            self.do(command, Role.MODERATOR, person, [], [expected])
            return multiple()
        told = replace(self.asked[number])
        group = [self.follow(operation, number)]
        for part in parts[1:]:
            group.append(self.split_off(number, told, part, after=group[-1].number))
        self.do(command, Role.MODERATOR, person, [number], [])
        self.commands[person].append(group)
        self.finish([number])
        return multiple(*(each.number for each in group[1:]))

    def split_off(self, number: int, whole: Modelled, part: str, *, after: int) -> Remembered:
        new = len(self.asked) + 1
        self.asked[new] = Modelled(
            status=whole.status,
            text=part,
            flagged=part == TELLING,
            topic=whole.topic,
            department=whole.department,
            split_from=whole.split_from or number,
        )
        if whole.status is Status.QUEUED:
            self.stand(new, self.queue.index(after) + 2)
        command_id = next(self.command_ids)
        self.standing[new].append(command_id)
        gone = replace(self.asked[new], status=Status.MERGED, merged_into=number)
        return Remembered(
            new,
            command_id,
            lifecycle.DESK,
            replace(gone, pinned=False, held=False),
            None,
            moved=True,
        )

    @rule(person=people, role=st.sampled_from([Role.MODERATOR, Role.MODERATOR, Role.CHAIR]))
    def undo(self, person: int, role: Role) -> None:
        done: list[int] = []
        refused: list[type[Refusal]] = []
        for remembered in reversed(self.commands[person][-1] if self.commands[person] else []):
            expected = self.expect_undo(remembered, role)
            if expected is None:
                self.go_back(remembered)
                done.append(remembered.number)
            else:
                refused.append(expected)
        first = refused[0] if refused else NothingToUndo
        with self.refusing(None if done else first), self.database.transaction() as session:
            result = undoing.undo(
                session, self.slug, actor=actor(role, account_id=person), at=self.now()
            )
            assert result.numbers == done
            assert [type(each.refusal) for each in result.refused] == refused
        if done:
            self.commands[person].pop()
            self.finish(done)

    def finish(self, done: list[int]) -> None:
        self.revision += 1
        self.claimed = {each: until for each, until in self.claimed.items() if each[0] not in done}

    @contextmanager
    def refusing(self, expected: type[Refusal] | None) -> Iterator[None]:
        if expected is None:
            yield
            return
        with pytest.raises(expected) as caught:
            yield
        assert type(caught.value) is expected

    def expect(self, operation: Operation, seen: Seen, role: Role) -> type[Refusal] | None:
        modelled = self.asked[seen.number]
        step = lifecycle.transition(operation.action, modelled.status)
        if role not in lifecycle.roles_of(operation.action):
            return NotPermitted
        if seen.version != modelled.version:
            return Conflict
        if step is None:
            return TransitionRefused
        if role not in step.roles:
            return NotPermitted
        match operation:
            case Plain(Action.APPROVE | Action.STAGE) | SendToQueue() | Defer() if modelled.flagged:
                return Flagged
            case Plain(Action.STAGE) if modelled.held:
                return Held
            case Split(parts) if len(parts) < 2:
                return WrongSplit
            case Reject(reason) if reason == "invented":
                return UnknownReason
            case Merge(into) if not self.takes_in(seen.number, into):
                return WrongMergeTarget
            case Plain(Action.STAGE) if self.stage_is_occupied():
                return StageOccupied
            case Edit(text) if text == "ngắn":
                return WrongText
            case SetTopic(entry) if entry not in (None, "ha-tang-so"):
                return UnknownEntry
            case SetDepartment(entry) | Defer(entry, _) if entry not in (None, DEPARTMENT):
                return UnknownEntry
            case Defer(_, due) | SetDue(due) if due is not None and due < TODAY:
                return WrongDue
            case Plain(Action.REPLY) if not self.may_be_replied(seen.number):
                return NoReply
            case SetVotesAside() | CountVotes():
                return UnknownBurst
        return None

    def takes_in(self, number: int, into: int | None) -> bool:
        return into != number and into is not None and self.asked[into].status in lifecycle.OPEN

    def may_be_replied(self, number: int) -> bool:
        return number in self.submitted and self.asked[number].department == DEPARTMENT

    def stage_is_occupied(self) -> bool:
        return any(each.status is Status.ON_STAGE for each in self.asked.values())

    def expect_undo(self, remembered: Remembered, role: Role) -> type[Refusal] | None:
        now, before = self.asked[remembered.number], remembered.before
        if self.standing[remembered.number][-1:] != [remembered.command]:
            return Conflict
        if role not in remembered.roles:
            return NotPermitted
        if (
            before.status is Status.ON_STAGE
            and now.status is not Status.ON_STAGE
            and self.stage_is_occupied()
        ):
            return StageOccupied
        if before.status is Status.MERGED and not self.takes_in(
            remembered.number, before.merged_into
        ):
            return WrongMergeTarget
        if (
            before.status is Status.REPLIED
            and now.status is not Status.REPLIED
            and not self.may_be_replied(remembered.number)
        ):
            return NoReply
        return None

    def follow(self, operation: Operation, number: int) -> Remembered:
        before = self.asked[number]
        step = lifecycle.transition(operation.action, before.status)
        assert step is not None
        now = replace(
            before,
            status=step.target,
            version=before.version + 1,
            reason=None,
            merged_into=None,
        )
        match operation:
            case Reject(reason):
                now.reason = reason
            case Merge(into):
                now.merged_into = into
            case Note(text):
                now.note = text
            case Prepare(text):
                now.prepared = text
            case Plain(Action.PIN | Action.UNPIN as action):
                now.pinned = action is Action.PIN
            case Plain(Action.HOLD | Action.UNHOLD as action):
                now.held = action is Action.HOLD
            case Edit(text) | Split((text, *_)):
                now.text = text
                told = before.text == TELLING
                now.flagged = now.text == TELLING or (before.flagged and not told)
            case SetTopic(entry):
                now.topic = entry
            case SetDepartment(entry):
                now.department = entry
            case Defer(entry, due):
                now.department = entry or before.department
                now.due_on = due or TODAY + timedelta(days=self.event.reply_days)
            case SetDue(due):
                now.due_on = due
            case Plain(Action.FLAG | Action.UNFLAG as action):
                now.flagged = action is Action.FLAG
        if now.status is not Status.QUEUED:
            now.pinned = now.held = False
        self.asked[number] = now
        pins = operation.action in (Action.PIN, Action.UNPIN)
        moves = pins or step.target is not step.origin or operation.action is Action.MOVE
        stood = self.queue.index(number) + 1 if number in self.queue else None
        if moves:
            self.stand(number, self.wanted(operation, number))
        command_id = next(self.command_ids)
        self.standing[number].append(command_id)
        return Remembered(number, command_id, step.roles, before, stood if moves else None, moves)

    def wanted(self, operation: Operation, number: int) -> int | None:
        match operation:
            case Plain(Action.PIN):
                return None
            case SendToQueue(position) | MoveTo(position):
                return position
            case MoveBefore(before):
                others = [each for each in self.queue if each != number]
                return others.index(before) + 1 if before in others else None
        return 1

    def go_back(self, remembered: Remembered) -> None:
        self.standing[remembered.number].pop()
        now = self.asked[remembered.number]
        self.asked[remembered.number] = replace(remembered.before, version=now.version + 1)
        if remembered.moved:
            self.stand(remembered.number, remembered.position)

    def stand(self, number: int, position: int | None) -> None:
        if number in self.queue:
            self.queue.remove(number)
        if self.asked[number].status is Status.QUEUED:
            pins = sum(self.asked[each].pinned for each in self.queue)
            first, last = (0, pins) if self.asked[number].pinned else (pins, len(self.queue))
            place = last if position is None else min(max(position - 1, first), last)
            self.queue.insert(place, number)

    @rule(number=numbers)
    def submit_reply(self, number: int) -> None:
        now = self.asked[number]
        is_open = now.status is Status.DEFERRED and now.department == DEPARTMENT
        if is_open and number not in self.submitted:
            with self.database.transaction() as session:
                replies.submit(
                    session,
                    self.slug,
                    number,
                    REPLY,
                    version=0,
                    actor=department(),
                    at=self.now(),
                )
            self.submitted.add(number)
            self.revision += 1

    @rule(number=numbers, person=people)
    def open(self, number: int, person: int) -> None:
        now = self.now()
        with self.database.transaction() as session:
            claims.take(session, self.slug, number, actor=actor(account_id=person), at=now)
        if self.claimed.get((number, person), now) <= now + claims.OPEN_LASTS / 2:
            self.claimed[number, person] = now + claims.OPEN_LASTS
            self.revision += 1

    @rule(count=st.integers(1, 3), person=people)
    def keep_oldest(self, count: int, person: int) -> None:
        now = self.now()
        taken = {number for (number, _), until in self.claimed.items() if until > now}
        free = [
            number
            for number, each in self.asked.items()
            if each.status is Status.RECEIVED and number not in taken
        ][:count]

        with self.database.transaction() as session:
            kept = claims.take_oldest(
                session, self.slug, count, actor=actor(account_id=person), at=now
            )

        assert kept == free
        self.claimed |= {(number, person): now + claims.BATCH_LASTS for number in free}
        self.revision += bool(free)

    @rule(person=people)
    def let_go(self, person: int) -> None:
        with self.database.transaction() as session:
            claims.release(session, self.slug, actor=actor(account_id=person))
        self.revision = self.current_revision()
        self.claimed = {each: until for each, until in self.claimed.items() if each[1] != person}

    @rule()
    def wait(self) -> None:
        self.clock += claims.OPEN_LASTS

    @rule(number=numbers, voter=st.sampled_from(["a", "b", "c"]))
    def vote(self, number: int, voter: str) -> None:
        with self.database.transaction() as session:
            try:
                votes.give(session, self.slug, number, voter=voter, at=self.now())
            except Refusal:
                question = self.asked[number]
                assert question.flagged or question.status not in (Status.APPROVED, Status.QUEUED)
        self.revision = self.current_revision()

    def current_revision(self) -> int:
        return snapshots.current(self.slug).revision

    @invariant()
    def the_board_is_the_model(self) -> None:
        snapshot = snapshots.current(self.slug)
        seen = {
            number: Modelled(**{each.name: getattr(question, each.name) for each in FIELDS})
            for number, question in snapshot.questions.items()
        }
        assert seen == self.asked
        assert snapshot.counts == {
            status: sum(each.status is status for each in self.asked.values()) for status in Status
        }
        assert list(snapshot.order) == self.queue
        assert {
            (number, each.account_id): each.until
            for number, held in snapshot.claims.items()
            for each in held
            if each.until > self.clock
        } == {each: until for each, until in self.claimed.items() if until > self.clock}
        assert snapshot.revision == self.revision

    @invariant()
    def at_most_one_is_on_stage(self) -> None:
        snapshot = snapshots.current(self.slug)
        assert sum(each.status is Status.ON_STAGE for each in snapshot.questions.values()) <= 1

    @invariant()
    def what_is_replied_has_a_published_reply_and_nothing_else_has(self) -> None:
        with self.database.reading() as session:
            published = [each.number for each in replies.list_published(session, self.slug)]
        assert published == [
            number for number, each in self.asked.items() if each.status is Status.REPLIED
        ]

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
            if entry.action == "submit_reply":
                continue
            assert statuses.get(entry.number) == entry.from_status
            assert entry.to_status is not None
            statuses[entry.number] = entry.to_status
            if entry.number in queue and (
                entry.to_status is not Status.QUEUED or "position" in entry.details
            ):
                queue.remove(entry.number)
            if "position" in entry.details:
                queue.insert(entry.details["position"] - 1, entry.number)
        assert [entry.entry for entry in entries] == list(range(1, len(entries) + 1))
        assert statuses == {number: each.status for number, each in self.asked.items()}
        assert queue == self.queue

    @invariant()
    def votes_are_counted(self) -> None:
        snapshot = snapshots.current(self.slug)
        with self.database.reading() as session:
            cast = session.scalars(
                select(VoteRow.number).where(
                    VoteRow.event_id == events.event_id(session, self.slug)
                )
            ).all()
        for number, each in snapshot.questions.items():
            assert each.votes == cast.count(number)


@pytest.mark.parametrize("examples", EXAMPLES)
def test_no_sequence_of_actions_leaves_the_lifecycle(
    database: Database, event: Event, examples: int
) -> None:
    assert engine.current() is database

    class Machine(Sessions):
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
