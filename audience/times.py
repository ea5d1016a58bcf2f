"""What the phone page says of an event's time, in the event's own time zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dialogue.events import Event, Intake


def intake(event: Event) -> Intake:
    """Tell whether an event takes questions now."""
    return event.intake_at(datetime.now(UTC))


def reopens_at(event: Event) -> datetime | None:
    """Return when a paused event takes questions again; None where it is not paused."""
    if intake(event) is not Intake.PAUSED or event.reopens_at is None:
        return None
    return local(event.reopens_at, event)


def local(moment: datetime, event: Event) -> datetime:
    """Return a moment in the event's own time."""
    return moment.astimezone(ZoneInfo(event.timezone))
