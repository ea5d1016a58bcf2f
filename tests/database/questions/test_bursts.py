"""Votes that came in a burst: seen, set aside, counted again, never counted wrongly."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from data_access import engine
from data_access.activity import activity
from data_access.engine import Database
from data_access.events import events
from data_access.questions.writing import personal_data, undoing, votes
from dialogue import bursts
from dialogue.activity import ActivityFilters
from dialogue.bursts import Burst
from dialogue.lifecycle import Action, Status
from dialogue.refusals import NotPermitted, TransitionRefused, UnknownBurst
from dialogue.roles import Role
from live import snapshots
from tests.factories import NOON, SLUG, act, actor, ask_until

LAPTOP, HALL = "192.0.2.7", "198.51.100.9"
SECOND = timedelta(seconds=1)
FEW = 4
_voters = (f"phone {number}" for number in itertools.count())


@pytest.fixture(autouse=True)
def _started(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has the database of this process, once of each kind, and few votes are many."""
    monkeypatch.setattr(bursts, "AT_LEAST", FEW)


def give(number: int, *, network: str = LAPTOP, second: float = 0, voter: str = "") -> str:
    """Support a question as a phone of a network, and return the phone's mark."""
    voter = voter or next(_voters)
    with engine.current().transaction() as session:
        at = NOON + second * SECOND
        votes.give(session, SLUG, number, voter=voter, at=at, network=network)
    return voter


def lose(number: int) -> None:
    """Support a question in a transaction that is not committed."""
    with engine.current().transaction() as session:
        votes.give(session, SLUG, number, voter="lost", at=NOON, network=LAPTOP)
        raise ZeroDivisionError


def flood(number: int, count: int = FEW, *, second: float = 0) -> list[str]:
    """Support a question as many phones of one network, a second after each other."""
    return [give(number, second=second + each) for each in range(count)]


def take_back(number: int, voter: str) -> int:
    with engine.current().transaction() as session:
        return votes.take_back(session, SLUG, number, voter=voter)


def shown(number: int) -> list[tuple[int, int, bool]]:
    """Tell of a question's bursts: how many votes, within how many seconds, and if set aside."""
    found = snapshots.current(SLUG).bursts.get(number, ())
    return [(each.votes, each.seconds, each.set_aside) for each in found]


def counted(number: int) -> int:
    return snapshots.current(SLUG).questions[number].votes


def burst(number: int) -> Burst:
    [found] = snapshots.current(SLUG).bursts[number]
    return found


def set_aside(number: int, *, action: Action = Action.SET_VOTES_ASIDE) -> None:
    version = snapshots.current(SLUG).questions[number].version
    act(number, action, version=version, burst=burst(number).code)


@pytest.fixture
def number() -> int:
    """A question that waits for its turn."""
    return ask_until(Status.APPROVED)


def test_a_burst_is_shown_with_all_its_votes_and_counts(number: int) -> None:
    flood(number, FEW - 1)
    assert shown(number) == []

    give(number, second=FEW)
    assert shown(number) == [(FEW, FEW, False)]

    give(number, second=9)
    give(number, network=HALL, second=9)
    assert shown(number) == [(FEW + 1, 9, False)]
    assert counted(number) == FEW + 2


def test_votes_for_other_questions_and_from_other_networks_are_no_burst(number: int) -> None:
    other = ask_until(Status.APPROVED)

    for each in range(FEW - 1):
        give(number)
        give(other)
        give(number, network=f"192.0.2.{100 + each}")

    assert (shown(number), shown(other)) == ([], [])


def test_two_bursts_are_told_apart(number: int) -> None:
    flood(number)
    flood(number, FEW + 1, second=600)

    assert shown(number) == [(FEW, 3, False), (FEW + 1, 4, False)]


def test_what_is_set_aside_does_not_count_and_what_still_comes_neither(number: int) -> None:
    flood(number)
    give(number, network=HALL)

    set_aside(number)
    assert (counted(number), shown(number)) == (1, [(FEW, 3, True)])

    give(number, second=5)
    give(number, network=HALL, second=5)
    assert (counted(number), shown(number)) == (2, [(FEW + 1, 5, True)])

    set_aside(number, action=Action.COUNT_VOTES)
    assert (counted(number), shown(number)) == (FEW + 3, [(FEW + 1, 5, False)])


