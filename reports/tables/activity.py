"""Who did what to which question."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import words.activity
from data_access.activity import activity
from dialogue.activity import ActivityFilters, Line
from reports.contents import Contents
from reports.table import Cell, Column, Table

_LINES_AT_ONCE = 1000
# What people wrote, of a line of the activity.
_TEXTS = ("text", "text_before", "note", "prepared", "message", "annotation")


def everything(contents: Contents) -> Table:
    """List who did what to which question, the newest first."""
    _ = contents.language.gettext
    columns = (
        Column(_("Time"), datetime, 18),
        Column(_("Who"), str, 24),
        Column(_("Question number"), int),
        Column(_("What"), str, 36),
        Column(_("State"), str, 30),
        Column(_("Details"), str, 80),
    )
    newest = activity.page(contents.session, contents.order.slug, ActivityFilters(), most=1)
    contents.progress.total += newest[0].entry if newest else 0
    rows = (_of_line(each, contents) for each in contents.progress.over(_lines(contents)))
    return Table(_("Activity"), columns, rows)


def _lines(contents: Contents) -> Iterator[Line]:
    before = None
    while page := activity.page(
        contents.session, contents.order.slug, ActivityFilters(), before=before, most=_LINES_AT_ONCE
    ):
        yield from page
        before = page[-1].entry


def _of_line(line: Line, contents: Contents) -> tuple[Cell, ...]:
    # What is cut short would no longer be known for what it is.
    texts: Any = {name: contents.shown(getattr(line, name) or "") or None for name in _TEXTS}
    shown = replace(line, **texts)
    facts = words.activity.details([shown], contents.event, contents.language)
    return (
        contents.local(line.at),
        words.activity.who(line, contents.language),
        line.number,
        words.activity.actions(contents.language).get(line.action, line.action),
        words.activity.states(line, contents.language),
        ". ".join(facts),
    )
