import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event as listening
from sqlalchemy import text

from data_access import engine, revisions
from data_access.activity import activity
from data_access.engine import Database
from data_access.events import events
from data_access.questions.writing import commands, personal_data, submissions, undoing
from dialogue.activity import ActivityFilters, ActivitySummary, Line, Person
from dialogue.commands import QuestionCommand, Seen
from dialogue.events import Event, Intake, Weights
from dialogue.lifecycle import Action, Status
from dialogue.operations import Reject
from dialogue.questions import Source
from dialogue.refusals import UnknownEvent
from dialogue.roles import Role
from tests.database.questions.test_snapshots import counted_queries
from tests.factories import NOON, SLUG, act, actor, add_account, ask, ask_until, keyed

PARTS = (Action.SPLIT_OFF, Action.SPLIT, Action.PREPARE, Action.NOTE)
pytestmark = pytest.mark.usefixtures("database")


def page(*, before: int | None = None, most: int = 50, **filters: Any) -> list[Line]:
    with engine.current().reading() as session:
        return activity.page(session, SLUG, ActivityFilters(**filters), before=before, most=most)


def entries(**how: Any) -> list[int]:
    return [each.entry for each in page(**how)]


def history(number: int) -> list[Line]:
    with engine.current().reading() as session:
        return activity.of_question(session, SLUG, number)


def since(revision: int, *, without: int | None = None) -> ActivitySummary:
    with engine.current().reading() as session:
        return activity.since(session, SLUG, revision, without=without)


def current_revision() -> int:
    with engine.current().reading() as session:
        return revisions.current(session, SLUG)


def undo() -> None:
    with engine.current().transaction() as session:
        undoing.undo(session, SLUG, actor=actor(), at=NOON)


def test_nothing_was_done_yet() -> None:
    assert page() == []
    assert history(1) == []
    assert since(0) == ActivitySummary(new=0, done={})


def test_the_newest_comes_first_and_older_lines_follow_without_a_gap() -> None:
    for _ in range(7):
        ask()

    assert entries(most=3) == [7, 6, 5]
    assert entries(before=5, most=3) == [4, 3, 2]
    assert entries(before=2, most=3) == [1]
    ask()
    assert entries(before=5, most=3) == [4, 3, 2]


def test_a_line_tells_who_did_what_when_and_from_what_to_what() -> None:
    number = ask(source=Source.PORTAL).number
    act(number, Action.REJECT, version=1, actor=actor(name="Nguyễn An", account_id=7))

    rejected, submitted = page()

    assert rejected == Line(
        entry=2,
        revision=2,
        number=number,
        action=Action.REJECT,
        actor="Nguyễn An",
        account_id=7,
        at=NOON,
        from_status=Status.RECEIVED,
        to_status=Status.REJECTED,
        reason="off-topic",
    )
    assert (submitted.action, submitted.actor, submitted.account_id) == ("submit", "portal", None)
    assert (submitted.from_status, submitted.to_status) == (None, Status.RECEIVED)


def test_a_line_tells_what_something_was_and_what_it_became() -> None:
    other = ask_until(Status.QUEUED)
    number = ask(text="ấp e chưa có sóng 4g ạ").number
    act(number, Action.EDIT, version=1, text="Ấp em chưa có sóng 4G.")
    act(number, Action.SET_TOPIC, version=2, entry="viec-lam")
    act(number, Action.SET_TOPIC, version=3, entry=None)
    act(number, Action.SET_DEPARTMENT, version=4, entry="so-tttt")
    act(number, Action.QUEUE, version=5, position=1)
    act(number, Action.MOVE, version=6, position=2)
    act(number, Action.MERGE, version=7, into=other)

    _, edited, topic, no_topic, department, queued, moved, merged = history(number)

    assert (edited.text_before, edited.text) == ("ấp e chưa có sóng 4g ạ", "Ấp em chưa có sóng 4G.")
    assert (topic.topic, no_topic.topic) == ("viec-lam", None)
    assert department.department == "so-tttt"
    assert (queued.position_before, queued.position) == (None, 1)
    assert (moved.position_before, moved.position) == (1, 2)
    assert merged.merged_into == other


