"""What the desk sets for an event: intake, moderation, weights."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from data_access.engine import Database
from data_access.events import events
from data_access.questions.writing import submissions
from dialogue.events import Intake, Moderation, Weights
from dialogue.lifecycle import Status
from dialogue.questions import Receipt
from dialogue.refusals import EventClosed, EventPaused, NotPermitted, Refusal
from dialogue.roles import Role
from live import snapshots
from tests.factories import NOON, SLUG, actor, keyed

PAUSE = timedelta(minutes=15)


def submit(database: Database, *, minutes: int, key: str | None = None) -> Receipt | Refusal:
    at = NOON + timedelta(minutes=minutes)
    with database.transaction() as session:
        return submissions.submit(session, SLUG, [keyed(key)], at=at)[0]


def pause(database: Database) -> None:
    with database.transaction() as session:
        events.set_intake(session, SLUG, Intake.PAUSED, actor=actor(), at=NOON, pause=PAUSE)


def test_a_paused_event_says_when_it_opens_and_then_opens_by_itself(database: Database) -> None:
    assert isinstance(submit(database, minutes=-1, key="before"), Receipt)
    pause(database)

    refused = submit(database, minutes=14)
    assert isinstance(refused, EventPaused)
    assert refused.values == {"time": "12:15"}
    assert isinstance(submit(database, minutes=14, key="before"), Receipt)
    assert isinstance(submit(database, minutes=15), Receipt)
    assert snapshots.current(SLUG).event.intake_at(NOON + PAUSE) is Intake.OPEN


def test_a_pause_ends_when_somebody_opens_or_closes(database: Database) -> None:
    for intake, kind in ((Intake.OPEN, Receipt), (Intake.CLOSED, EventClosed)):
        pause(database)
        with database.transaction() as session:
            events.set_intake(session, SLUG, intake, actor=actor(), at=NOON)

        assert isinstance(submit(database, minutes=20), kind)


def test_afterwards_a_question_is_public_at_once_unless_it_tells_too_much(
    database: Database,
) -> None:
    with database.transaction() as session:
        events.set_moderation(session, SLUG, Moderation.AFTER, actor=actor(), at=NOON)
        events.set_moderation(session, SLUG, Moderation.AFTER, actor=actor(), at=NOON)
    telling = keyed(text="Gọi cho em số 0912 345 678 nhé")
    with database.transaction() as session:
        answers = submissions.submit(session, SLUG, [keyed("one"), telling], at=NOON)
    with database.transaction() as session:
        (again,) = submissions.submit(session, SLUG, [keyed("one")], at=NOON)

    statuses = [each.status for each in (*answers, again) if isinstance(each, Receipt)]
    assert statuses == [Status.APPROVED, Status.RECEIVED, Status.APPROVED]
    snapshot = snapshots.current(SLUG)
    assert [each.number for each in snapshot.public] == [1]
    assert snapshot.revision == 2


def test_the_weights_are_the_events(database: Database) -> None:
    weights = Weights(waiting=0, votes=2.5, district=3, topic=0.5)

    with database.transaction() as session:
        events.set_weights(session, SLUG, weights, actor=actor(), at=NOON)

    assert snapshots.current(SLUG).event.weights == weights


def test_only_the_desk_sets_them(database: Database) -> None:
    commands: list[tuple[Callable[..., None], Any]] = [
        (events.set_intake, Intake.CLOSED),
        (events.set_moderation, Moderation.AFTER),
        (events.set_weights, Weights()),
    ]
    for command, value in commands:
        with pytest.raises(NotPermitted), database.transaction() as session:
            command(session, SLUG, value, actor=actor(Role.CHAIR), at=NOON)
