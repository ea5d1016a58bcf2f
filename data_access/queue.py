"""The chair's ordered list: positions are 1, 2, 3 … without a gap, whatever happens."""

from sqlalchemy import delete, insert, select

from data_access.models import QueueRow
from data_access.revisions import Change


def place(change: Change, number: int, *, position: int | None) -> int:
    """Put a question at a position from 1 of the queue and return where it came to stand.

    It comes to the end where the position is absent or beyond it.
    """
    order = _without(change, number)
    index = len(order) if position is None else min(max(position, 1) - 1, len(order))
    order.insert(index, number)
    _write(change, order)
    return index + 1


def leave(change: Change, number: int) -> None:
    """Take a question out of the queue; the others move up."""
    _write(change, _without(change, number))


def position(change: Change, number: int) -> int | None:
    """Return where a question stands in the queue, from 1, or None where it is not in it."""
    order = _order(change)
    return order.index(number) + 1 if number in order else None


def _without(change: Change, number: int) -> list[int]:
    return [each for each in _order(change) if each != number]


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
