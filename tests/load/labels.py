"""How well topics and departments are suggested, on the rehearsal's questions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from dialogue import event_files
from dialogue.events import Event
from dialogue.similarity import Index
from dialogue.suggestions import LIKE, EntrySuggestion, Similar, TopicWords, suggest
from rehearsal import recording
from rehearsal.recording import RecordedQuestion
from tests.factories import SLUG, question
from tests.server import ROOT

PARTS = 10


class Share(NamedTuple):
    """How many of the questions get a suggestion, and how many of the suggestions are right."""

    coverage: float
    accuracy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelling:
    """How well topics are suggested; `department` is measured against who leads on the topic.

    `repeats` are questions that say another again, `keywords` needs no labelled question, and
    `most_frequent` is how often the topic that most questions have would be right.
    """

    questions: int
    topic: Share
    department: Share
    repeats: Share
    keywords: Share
    most_frequent: float


def measured() -> Labelling:
    """Suggest each question's topic from the questions of the nine other parts.

    Questions that say the same are in one part, so that none is suggested from its own repeat;
    only for `repeats` are all others there.
    """
    event = event_files.read((ROOT / "events" / f"{SLUG}.toml").read_text(encoding="utf-8"))
    asked = [each for each in recording.read() if each.topic]
    groups = _groups(asked)
    parts = [[*chain.from_iterable(groups[each::PARTS])] for each in range(PARTS)]
    apart = list(_suggested(asked, parts, event))
    repeats = _suggested(asked, ([each] for group in groups for each in group[1:]), event)
    alone = _suggested(asked, [asked], event)
    return Labelling(
        questions=len(asked),
        topic=_share((each.topic, made.topic) for each, made in apart),
        department=_share((_leading(each, event), made.department) for each, made in apart),
        repeats=_share((each.topic, made.topic) for each, made in repeats),
        keywords=_share((each.topic, made.topic) for each, made in alone),
        most_frequent=max(Counter(each.topic for each in asked).values()) / len(asked),
    )


def section(labelling: Labelling) -> str:
    """Say it in the benchmarks' document."""
    topic, department = labelling.topic, labelling.department
    repeats, keywords = labelling.repeats, labelling.keywords
    return (
        "## Topics and departments that are suggested\n\n"
        f"On the {labelling.questions} questions of the rehearsal that have a topic, each suggested"
        f" from\nnine tenths of the others, repeats of one question kept together:\n\n"
        "| what | questions that get a suggestion | suggestions that are right |\n|---|---|---|\n"
        f"| topic | {topic.coverage:.0%} | {topic.accuracy:.0%} |\n"
        f"| topic of a question that was asked before | {repeats.coverage:.0%} |"
        f" {repeats.accuracy:.0%} |\n"
        f"| topic, by the catalogue alone, nothing labelled yet | {keywords.coverage:.0%} |"
        f" {keywords.accuracy:.0%} |\n"
        f"| department, against who leads on the topic | {department.coverage:.0%} |"
        f" {department.accuracy:.0%} |\n"
        f"| always the most frequent topic | 100% | {labelling.most_frequent:.0%} |\n\n"
        "The questions are invented, the keywords were written by somebody who knew about half of\n"
        "them, and the certainty from which a suggestion is made was chosen on them: real ones\n"
        "will do worse.\n"
    )


def _groups(asked: Iterable[RecordedQuestion]) -> list[list[RecordedQuestion]]:
    """Put questions that say the same together, in the order of the first of each."""
    first: dict[str, str] = {}
    groups: dict[str, list[RecordedQuestion]] = {}
    for each in asked:
        first[each.id] = first.get(each.same_as, each.same_as or each.id)
        groups.setdefault(first[each.id], []).append(each)
    return list(groups.values())


def _suggested(
    asked: Iterable[RecordedQuestion], parts: Iterable[Sequence[RecordedQuestion]], event: Event
) -> Iterator[tuple[RecordedQuestion, EntrySuggestion]]:
    """Suggest for each question of each part what all questions outside the part say."""
    learned, index = TopicWords(event.topics), Index()
    numbered = dict(enumerate(asked))
    numbers = {each.id: number for number, each in numbered.items()}
    for number, each in numbered.items():
        learned.learn(each.text, each.topic)
        index.put(number, each.text)
    for part in parts:
        for each in part:
            learned.forget(each.text, each.topic)
            index.drop(numbers[each.id])
        for each in part:
            similar = [
                Similar(number, score, numbered[number].topic, None)
                for number, score in index.alike(each.text, least=LIKE)
            ]
            yield each, suggest(question(text=each.text), similar, learned, event)
        for each in part:
            learned.learn(each.text, each.topic)
            index.put(numbers[each.id], each.text)


def _leading(recorded: RecordedQuestion, event: Event) -> str:
    return next(each.departments[0] for each in event.topics if each.code == recorded.topic)


def _share(pairs: Iterable[tuple[str, str | None]]) -> Share:
    right = [None if made is None else expected == made for expected, made in pairs]
    suggested = [each for each in right if each is not None]
    return Share(
        coverage=len(suggested) / len(right), accuracy=sum(suggested) / max(1, len(suggested))
    )
