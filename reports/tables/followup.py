"""What a written reply was promised to, with the reply."""

from datetime import date

import words.questions
from dialogue.lifecycle import Status
from dialogue.questions import Question
from reports.contents import Contents
from reports.table import Cell, Column, Table


def follow_up(contents: Contents) -> Table:
    """List what a written reply was promised to, by department and due date."""
    _ = contents.language.gettext
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
    rows = [_of_promised(each, contents) for each in contents.promised]
    return Table(_("Follow-up"), columns, rows)


def _of_promised(question: Question, contents: Contents) -> tuple[Cell, ...]:
    overdue = None
    if question.due_on and question.status is Status.DEFERRED:
        today = contents.at.astimezone(contents.zone).date()
        overdue = max(0, (today - question.due_on).days) or None
    return (
        contents.answering(question),
        question.number,
        words.questions.statuses(contents.language)[question.status],
        question.due_on,
        overdue,
        contents.district_names[question.district],
        contents.text(question),
        *contents.reply(question),
    )
