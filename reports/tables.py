"""The day's record as tables, in a language: what the workbook, the lists and the page hold."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import words.activity
import words.events
import words.questions
import words.review
from data_access.activity import activity
from data_access.engine import Session
from data_access.events import events
from data_access.followup import replies
from data_access.questions.reading import record
from data_access.questions.reading.record import Count, Recorded
from data_access.review import annotations
from dialogue import text as texts
from dialogue.activity import Filters, Line
from dialogue.annotations import Annotation, Subject
from dialogue.events import District, Event, per_10000
from dialogue.lifecycle import HEARD, PUBLIC, Status
from dialogue.questions import Question
from dialogue.replies import Published
from locales import Language, language
from reports.orders import Order
from reports.table import Cell, Column, Table

Row = TypeVar("Row")
Tell = Callable[[int, int], None]
# How many rows are gone through from one word of progress to the next.
_PAUSE = 250
_LINES_AT_ONCE = 1000
# What people wrote, of a line of the activity.
_TEXTS = ("text", "text_before", "note", "prepared", "message", "annotation")
# What a written reply was promised to.
PROMISED = (Status.DEFERRED, Status.REPLIED)


class Progress:
    """Counts the rows that are done, of all that there will be, and tells it now and then."""

    def __init__(self, tell: Tell) -> None:
        """Begin with nothing to do."""
        self.total = 0
        self._done = 0
        self._tell = tell

    def over(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Go through some rows."""
        for row in rows:
            yield row
            self._done += 1
            if self._done % _PAUSE == 0:
                self._tell(self._done, self.total)