def test_an_undo_tells_what_it_took_back() -> None:
    first, second = ask().number, ask().number
    act(first, Action.FLAG, version=1)
    seen = (Seen(first, 2), Seen(second, 1))
    with engine.current().transaction() as session:
        commands.act(
            session,
            SLUG,
            QuestionCommand(Reject("off-topic"), seen),
            actor=actor(),
            at=NOON,
        )
    undo()
    undo()

    assert [(each.number, each.undoes) for each in page(action=Action.UNDO)] == [
        (first, Action.FLAG),
        (first, Action.REJECT),
        (second, Action.REJECT),
    ]
    assert [each.undoes for each in page() if each.action != Action.UNDO] == [None] * 5


def test_parts_notes_and_prepared_answers_are_told() -> None:
    number = ask(text="Bao giờ có sóng 4G và bao giờ sửa đường ạ").number
    act(number, Action.NOTE, version=1, text="Sở đã có kế hoạch")
    act(number, Action.PREPARE, version=2, text="Quý III năm nay")
    act(number, Action.SPLIT, version=3, parts=("Bao giờ có sóng 4G ạ", "Bao giờ sửa đường ạ"))

    part, split, prepared, noted = (page(action=each)[0] for each in PARTS)

    assert (part.number, part.split_from) == (2, number)
    assert split.text == "Bao giờ có sóng 4G ạ"
    assert (noted.note, prepared.prepared) == ("Sở đã có kế hoạch", "Quý III năm nay")


def test_what_happens_to_the_event_itself_has_no_question() -> None:
    with engine.current().transaction() as session:
        events.set_intake(session, SLUG, Intake.CLOSED, actor=actor(name="Nguyễn An"), at=NOON)
        events.set_weights(session, SLUG, Weights(topic=2.5), actor=actor(), at=NOON)

    weights, closed = page()

    assert (closed.number, closed.action, closed.actor) == (None, "intake_closed", "Nguyễn An")
    assert (weights.action, weights.topic) == ("weights", None)


def test_filters_narrow_the_lines() -> None:
    first = ask_until(Status.APPROVED)
    second = ask(source=Source.PORTAL).number
    act(second, Action.REJECT, version=1, actor=actor(account_id=7))

    assert entries(account_id=7) == [4]
    assert entries(source=Source.PORTAL) == [3]
    assert entries(action=Action.SUBMIT) == [3, 1]
    assert entries(number=first) == [2, 1]
    assert entries(number=second, action=Action.REJECT, account_id=7) == [4]
    assert entries(number=first, account_id=7) == []


def test_a_person_who_is_called_like_a_source_is_not_taken_for_it() -> None:
    ask(source=Source.PORTAL)
    act(1, Action.FLAG, version=1, actor=actor(name="portal"))

    assert entries(source=Source.PORTAL) == [1]


def test_a_stretch_of_time_is_found_where_times_are_out_of_turn() -> None:
    late, early, last = (NOON + timedelta(seconds=each) for each in (30, 29, 4000))
    for at in (NOON, late, early, last):
        ask(at=at)

    assert entries(since=NOON) == [4, 3, 2, 1]
    assert entries(since=late) == [4, 2]
    assert entries(until=late) == [3, 1]
    assert entries(since=early, until=last) == [3, 2]
    assert entries(since=last) == entries(since=last - timedelta(minutes=30)) == [4]
    assert entries(until=NOON + timedelta(minutes=30)) == [3, 2, 1]
    assert entries(since=last + timedelta(seconds=1)) == []
    assert entries(until=NOON) == []


def test_a_history_is_told_from_the_beginning_and_keeps_to_its_end() -> None:
    number = ask_until(Status.ANSWERED)
    ask()

    assert [each.action for each in history(number)] == ["submit", "queue", "stage", "answer"]
    for version in range(4, 104):
        act(number, Action.SET_TOPIC, version=version, entry=None)
    assert [each.action for each in history(number)] == [Action.SET_TOPIC] * 100


def test_those_who_acted_are_known_by_name_and_nobody_else() -> None:
    an = add_account(Role.MODERATOR, name="Nguyễn An")
    binh = add_account(Role.MODERATOR, name="Trần Bình")
    add_account(Role.MODERATOR, name="Lê Chi")
    for each in (binh, an, binh):
        number = ask().number
        act(number, Action.APPROVE, version=1, actor=actor(account_id=each))

    with engine.current().reading() as session:
        assert activity.people(session, SLUG) == [
            Person(an, "Nguyễn An"),
            Person(binh, "Trần Bình"),
        ]


