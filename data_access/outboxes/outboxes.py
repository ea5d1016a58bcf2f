"""Which command of a page in a browser was done last: one that is sent again is not done again."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from data_access.outboxes.models import OutboxRow

# Far longer than a browser goes on sending a command.
KEPT = timedelta(days=1)


def advance(session: Session, account_id: int, page: str, place: int, *, at: datetime) -> bool:
    """Write down, with a command, that it is done; False where it was done before.

    `place` counts the commands of a page, from 1.
    """
    known = session.get(OutboxRow, (account_id, page), with_for_update=True)
    if known is None:
        session.execute(delete(OutboxRow).where(OutboxRow.at <= at - KEPT))
        session.add(OutboxRow(account_id=account_id, page=page, place=place, at=at))
        return True
    if known.place >= place:
        return False
    known.place, known.at = place, at
    return True
