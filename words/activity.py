"""What lines of the activity say on the screens, in a language."""

from collections.abc import Iterator, Sequence
from functools import cache
from textwrap import shorten

import words.events
import words.hall
import words.questions
import words.review
from data_access.events import events, practice
from data_access.questions.writing import personal_data
from data_access.review import annotations
from dialogue import replies
from dialogue.activity import ActivitySummary, Line
from dialogue.events import Event, Intake
from dialogue.hall import SHOWN, HallAction
from dialogue.lifecycle import Action
from locales import Language

# So many letters of a text are enough to know it again.
LONGEST_TEXT = 80
# A summary is read in passing: it names what matters most.
MOST_PARTS = 6


@cache
def commands(language: Language) -> dict[str, str]:
    """Say by action what was done to questions, or to the event, with {numbers} for which."""
    _ = language.gettext
    return {
        **dict(words.questions.done_actions(language).items()),
        f"intake_{Intake.OPEN}": _("Opened the event for questions."),
        f"intake_{Intake.CLOSED}": _("Closed the event for questions."),
        f"intake_{Intake.PAUSED}": _("Paused questions."),
        **{
            f"moderation_{each}": f"{said}."
            for each, said in words.events.moderations(language).items()
        },
        "weights": _("Changed what counts for the suggested order."),
        **dict(hall(language).items()),
        events.UPDATED: _("Brought the event in line with its file."),
        practice.BEGUN: _("Began a rehearsal."),
        replies.ReplyAction.SAVE: _("Wrote at a reply: {numbers}."),
        replies.ReplyAction.SUBMIT: _("Submitted a reply for approval: {numbers}."),
        replies.ReplyAction.SEND_BACK: _("Sent a reply back: {numbers}."),
        annotations.WRITTEN: _("Wrote an annotation."),
        annotations.CHANGED: _("Changed an annotation."),
        annotations.WITHDRAWN: _("Withdrew an annotation."),
        personal_data.ACTION: _("Personal details erased: {numbers}."),
        personal_data.ANNOUNCED: _(
            "In three days what is still kept of people, be it names, contacts or which votes came"
            " in a burst, will be erased for good. If the date here is wrong, set the machine's"
            " clock right."
        ),
        personal_data.EXPORT: _("Took away a file with personal details."),
    }


def hall(language: Language) -> dict[HallAction, str]:
    """Say what was done to the hall."""
    _ = language.gettext
    switched = _("Screens switched to “{scene}”.")
    return {
        **{
            SHOWN[scene]: switched.format(scene=name)
            for scene, name in words.hall.scenes(language).items()
        },
        HallAction.ARMED: _("Made something ready for the screens."),
        HallAction.DISARMED: _("Took back what was ready for the screens."),
        HallAction.DARK_ON: _("Turned the screens dark."),
        HallAction.DARK_OFF: _("Brought the screens back."),
        HallAction.TIMER_ON: _("Put the clock on the projector."),
        HallAction.TIMER_OFF: _("Took the clock off the projector."),
        HallAction.MOVE_ON_DESK: _("The desk asked the chair to move on."),
        HallAction.MOVE_ON_CHAIR: _("The chair asked the desk to move on."),
        HallAction.HEEDED_DESK: _("Took note that the desk asked to move on."),
        HallAction.HEEDED_CHAIR: _("Took note that the chair asked to move on."),
        HallAction.WITHDRAWN_DESK: _("The desk no longer asks the chair to move on."),
        HallAction.WITHDRAWN_CHAIR: _("The chair no longer asks the desk to move on."),
        HallAction.PART: _("Began a part of the rundown."),
        HallAction.PART_RESET: _("Set the rundown back to before the opening."),
        HallAction.PART_BACK: _("Went back a step in the rundown."),
        HallAction.PRACTICE_ON: _("Showed the rehearsal on the screens."),
        HallAction.PRACTICE_OFF: _("Showed the event itself on the screens again."),
        HallAction.PRACTICE_WIPED: _("Wiped the rehearsal."),
    }


@cache
def actions(language: Language) -> dict[str, str]:
    """Name what can be done, as far as the words go before they say to which questions."""
    return {
        action: said.partition(":")[0].rstrip(".") for action, said in commands(language).items()
    }


@cache
def sources(language: Language) -> dict[str, str]:
    """Name those who act without an account."""
    _ = language.gettext
    return {
        **dict(words.questions.sources(language).items()),
        personal_data.ASKER: _("The asker"),
        personal_data.SYSTEM: _("The system"),
        events.OPERATOR: _("The operator"),
    }


