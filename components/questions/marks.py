"""What is said of a question in a few words: where it is from, what it is about, who asked."""

from collections.abc import Iterator

import words.activity
import words.events
import words.questions
from data_access.questions.cached.snapshots import Snapshot
from dialogue.questions import Question
from dialogue.roles import MAY_SEE_NAMES, Role
from locales import Language


def about(snapshot: Snapshot, question: Question, language: Language) -> list[str]:
    """Say where a question is from and what it is about; what is not set is left out."""
    marks = [snapshot.districts[question.district].short_name]
    if question.topic is not None:
        topic = snapshot.topics[question.topic]
        marks.append(language.pick(topic.name, topic.name_en))
    return marks


def who(
    snapshot: Snapshot, question: Question, language: Language, roles: frozenset[Role]
) -> Iterator[str]:
    """Say who asked to those who may know, and whether the hall may know too."""
    named = snapshot.who_asked(question)
    if named and roles & MAY_SEE_NAMES:
        unnamed = language.gettext("{name} (not to be named)").format(name=named)
        yield str(named) if named.show_name else unnamed


def facts(snapshot: Snapshot, question: Question, language: Language) -> list[str]:
    """Say what a moderator reads in passing: where it is from, what about, who answers."""
    marks = about(snapshot, question, language)
    if question.department is not None:
        marks.append(
            "→ " + words.events.department(snapshot.departments[question.department], language)
        )
    return marks


def garbled(question: Question, language: Language) -> Iterator[str]:
    """Say that nobody has seen yet whether what a garbled text seems to say is what it says."""
    is_untouched = question.version == 1 and question.split_from is None
    if question.flagged and is_untouched and question.text_original is not None:
        yield language.gettext(
            "Came in with garbled letters: this is a likely reading, to be checked"
        )


def became(question: Question, language: Language) -> Iterator[str]:
    """Say where a merged question went, and what a part came from."""
    if question.merged_into is not None:
        yield language.gettext("Merged into #{number}").format(number=question.merged_into)
    if question.split_from is not None:
        yield language.gettext("Part of #{number}").format(number=question.split_from)
