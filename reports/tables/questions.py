"""The questions one by one: all of them for staff, the public ones for everybody."""

from datetime import date, datetime

import words.questions
from data_access.questions.reading import record
from data_access.questions.reading.record import Recorded
from dialogue import text as texts
from dialogue.lifecycle import PUBLIC
from reports.contents import Contents
from reports.table import Cell, Column, Table


def everything(contents: Contents) -> Table:
    """List every question by number, with who asked where that is asked for."""
    _ = contents.language.gettext
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
    if contents.order.names:
        columns += [Column(_("Name"), str, 24), Column(_("Organisation"), str, 30)]
    if contents.order.contacts:
        columns.append(Column(_("Contact"), str, 26))
    found = record.each_question(
        contents.session, contents.order.slug, with_askers=contents.order.is_personal
    )
    contents.progress.total += contents.count()
    rows = (_of_question(each, contents) for each in contents.progress.over(found))
    return Table(_("All questions"), tuple(columns), rows)


def _of_question(recorded: Recorded, contents: Contents) -> tuple[Cell, ...]:
    question, asker = recorded.question, recorded.asker
    row: list[Cell] = [
        question.number,
        contents.local(question.received_at),
        words.questions.sources(contents.language)[question.source],
        contents.district_names[question.district],
        contents.topics[question.topic] if question.topic else None,
        words.questions.statuses(contents.language)[question.status],
        contents.reasons.get(question.reason or ""),
        contents.departments.get(question.department or ""),
        question.votes,
        contents.local(recorded.answered_at),
        question.due_on,
        question.merged_into,
        contents.text(question),
    ]
    if contents.order.names:
        row += [asker.name, asker.organisation] if asker else [None, None]
    if contents.order.contacts:
        row.append(asker.contact if asker else None)
    return tuple(row)


def public(contents: Contents) -> Table:
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
    found = record.each_question(contents.session, contents.order.slug, statuses=tuple(PUBLIC))
    contents.progress.total += contents.count(*PUBLIC)
    read = contents.progress.over(found)
    rows = (_of_public(each, contents) for each in read if each.question.is_public)
    return Table("questions", columns, rows)


def _of_public(recorded: Recorded, contents: Contents) -> tuple[Cell, ...]:
    question = recorded.question
    return (
        question.number,
        contents.local(question.received_at),
        question.district,
        contents.district_names[question.district],
        question.topic,
        contents.topics[question.topic] if question.topic else None,
        question.status.value,
        contents.departments.get(question.department or ""),
        question.votes,
        contents.local(recorded.answered_at),
        texts.without_personal_details(question.text),
        *contents.reply(question),
    )
