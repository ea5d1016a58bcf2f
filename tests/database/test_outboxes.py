"""What a page sends is done once, whatever it sends again, to whichever process, and when."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from components.commands import door, outbox, question_commands
from components.commands.door import OpenTransaction
from components.commands.notices import Notice
from data_access import engine
from data_access.engine import Database
from data_access.outboxes import outboxes
from data_access.outboxes.models import OutboxRow
from data_access.questions.writing import commands
from dialogue.commands import QuestionCommand, Seen
from dialogue.lifecycle import Status
from dialogue.refusals import NotNow
from live import snapshots
from locales import language
from tests.factories import NOON, SLUG, actor, ask

pytestmark = pytest.mark.usefixtures("database")
ACCOUNT = 7
UNTOLD = "Đã thực hiện."


def do(sent: Mapping[str, Any], open_transaction: OpenTransaction) -> Notice | None:
    """Do a command as the desk's route does."""
    command, by = question_commands.read(sent), actor(account_id=ACCOUNT)
    outcome = door.run(command, SLUG, actor=by, open_transaction=open_transaction)
    return door.say(outcome, command, SLUG, language("vi"))


def approve(place: int, number: int, version: int = 1) -> dict[str, Any]:
    return {"place": place, "action": "approve", "seen": [[number, version]]}


def undo(place: int) -> dict[str, Any]:
    return {"place": place, "action": "undo", "seen": []}


def send(*sent: Mapping[str, Any], page: str = "page") -> tuple[int, Notice | None]:
    return outbox.take(ACCOUNT, page, sent, do, untold=UNTOLD)


@pytest.fixture(autouse=True)
def restart() -> None:
    """Begin as a new process does."""
    forget()


def forget() -> None:
    """Forget what only this process knows."""
    outbox._page.cache_clear()


def standing(number: int) -> Status:
    return snapshots.current(SLUG).questions[number].status


def test_an_undo_that_is_sent_again_after_a_restart_is_not_done_again() -> None:
    first, second = ask().number, ask().number
    send(approve(1, first), approve(2, second))
    send(undo(3))
    forget()

    place, said = send(undo(3))

    assert (place, said) == (3, None)
    assert (standing(first), standing(second)) == (Status.APPROVED, Status.RECEIVED)


def test_what_was_not_done_before_a_restart_is_done_after_it() -> None:
    first, second = ask().number, ask().number
    send(approve(1, first))
    forget()

    place, said = send(approve(1, first), approve(2, second))

    assert place == 2
    assert said is not None
    assert said["text"] == f"Đã duyệt: #{second}."
    assert standing(second) is Status.APPROVED


def test_what_was_refused_is_said_beside_what_was_done_and_offered_again() -> None:
    late, number = ask().number, ask().number

    said = send(approve(1, late, version=7), approve(2, number))[1]

    assert said is not None
    assert said["text"].endswith(f" Đã duyệt: #{number}.")
    assert said["undo"] is True
    assert said["again"]["seen"] == (Seen(late, 1),)
    assert standing(late) is Status.RECEIVED


def test_of_several_questions_those_left_are_said_beside_what_comes_after() -> None:
    done, *left = (ask().number for _ in range(7))
    several = {"place": 1, "action": "flag", "seen": [[done, 1], *([each, 7] for each in left)]}

    said = send(several, approve(2, left[0]))[1]

    assert said is not None
    assert said["not_done"] == []
    assert said["left_by"] == [(1, each) for each in left]
    first, others = said["text"].split("Cũng không thực hiện được với: ")
    assert first.startswith(f"Đã đánh dấu xem lại: #{done}.")
    assert [f"#{each}" in first for each in left] == [True] * 3 + [False] * 3
    assert others == f"#{left[3]}, #{left[4]}, #{left[5]}. Đã duyệt: #{left[0]}."


def test_what_was_refused_is_said_until_the_page_has_heard_of_it() -> None:
    late, number = ask().number, ask().number
    (_, refused), sent_first = send(approve(1, late, version=7)), approve(1, late, version=7)

    with_another = send(sent_first, approve(2, number))[1]
    after_that = send(approve(3, number, version=9))[1]

    assert refused is not None
    assert with_another is not None
    assert after_that is not None
    assert with_another["text"] == f"{refused['text']} Đã duyệt: #{number}."
    assert refused["text"] not in after_that["text"]


def test_a_page_waits_until_what_it_sent_before_is_done() -> None:
    number = ask().number

    def send_again(sent: Mapping[str, Any], open_transaction: OpenTransaction) -> Notice | None:
        with pytest.raises(NotNow):
            send(approve(1, number), page="busy")
        return do(sent, open_transaction)

    outbox.take(ACCOUNT, "busy", [approve(1, number)], send_again, untold=UNTOLD)

    assert standing(number) is Status.APPROVED


def test_a_fault_before_the_commit_leaves_nothing_done_and_the_next_try_does_it() -> None:
    number = ask().number

    def fail(sent: Mapping[str, Any], open_transaction: OpenTransaction) -> Notice:
        command = question_commands.read(sent)
        assert isinstance(command, QuestionCommand)
        with open_transaction() as session:
            commands.act(session, SLUG, command, actor=actor(account_id=ACCOUNT), at=NOON)
            raise ValueError("before the commit")

    with pytest.raises(ValueError, match="before the commit"):
        outbox.take(ACCOUNT, "page", [approve(1, number)], fail, untold=UNTOLD)
    before = standing(number)
    place, said = send(approve(1, number))

    assert before is Status.RECEIVED
    assert place == 1
    assert said is not None
    assert said["text"] == f"Đã duyệt: #{number}."
    assert standing(number) is Status.APPROVED


def test_a_fault_after_the_commit_is_never_said_to_be_undone() -> None:
    number, second = ask().number, ask().number

    def fail(sent: Mapping[str, Any], open_transaction: OpenTransaction) -> Notice:
        do(sent, open_transaction)
        raise KeyError("after the commit")

    place, said = outbox.take(ACCOUNT, "page", [approve(1, number)], fail, untold=UNTOLD)
    again = send(approve(1, number), approve(2, second))[1]

    assert place == 1
    assert said is not None
    assert (said["text"], said["undo"], "refused" in said) == (UNTOLD, False, False)
    assert standing(number) is Status.APPROVED
    assert again is not None
    assert again["text"] == f"Đã duyệt: #{second}."


def test_who_cannot_hear_of_a_commit_does_not_make_it_look_undone(database: Database) -> None:
    number, heard = ask().number, list[int]()

    def fail(_slug: str, _revision: int) -> None:
        raise ValueError("cannot hear")

    database.follow(fail)
    database.follow(lambda _slug, revision: heard.append(revision))
    place, said = send(approve(1, number))

    assert place == 1
    assert said is not None
    assert said["text"] == f"Đã duyệt: #{number}."
    assert heard


def test_a_page_is_forgotten_after_a_day(database: Database) -> None:
    day = outboxes.KEPT
    with database.transaction() as session:
        assert outboxes.advance(session, ACCOUNT, "old", 5, at=NOON)
        assert outboxes.advance(session, ACCOUNT, "kept", 5, at=NOON + timedelta(hours=1))
    with database.transaction() as session:
        assert not outboxes.advance(session, ACCOUNT, "old", 5, at=NOON)
        assert outboxes.advance(session, ACCOUNT + 1, "old", 5, at=NOON + day)
    with engine.current().reading() as session:
        pages = session.execute(select(OutboxRow.account_id, OutboxRow.page)).all()

    assert sorted(map(tuple, pages)) == [(ACCOUNT, "kept"), (ACCOUNT + 1, "old")]
