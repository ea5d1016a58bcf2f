"""A question that asks several things becomes several, which point back to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from data_access.base import table_of
from data_access.questions.models import QuestionRow
from data_access.questions.reading import search
from data_access.questions.writing import queue
from data_access.questions.writing.submissions import new_code
from data_access.revisions import Change
from dialogue import submissions
from dialogue import text as texts
from dialogue.accounts import Actor
from dialogue.lifecycle import Action, Status
from dialogue.refusals import WrongSplit

FEWEST_PARTS = 2
MOST_PARTS = 6


def read(parts: Sequence[str]) -> list[str]:
    """Return the texts of the parts as they are stored.

    Raises:
        WrongSplit: there are too few or too many.
        WrongText: one of them is too short or too long.
    """
    if not FEWEST_PARTS <= len(parts) <= MOST_PARTS:
        raise WrongSplit(least=FEWEST_PARTS, most=MOST_PARTS, count=len(parts))
    return [submissions.read_text(each) for each in parts]


def off(
    change: Change,
    number: int,
    others: Sequence[str],
    *,
    target: Status,
    actor: Actor,
    at: datetime,
) -> None:
    """Make a question of each other part, in the state and right behind the one it came from.

    They have waited as long as that one. Their asker follows them with the code of the question
    that was sent in, so each points back to that one, however often it was split.
    """
    came_from = change.session.execute(
        select(table_of(QuestionRow)).where(
            QuestionRow.event_id == change.event_id, QuestionRow.number == number
        )
    ).one()
    place = queue.position(change, number)
    for text in others:
        change.last_number += 1
        columns = {
            **came_from._asdict(),
            "number": change.last_number,
            "code": new_code(),
            "text": text,
            "text_original": text,
            "flagged": bool(texts.personal_details(text)),
            "split_from": came_from.split_from or number,
            "votes": 0,
            "version": 1,
            "pinned": False,
            "held": False,
            "note": None,
            "prepared": None,
            "changed_at": at,
        }
        change.session.execute(insert(table_of(QuestionRow)).values(columns))
        search.remember(change.session, change.event_id, {change.last_number: text})
        details: dict[str, Any] = {"split_from": number}
        if place is not None:
            place = queue.place(change, change.last_number, position=place + 1, pinned=False)
            details["position"] = place
        change.record(
            Action.SPLIT_OFF,
            actor=actor.name,
            account_id=actor.account_id,
            at=at,
            number=change.last_number,
            target=target,
            before={"merged_into": number},
            **details,
        )