@cache
def _changes(language: Language) -> dict[str, str]:
    """Say how many questions something was done to, what matters most first."""
    _ = language.gettext
    return {
        Action.APPROVE: _("{count} approved"),
        Action.QUEUE: _("{count} sent to the queue"),
        Action.STAGE: _("{count} put on stage"),
        Action.ANSWER: _("{count} answered"),
        Action.REJECT: _("{count} rejected"),
        Action.MERGE: _("{count} merged"),
        Action.DEFER: _("{count} to be answered in writing"),
        Action.REPLY: _("{count} replied to in writing"),
        replies.ReplyAction.SUBMIT: _("{count} with a reply to approve"),
        Action.PUT_BACK: _("{count} put back into the queue"),
        Action.UNQUEUE: _("{count} taken out of the queue"),
        Action.RESTORE: _("{count} restored"),
        Action.UNDO: _("{count} changed back by an undo"),
        Action.FLAG: _("{count} flagged"),
        Action.UNFLAG: _("{count} no longer flagged"),
        Action.EDIT: _("{count} edited"),
        Action.SPLIT: _("{count} split"),
        Action.SPLIT_OFF: _("{count} made of a part"),
        Action.HOLD: _("{count} put on hold"),
        Action.UNHOLD: _("{count} no longer on hold"),
        Action.PIN: _("{count} pinned"),
        Action.UNPIN: _("{count} unpinned"),
        Action.NOTE: _("{count} with a note to the chair"),
        Action.PREPARE: _("{count} with a prepared answer"),
        Action.MOVE: _("{count} moved in the queue"),
        Action.SET_TOPIC: _("{count} with another topic"),
        Action.SET_DEPARTMENT: _("{count} with another department"),
        Action.SET_DUE: _("{count} with another due date"),
        Action.SET_VOTES_ASIDE: _("{count} with votes set aside"),
        Action.COUNT_VOTES: _("{count} with votes counted again"),
    }


def summary(value: ActivitySummary, language: Language) -> str | None:
    """Say in a line what happened while somebody was away; None where nothing did."""
    new = language.ngettext("{count} new question", "{count} new questions", value.new)
    parts = [new.format(count=value.new)] if value.new else []
    for action, said in _changes(language).items():
        count = value.done.get(action, 0)
        if count:
            parts.append(said.format(count=count))
    if not parts:
        return None
    told = ", ".join(parts[:MOST_PARTS])
    if len(parts) > MOST_PARTS:
        told = language.gettext("{parts} and more").format(parts=told)
    return language.gettext("While you were away: {parts}.").format(parts=told)


def sentence(line: Line, event: Event, language: Language) -> str:
    """Say in one sentence who did what to which question, with what is worth reading of it."""
    facts = [f"{each}." for each in details([line], event, language)]
    return " ".join([f"{who(line, language)}: {command([line], language)}", *facts])


def who(line: Line, language: Language) -> str:
    """Name whoever did something: a person, or what stands for those without an account."""
    known = sources(language) if line.account_id is None else {}
    return known.get(line.actor, line.actor)


def command(lines: Sequence[Line], language: Language) -> str:
    """Say what was done in one command to the questions of its lines."""
    line = lines[0]
    met = words.questions.numbers(
        sorted(each.number for each in lines if each.number is not None), language
    )
    if line.count is not None:
        askers = language.ngettext("{count} asker", "{count} askers", line.count)
        met = askers.format(count=line.count)
    # A later version may have written what this one has no words for.
    unknown = f"{line.action}: {{numbers}}." if met else f"{line.action}."
    return commands(language).get(line.action, unknown).format(numbers=met)


def states(line: Line, language: Language) -> str:
    """Name the state that a question was left in, after the one it was in before if another."""
    names = words.questions.statuses(language)
    return " → ".join(
        names[each] for each in dict.fromkeys((line.from_status, line.to_status)) if each
    )


def details(lines: Sequence[Line], event: Event, language: Language) -> list[str]:
    """List what is worth reading of one command besides: reasons, targets, places and texts."""
    line = lines[0]
    facts = [*_entries(line, event, language)]
    if line.undoes is not None:
        undone = actions(language).get(line.undoes, line.undoes)
        facts.insert(0, language.gettext("It was: {command}").format(command=undone))
    if line.merged_into is not None:
        facts.append(language.gettext("Merged into #{number}").format(number=line.merged_into))
    if line.split_from is not None:
        facts.append(language.gettext("Part of #{number}").format(number=line.split_from))
    # Each of several questions has a place of its own.
    if line.position is not None and len(lines) == 1:
        facts.append(_place(line, language))
    if line.votes:
        facts.append(words.questions.votes(line.votes, language))
    if line.due_on is not None:
        facts.append(language.gettext("Due on {date}").format(date=language.date(line.due_on)))
    if line.subject is not None:
        facts.append(words.review.subjects(language).get(line.subject, line.subject))
    said = (line.note, line.prepared, line.remark, line.message, line.annotation)
    facts += [f"“{brief(each)}”" for each in said if each]
    facts += line.changed
    if line.text is not None:
        facts.append(" → ".join(f"“{brief(each or '')}”" for each in (line.text_before, line.text)))
    return facts


def brief(text: str, *, longest: int = LONGEST_TEXT) -> str:
    """Shorten a text to one line."""
    return shorten(text, longest, placeholder=" …")


def _entries(line: Line, event: Event, language: Language) -> Iterator[str]:
    """Name the catalogue's entries that a question was given, or that one was taken off."""
    if line.reason is not None:
        reason = words.events.reasons(event, language).get(line.reason, line.reason)
        yield language.gettext("Reason: {reason}").format(reason=reason.rstrip("."))
    if line.topic is not None:
        yield words.events.topics(event, language).get(line.topic, line.topic)
    elif line.action == Action.SET_TOPIC:
        yield language.gettext("Without a topic")
    if line.department is not None:
        yield words.events.departments(event, language).get(line.department, line.department)
    elif line.action == Action.SET_DEPARTMENT:
        yield language.gettext("Taken off again")
    names = {each.code: words.events.part(each, language) for each in event.rundown}
    if line.part is not None:
        yield names.get(line.part, line.part)


def _place(line: Line, language: Language) -> str:
    moved = line.position_before not in (None, line.position)
    places = f"{line.position_before} → {line.position}" if moved else line.position
    return language.gettext("Place in the queue: {places}").format(places=places)
