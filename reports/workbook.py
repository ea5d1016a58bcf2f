"""Tables as a workbook: real tables with filters, frozen headers, and dates that are dates."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as SheetTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from reports.table import Cell, Column, Table, local

_FORMATS = {datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy", float: "#,##0.0", int: "0"}
# Columns wider than this hold sentences, which go on in the next line.
_WRAPPED_FROM = 40


def write(tables: Iterable[Table], path: Path) -> None:
    """Write each table to a sheet of its own, row by row: memory does not grow with the rows."""
    book = Workbook(write_only=True)
    for place, table in enumerate(tables, start=1):
        _write_sheet(book, table, place=place)
    book.save(path)


def _write_sheet(book: Workbook, table: Table, *, place: int) -> None:
    sheet = book.create_sheet(table.title)
    # Both are written before the rows.
    sheet.freeze_panes = "A2"
    for index, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.append([_text(sheet, name) for name in table.names])
    cells = [_cell(sheet, column) for column in table.columns]
    height = 1
    for row in table.rows:
        height += 1
        for cell, value in zip(cells, row, strict=True):
            _fill(cell, value)
        sheet.append(cells)
    if height == 1:
        height += 1
        sheet.append([None])  # a table without a row is none
    sheet.tables.add(_sheet_table(table, place=place, height=height))


def _cell(sheet: Worksheet, column: Column) -> WriteOnlyCell:
    """Return a cell that each row fills anew: making one costs more than writing it."""
    cell = WriteOnlyCell(sheet)
    if column.holds in _FORMATS:
        cell.number_format = _FORMATS[column.holds]
    wraps = column.holds is str and column.width >= _WRAPPED_FROM
    cell.alignment = Alignment(vertical="top", wrap_text=wraps)
    return cell


def _fill(cell: WriteOnlyCell, value: Cell) -> None:
    cell.value = local(value)
    if isinstance(value, str):
        cell.data_type = "s"  # whatever it begins with, it is text


def _text(sheet: Worksheet, value: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    _fill(cell, value)
    return cell


def _sheet_table(table: Table, *, place: int, height: int) -> SheetTable:
    ref = f"A1:{get_column_letter(len(table.columns))}{height}"
    return SheetTable(
        displayName=f"Table{place}",
        ref=ref,
        autoFilter=AutoFilter(ref=ref),
        tableColumns=[
            TableColumn(id=index, name=name) for index, name in enumerate(table.names, start=1)
        ],
        tableStyleInfo=TableStyleInfo(name="TableStyleMedium2", showRowStripes=True),
    )