def test_what_others_did_while_somebody_was_away_is_counted_by_question() -> None:
    mine = ask_until(Status.APPROVED)
    left = current_revision()
    for _ in range(2):
        ask_until(Status.QUEUED)
    act(mine, Action.FLAG, version=2, actor=actor(account_id=7))
    act(mine, Action.UNFLAG, version=3, actor=actor(account_id=8))
    act(mine, Action.FLAG, version=4, actor=actor(account_id=8))
    with engine.current().transaction() as session:
        events.set_intake(session, SLUG, Intake.CLOSED, actor=actor(), at=NOON)

    assert since(left) == ActivitySummary(new=2, done={"queue": 2, "flag": 1, "unflag": 1})
    assert since(left, without=8) == ActivitySummary(new=2, done={"queue": 2, "flag": 1})
    assert since(left, without=1) == ActivitySummary(new=2, done={"flag": 1, "unflag": 1})
    assert since(current_revision()) == ActivitySummary(new=0, done={})


def test_what_somebody_typed_in_is_theirs() -> None:
    typed = keyed(source=Source.DESK)._replace(typed_by=actor(name="Nguyễn An", account_id=7))
    with engine.current().transaction() as session:
        submissions.submit(session, SLUG, [typed], at=NOON)

    assert [each.actor for each in page(account_id=7)] == ["Nguyễn An"]
    assert since(0, without=7) == ActivitySummary(new=0, done={})
    assert since(0) == ActivitySummary(new=1, done={})


def test_what_an_asker_told_of_themselves_is_never_in_it() -> None:
    number = ask(name="Lê Thị Hoa", contact="hoa@example.vn", organisation="Đoàn xã").number
    told = ("Hoa", "hoa@example.vn", "Đoàn xã")
    assert not any(each in repr(page()) for each in told)

    with engine.current().transaction() as session:
        personal_data.erase(session, SLUG, number, actor=personal_data.ASKER, at=NOON)

    assert not any(each in repr(page()) for each in told)
    erased = page()[0]
    assert (erased.action, erased.actor, erased.number) == (personal_data.ACTION, "asker", number)
    assert since(1).done == {personal_data.ACTION: 1}


def test_what_was_erased_together_is_counted(event: Event) -> None:
    for _ in range(3):
        ask(name="Lê Thị Hoa")
    with engine.current().transaction() as session:
        later = event.ends_at + timedelta(days=100)
        personal_data.erase_due(session, SLUG, days=90, at=later)

    assert (page()[0].count, page()[0].number) == (3, None)


def test_another_event_is_left_out(database: Database, event: Event) -> None:
    with database.transaction() as session:
        events.add(session, replace(event, slug="dong-nai-2023"))
    account = add_account(Role.MODERATOR)
    number = ask(slug="dong-nai-2023").number
    act(number, Action.APPROVE, version=1, slug="dong-nai-2023", actor=actor(account_id=account))

    assert page() == page(since=NOON) == history(number) == []
    assert since(0) == ActivitySummary(new=0, done={})
    with database.reading() as session:
        assert activity.people(session, SLUG) == []
        with pytest.raises(UnknownEvent):
            activity.page(session, "nowhere", ActivityFilters(), most=9)


@pytest.mark.parametrize("count", [1, 3])
def test_reading_takes_the_same_few_queries(count: int) -> None:
    for _ in range(count):
        ask_until(Status.APPROVED)
        undo()

    with counted_queries() as queries:
        page(since=NOON, number=1)
        history(1)
        since(0, without=7)

    assert len(queries) == 6


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"number": 1},
        {"account_id": 7},
        {"source": Source.PHONE},
        {"action": Action.EDIT},
        {"since": NOON, "until": NOON},
    ],
)
def test_an_index_leads_to_the_lines_in_their_order(
    database: Database, filters: dict[str, Any]
) -> None:
    plans: list[str] = []
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"

    def plan(connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if "activity" in statement and not statement.startswith("EXPLAIN"):
            lines = connection.exec_driver_sql(f"{explain} {statement}", values)
            plans.extend(str(each) for each in lines)

    listening.listen(database._reader, "before_cursor_execute", plan)
    with database.reading() as session:
        if not database.is_sqlite:
            # With few lines it would read them all, and sort them.
            session.execute(text("SET enable_seqscan = off"))
            session.execute(text("SET enable_sort = off"))
        activity.page(session, SLUG, ActivityFilters(**filters), before=9, most=9)
    listening.remove(database._reader, "before_cursor_execute", plan)

    assert plans
    assert not [each for each in plans if re.search("SCAN |Seq Scan|B-TREE|Sort", each)]
