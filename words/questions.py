"""What questions, their states and their lists are called in a language."""

from collections.abc import Sequence
from functools import cache

from data_access.questions.cached.snapshots import Snapshot
from dialogue import suggestions
from dialogue.bursts import Burst
from dialogue.fairness import NextSuggestion, Why
from dialogue.inbox import Order, Period
from dialogue.lifecycle import Action, Status
from dialogue.questions import Source
from locales import Language

# More questions than these are only counted.
MOST_NAMED = 6
# What lasted longer is told in minutes.
LONGEST_IN_SECONDS = 120


@cache
def done_actions(language: Language) -> dict[Action, str]:
    """Say what was done to questions, with {numbers} for which."""
    _ = language.gettext
    return {
        Action.APPROVE: _("Approved: {numbers}."),
        Action.REJECT: _("Rejected: {numbers}."),
        Action.QUEUE: _("Sent to the queue: {numbers}."),
        Action.UNQUEUE: _("Taken out of the queue: {numbers}."),
        Action.MOVE: _("Moved in the queue: {numbers}."),
        Action.STAGE: _("On stage: {numbers}."),
        Action.PUT_BACK: _("Put back into the queue: {numbers}."),
        Action.ANSWER: _("Answered: {numbers}."),
        Action.DEFER: _("To be answered in writing: {numbers}."),
        Action.REPLY: _("Reply given: {numbers}."),
        Action.MERGE: _("Merged: {numbers}."),
        Action.RESTORE: _("Taken back: {numbers}."),
        Action.EDIT: _("Edited: {numbers}."),
        Action.SET_TOPIC: _("Topic set: {numbers}."),
        Action.SET_DEPARTMENT: _("Department set: {numbers}."),
        Action.FLAG: _("Flagged: {numbers}."),
        Action.UNFLAG: _("Flag lifted: {numbers}."),
        Action.SPLIT: _("Split: {numbers}."),
        Action.SPLIT_OFF: _("Made of a part: {numbers}."),
        Action.PIN: _("Pinned: {numbers}."),
        Action.UNPIN: _("Unpinned: {numbers}."),
        Action.HOLD: _("Put on hold: {numbers}."),
        Action.UNHOLD: _("Hold lifted: {numbers}."),
        Action.NOTE: _("Note to the chair written: {numbers}."),
        Action.PREPARE: _("Prepared answer written: {numbers}."),
        Action.SET_DUE: _("Due date set: {numbers}."),
        Action.SET_VOTES_ASIDE: _("Votes set aside: {numbers}."),
        Action.COUNT_VOTES: _("Votes counted again: {numbers}."),
        Action.SUBMIT: _("Received: {numbers}."),
        Action.UNDO: _("Undone: {numbers}."),
    }


def numbers(value: Sequence[int], language: Language) -> str:
    """Name questions by their numbers, or count them where they are many."""
    if len(value) > MOST_NAMED:
        return language.gettext("{count} questions").format(count=len(value))
    return ", ".join(f"#{each}" for each in value)


@cache
def statuses(language: Language) -> dict[Status, str]:
    """Name the states."""
    _ = language.gettext
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
def sources(language: Language) -> dict[Source, str]:
    """Name the ways in which a question came in."""
    _ = language.gettext
    return {
        Source.PORTAL: _("Portal"),
        Source.PHONE: _("Phone"),
        Source.DESK: _("Desk"),
        Source.SITE: _("Video site"),
        Source.API: _("API"),
    }


@cache
def orders(language: Language) -> dict[Order, str]:
    """Name the orders of a list."""
    _ = language.gettext
    return {
        Order.NEWEST: _("Newest first"),
        Order.OLDEST: _("Longest waiting first"),
        Order.VOTES: _("Most votes first"),
        Order.SUGGESTED: _("Suggested next"),
    }


@cache
def asked(language: Language) -> dict[Period, str]:
    """Name the times at which questions came in."""
    _ = language.gettext
    return {Period.BEFORE: _("Before the event"), Period.LIVE: _("During the event")}


def burst(value: Burst, language: Language) -> str:
    """Say how many votes came together from one network, in how long, and if they do not count."""
    _, ngettext = language.gettext, language.ngettext
    span = ngettext("{count} second", "{count} seconds", value.seconds)
    length = value.seconds
    if value.seconds > LONGEST_IN_SECONDS:
        length = round(value.seconds / 60)
        span = ngettext("{count} minute", "{count} minutes", length)
    said = _("{votes} from one network within {span}")
    if value.set_aside:
        said = _("Not counted: {votes} from one network within {span}")
    return said.format(
        votes=votes(value.votes, language), span=span.format(count=language.number(length))
    )


def votes(count: int, language: Language) -> str:
    """Say how many votes it is about."""
    said = language.ngettext("{count} vote", "{count} votes", count)
    return said.format(count=language.number(count))


def why(value: NextSuggestion, snapshot: Snapshot, language: Language) -> str:
    """Say what speaks for taking a question next."""
    _ = language.gettext
    question = snapshot.questions[value.number]
    match value.why:
        case Why.VOTES:
            return _("{count} people support it").format(count=question.votes)
        case Why.WAITING:
            return _("Has waited long")
        case Why.DISTRICT:
            name = snapshot.districts[question.district].short_name
        case Why.TOPIC:
            topic = snapshot.topics.get(question.topic or "")
            name = language.pick(topic.name, topic.name_en) if topic else _("Without a topic")
    said = _("{name}: {asked} questions, none taken up yet")
    if value.share.taken_up:
        said = _("{name}: {asked} questions, {taken_up} taken up")
    return said.format(name=name, asked=value.share.asked, taken_up=value.share.taken_up)


def suggestion(value: suggestions.EntrySuggestion, snapshot: Snapshot, language: Language) -> str:
    """Say what speaks for the topic, or else the department, that is suggested for a question."""
    _ = language.gettext
    match value.why:
        case suggestions.WhySuggested.LIKE:
            here = [each for each in value.numbers if each in snapshot.questions]
            if not here:
                return _("Like questions of an earlier dialogue")
            return _("Like {numbers}").format(numbers=numbers(here, language))
        case suggestions.WhySuggested.KEYWORDS:
            return _("Keywords: {words}").format(words=", ".join(value.words))
        case suggestions.WhySuggested.WORDS:
            return _("Words that say most: {words}").format(words=", ".join(value.words))
        case suggestions.WhySuggested.LEADS:
            return _("Leads on this topic")
        case None:
            return ""
