"""The review as one page to print or to keep: pictures and tables inside it, nothing outside."""

import base64
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from locales import Language
from reports import pictures
from reports.pictures import Picture
from reports.table import Cell, Table, local

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def write(
    path: Path,
    language: Language,
    *,
    heading: str,
    drawn: Iterable[tuple[Picture, Sequence[str]]],
    tables: Sequence[Table],
) -> None:
    """Write the page, row by row, in a language; all text in it is plain.

    What comes with a picture was written on it, and stands below.
    """
    template = _ENVIRONMENT.get_template("page.html")
    parts = template.generate(
        language=language.code,
        heading=heading,
        pictures=[(each.title, _inline(each), below) for each, below in drawn],
        annotations=language.gettext("Annotations"),
        tables=tables,
        written=lambda cell: _written(cell, language),
    )
    with path.open("w", encoding="utf-8") as file:
        file.writelines(parts)


def _inline(picture: Picture) -> str:
    """Return a picture as an address that holds it: in it, nothing of an SVG can run."""
    content = base64.b64encode(pictures.write(picture, ending="svg")).decode()
    return f"data:image/svg+xml;base64,{content}"


def _written(cell: Cell, language: Language) -> Any:
    match cell:
        case None:
            return ""
        case float():
            return language.number(cell, decimals=1)
        case int():
            return language.number(cell)
        case str():
            return cell
    stripped: Any = local(cell)
    return language.date_time(stripped) if hasattr(stripped, "hour") else language.date(stripped)
