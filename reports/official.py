"""What the two official documents say: values for the placeholders of their templates."""

from collections import defaultdict
from datetime import date, datetime
from io import BytesIO
from itertools import groupby, islice
from typing import Any

import words.questions
import words.review
from data_access.questions.reading import record
from dialogue.annotations import Annotation
from dialogue.events import Event
from dialogue.lifecycle import PUT_ASIDE, Status
from dialogue.questions import Question
from dialogue.text import fold
from reports import charts, pictures
from reports.contents import PROMISED, Contents

# A document is read by people; the workbook has the others, and the document says how many.
MOST_LISTED = 2_000
# What was neither taken out nor made part of another question.
RAISED = tuple(set(Status) - PUT_ASIDE)
OTHER = tuple(set(RAISED) - {Status.ANSWERED, *PROMISED})


def summary(contents: Contents) -> dict[str, Any]:
    """Return what the summary before the day says: the questions by topic."""
    by_topic: defaultdict[str | None, list[dict[str, str]]] = defaultdict(list)
    for each in _listed(contents, RAISED):
        by_topic[each.topic].append(_question(contents, each))
    topics = [
        {
            "name": name,
            "department": contents.departments.get(contents.event.leading(code) or "", ""),
            "questions": contents.language.number(contents.count(*RAISED, topic=code)),
            "listed": by_topic[code],
        }
        for code, name in contents.topics.items()
        if contents.count(*RAISED, topic=code)
    ]
    listed = sum(map(len, by_topic.values()))
    return {**_common(contents, listed=listed), "topics": topics}


def conclusion(contents: Contents) -> dict[str, Any]:
    """Return what the conclusion says: raised, answered, forwarded, and who does what."""
    count, others = contents.language.number, contents.count(*OTHER)
    return {
        **_common(contents, listed=None),
        "chart_topics": _picture(charts.by_topic(contents, RAISED)),
        "chart_districts": _picture(charts.by_district(contents, RAISED)),
        "chart_time": _picture(charts.over_time(contents, RAISED)),
        "answered_questions": count(contents.count(Status.ANSWERED)),
        "forwarded_questions": count(contents.count(*PROMISED)),
        "other_questions": count(others) if others else "",
        "signatory": _signatory(contents.event.official_title),
        "topics": [
            {
                "name": name,
                "questions": count(contents.count(*RAISED, topic=code)),
                "answered": count(contents.count(Status.ANSWERED, topic=code)),
                "forwarded": count(contents.count(*PROMISED, topic=code)),
            }
            for code, name in contents.topics.items()
            if contents.count(*RAISED, topic=code)
        ],
        "annotations": [_annotation(contents, each) for each in contents.annotated],
        "answered": [_question(contents, each) for each in _listed(contents, (Status.ANSWERED,))],
        "forwarded": [_question(contents, each) for each in contents.promised[:MOST_LISTED]],
        "departments": _departments(contents),
    }


def _common(contents: Contents, *, listed: int | None) -> dict[str, Any]:
    event, count = contents.event, contents.language.number
    held = event.held_at.astimezone(contents.zone)
    asked = [each for each in contents.counts if each.status in RAISED]
    return {
        "title": event.title,
        "theme": event.theme,
        "plan": event.plan,
        "place": event.place,
        "held_on": contents.language.date(held),
        "held_at": contents.language.time(held),
        "intake_from": contents.language.date(event.intake_opens_on),
        "intake_to": contents.language.date(event.intake_closes_on),
        "unit": event.unit_name,
        "unit_capitals": _capitals(event),
        "unit_place": event.unit_name.partition(f" {event.unit_title} ")[2] or event.unit_name,
        "official_name": event.official_name,
        "official_title": event.official_title,
        "made_on": _in_words(contents.at.astimezone(contents.zone)),
        "questions": count(contents.count(*RAISED)),
        "districts_asked": count(len({each.district for each in asked})),
        "districts": count(len(event.districts)),
        "topics_asked": count(len({each.topic for each in asked if each.topic})),
        "not_listed": _left_out(contents, listed),
    }


def _capitals(event: Event) -> str:
    """Write the unit in capitals, in two lines where its kind and its name part."""
    body, kind, place = event.unit_name.partition(f" {event.unit_title} ")
    return f"{body}\n{kind.strip()} {place}".strip().upper()


def _signatory(title: str) -> str:
    """Write in which capacity the presiding official signs; a vice-chair signs for the chair."""
    if fold(title).startswith("pho chu tich"):
        return "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    return "CHỦ TỊCH"


def _left_out(contents: Contents, listed: int | None) -> str:
    """Say how many questions the lists leave out; empty where none."""
    left_out = 0 if listed is None else contents.count(*RAISED) - listed
    return contents.language.number(left_out) if left_out else ""


def _in_words(day: datetime) -> str:
    """Write a day as official documents do: with a zero before small days and months 1 and 2."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _listed(contents: Contents, statuses: tuple[Status, ...]) -> list[Question]:
    found = record.each_question(contents.session, contents.order.slug, statuses=statuses)
    return [each.question for each in islice(found, MOST_LISTED)]


def _question(contents: Contents, question: Question) -> dict[str, str]:
    reply, document_number, document_date = contents.reply(question)
    return {
        "number": str(question.number),
        "text": contents.text(question),
        "district": contents.district_names[question.district],
        "topic": contents.topics[question.topic] if question.topic else "",
        "department": contents.answering(question),
        "source": words.questions.sources(contents.language)[question.source],
        "votes": contents.language.number(question.votes),
        "answer": question.prepared or "",
        "state": words.questions.statuses(contents.language)[question.status],
        "due_on": _day(contents, question.due_on),
        "reply": reply or "",
        "document_number": document_number or "",
        "document_date": _day(contents, document_date),
    }


def _annotation(contents: Contents, annotation: Annotation) -> dict[str, str]:
    moment = contents.local(annotation.moment)
    return {
        "subject": words.review.subjects(contents.language)[annotation.subject],
        "moment": contents.language.date_time(moment) if moment else "",
        "text": annotation.text,
    }


def _departments(contents: Contents) -> list[dict[str, str]]:
    """List who owes replies, to which questions, and the earliest day that one is due."""
    found = []
    for name, group in groupby(contents.promised, key=contents.answering):
        theirs = list(group)
        due = [each.due_on for each in theirs if each.due_on and each.status is Status.DEFERRED]
        found.append(
            {
                "name": name,
                "questions": contents.language.number(len(theirs)),
                "numbers": ", ".join(str(each.number) for each in theirs),
                "due_on": _day(contents, min(due, default=None)),
            }
        )
    return found


def _day(contents: Contents, day: date | None) -> str:
    return contents.language.date(day) if day else ""


def _picture(picture: pictures.Picture) -> BytesIO:
    return BytesIO(pictures.write(picture, ending="png"))
