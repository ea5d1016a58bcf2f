"""Annotations: who writes and changes them, how they are listed, and that nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text

from data_access import engine
from data_access.activity import activity
from data_access.engine import Database
from data_access.events import events
from data_access.review import annotations
from data_access.review.models import AnnotationRow
from dialogue.accounts import Actor
from dialogue.activity import ActivityFilters
from dialogue.annotations import Annotation, Subject
from dialogue.refusals import (
    AnnotationChanged,
    NotPermitted,
    Refusal,
    UnknownAnnotation,
    UnknownEvent,
    WrongText,
)
from dialogue.roles import Role
from live import snapshots
from tests.database.questions.test_snapshots import counted_queries
from tests.factories import NOON, SLUG, actor, annotate

LATER = NOON + timedelta(hours=1)
ANALYST = actor(Role.ANALYST, name="Nguyễn An", account_id=5)
pytestmark = pytest.mark.usefixtures("database")


def do(command: Callable[..., Any], entry: int, *, by: Actor = ANALYST, **how: Any) -> Any:
    with engine.current().transaction() as session:
        return command(session, SLUG, entry, **{"version": 1, **how}, actor=by, at=LATER)


def change(entry: int, written: str, **how: Any) -> int:
    return int(do(annotations.change, entry, text=written, **how))


def withdraw(entry: int, **how: Any) -> None:
    do(annotations.withdraw, entry, **how)


def listed(slug: str = SLUG) -> list[Annotation]:
    with engine.current().reading() as session:
        return annotations.list_current(session, slug)


def texts() -> list[str]:
    return [each.text for each in listed()]


def test_an_annotation_is_kept_with_who_wrote_it_and_when() -> None:
    before = snapshots.current(SLUG).revision
    entry = annotate(
        " Mất điện\r\nnăm phút ", subject=Subject.REPLAY, moment=NOON, by=ANALYST, at=LATER
    )

    assert listed() == [
        Annotation(
            entry=entry,
            subject=Subject.REPLAY,
            moment=NOON,
            text="Mất điện\nnăm phút",
            written_by="Nguyễn An",
            account_id=5,
            written_at=LATER,
            changed_by=None,
            changed_at=None,
            version=1,
        )
    ]
    assert snapshots.current(SLUG).revision == before + 1


def test_they_are_listed_as_the_review_goes_the_whole_before_its_moments() -> None:
    for written, subject, moment, at in (
        ("thứ bảy", Subject.COMPARISON, None, NOON),
        ("thứ sáu", Subject.REPLAY, LATER, NOON),
        ("thứ năm", Subject.REPLAY, NOON, LATER),
        ("thứ tư", Subject.REPLAY, None, LATER),
        ("thứ hai", Subject.DISTRICTS, None, LATER),
        ("thứ ba", Subject.DISTRICTS, None, LATER),
        ("thứ nhất", Subject.DISTRICTS, None, NOON),
    ):
        annotate(written, subject=subject, moment=moment, at=at)

    order = ["thứ nhất", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy"]
    assert texts() == order


def test_the_same_again_is_written_once_and_something_else_beside_it() -> None:
    first = annotate("Mất điện", by=ANALYST)
    revision = snapshots.current(SLUG).revision

    assert annotate("Mất điện ", by=ANALYST, at=LATER) == first
    assert snapshots.current(SLUG).revision == revision
    others = [
        annotate("Mất điện", by=actor(Role.ANALYST, name="Nguyễn An", account_id=6)),
        annotate("Mất điện", by=ANALYST, subject=Subject.TOPICS),
        annotate("Mất điện", by=ANALYST, moment=NOON),
        annotate("Mất điện!", by=ANALYST),
    ]
    withdraw(first)
    others.append(annotate("Mất điện", by=ANALYST))
    assert others == [2, 3, 4, 5, 6]


def test_a_change_is_told_with_who_made_it() -> None:
    entry = annotate("Đông nhất lúc 9 giờ", by=ANALYST)

    version = change(entry, "Đông nhất lúc 10 giờ", by=actor(name="Trần Bình"))

    (now,) = listed()
    assert (now.text, now.version) == ("Đông nhất lúc 10 giờ", version)
    assert (now.written_by, now.written_at, now.account_id) == ("Nguyễn An", NOON, 5)
    assert (now.changed_by, now.changed_at) == ("Trần Bình", LATER)


def test_what_is_withdrawn_is_no_longer_listed_and_still_there(database: Database) -> None:
    first, second = annotate("Nhận xét thứ nhất"), annotate("Nhận xét thứ hai")

    withdraw(first, by=actor())

    assert texts() == ["Nhận xét thứ hai"]
    with database.reading() as session:
        kept = session.execute(text("SELECT text FROM annotations ORDER BY entry")).scalars().all()
    assert kept == ["Nhận xét thứ nhất", "Nhận xét thứ hai"]
    withdraw(second, by=actor())
    # Its entry names it for ever: the next one gets another.
    assert annotate("Nhận xét thứ ba") == 3


def test_the_activity_tells_what_was_written_changed_and_withdrawn() -> None:
    entry = annotate("Mạng chậm", subject=Subject.TIME, by=ANALYST)
    change(entry, "Mạng chậm 5 phút")
    withdraw(entry, version=2)

    with engine.current().reading() as session:
        lines = activity.page(session, SLUG, ActivityFilters(), most=5)[::-1]

    assert [(each.action, each.subject, each.annotation, each.account_id) for each in lines] == [
        ("annotation_written", "time", "Mạng chậm", 5),
        ("annotation_changed", "time", "Mạng chậm 5 phút", 5),
        ("annotation_withdrawn", "time", "Mạng chậm 5 phút", 5),
    ]


@pytest.mark.parametrize("role", Role)
def test_only_those_who_may_annotate_write(role: Role) -> None:
    if role in {Role.MODERATOR, Role.ANALYST, Role.ADMIN}:
        annotate("Được phép viết", by=actor(role))
        assert texts() == ["Được phép viết"]
        return
    with pytest.raises(NotPermitted):
        annotate("Không được phép", by=actor(role))
    assert texts() == []


def test_only_the_writer_and_the_desk_change_and_withdraw() -> None:
    entry = annotate("Của Nguyễn An", by=ANALYST)
    for other in (actor(Role.ANALYST, account_id=6), actor(Role.CHAIR, account_id=5)):
        with pytest.raises(NotPermitted):
            change(entry, "Của người khác", by=other)
        with pytest.raises(NotPermitted):
            withdraw(entry, by=other)

    assert texts() == ["Của Nguyễn An"]
    change(entry, "Vẫn của Nguyễn An", by=ANALYST)
    withdraw(entry, version=2, by=actor(Role.ADMIN, account_id=6))
    assert texts() == []


def test_of_two_who_change_the_same_one_the_second_is_refused() -> None:
    entry = annotate("Bản đầu tiên")

    def write(place: int) -> int | Refusal:
        try:
            return change(entry, f"Bản của người thứ {place}", by=actor(account_id=place + 1))
        except AnnotationChanged as refusal:
            return refusal

    with ThreadPoolExecutor(2) as desks:
        answers = list(desks.map(write, range(2)))

    assert sorted(str(each) for each in answers) == [
        "2",
        "Somebody changed this annotation meanwhile. Read it above; saving again replaces it.",
    ]
    assert texts() == [f"Bản của người thứ {answers.index(2)}"]
    with pytest.raises(AnnotationChanged):
        withdraw(entry, by=actor())


def test_what_is_refused_changes_nothing() -> None:
    entry = annotate("Bản đầu tiên")
    gone = annotate("Đã rút")
    withdraw(gone, by=actor())
    revision = snapshots.current(SLUG).revision

    for refusal, command in (
        (WrongText, lambda: annotate("ơ")),
        (WrongText, lambda: change(entry, "a" * 1_001, by=actor())),
        (UnknownAnnotation, lambda: change(gone, "Viết lại", version=2, by=actor())),
        (UnknownAnnotation, lambda: withdraw(99, by=actor())),
        (UnknownEvent, lambda: annotate("Ở nơi không có", slug="nowhere")),
        (UnknownEvent, lambda: listed("nowhere")),
    ):
        with pytest.raises(refusal):
            command()

    assert texts() == ["Bản đầu tiên"]
    assert snapshots.current(SLUG).revision == revision


def test_a_moment_without_a_zone_is_a_bug() -> None:
    with pytest.raises(Exception, match="aware"):
        annotate("Lúc mấy giờ?", moment=NOON.replace(tzinfo=None))


def test_what_a_later_version_annotates_is_left_out(database: Database) -> None:
    annotate("Vẫn đọc được")
    with database.transaction() as session:
        row = {"event_id": events.event_id(session, SLUG), "entry": 2, "version": 1}
        told = {"subject": "weather", "text": "Trời mưa", "written_by": "x", "written_at": NOON}
        session.execute(insert(AnnotationRow).values(**row, **told))

    assert texts() == ["Vẫn đọc được"]


def test_a_list_takes_as_many_queries_for_twenty_as_for_one() -> None:
    annotate("Nhận xét")
    with counted_queries() as for_one:
        listed()
    for place in range(19):
        annotate(f"Nhận xét {place}", subject=list(Subject)[place % len(Subject)])

    with counted_queries() as for_twenty:
        assert len(listed()) == 20

    assert len(for_twenty) == len(for_one)
