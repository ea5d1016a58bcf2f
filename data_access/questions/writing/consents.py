"""What the privacy notice said when somebody agreed to it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from data_access.events import events
from data_access.questions.models import ConsentTextRow
from dialogue.submissions import CONSENT_VERSION


def remember(session: Session, slug: str, texts: Mapping[str, str], *, at: datetime) -> None:
    """Keep the notice of an event by language, from now on, where it is not the one kept last.

    Raises:
        UnknownEvent: no event has this slug.
    """
    event_id = events.event_id(session, slug)
    kept = current(session, slug)
    changed = [
        {
            "event_id": event_id,
            "language": language,
            "since": at,
            "version": CONSENT_VERSION,
            "text": text,
        }
        for language, text in texts.items()
        if kept.get(language) != text
    ]
    if changed:
        session.execute(insert(ConsentTextRow), changed)


def current(session: Session, slug: str) -> dict[str, str]:
    """Return the notice that was kept last, by language.

    Raises:
        UnknownEvent: no event has this slug.
    """
    rows = session.execute(
        select(ConsentTextRow.language, ConsentTextRow.text)
        .where(ConsentTextRow.event_id == events.event_id(session, slug))
        .order_by(ConsentTextRow.since)
    )
    return {row.language: row.text for row in rows}
