"""What staff wrote on charts and moments."""

from collections.abc import Collection
from datetime import datetime

import words.review
from dialogue.annotations import Subject
from reports.contents import Contents
from reports.table import Cell, Column, Table


def annotations(contents: Contents, *, besides: Collection[Subject] = ()) -> Table:
    """List what staff wrote, on all subjects but some."""
    _ = contents.language.gettext
    columns = (
        Column(_("Part of the review"), str, 30),
        Column(_("Moment"), datetime, 18),
        Column(_("Annotation"), str, 80),
        Column(_("Written by"), str, 24),
        Column(_("Written at"), datetime, 18),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            words.review.subjects(contents.language)[each.subject],
            contents.local(each.moment),
            each.text,
            each.written_by,
            contents.local(each.written_at),
        )
        for each in contents.annotated
        if each.subject not in besides
    ]
    return Table(_("Annotations"), columns, rows)
