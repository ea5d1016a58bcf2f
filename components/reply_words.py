"""What written replies and their due dates say on the screens, in a language."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from components import words
from data_access.boards import Board
from dialogue.replies import Action, Promise, Reply, State
from locales import Language


@cache
def states(spoken: Language) -> dict[State, str]:
    """Name how far a reply has come."""
    _ = spoken.gettext
    return {
        State.PROMISED: _("Not begun"),
        State.DRAFT: _("Being written"),
        State.SENT_BACK: _("Sent back"),
        State.SUBMITTED: _("Waits for approval"),
        State.PUBLISHED: _("Published"),
    }


@cache
def buttons(spoken: Language) -> dict[Action, str]:
    """Name what can be done to a reply, as its buttons do."""
    _ = spoken.gettext
    return {
        Action.SAVE: _("Save the draft"),
        Action.SUBMIT: _("Submit for approval"),
        Action.SEND_BACK: _("Send back"),
        Action.PUBLISH: _("Publish"),
        Action.TAKE_BACK: _("Take the reply back"),
    }


def form(spoken: Language) -> dict[str, str]:
    """Name everything that the form says."""
    _ = spoken.gettext
    return {
        "text": _("Reply"),
        "document_number": _("The document's number"),
        "document_date": _("The document's date"),
        "save": buttons(spoken)[Action.SAVE],
        "submit": buttons(spoken)[Action.SUBMIT],
        "counter": _("{count} of {most} characters"),
        "unsaved": _("Not saved yet…"),
        "saving": _("Saving…"),
    }


def department(code: str | None, board: Board, spoken: Language) -> str:
    """Name the department that is to reply, or say that there is none yet."""
    if code is None:
        return spoken.gettext("No department yet")
    return words.department(board.departments[code], spoken)


def departments(board: Board, spoken: Language) -> dict[str, str]:
    """Name the departments by code."""
    return {each.code: words.department(each, spoken) for each in board.event.departments}


def left(promise: Promise, today: date, spoken: Language) -> str:
    """Say how many days are left until a reply is due, or since when it is overdue."""
    if promise.state is State.PUBLISHED or promise.due_on is None:
        return ""
    days = (promise.due_on - today).days
    if days < 0:
        said = spoken.ngettext("{count} day overdue", "{count} days overdue", -days)
        return said.format(count=-days)
    if days == 0:
        return spoken.gettext("due today")
    return spoken.ngettext("{count} day left", "{count} days left", days).format(count=days)


def facts(promise: Promise, board: Board, spoken: Language) -> str:
    """Say in a line where a question is from, and when its reply is due."""
    place = board.districts[promise.district].short_name
    if promise.due_on is None:
        return place
    due = spoken.gettext("Due on {date}").format(date=spoken.date(promise.due_on))
    return f"{place} · {due}"


def saved(reply: Reply | None, board: Board, spoken: Language) -> str:
    """Say when a reply was saved last, and by whom."""
    if reply is None:
        return spoken.gettext("Saved by itself while you write.")
    at = reply.written_at.astimezone(ZoneInfo(board.event.timezone))
    return spoken.gettext("Saved at {time} by {name}.").format(
        time=spoken.date_time(at), name=reply.written_by
    )


def document(reply: Reply, spoken: Language) -> str:
    """Name the department's document, as far as it is told."""
    number, day = reply.written.document_number, reply.written.document_date
    if number and day:
        said = spoken.gettext("Document {number} of {date}")
        return said.format(number=number, date=spoken.date(day))
    return number or (spoken.date(day) if day else "")


def reminder(
    owed: Sequence[Promise], board: Board, today: date, spoken: Language, *, address: str
) -> str:
    """Write to a department what it still owes, to be copied into a message."""
    event = board.event
    title = spoken.pick(event.title, event.title_en)
    opening = spoken.ngettext(
        "To: {department}\n{title}: as of {date}, {count} question waits for your written reply.",
        "To: {department}\n{title}: as of {date}, {count} questions wait for your written reply.",
        len(owed),
    ).format(
        department=department(owed[0].department, board, spoken),
        title=title,
        date=spoken.date(today),
        count=len(owed),
    )
    number = spoken.gettext("Question {number}")
    lines = [
        f"- {number.format(number=each.number)} · {facts(each, board, spoken)}"
        f" ({left(each, today, spoken)})\n  {each.text}"
        for each in owed
    ]
    closing = spoken.gettext("Please write the replies at {address}").format(address=address)
    return "\n".join([opening, "", *lines, "", closing])
