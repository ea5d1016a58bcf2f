"""The chair's ordered list: positions are 1, 2, 3 … without a gap, whatever happens.

Pinned questions stand before all others; whatever is placed keeps to its side of that line.
"""

from sqlalchemy import delete, insert, select

from data_access.questions.models import QuestionRow, QueueRow
from data_access.revisions import Change


def place(change: Change, number: int, *, position: int | None, pinned: bool) -> int:
    """Put a question at a position from 1 of the queue and return where it came to stand.

    It comes to the end of its side, the pinned or the others, where the position is absent or
    beyond it.
    """
    order = _without(change, number)
    pins = _count_pinned(change, without=number)
    first, last = (0, pins) if pinned else (pins, len(order))
    index = last if position is None else min(max(position - 1, first), last)
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


def position_before(change: Change, number: int, *, following: int) -> int | None:
    """Return the position at which a question stands just before another one of the queue."""
    order = _without(change, number)
    return order.index(following) + 1 if following in order else None


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


def _count_pinned(change: Change, *, without: int) -> int:
    return len(
        change.session.scalars(
            select(QueueRow.number)
            .join(QuestionRow)
            .where(
                QueueRow.event_id == change.event_id,
                QuestionRow.pinned.is_(True),
                QueueRow.number != without,
            )
        ).all()
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