def test_it_is_undone_and_written_down(number: int) -> None:
    flood(number)
    set_aside(number)

    with engine.current().transaction() as session:
        done = undoing.undo(session, SLUG, actor=actor(), at=NOON)

    assert (done.action, counted(number)) == (Action.SET_VOTES_ASIDE, FEW)
    assert shown(number) == [(FEW, 3, False)]
    with engine.current().reading() as session:
        lines = activity.page(session, SLUG, ActivityFilters(number=number), most=2)
    assert [(each.action, each.votes) for each in lines] == [
        (Action.UNDO, FEW),
        (Action.SET_VOTES_ASIDE, FEW),
    ]
    assert lines[0].undoes == Action.SET_VOTES_ASIDE


def test_a_vote_that_is_set_aside_is_taken_back_without_harm(number: int) -> None:
    [first, *_] = flood(number)
    give(number, network=HALL)
    set_aside(number)

    assert take_back(number, first) == 1
    assert take_back(number, first) == 1
    assert shown(number) == [(FEW - 1, 2, True)]

    # Given again much later it is a vote like others.
    give(number, voter=first, second=600)
    assert (counted(number), shown(number)) == (2, [(FEW - 1, 2, True)])


def test_when_all_are_taken_back_nothing_is_left_to_set_aside(number: int) -> None:
    given = flood(number)
    code = burst(number).code

    for each in given:
        take_back(number, each)

    assert (counted(number), shown(number)) == (0, [])
    for action in (Action.SET_VOTES_ASIDE, Action.COUNT_VOTES):
        with pytest.raises(UnknownBurst):
            act(number, action, version=2, burst=code)


def test_merging_takes_along_what_is_set_aside(number: int) -> None:
    into = ask_until(Status.APPROVED)
    flood(number)
    give(into, network=HALL)
    set_aside(number)

    act(number, Action.MERGE, version=3, into=into)
    assert (counted(into), shown(into)) == (1, [(FEW, 3, True)])

    set_aside(into, action=Action.COUNT_VOTES)
    assert counted(into) == 1 + FEW

    act(number, Action.RESTORE, version=4)
    assert (counted(into), shown(into)) == (1, [])
    assert (counted(number), shown(number)) == (0, [(FEW, 3, True)])


def test_only_the_desk_sets_aside_and_only_what_it_has_kept(number: int) -> None:
    flood(number)
    code = burst(number).code

    for role in (Role.CHAIR, Role.ANALYST):
        with pytest.raises(NotPermitted):
            act(number, Action.SET_VOTES_ASIDE, version=2, burst=code, actor=actor(role))
    act(number, Action.REJECT, version=2)
    with pytest.raises(TransitionRefused):
        act(number, Action.SET_VOTES_ASIDE, version=3, burst=code)


def test_what_could_not_be_written_is_found_with_the_next_vote(number: int) -> None:
    flood(number, FEW - 1)
    with pytest.raises(ZeroDivisionError):
        lose(number)
    assert shown(number) == []

    give(number, second=5)

    assert shown(number) == [(FEW, 5, False)]


def test_phones_at_the_same_moment_are_one_burst_without_a_gap(number: int) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: give(number), range(80)))

    assert shown(number) == [(80, 1, False)]


def test_the_network_is_nowhere_in_the_database(number: int) -> None:
    flood(number, FEW + 1)
    set_aside(number)

    with engine.current().reading() as session:
        tables = ("votes", "questions", "activity", "events", "access_activity")
        rows = [session.execute(text(f"SELECT * FROM {table}")).all() for table in tables]
        kept = session.execute(text("SELECT DISTINCT burst FROM votes")).scalars().all()
    assert LAPTOP not in str(rows)
    assert kept == [burst(number).code]


def test_bursts_are_forgotten_with_the_personal_data_and_the_counts_stay(number: int) -> None:
    other = ask_until(Status.APPROVED)
    flood(number)
    flood(other)
    give(number, network=HALL)
    set_aside(number)
    with engine.current().reading() as session:
        ended = events.event(session, SLUG).ends_at
    until = ended + timedelta(days=90)

    def erase(days: int) -> int:
        with engine.current().transaction() as session:
            at = until + timedelta(days=days)
            return personal_data.erase_due(session, SLUG, days=90, at=at)

    erase(1)
    erase(2)
    assert shown(number) == [(FEW, 3, True)]
    erase(4)

    assert (shown(number), shown(other)) == ([], [])
    assert (counted(number), counted(other)) == (1, FEW)
    with engine.current().reading() as session:
        left = session.execute(text("SELECT number, burst, set_aside FROM votes")).all()
    assert sorted(left) == [(number, None, False), *[(other, None, False)] * FEW]
    revision = snapshots.current(SLUG).revision
    erase(5)
    assert snapshots.current(SLUG).revision == revision
