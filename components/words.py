"""What the rules' own words are called on the screens, in a language."""

from functools import cache

from dialogue.accounts import Grant
from dialogue.events import Event
from dialogue.lifecycle import Action, Status
from dialogue.questions import Source
from dialogue.refusals import FieldsWrong, Overtaken, Refusal
from dialogue.roles import Role
from locales import Language
from web import problems


@cache
def board_labels(spoken: Language) -> dict[str, str]:
    """Name everything that a question board may say, the actions as their buttons do."""
    _ = spoken.gettext
    return {
        Action.APPROVE: _("Approve"),
        Action.REJECT: _("Reject"),
        Action.QUEUE: _("To the queue"),
        Action.UNQUEUE: _("Out of the queue"),
        Action.STAGE: _("On stage"),
        Action.PUT_BACK: _("Put back"),
        Action.ANSWER: _("Mark answered"),
        Action.RESTORE: _("Undo"),
        "reason": _("Why is it rejected? The asker will read this:"),
        "cancel": _("Cancel"),
        "up": _("One place up"),
        "down": _("One place down"),
        "first": _("To the head of the queue"),
    }


@cache
def statuses(spoken: Language) -> dict[Status, str]:
    """Name the states."""
    _ = spoken.gettext
    return {
        Status.RECEIVED: _("New"),
        Status.APPROVED: _("Approved"),
        Status.QUEUED: _("In the queue"),
        Status.ON_STAGE: _("Being asked"),
        Status.ANSWERED: _("Answered"),
        Status.DEFERRED: _("Written reply later"),
        Status.REPLIED: _("Reply given"),
        Status.REJECTED: _("Rejected"),
        Status.MERGED: _("Merged"),
    }


@cache
def sources(spoken: Language) -> dict[Source, str]:
    """Name the ways in which a question came in."""
    _ = spoken.gettext
    return {
        Source.PORTAL: _("Portal"),
        Source.PHONE: _("Phone"),
        Source.DESK: _("Desk"),
        Source.SITE: _("Video site"),
        Source.API: _("API"),
    }


@cache
def roles(spoken: Language) -> dict[Role, str]:
    """Name the roles."""
    _ = spoken.gettext
    return {
        Role.ADMIN: _("Admin"),
        Role.MODERATOR: _("Moderator"),
        Role.CHAIR: _("Chair"),
        Role.DEPARTMENT: _("Department"),
        Role.ANALYST: _("Analyst"),
        Role.SCREEN: _("Screen"),
    }


def grant(value: Grant, spoken: Language) -> str:
    """Name a role, and its event where it holds in one only."""
    name = roles(spoken)[value.role]
    return name if value.slug is None else f"{name} · {value.slug}"


def reasons(event: Event, spoken: Language) -> list[tuple[str, str]]:
    """List the reasons for a rejection: (code, words)."""
    return [(each.code, spoken.pick(each.text, each.text_en)) for each in event.reasons]


def refusal(value: Refusal, spoken: Language) -> str:
    """Say kindly why something was not done, and how the question stands now."""
    if isinstance(value, FieldsWrong):
        return " ".join(problems.messages(value, spoken))
    said = spoken.gettext(value.message).format(**value.values)
    if isinstance(value, Overtaken) and "status" in value.values:
        state = statuses(spoken)[value.values["status"]]
        said += " " + spoken.gettext("State: {status}.").format(status=state)
    return said