@dataclass(frozen=True)
class Tables:
    """An event's record in a reading session, as an order asks for it at a time (aware)."""

    session: Session
    order: Order
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

    def text(self, question: Question) -> str:
        """Return a question's text; what leads to a person only where contacts are asked for."""
        return self._shown(question.text)

    def local(self, at: datetime | None) -> datetime | None:
        """Return a time in the event's zone."""
        return at and at.astimezone(self.zone)

    def summary(self) -> Table:
        """Say in a few lines what day it was and how many questions stand where."""
        _ = self.language.gettext
        event = self.event
        rows: list[tuple[Cell, ...]] = [
            (_("Event"), self.language.pick(event.title, event.title_en)),
            (_("Theme"), self.language.pick(event.theme, event.theme_en)),
            (_("Held on"), self.language.date_time(event.held_at.astimezone(self.zone))),
            (_("As of"), self.language.date_time(self.at.astimezone(self.zone))),
            (_("Questions"), self.count()),
        ]
        rows += [
            (name, self.count(status))
            for status, name in words.questions.statuses(self.language).items()
        ]
        heard = {each.district for each in self.counts}
        rows.append((_("Districts with questions"), f"{len(heard)}/{len(event.districts)}"))
        return Table(
            _("Summary"), (Column(_("What"), str, 30), Column(_("Value"), object, 70)), rows
        )

    def by_district(self) -> Table:
        """Count the questions of each district, by state and per 10,000 young people."""
        _ = self.language.gettext
        columns = (
            Column(_("District"), str, 28),
            Column(_("Questions"), int),
            Column(_("Answered or replied to"), int, 24),
            Column(_("Young people"), int, 16),
            Column(_("Per 10,000 young people"), float, 26),
            *(Column(name, int, 18) for name in words.questions.statuses(self.language).values()),
        )
        rows = [self._of_district(each) for each in self.districts]
        return Table(_("By district"), columns, rows)

    def _of_district(self, district: District) -> tuple[Cell, ...]:
        asked = self.count(district=district.code)
        return (
            district.name,
            asked,
            self.count(*HEARD, district=district.code),
            district.young_people,
            per_10000(asked, district.young_people),
            *(self.count(each, district=district.code) for each in Status),
        )

    def by_topic(self) -> Table:
        """Count the questions of each topic by state, with the department that leads."""
        _ = self.language.gettext
        columns = (
            Column(_("Topic"), str, 50),
            Column(_("Leading department"), str, 34),
            Column(_("Questions"), int),
            Column(_("Answered or replied to"), int, 24),
            *(Column(name, int, 18) for name in words.questions.statuses(self.language).values()),
        )
        rows = [
            (
                name,
                self.departments.get(self.event.leading(code) or ""),
                self.count(topic=code),
                self.count(*HEARD, topic=code),
                *(self.count(each, topic=code) for each in Status),
            )
            for code, name in self.topics.items()
        ]
        return Table(_("By topic"), columns, rows)

    def by_district_and_topic(self) -> Table:
        """Count the questions of each district on each topic."""
        _ = self.language.gettext
        pairs: Counter[tuple[str, str | None]] = Counter()
        for each in self.counts:
            pairs[each.district, each.topic] += each.questions
        columns = (
            Column(_("District"), str, 28),
            *(Column(name, int, 18) for name in self.topics.values()),
            Column(_("All topics"), int),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                each.name,
                *(pairs[each.code, code] for code in self.topics),
                self.count(district=each.code),
            )
            for each in self.districts
        ]
        return Table(_("District and topic"), columns, rows)

    def questions(self) -> Table:
        """List every question by number, with who asked where that is asked for."""
        _ = self.language.gettext
        columns = [
            Column(_("Question number"), int),
            Column(_("Received"), datetime, 18),
            Column(_("Source"), str),
            Column(_("District"), str, 24),
            Column(_("Topic"), str, 36),
            Column(_("State"), str, 18),
            Column(_("Reason"), str, 24),
            Column(_("Department"), str, 34),
            Column(_("Votes"), int),
            Column(_("Answered at"), datetime, 18),
            Column(_("Due date"), date, 14),
            Column(_("Merged into"), int),
            Column(_("Question"), str, 80),
        ]
        if self.order.names:
            columns += [Column(_("Name"), str, 24), Column(_("Organisation"), str, 30)]
        if self.order.contacts:
            columns.append(Column(_("Contact"), str, 26))
        found = record.each_question(
            self.session, self.order.slug, with_askers=self.order.is_personal
        )
        self.progress.total += self.count()
        rows = (self._of_question(each) for each in self.progress.over(found))
        return Table(_("All questions"), tuple(columns), rows)

    def _of_question(self, recorded: Recorded) -> tuple[Cell, ...]:
        question, asker = recorded.question, recorded.asker
        row: list[Cell] = [
            question.number,
            self.local(question.received_at),
            words.questions.sources(self.language)[question.source],
            self.district_names[question.district],
            self.topics[question.topic] if question.topic else None,
            words.questions.statuses(self.language)[question.status],
            self._reasons.get(question.reason or ""),
            self.departments.get(question.department or ""),
            question.votes,
            self.local(recorded.answered_at),
            question.due_on,
            question.merged_into,
            self.text(question),
        ]
        if self.order.names:
            row += [asker.name, asker.organisation] if asker else [None, None]
        if self.order.contacts:
            row.append(asker.contact if asker else None)
        return tuple(row)

    def follow_up(self) -> Table:
        """List what a written reply was promised to, by department and due date."""
        _ = self.language.gettext
        columns = (
            Column(_("Department"), str, 34),
            Column(_("Question number"), int),
            Column(_("State"), str, 18),
            Column(_("Due date"), date, 14),
            Column(_("Days overdue"), int),
            Column(_("District"), str, 24),
            Column(_("Question"), str, 80),
            Column(_("Reply"), str, 80),
            Column(_("Document number"), str, 20),
            Column(_("Document date"), date, 14),
        )
        return Table(_("Follow-up"), columns, [self._follow_up(each) for each in self.promised])

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
        return self._shown(written.text), written.document_number, written.document_date

    def _follow_up(self, question: Question) -> tuple[Cell, ...]:
        overdue = None
        if question.due_on and question.status is Status.DEFERRED:
            today = self.at.astimezone(self.zone).date()
            overdue = max(0, (today - question.due_on).days) or None
        return (
            self.answering(question),
            question.number,
            words.questions.statuses(self.language)[question.status],
            question.due_on,
            overdue,
            self.district_names[question.district],
            self.text(question),
            *self.reply(question),
        )

    @cached_property
    def annotated(self) -> list[Annotation]:
        """What staff wrote on charts and moments, in the order of the review."""
        return [
            replace(each, text=self._shown(each.text))
            for each in annotations.list_current(self.session, self.order.slug)
        ]

    def annotations(self, *, besides: Collection[Subject] = ()) -> Table:
        """List what staff wrote, on all subjects but some."""
        _ = self.language.gettext
        columns = (
            Column(_("Part of the review"), str, 30),
            Column(_("Moment"), datetime, 18),
            Column(_("Annotation"), str, 80),
            Column(_("Written by"), str, 24),
            Column(_("Written at"), datetime, 18),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                words.review.subjects(self.language)[each.subject],
                self.local(each.moment),
                each.text,
                each.written_by,
                self.local(each.written_at),
            )
            for each in self.annotated
            if each.subject not in besides
        ]
        return Table(_("Annotations"), columns, rows)

    def activity(self) -> Table:
        """List who did what to which question, the newest first."""
        _ = self.language.gettext
        columns = (
            Column(_("Time"), datetime, 18),
            Column(_("Who"), str, 24),
            Column(_("Question number"), int),
            Column(_("What"), str, 36),
            Column(_("State"), str, 30),
            Column(_("Details"), str, 80),
        )
        newest = activity.page(self.session, self.order.slug, Filters(), most=1)
        self.progress.total += newest[0].entry if newest else 0
        rows = (self._of_line(each) for each in self.progress.over(self._lines()))
        return Table(_("Activity"), columns, rows)

    def _lines(self) -> Iterator[Line]:
        before = None
        while page := activity.page(
            self.session, self.order.slug, Filters(), before=before, most=_LINES_AT_ONCE
        ):
            yield from page
            before = page[-1].entry

    def _of_line(self, line: Line) -> tuple[Cell, ...]:
        # What is cut short would no longer be known for what it is.
        texts_of_it: Any = {name: self._shown(getattr(line, name) or "") or None for name in _TEXTS}
        facts = words.activity.details([replace(line, **texts_of_it)], self.event, self.language)
        return (
            self.local(line.at),
            words.activity.who(line, self.language),
            line.number,
            words.activity.actions(self.language).get(line.action, line.action),
            words.activity.states(line, self.language),
            ". ".join(facts),
        )

    def public_questions(self) -> Table:
        """List what everyone may read already, with codes for machines and names for people."""
        columns = (
            Column("number", int),
            Column("received_at", datetime),
            Column("district_code", str),
            Column("district", str),
            Column("topic_code", str),
            Column("topic", str),
            Column("status", str),
            Column("department", str),
            Column("votes", int),
            Column("answered_at", datetime),
            Column("text", str),
            Column("reply", str),
            Column("reply_document", str),
            Column("reply_date", date),
        )
        found = record.each_question(self.session, self.order.slug, statuses=tuple(PUBLIC))
        self.progress.total += self.count(*PUBLIC)
        rows = (self._public(each) for each in self.progress.over(found) if each.question.is_public)
        return Table("questions", columns, rows)

    def _public(self, recorded: Recorded) -> tuple[Cell, ...]:
        question = recorded.question
        return (
            question.number,
            self.local(question.received_at),
            question.district,
            self.district_names[question.district],
            question.topic,
            self.topics[question.topic] if question.topic else None,
            question.status.value,
            self.departments.get(question.department or ""),
            question.votes,
            self.local(recorded.answered_at),
            texts.without_personal_details(question.text),
            *self.reply(question),
        )

    @cached_property
    def district_names(self) -> dict[str, str]:
        """The districts' full names by code."""
        return {each.code: each.name for each in self.event.districts}

    @cached_property
    def _reasons(self) -> dict[str, str]:
        return words.events.reasons(self.event, self.language)

    def _shown(self, text: str) -> str:
        return text if self.order.contacts else texts.without_personal_details(text)
