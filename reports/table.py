"""A table of any length, and how it is written as CSV and as Parquet, row by row."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TextIO

import pyarrow as pa
from pyarrow import parquet

Cell = str | int | float | datetime | date | None
# A cell that begins like this is computed by spreadsheets instead of shown.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds is `str`, `int`, `float`, `datetime` (aware) or `date`, each or None.

    `object` stands for any of them, one a row. `width` is in letters.
    """

    name: str
    holds: type
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """A title, columns, and rows that can be gone through once."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]

    @property
    def names(self) -> list[str]:
        """The columns' names, each different: what comes again is numbered."""
        seen: dict[str, int] = {}
        names = []
        for each in self.columns:
            key = each.name.casefold()
            seen[key] = seen.get(key, 0) + 1
            names.append(each.name if seen[key] == 1 else f"{each.name} ({seen[key]})")
        return names


def write_csv(table: Table, path: Path) -> None:
    """Write a table as CSV in UTF-8 with a byte-order mark, one header line, times as local ones.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_lines(table, file)


def write_lines(table: Table, file: TextIO) -> None:
    """Write a table's lines of CSV into an open file."""
    lines = csv.writer(file)
    lines.writerow(map(_plain, table.names))
    lines.writerows(map(_plain, row) for row in table.rows)


def write_parquet(table: Table, path: Path) -> None:
    """Write a table as Parquet; its times keep their zone."""
    with parquet.ParquetWriter(path, _schema(table)) as writer:
        rows = iter(table.rows)
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            columns = [list(each) for each in zip(*batch, strict=True)]
            writer.write_table(pa.table(columns, schema=writer.schema))


def local(cell: Cell) -> Cell:
    """Return a time without its zone, to the second: a spreadsheet knows no zones."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None, microsecond=0)
    return cell


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA_STARTS):
        return "'" + cell
    return local(cell)


def _schema(table: Table) -> pa.Schema:
    kinds = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        datetime: pa.timestamp("us", tz="UTC"),
        date: pa.date32(),
    }
    return pa.schema(
        [(name, kinds[each.holds]) for name, each in zip(table.names, table.columns, strict=True)]
    )
