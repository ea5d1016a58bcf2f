"""Which topic and department would fit a question: learned from what others were given."""

import threading
from collections import defaultdict, deque
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.engine import Database
from data_access.events.models import EventRow, TopicRow
from data_access.questions.cached.snapshots import Snapshot
from data_access.questions.models import QuestionRow
from dialogue.events import Department, Event, Topic
from dialogue.questions import Question
from dialogue.similarity import Index
from dialogue.suggestions import LIKE, NOTHING, EntrySuggestion, Similar, TopicWords, suggest
from dialogue.text import fold

MOST_LABELS = 20_000
"""So many questions that have a topic are learned from, the newest, earlier events' too."""


# A suggestion is kept until one in so many labels changed, or one that it names: a single label
# hardly moves it, and in a busy hall one arrives every second.
_KEPT_FOR = 100


_Catalogues = tuple[tuple[Topic, ...], tuple[Department, ...], date]


class _Label(NamedTuple):
    text: str
    topic: str
    department: str | None


class _Kept(NamedTuple):
    suggestion: EntrySuggestion
    version: int
    changes: int


class _Event:
    """What was learned for one event, as far as a snapshot.

    A question has its number; those of earlier events have 0, -1, -2 …
    """

    def __init__(self) -> None:
        self._catalogues: _Catalogues | None = None
        self._labels: dict[int, _Label] = {}
        self._index = Index()
        self._words = TopicWords(())
        self._known: dict[int, _Kept] = {}
        self._changes = 0
        self._revision = -1
        self._turn = threading.Lock()

    def of(self, snapshot: Snapshot, number: int) -> EntrySuggestion:
        question = snapshot.questions[number]
        if question.topic and question.department:
            return NOTHING
        with self._turn:
            if snapshot.revision > self._revision:
                self._follow(snapshot)
            kept = self._known.get(number)
            if kept is None or not self._holds(kept, question):
                similar = self._similar(question)
                made = suggest(question, similar, self._words, snapshot.event)
                kept = self._known[number] = _Kept(made, question.version, self._changes)
            return kept.suggestion

    def _holds(self, kept: _Kept, question: Question) -> bool:
        # Somebody may still look at an older snapshot: a version has a suggestion of its own.
        changed = self._changes - kept.changes
        return kept.version == question.version and changed <= len(self._labels) // _KEPT_FOR

    def _similar(self, question: Question) -> list[Similar]:
        matches = self._index.alike(question.text, without=question.number, least=LIKE)
        labels = [(match, self._labels[match.number]) for match in matches]
        return [Similar(*match, label.topic, label.department) for match, label in labels]

    def _follow(self, snapshot: Snapshot) -> None:
        if self._catalogues != _catalogues(snapshot.event):
            with snapshot.database.reading() as session:
                self._begin(session, snapshot.event)
        for each in deque(snapshot.changed_since(self._revision), MOST_LABELS):
            label = _Label(each.text, each.topic, each.department) if each.topic else None
            self._take(each.number, label)
        self._revision = snapshot.revision

    def _begin(self, session: Session, event: Event) -> None:
        """Learn from earlier events, and from this one anew."""
        self._catalogues, self._revision = _catalogues(event), -1
        self._labels, self._index, self._words = {}, Index(), TopicWords(event.topics)
        self._known.clear()
        by_code = {each.code: each.code for each in event.topics}
        by_name = {fold(each.name): each.code for each in event.topics}
        for place, (text, code, name, department) in enumerate(_earlier(session, event.slug)):
            topic = by_code.get(code) or by_name.get(fold(name))
            if topic is not None:
                self._take(-place, _Label(text, topic, department))

    def _take(self, number: int, label: _Label | None) -> None:
        before = self._labels.get(number)
        if before == label:
            return
        if before is not None:
            self._drop(number)
        if label is not None:
            self._labels[number] = label
            self._words.learn(label.text, label.topic)
            self._index.put(number, label.text)
            if len(self._labels) > MOST_LABELS:
                self._drop(next(iter(self._labels)))
        self._changes += 1

    def _drop(self, number: int) -> None:
        label = self._labels.pop(number)
        self._words.forget(label.text, label.topic)
        self._index.drop(number)
        for each in [n for n, kept in self._known.items() if number in kept.suggestion.numbers]:
            del self._known[each]


def _catalogues(event: Event) -> _Catalogues:
    """Return what suggestions are made of; with another one they are made anew."""
    return event.topics, event.departments, event.held_on


def _earlier(session: Session, slug: str) -> list[tuple[str, str, str, str | None]]:
    """List text, topic, its name and department of what earlier events labelled, newest last."""
    held_at = select(EventRow.held_at).where(EventRow.slug == slug).scalar_subquery()
    rows = session.execute(
        select(QuestionRow.text, TopicRow.code, TopicRow.name, QuestionRow.department)
        .select_from(QuestionRow)
        .join(EventRow)
        .join(
            TopicRow,
            (TopicRow.event_id == QuestionRow.event_id) & (TopicRow.code == QuestionRow.topic),
        )
        .where(EventRow.held_at < held_at, EventRow.practice_of.is_(None))
        .order_by(EventRow.held_at.desc(), EventRow.id, QuestionRow.number.desc())
        .limit(MOST_LABELS)
    )
    return [(text, code, name, department) for text, code, name, department in rows][::-1]


_events: defaultdict[tuple[Database, str], _Event] = defaultdict(_Event)


def of(snapshot: Snapshot, number: int) -> EntrySuggestion:
    """Suggest a topic and a department for a question of a snapshot, as far as it has none."""
    return _events[snapshot.database, snapshot.event.slug].of(snapshot, number)
