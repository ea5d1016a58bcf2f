"""What the rules' own words are called on the screens."""

from components.language import _, current
from dialogue.events import Event
from dialogue.lifecycle import Action, Status
from dialogue.questions import Source
from dialogue.refusals import Overtaken, Refusal


def actions() -> dict[Action, str]:
    """Name the actions, as their buttons do."""
    return {
        Action.APPROVE: _("Approve"),
        Action.REJECT: _("Reject"),
        Action.QUEUE: _("To the queue"),
        Action.UNQUEUE: _("Out of the queue"),
        Action.STAGE: _("On stage"),
        Action.PUT_BACK: _("Put back"),
        Action.ANSWER: _("Mark answered"),
        Action.RESTORE: _("Undo"),
    }


def status(value: Status) -> str:
    """Name a state."""
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
    }[value]


def source(value: Source) -> str:
    """Name the way a question came in."""
    return {
        Source.PORTAL: _("Portal"),
        Source.PHONE: _("Phone"),
        Source.DESK: _("Desk"),
        Source.SITE: _("Video site"),
        Source.API: _("API"),
    }[value]


def refusal(value: Refusal) -> str:
    """Say kindly why something was not done, and how the question stands now."""
    words = _(value.message).format(**value.values)
    if isinstance(value, Overtaken) and "status" in value.values:
        words += " " + _("State: {status}.").format(status=status(value.values["status"]))
    return words


def board_labels() -> dict[str, str]:
    """Name everything that a question board may say."""
    return {each.value: words for each, words in actions().items()} | {
        "reason": _("Why is it rejected? The asker will read this:"),
        "cancel": _("Cancel"),
        "up": _("One place up"),
        "down": _("One place down"),
        "first": _("To the head of the queue"),
    }


def reasons(event: Event) -> list[tuple[str, str]]:
    """List the reasons for a rejection: (code, words)."""
    spoken = current()
    return [(each.code, spoken.pick(each.text, each.text_en)) for each in event.reasons]
