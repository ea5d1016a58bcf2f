"""What written replies and their due dates say on the screens, in a language."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

import words.events
from data_access.questions.cached.snapshots import Snapshot
from dialogue.replies import FollowUp, Reply, ReplyAction, ReplyState
from locales import Language


@cache
def states(language: Language) -> dict[ReplyState, str]:
    """Name how far a reply has come."""
    _ = language.gettext
    return {
        ReplyState.PROMISED: _("Not begun"),
        ReplyState.DRAFT: _("Being written"),
        ReplyState.SENT_BACK: _("Sent back"),
        ReplyState.SUBMITTED: _("Waits for approval"),
        ReplyState.PUBLISHED: _("Published"),
    }


@cache
def buttons(language: Language) -> dict[ReplyAction, str]:
    """Name what can be done to a reply, as its buttons do."""
    _ = language.gettext
    return {
        ReplyAction.SAVE: _("Save the draft"),
        ReplyAction.SUBMIT: _("Submit for approval"),
        ReplyAction.SEND_BACK: _("Send back"),
        ReplyAction.PUBLISH: _("Publish"),
        ReplyAction.TAKE_BACK: _("Take the reply back"),
    }


def form(language: Language) -> dict[str, str]:
    """Name everything that the form says."""
    _ = language.gettext
    return {
        "text": _("Reply"),
        "document_number": _("The document's number"),
        "document_date": _("The document's date"),
        "save": buttons(language)[ReplyAction.SAVE],
        "submit": buttons(language)[ReplyAction.SUBMIT],
        "counter": _("{count} of {most} characters"),
        "unsaved": _("Not saved yet…"),
        "saving": _("Saving…"),
    }


def department(code: str | None, snapshot: Snapshot, language: Language) -> str:
    """Name the department that is to reply, or say that there is none yet."""
    if code is None:
        return language.gettext("No department yet")
    return words.events.department(snapshot.departments[code], language)


def departments(snapshot: Snapshot, language: Language) -> dict[str, str]:
    """Name the departments by code."""
    return {
        each.code: words.events.department(each, language) for each in snapshot.event.departments
    }


def left(follow_up: FollowUp, today: date, language: Language) -> str:
    """Say how many days are left until a reply is due, or since when it is overdue."""
    if follow_up.state is ReplyState.PUBLISHED or follow_up.due_on is None:
        return ""
    days = (follow_up.due_on - today).days
    if days < 0:
        said = language.ngettext("{count} day overdue", "{count} days overdue", -days)
        return said.format(count=-days)
    if days == 0:
        return language.gettext("due today")
    return language.ngettext("{count} day left", "{count} days left", days).format(count=days)


def facts(follow_up: FollowUp, snapshot: Snapshot, language: Language) -> str:
    """Say in a line where a question is from, and when its reply is due."""
    place = snapshot.districts[follow_up.district].short_name
    if follow_up.due_on is None:
        return place
    due = language.gettext("Due on {date}").format(date=language.date(follow_up.due_on))
    return f"{place} · {due}"


def saved(reply: Reply | None, snapshot: Snapshot, language: Language) -> str:
    """Say when a reply was saved last, and by whom."""
    if reply is None:
        return language.gettext("Saved by itself while you write.")
    at = reply.written_at.astimezone(ZoneInfo(snapshot.event.timezone))
    return language.gettext("Saved at {time} by {name}.").format(
        time=language.date_time(at), name=reply.written_by
    )


def document(reply: Reply, language: Language) -> str:
    """Name the department's document, as far as it is told."""
    number, day = reply.written.document_number, reply.written.document_date
    if number and day:
        said = language.gettext("Document {number} of {date}")
        return said.format(number=number, date=language.date(day))
    return number or (language.date(day) if day else "")


def reminder(
    owed: Sequence[FollowUp], snapshot: Snapshot, today: date, language: Language, *, address: str
) -> str:
    """Write to a department what it still owes, to be copied into a message."""
    event = snapshot.event
    title = language.pick(event.title, event.title_en)
    opening = language.ngettext(
        "To: {department}\n{title}: as of {date}, {count} question waits for your written reply.",
        "To: {department}\n{title}: as of {date}, {count} questions wait for your written reply.",
        len(owed),
    ).format(
        department=department(owed[0].department, snapshot, language),
        title=title,
        date=language.date(today),
        count=len(owed),
    )
    number = language.gettext("Question {number}")
    lines = [
        f"- {number.format(number=each.number)} · {facts(each, snapshot, language)}"
        f" ({left(each, today, language)})\n  {each.text}"
        for each in owed
    ]
    closing = language.gettext("Please write the replies at {address}").format(address=address)
    return "\n".join([opening, "", *lines, "", closing])
