"""What came of a command, in a language: what was done, or why it was refused."""

import words.questions
from dialogue.commands import Done
from dialogue.lifecycle import Action
from dialogue.refusals import Conflict, FieldsWrong, Overtaken, Refusal
from locales import Language
from web import problems

# Of those that were left as they were, so many are told why.
MOST_TOLD = 3


def done(value: Done, language: Language, *, undone: bool) -> str:
    """Say in a line what came of a command, or that it was undone, and what was left as it was."""
    said = words.questions.done_actions(language)[value.action].format(
        numbers=words.questions.numbers(value.numbers, language)
    )
    if undone:
        said = language.gettext("Undone. It was: {command}").format(command=said)
    left = [refusal(each.refusal, language) for each in value.refused[:MOST_TOLD]]
    others = [each.number for each in value.refused[MOST_TOLD:]]
    if others:
        numbers = words.questions.numbers(others, language)
        left.append(language.gettext("Nor was it done to: {numbers}.").format(numbers=numbers))
    return " ".join([said, *left])


def refusal(value: Refusal, language: Language) -> str:
    """Say kindly why something was not done, and how the question stands now."""
    if isinstance(value, FieldsWrong):
        return " ".join(problems.messages(value, language))
    said = language.gettext(value.message).format(**value.values)
    if isinstance(value, Conflict) and "actor" in value.values:
        done = words.questions.done_actions(language)[Action(value.values["action"])]
        said = language.gettext("{actor} was first. {command}").format(
            actor=value.values["actor"],
            command=done.format(numbers=f"#{value.values['number']}"),
        )
    elif isinstance(value, Overtaken) and "status" in value.values:
        state = words.questions.statuses(language)[value.values["status"]]
        said += " " + language.gettext("State: {status}.").format(status=state)
    return said
