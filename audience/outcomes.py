"""What became of a question, in words for whoever asked it and for everybody."""

from dialogue.events import Event
from dialogue.lifecycle import Status
from dialogue.questions import Question
from locales import Language


def labels(language: Language) -> dict[Status, str]:
    """Return the name of each state, short enough for a list."""
    _ = language.gettext
    return {
        Status.RECEIVED: _("Waiting to be read"),
        Status.APPROVED: _("Approved"),
        Status.QUEUED: _("Will be asked in the hall"),
        Status.ON_STAGE: _("Being asked now"),
        Status.ANSWERED: _("Answered in the hall"),
        Status.DEFERRED: _("To be answered in writing"),
        Status.REPLIED: _("Answered in writing"),
        Status.REJECTED: _("Not chosen"),
        Status.MERGED: _("Joined with another question"),
    }


def outcomes(language: Language) -> dict[Status, str]:
    """Return what each state means to the asker; `{reason}` and `{number}` are filled in later."""
    _ = language.gettext
    return {
        Status.RECEIVED: _("The organisers have your question and will read it soon."),
        Status.APPROVED: _("Your question is approved. Everybody can read it and support it."),
        Status.QUEUED: _("Your question is on the list to be asked in the hall."),
        Status.ON_STAGE: _("Your question is being asked in the hall right now."),
        Status.ANSWERED: _("Your question has been answered in the hall."),
        Status.DEFERRED: _("Your question will be answered in writing after the event."),
        Status.REPLIED: _("Your question has been answered in writing."),
        Status.REJECTED: _("Thank you for asking. We could not choose this question: {reason}"),
        Status.MERGED: _(
            "Question {number} asks the same, so yours has been joined with it. "
            "What is answered there is your answer too."
        ),
    }


def outcome(question: Question, event: Event, language: Language) -> str:
    """Tell an asker what became of the question."""
    reason = reasons(event, language).get(question.reason or "", "")
    return outcomes(language)[question.status].format(reason=reason, number=question.merged_into)


def reasons(event: Event, language: Language) -> dict[str, str]:
    """Return the reasons for not choosing a question, by code."""
    return {each.code: language.pick(each.text, each.text_en) for each in event.reasons}
