"""What the rules' own words are called on the screens, in a language."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from components.question_board import Choices
from data_access.boards import Board
from dialogue import suggestions
from dialogue.accounts import Grant
from dialogue.annotations import Subject
from dialogue.bursts import Burst
from dialogue.deeds import Done
from dialogue.events import Department, Event, EventSummary, Intake, Moderation, Part
from dialogue.fairness import Suggestion, Why
from dialogue.hall import Scene
from dialogue.inbox import Asked, Order
from dialogue.lifecycle import Action, Status
from dialogue.questions import Source
from dialogue.refusals import Conflict, FieldsWrong, Overtaken, Refusal
from dialogue.roles import Place, Role
from locales import Language
from web import problems

# More questions than these are only counted.
MOST_NAMED = 6
# What lasted longer is told in minutes.
LONGEST_IN_SECONDS = 120


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
        Action.RESTORE: _("Take back"),
        Action.MERGE: _("Merge"),
        Action.EDIT: _("Edit"),
        Action.SET_TOPIC: _("Topic"),
        Action.SET_DEPARTMENT: _("Department"),
        Action.FLAG: _("Flag"),
        Action.UNFLAG: _("Lift the flag"),
        Action.SPLIT: _("Split"),
        Action.PIN: _("Pin"),
        Action.UNPIN: _("Unpin"),
        Action.HOLD: _("Hold"),
        Action.UNHOLD: _("Lift the hold"),
        Action.NOTE: _("Note to the chair"),
        Action.PREPARE: _("Prepared answer"),
        Action.DEFER: _("Written reply later"),
        Action.SET_DUE: _("Due date"),
        Action.SET_VOTES_ASIDE: _("Do not count these"),
        Action.COUNT_VOTES: _("Count them again"),
        Action.UNDO: _("Undo"),
        "ask_reject": _("Why is it rejected? The asker will read this:"),
        "ask_merge": _("Into which question? Its number:"),
        "ask_edit": _("What the hall and the public will read:"),
        "ask_set_topic": _("What is it about?"),
        "ask_set_department": _("Who answers?"),
        "ask_split": _("Leave an empty line between the parts; the first keeps the number:"),
        "ask_note": _("What should the chair know? Only the desk and the chair read this:"),
        "ask_prepare": _("The department's line to answer with:"),
        "parts": _("{count} parts"),
        "arm": _("Make ready"),
        "armed": _("Ready for the screens"),
        "pinned": _("Pinned"),
        "held": _("On hold"),
        "expected": _("in about {minutes} min"),
        "grip": _("Drag to another place in the queue"),
        "accept": _("Accept"),
        "history": _("What was done:"),
        "save": _("Save"),
        "none": _("None"),
        "cancel": _("Cancel"),
        "close": _("Close"),
        "up": _("One place up"),
        "down": _("One place down"),
        "first": _("To the head of the queue"),
        "flagged": _("Flagged: needs a second look"),
        "holders": _("{names} has this open"),
        "alike": _("Asks the same as {numbers}"),
        "alike_more": _("Asks the same as {numbers} and {count} more in the same words"),
        "code": _("Tracking code: {code}"),
        "original": _("What the asker wrote, with what was changed:"),
        "arrivals": _("{count} new questions"),
        "select": _("Select question {number}"),
        "selected": _("{count} selected:"),
        "clear": _("Clear the selection"),
        "again": _("Do it all the same"),
        "behind": _("The list has changed: show it"),
        "left_over": _("{count} more questions"),
        "more": _("Show more"),
        "find_others": _(
            "{count} more questions: find them by a filter, a search or another order."
        ),
        "too_many": _("At most {most} at once: {left} more are not selected."),
        "just_came": _("Not done: #{number} had only just come there. Again, if you mean it."),
        "went_away": _("Not done: somebody else saw to #{number}. Choose another one."),
        "field_gone": _("Not done: the field that you typed in has gone. Choose a question."),
        "left": _("Somebody else has taken this question out of the list."),
        "changed": _("Somebody else has changed this question."),
        "go_on": _("Go on with it as it is now"),
        "not_any_more": _("This cannot be done to it any more."),
        "copy": _("Copy what I typed"),
        "restored": _("This is what you had typed."),
        "unsent": _("Not sent yet: {action}"),
        "reopen": _("Open again"),
        "discard": _("Throw away"),
        "hint": _("Press ? for the keys."),
        "help": _("Keys of the desk"),
        "key_approve": _("Approve"),
        "key_queue": _("Into the queue, or out of it"),
        "key_go": _("From the list to the queue and back"),
        "key_later": _("In the queue: one place down"),
        "key_sooner": _("In the queue: one place up"),
        "key_pin": _("In the queue: pin at its head, or unpin"),
        "key_hold": _("In the queue: hold, or lift the hold"),
        "key_arm": _("Make the question ready for the screens"),
        "key_fire": _("Show what is ready"),
        "key_dark": _("Screens black at once, or back"),
        "key_scenes": _("To the scenes; the arrows go along them"),
        "key_accept": _("Accept what is suggested"),
        "key_alerts": _("Sound and count in the title for new questions"),
        "alerts_on": _("Sound is on"),
        "alerts_off": _("Sound is off"),
        "key_down": _("Next question"),
        "key_up": _("Question before"),
        "key_open": _("Open or fold"),
        "key_select": _("Select, for several at once"),
        "key_flag": _("Flag, or lift the flag"),
        "key_restore": _("Take back a rejection, a merge or an answer"),
        "key_undo": _("Undo what you did last"),
        "batch": _("The 10 longest waiting for me"),
        "key_arrivals": _("Show new questions"),
        "key_search": _("Search"),
        "key_help": _("This sheet"),
        "key_close": _("Close what is open"),
    }


@cache
def control_labels(spoken: Language) -> dict[str, str]:
    """Name everything that the stage control may say of itself."""
    _ = spoken.gettext
    return {
        "on_air": _("On air"),
        "off_screens": _("Not on the screens"),
        "unknown": _("No connection: not known"),
        "ready": _("Ready"),
        "nothing": _("Nothing is ready"),
        "fire": _("Show"),
        "disarm": _("Cancel"),
        "scenes": _("What the screens show"),
        "dark": _("Black"),
        "message": _("A line for the hall"),
        "arm": _("Make ready"),
        "question": _("Question"),
        "part": _("Part"),
        "timer": _("Show the clock"),
        "timer_long": _("The question's clock on the projector"),
        "ask": _("Ask the chair to move on"),
        "withdraw": _("Take it back"),
        "heed": _("Understood"),
        "plan": _("Rundown"),
        "running": _("Now"),
        "began": _("Began at {time}"),
        "begin": _("Begin"),
        "reset": _("Set back to before the opening"),
        "close": _("Close"),
        "fold": _("Hide pictures"),
        "unfold": _("Show pictures"),
    }


@cache
def scene_buttons(spoken: Language) -> dict[Scene, str]:
    """Name the scenes in a word each, where all of them stand in one row."""
    _ = spoken.gettext
    return {
        Scene.WELCOME: _("Welcome"),
        Scene.QUESTION: _("Question"),
        Scene.NEXT: _("Next"),
        Scene.PARTICIPATION: _("Participation"),
        Scene.MESSAGE: _("Message"),
        Scene.THANKS: _("Thanks"),
    }


@cache
def done_actions(spoken: Language) -> dict[Action, str]:
    """Say what was done to questions, with {numbers} for which."""
    _ = spoken.gettext
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


def done(value: Done, spoken: Language, *, undone: bool) -> str:
    """Say in a line what came of a deed, or that it was undone, and what was left as it was."""
    said = done_actions(spoken)[value.action].format(numbers=numbers(value.numbers, spoken))
    if undone:
        said = spoken.gettext("Undone. It was: {deed}").format(deed=said)
    return " ".join([said, *(refusal(each.refusal, spoken) for each in value.refused[:3])])


def numbers(value: Sequence[int], spoken: Language) -> str:
    """Name questions by their numbers, or count them where they are many."""
    if len(value) > MOST_NAMED:
        return spoken.gettext("{count} questions").format(count=len(value))
    return ", ".join(f"#{each}" for each in value)


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
def orders(spoken: Language) -> dict[Order, str]:
    """Name the orders of a list."""
    _ = spoken.gettext
    return {
        Order.NEWEST: _("Newest first"),
        Order.OLDEST: _("Longest waiting first"),
        Order.VOTES: _("Most votes first"),
        Order.SUGGESTED: _("Suggested next"),
    }


@cache
def asked(spoken: Language) -> dict[Asked, str]:
    """Name the times at which questions came in."""
    _ = spoken.gettext
    return {Asked.BEFORE: _("Before the event"), Asked.LIVE: _("During the event")}


@cache
def intakes(spoken: Language) -> dict[Intake, str]:
    """Name what an intake can be."""
    _ = spoken.gettext
    return {
        Intake.OPEN: _("Taking questions"),
        Intake.PAUSED: _("Paused"),
        Intake.CLOSED: _("Closed"),
    }


@cache
def moderations(spoken: Language) -> dict[Moderation, str]:
    """Name when the desk reads questions."""
    _ = spoken.gettext
    return {
        Moderation.BEFORE: _("Read before they are public"),
        Moderation.AFTER: _("Public at once, read afterwards"),
    }


@cache
def scenes(spoken: Language) -> dict[Scene, str]:
    """Name what the screens of the hall can show."""
    _ = spoken.gettext
    return {
        Scene.WELCOME: _("Welcome"),
        Scene.QUESTION: _("Question on stage"),
        Scene.NEXT: _("Next questions"),
        Scene.PARTICIPATION: _("Participation"),
        Scene.MESSAGE: _("Message"),
        Scene.THANKS: _("Thank you"),
    }


@cache
def subjects(spoken: Language) -> dict[str, str]:
    """Name what an annotation can be on, by the values of `Subject`, as the review heads it."""
    _ = spoken.gettext
    return {
        Subject.DISTRICTS: _("By district"),
        Subject.WAITING: _("Waiting now"),
        Subject.TOPICS: _("By topic"),
        Subject.TIME: _("Over time"),
        Subject.BALANCE: _("Balance of voice"),
        Subject.MATRIX: _("District and topic"),
        Subject.PATH: _("The path of the questions"),
        Subject.REPLAY: _("Replay"),
        Subject.DELAYS: _("How long questions waited"),
        Subject.PACE: _("The desk's pace"),
        Subject.SOURCES: _("Phones, portal and paper"),
        Subject.TERMS: _("Terms"),
        Subject.OUTCOMES: _("Without an outcome yet"),
        Subject.COMPARISON: _("Comparison"),
    }


@cache
def screens(spoken: Language) -> dict[Place, str]:
    """Name what a screen of the hall can be for."""
    _ = spoken.gettext
    return {Place.PROJECTOR: _("Projector"), Place.DISPLAY: _("Hall display")}


@cache
def weights(spoken: Language) -> dict[str, str]:
    """Name what counts for the suggested order, by the fields of `Weights`."""
    _ = spoken.gettext
    return {
        "waiting": _("Waiting time"),
        "votes": _("Votes"),
        "district": _("Districts that were not taken up yet"),
        "topic": _("Topics that were not taken up yet"),
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


def burst(value: Burst, spoken: Language) -> str:
    """Say how many votes came together from one network, in how long, and if they do not count."""
    _, ngettext = spoken.gettext, spoken.ngettext
    span = ngettext("{count} second", "{count} seconds", value.seconds)
    length = value.seconds
    if value.seconds > LONGEST_IN_SECONDS:
        length = round(value.seconds / 60)
        span = ngettext("{count} minute", "{count} minutes", length)
    said = _("{votes} from one network within {span}")
    if value.set_aside:
        said = _("Not counted: {votes} from one network within {span}")
    return said.format(
        votes=votes(value.votes, spoken), span=span.format(count=spoken.number(length))
    )


def votes(count: int, spoken: Language) -> str:
    """Say how many votes it is about."""
    said = spoken.ngettext("{count} vote", "{count} votes", count)
    return said.format(count=spoken.number(count))


def why(value: Suggestion, board: Board, spoken: Language) -> str:
    """Say what speaks for taking a question next."""
    _ = spoken.gettext
    question = board.questions[value.number]
    match value.why:
        case Why.VOTES:
            return _("{count} people support it").format(count=question.votes)
        case Why.WAITING:
            return _("Has waited long")
        case Why.DISTRICT:
            name = board.districts[question.district].short_name
        case Why.TOPIC:
            topic = board.topics.get(question.topic or "")
            name = spoken.pick(topic.name, topic.name_en) if topic else _("Without a topic")
    said = _("{name}: {asked} questions, none taken up yet")
    if value.share.taken_up:
        said = _("{name}: {asked} questions, {taken_up} taken up")
    return said.format(name=name, asked=value.share.asked, taken_up=value.share.taken_up)


def suggestion(value: suggestions.Suggestion, board: Board, spoken: Language) -> str:
    """Say what speaks for the topic, or else the department, that is suggested for a question."""
    _ = spoken.gettext
    match value.why:
        case suggestions.Why.LIKE:
            here = [each for each in value.numbers if each in board.questions]
            if not here:
                return _("Like questions of an earlier dialogue")
            return _("Like {numbers}").format(numbers=numbers(here, spoken))
        case suggestions.Why.KEYWORDS:
            return _("Keywords: {words}").format(words=", ".join(value.words))
        case suggestions.Why.WORDS:
            return _("Words that say most: {words}").format(words=", ".join(value.words))
        case suggestions.Why.LEADS:
            return _("Leads on this topic")
        case None:
            return ""


def grant(
    value: Grant,
    spoken: Language,
    departments: Mapping[str, Sequence[Department]],
    names: Mapping[str, str],
) -> str:
    """Name a role, its event where it holds in one only, and its department where it has one.

    `departments` are those of each event, by its slug; `names` name the events.
    """
    parts = [roles(spoken)[value.role]]
    if value.slug is not None:
        bodies = {each.code: department(each, spoken) for each in departments[value.slug]}
        parts += filter(None, (bodies.get(value.department or ""), names[value.slug]))
    return " · ".join(parts)


def events(values: Iterable[EventSummary], spoken: Language) -> dict[str, str]:
    """Name events by their slugs; of those that would be called alike each has its slug too."""
    named = {each.slug: _event(each, spoken) for each in values}
    times = Counter(named.values())
    return {slug: name if times[name] == 1 else f"{name} ({slug})" for slug, name in named.items()}


def _event(value: EventSummary, spoken: Language) -> str:
    # The day first: where there is no room for the whole, the end is left out.
    return f"{spoken.date(value.held_on)} · {spoken.pick(value.title, value.title_en)}"


def department(value: Department, spoken: Language) -> str:
    """Name a department."""
    return spoken.pick(value.name, value.name_en)


def part(value: Part, spoken: Language) -> str:
    """Name a part of the rundown."""
    return spoken.pick(value.name, value.name_en)


def choices(event: Event, spoken: Language) -> Choices:
    """List what a moderator picks from: (code, words) each."""
    return Choices(
        reasons=[(each.code, spoken.pick(each.text, each.text_en)) for each in event.reasons],
        topics=[(each.code, spoken.pick(each.name, each.name_en)) for each in event.topics],
        departments=[(each.code, department(each, spoken)) for each in event.departments],
    )


def refusal(value: Refusal, spoken: Language) -> str:
    """Say kindly why something was not done, and how the question stands now."""
    if isinstance(value, FieldsWrong):
        return " ".join(problems.messages(value, spoken))
    said = spoken.gettext(value.message).format(**value.values)
    if isinstance(value, Conflict) and "actor" in value.values:
        done = done_actions(spoken)[Action(value.values["action"])]
        said = spoken.gettext("{actor} was first. {deed}").format(
            actor=value.values["actor"],
            deed=done.format(numbers=f"#{value.values['number']}"),
        )
    elif isinstance(value, Overtaken) and "status" in value.values:
        state = statuses(spoken)[value.values["status"]]
        said += " " + spoken.gettext("State: {status}.").format(status=state)
    return said
