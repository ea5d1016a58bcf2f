from datetime import timedelta

import pytest

from data_access import engine
from data_access.questions.writing import claims
from dialogue.accounts import Actor
from dialogue.lifecycle import Action, Status
from dialogue.refusals import NotPermitted
from dialogue.roles import Role
from live import snapshots
from tests.factories import NOON, SLUG, act, actor, ask, ask_until

pytestmark = pytest.mark.usefixtures("database")
LAN = actor(name="Lan", account_id=1)
MINH = actor(name="Minh", account_id=2)


def take(number: int, by: Actor, *, minutes: int = 0) -> None:
    with engine.current().transaction() as session:
        claims.take(session, SLUG, number, actor=by, at=NOON + timedelta(minutes=minutes))


def take_oldest(count: int, by: Actor, *, minutes: int = 0) -> list[int]:
    with engine.current().transaction() as session:
        at = NOON + timedelta(minutes=minutes)
        return list(claims.take_oldest(session, SLUG, count, actor=by, at=at))


def holders(number: int) -> list[str]:
    return [each.name for each in snapshots.current(SLUG).claims.get(number, ())]


def test_several_people_may_have_a_question_open_and_each_sees_the_other() -> None:
    number = ask().number

    take(number, LAN)
    take(number, MINH, minutes=1)

    assert holders(number) == ["Lan", "Minh"]


def test_what_is_open_already_is_not_announced_again_and_again() -> None:
    number = ask().number
    take(number, LAN)
    revision = snapshots.current(SLUG).revision

    take(number, LAN)

    assert snapshots.current(SLUG).revision == revision


def test_two_people_who_take_the_oldest_do_not_get_the_same() -> None:
    numbers = [ask().number for _ in range(5)]
    ask_until(Status.APPROVED)

    assert take_oldest(3, LAN) == numbers[:3]
    assert take_oldest(3, MINH) == numbers[3:]
    assert take_oldest(3, MINH) == []


def test_a_claim_is_over_by_itself() -> None:
    number = ask().number
    take_oldest(1, LAN)

    assert take_oldest(1, MINH, minutes=14) == []
    assert take_oldest(1, MINH, minutes=15) == [number]
    assert holders(number) == ["Minh"]


def test_a_claim_ends_when_somebody_deals_with_the_question() -> None:
    number = ask().number
    take(number, LAN)

    act(number, Action.APPROVE, version=1, actor=MINH)

    assert holders(number) == []


def test_who_lets_go_leaves_the_others_theirs() -> None:
    number = ask().number
    take(number, LAN)
    take(number, MINH)

    for _ in range(2):
        with engine.current().transaction() as session:
            claims.release(session, SLUG, actor=LAN)

    assert holders(number) == ["Minh"]


def test_a_claim_on_no_question_is_none_and_others_than_the_desk_have_none() -> None:
    take(404, LAN)
    number = ask().number

    for claim in (take, take_oldest):
        with pytest.raises(NotPermitted):
            claim(number, actor(Role.CHAIR))
    assert snapshots.current(SLUG).claims == {}
