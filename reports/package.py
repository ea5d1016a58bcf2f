"""The public part as open data: tables with a Data Package that describes them to machines."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from reports.table import Column, Table, write_lines

_TYPES = {str: "string", int: "integer", float: "number", datetime: "datetime", date: "date"}
# Local times without a zone, as Excel reads them too.
_TIME = "%Y-%m-%d %H:%M:%S"


def write(tables: Sequence[Table], path: Path, **described: Any) -> None:
    """Write tables as CSV into a ZIP, with a `datapackage.json` that says what each column holds.

    `described` are properties of the package, such as its `name` and `title`.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        resources = [_write_table(package, table) for table in tables]
        content = {"profile": "tabular-data-package", **described, "resources": resources}
        package.writestr("datapackage.json", json.dumps(content, ensure_ascii=False, indent=2))


def _write_table(package: zipfile.ZipFile, table: Table) -> dict[str, Any]:
    name = f"{table.title}.csv"
    with package.open(name, "w") as raw:
        counted: Any = _Counted(raw)
        with io.TextIOWrapper(counted, encoding="utf-8-sig", newline="") as lines:
            write_lines(table, lines)
    return {
        "name": table.title,
        "path": name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": counted.bytes,
        "hash": f"sha256:{counted.digest.hexdigest()}",
        "schema": {"fields": [_field(each) for each in table.columns], "missingValues": [""]},
    }


def _field(column: Column) -> dict[str, str]:
    field = {"name": column.name, "type": _TYPES[column.holds]}
    return {**field, "format": _TIME} if column.holds is datetime else field


class _Counted(io.RawIOBase):
    """Passes bytes on, counts them and takes their digest, so that no file is read twice."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self.bytes = 0
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.bytes += len(content)
        self.digest.update(content)
        return self._raw.write(content)
