import re
from typing import Any

import pytest
from sqlalchemy import event as listening
from sqlalchemy import text

from data_access import engine
from data_access.engine import Database
from data_access.questions.reading import public_questions
from data_access.questions.writing import votes
from dialogue.lifecycle import PUBLIC, Action, Status
from dialogue.refusals import UnknownEvent
from tests.factories import NOON, SLUG, WAYS, act, ask, ask_until

pytestmark = pytest.mark.usefixtures("database")


def newest(most: int = 9) -> tuple[int, ...]:
    with engine.current().reading() as session:
        return public_questions.newest(session, SLUG, most=most)


def most_voted(most: int = 9) -> tuple[int, ...]:
    with engine.current().reading() as session:
        return public_questions.most_voted(session, SLUG, most=most)


def support(number: int, count: int) -> None:
    with engine.current().transaction() as session:
        for each in range(count):
            votes.give(session, SLUG, number, voter=f"phone {each}", at=NOON)


def test_everyone_reads_the_newest_of_what_is_public() -> None:
    into = ask_until(Status.APPROVED)
    # The one that stays on stage is the last to go there.
    states = sorted(WAYS, key=lambda status: status is Status.ON_STAGE)
    numbers = {status: ask_until(status, into=into) for status in states}
    flagged = ask_until(Status.APPROVED)
    act(flagged, Action.FLAG, version=2)

    public = sorted([into, *(numbers[status] for status in PUBLIC)], reverse=True)
    assert newest() == tuple(public)
    assert newest(2) == tuple(public[:2])


def test_the_most_supported_come_first_and_of_equal_ones_the_newest() -> None:
    ask_until(Status.APPROVED)
    once, twice, as_often = (ask_until(Status.APPROVED) for _ in range(3))
    support(once, 1)
    support(twice, 2)
    support(as_often, 2)

    assert most_voted() == (as_often, twice, once)
    assert most_voted(1) == (as_often,)
    act(twice, Action.REJECT, version=2)
    assert most_voted() == (as_often, once)


def test_nothing_is_read_of_an_event_that_is_not_there() -> None:
    for read in (public_questions.newest, public_questions.most_voted):
        with pytest.raises(UnknownEvent), engine.current().reading() as session:
            read(session, "nowhere", most=1)


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (public_questions.newest, "public_by_number"),
        (public_questions.most_voted, "public_by_votes"),
    ],
)
def test_an_index_leads_to_them_in_their_order(database: Database, read: Any, index: str) -> None:
    ask()
    plans: list[str] = []
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"

    def plan(connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if "questions" in statement and not statement.startswith("EXPLAIN"):
            lines = connection.exec_driver_sql(f"{explain} {statement}", values)
            plans.extend(str(each) for each in lines)

    listening.listen(database._reader, "before_cursor_execute", plan)
    with database.reading() as session:
        if not database.is_sqlite:
            # With few lines it would read them all, and sort them.
            session.execute(text("SET enable_seqscan = off"))
            session.execute(text("SET enable_sort = off"))
        read(session, SLUG, most=9)
    listening.remove(database._reader, "before_cursor_execute", plan)

    assert any(index in each for each in plans)
    assert not [each for each in plans if re.search("SCAN |Seq Scan|B-TREE|Sort", each)]
