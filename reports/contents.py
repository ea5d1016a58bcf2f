"""What a file is made of: an event's record as it is ordered, its names in a language."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import words.events
from data_access.engine import Session
from data_access.events import events
from data_access.followup import replies
from data_access.questions.reading import record
from data_access.questions.reading.record import Count
from data_access.review import annotations
from dialogue import text as texts
from dialogue.annotations import Annotation
from dialogue.events import District, Event
from dialogue.lifecycle import Status
from dialogue.questions import Question
from dialogue.replies import Published
from locales import Language, language
from reports.orders import FileOrder
from reports.progress import Progress

# What a written reply was promised to.
PROMISED = (Status.DEFERRED, Status.REPLIED)


@dataclass(frozen=True)
class Contents:
    """An event's record in a reading session, as an order asks for it at a time (aware)."""

    session: Session
    order: FileOrder
    at: datetime
    progress: Progress

    @cached_property
    def event(self) -> Event:
        """The event."""
        return events.event(self.session, self.order.slug)

    @cached_property
    def language(self) -> Language:
        """The language of the file."""
        return language(self.order.language)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of the event's clock."""
        return ZoneInfo(self.event.timezone)

    @cached_property
    def counts(self) -> list[Count]:
        """The counts that all sums are made of."""
        return record.counts(self.session, self.order.slug)

    def count(self, *statuses: Status, **where: str | None) -> int:
        """Count the questions in some states, or in all, of one district or topic where named."""
        return sum(
            each.questions
            for each in self.counts
            if each.status in (statuses or Status)
            and all(getattr(each, name) == value for name, value in where.items())
        )

    @cached_property
    def districts(self) -> list[District]:
        """The districts in the dictionary's order."""
        return sorted(
            self.event.districts, key=lambda each: texts.dictionary_order(each.short_name)
        )

    @cached_property
    def district_names(self) -> dict[str, str]:
        """The districts' full names by code."""
        return {each.code: each.name for each in self.event.districts}

    @cached_property
    def topics(self) -> dict[str | None, str]:
        """The topics' names by code in the event's order; None for what has no topic, if any."""
        names: dict[str | None, str] = {
            each.code: self.language.pick(each.name, each.name_en) for each in self.event.topics
        }
        if self.count(topic=None):
            names[None] = self.language.gettext("No topic yet")
        return names

    @cached_property
    def departments(self) -> dict[str, str]:
        """The departments' names by code, in the dictionary's order."""
        names = {
            each.code: words.events.department(each, self.language)
            for each in self.event.departments
        }
        return dict(sorted(names.items(), key=lambda each: texts.dictionary_order(each[1])))

    def answering(self, question: Question) -> str:
        """Name the department that a question was given to, else the one that leads on its topic.

        Empty where there is neither.
        """
        code = question.department or self.event.leading(question.topic)
        return self.departments.get(code or "", code or "")

    @cached_property
    def reasons(self) -> dict[str, str]:
        """The reasons for not choosing a question, by code."""
        return words.events.reasons(self.event, self.language)

    @cached_property
    def promised(self) -> list[Question]:
        """The questions that a written reply was promised to, by department, date and number."""
        found = record.each_question(self.session, self.order.slug, statuses=PROMISED)
        return sorted(
            (each.question for each in found),
            key=lambda each: (
                texts.dictionary_order(self.answering(each)),
                each.due_on is None,
                each.due_on or self.at.date(),
                each.number,
            ),
        )

    @cached_property
    def replied(self) -> dict[int, Published]:
        """The published replies by number."""
        numbers = [each.number for each in self.promised if each.status is Status.REPLIED]
        found: dict[int, Published] = {}
        for begin in range(0, len(numbers), record.AT_ONCE):
            some = numbers[begin : begin + record.AT_ONCE]
            found |= replies.published(self.session, self.order.slug, some)
        return found

    def reply(self, question: Question) -> tuple[str | None, str | None, date | None]:
        """Return a question's published reply: its text, and its document's number and date."""
        published = self.replied.get(question.number)
        if published is None:
            return None, None, None
        written = published.written
        return self.shown(written.text), written.document_number, written.document_date

    @cached_property
    def annotated(self) -> list[Annotation]:
        """What staff wrote on charts and moments, in the order of the review."""
        return [
            replace(each, text=self.shown(each.text))
            for each in annotations.list_current(self.session, self.order.slug)
        ]

    def text(self, question: Question) -> str:
        """Return a question's text."""
        return self.shown(question.text)

    def shown(self, text: str) -> str:
        """Return what somebody wrote; what leads to a person only where contacts are asked for."""
        return text if self.order.contacts else texts.without_personal_details(text)

    def local(self, at: datetime | None) -> datetime | None:
        """Return a time in the event's zone."""
        return at and at.astimezone(self.zone)
