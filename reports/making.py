"""Makes the file that is ordered, in one reading session: all that is in it is of one moment."""

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from data_access.engine import Session
from reports import (
    charts,
    documents,
    official,
    package,
    pictures,
    printed,
    table,
    workbook,
)
from reports.orders import Kind, Order
from reports.tables import Progress, Tables, Tell


def make(session: Session, order: Order, path: Path, *, at: datetime, tell: Tell) -> None:
    """Write the file that is ordered; `tell` hears how many rows of how many are done.

    Raises:
        UnknownEvent: no event has this slug.
        TemplateWrong: the order's own template has mistakes.
    """
    _MAKERS[order.kind](Tables(session, order, at, Progress(tell)), path)


def _workbook(tables: Tables, path: Path) -> None:
    sheets = [
        tables.summary(),
        tables.by_district(),
        tables.by_topic(),
        tables.by_district_and_topic(),
        tables.questions(),
        tables.follow_up(),
        tables.annotations(),
    ]
    if tables.order.activity:
        sheets.append(tables.activity())
    workbook.write(sheets, path)


def _csv(tables: Tables, path: Path) -> None:
    table.write_csv(tables.questions(), path)


def _parquet(tables: Tables, path: Path) -> None:
    table.write_parquet(tables.questions(), path)


def _summary(tables: Tables, path: Path) -> None:
    documents.write(_template(tables.order), official.summary(tables), documents.SUMMARY, path)


def _conclusion(tables: Tables, path: Path) -> None:
    values = official.conclusion(tables)
    documents.write(_template(tables.order), values, documents.CONCLUSION, path)


def _template(order: Order) -> Path:
    return Path(order.template) if order.template else documents.FOLDER / f"{order.kind}.docx"


def _page(tables: Tables, path: Path) -> None:
    language, event = tables.language, tables.event
    drawn = charts.every(tables)
    others = tables.annotations(besides=charts.SUBJECTS.values())
    printed.write(
        path,
        language,
        heading=language.pick(event.title, event.title_en),
        drawn=[(picture, _below(tables, name)) for name, picture in drawn.items()],
        tables=[
            *([others] if others.rows else []),
            tables.summary(),
            tables.by_district(),
            tables.by_topic(),
            tables.follow_up(),
            tables.questions(),
        ],
    )


def _below(tables: Tables, name: str) -> list[str]:
    """List what staff wrote on a picture, each with the moment it is about."""
    subject = charts.SUBJECTS.get(name)
    found = []
    for each in tables.annotated:
        if each.subject is subject:
            moment = tables.local(each.moment)
            found.append(
                f"{tables.language.date_time(moment)}: {each.text}" if moment else each.text
            )
    return found


def _pictures(tables: Tables, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept:
        for name, picture in charts.every(tables).items():
            for ending in pictures.FORMATS:
                kept.writestr(f"{name}.{ending}", pictures.write(picture, ending=ending))


def _open_data(tables: Tables, path: Path) -> None:
    event = tables.event
    package.write(
        [tables.public_questions()],
        path,
        name=event.slug,
        title=event.title,
        description=event.theme,
        created=tables.at.isoformat(timespec="seconds"),
        contributors=[{"title": event.unit_name, "role": "publisher"}],
    )


_MAKERS: dict[Kind, Callable[[Tables, Path], None]] = {
    Kind.WORKBOOK: _workbook,
    Kind.CSV: _csv,
    Kind.PARQUET: _parquet,
    Kind.SUMMARY: _summary,
    Kind.CONCLUSION: _conclusion,
    Kind.PAGE: _page,
    Kind.PICTURES: _pictures,
    Kind.OPEN_DATA: _open_data,
}
