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
from reports.contents import Contents
from reports.orders import FileKind, FileOrder
from reports.progress import Progress, Tell
from reports.tables import activity, annotations, followup, questions, sums


def make(session: Session, order: FileOrder, path: Path, *, at: datetime, tell: Tell) -> None:
    """Write the file that is ordered; `tell` hears how many rows of how many are done.

    Raises:
        UnknownEvent: no event has this slug.
        TemplateWrong: the order's own template has mistakes.
    """
    _MAKERS[order.kind](Contents(session, order, at, Progress(tell)), path)


def _workbook(contents: Contents, path: Path) -> None:
    sheets = [
        sums.summary(contents),
        sums.by_district(contents),
        sums.by_topic(contents),
        sums.by_district_and_topic(contents),
        questions.everything(contents),
        followup.follow_up(contents),
        annotations.annotations(contents),
    ]
    if contents.order.activity:
        sheets.append(activity.everything(contents))
    workbook.write(sheets, path)


def _csv(contents: Contents, path: Path) -> None:
    table.write_csv(questions.everything(contents), path)


def _parquet(contents: Contents, path: Path) -> None:
    table.write_parquet(questions.everything(contents), path)


def _summary(contents: Contents, path: Path) -> None:
    documents.write(_template(contents.order), official.summary(contents), documents.SUMMARY, path)


def _conclusion(contents: Contents, path: Path) -> None:
    values = official.conclusion(contents)
    documents.write(_template(contents.order), values, documents.CONCLUSION, path)


def _template(order: FileOrder) -> Path:
    return Path(order.template) if order.template else documents.FOLDER / f"{order.kind}.docx"


def _page(contents: Contents, path: Path) -> None:
    language, event = contents.language, contents.event
    drawn = charts.every(contents)
    others = annotations.annotations(contents, besides=charts.SUBJECTS.values())
    printed.write(
        path,
        language,
        heading=language.pick(event.title, event.title_en),
        drawn=[(picture, _below(contents, name)) for name, picture in drawn.items()],
        tables=[
            *([others] if others.rows else []),
            sums.summary(contents),
            sums.by_district(contents),
            sums.by_topic(contents),
            followup.follow_up(contents),
            questions.everything(contents),
        ],
    )


def _below(contents: Contents, name: str) -> list[str]:
    """List what staff wrote on a picture, each with the moment it is about."""
    subject = charts.SUBJECTS.get(name)
    found = []
    for each in contents.annotated:
        if each.subject is subject:
            moment = contents.local(each.moment)
            found.append(
                f"{contents.language.date_time(moment)}: {each.text}" if moment else each.text
            )
    return found


def _pictures(contents: Contents, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept:
        for name, picture in charts.every(contents).items():
            for ending in pictures.FORMATS:
                kept.writestr(f"{name}.{ending}", pictures.write(picture, ending=ending))


def _open_data(contents: Contents, path: Path) -> None:
    event = contents.event
    package.write(
        [questions.public(contents)],
        path,
        name=event.slug,
        title=event.title,
        description=event.theme,
        created=contents.at.isoformat(timespec="seconds"),
        contributors=[{"title": event.unit_name, "role": "publisher"}],
    )


_MAKERS: dict[FileKind, Callable[[Contents, Path], None]] = {
    FileKind.WORKBOOK: _workbook,
    FileKind.CSV: _csv,
    FileKind.PARQUET: _parquet,
    FileKind.SUMMARY: _summary,
    FileKind.CONCLUSION: _conclusion,
    FileKind.PAGE: _page,
    FileKind.PICTURES: _pictures,
    FileKind.OPEN_DATA: _open_data,
}
