"""The chair's ordered list: positions are 1, 2, 3 … without a gap, whatever happens."""

from sqlalchemy import delete, insert, select

from data_access.models import QueueRow
from data_access.revisions import Change
from dialogue.lifecycle import Action, Status, Transition

# What comes back to the queue comes back to its head: the hall was waiting for it.
_TO_THE_HEAD = frozenset({Action.PUT_BACK, Action.RESTORE})


def place(change: Change, number: int, step: Transition, *, position: int | None) -> int | None:
    """Put a question where a step of the lifecycle leaves it in the queue, or take it out.

    Returns its new position from 1, or None where it is not in the queue. `position` is where
    the person wants it: the end where absent, and the end for one beyond it.
    """
    if Status.QUEUED not in (step.origin, step.target):
        return None
    order = _order(change)
    if number in order:
        order.remove(number)
    if step.target is not Status.QUEUED:
        _write(change, order)
        return None
    if step.action in _TO_THE_HEAD:
        position = 1
    index = len(order) if position is None else min(max(position, 1) - 1, len(order))
    order.insert(index, number)
    _write(change, order)
    return index + 1


def _order(change: Change) -> list[int]:
    return list(
        change.session.scalars(
            select(QueueRow.number)
            .where(QueueRow.event_id == change.event_id)
            .order_by(QueueRow.position)
        )
    )


def _write(change: Change, order: list[int]) -> None:
    # The whole list is written anew: a queue is short, and no half-moved row can ever collide
    # with the unique position of another.
    change.session.execute(delete(QueueRow).where(QueueRow.event_id == change.event_id))
    if order:
        change.session.execute(
            insert(QueueRow),
            [
                {"event_id": change.event_id, "number": number, "position": position}
                for position, number in enumerate(order, start=1)
            ],
        )
