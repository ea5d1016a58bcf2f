"""Which files there are, and what somebody asks to have in one."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """A file that can be taken away."""

    WORKBOOK = "workbook"
    CSV = "questions_csv"
    PARQUET = "questions_parquet"
    SUMMARY = "summary"
    CONCLUSION = "conclusion"
    PAGE = "page"
    PICTURES = "pictures"
    OPEN_DATA = "open_data"


ENDINGS: dict[FileKind, str] = {
    FileKind.WORKBOOK: "xlsx",
    FileKind.CSV: "csv",
    FileKind.PARQUET: "parquet",
    FileKind.SUMMARY: "docx",
    FileKind.CONCLUSION: "docx",
    FileKind.PAGE: "html",
    FileKind.PICTURES: "zip",
    FileKind.OPEN_DATA: "zip",
}
MEDIA_TYPES: dict[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "zip": "application/zip",
}
# With what the process ends that needs more memory than a template is given.
OUT_OF_MEMORY = 3
# Which files may say who asked; a document and what is for the public never do.
MAY_NAME = frozenset({FileKind.WORKBOOK, FileKind.CSV, FileKind.PARQUET})
# Which files are made after a template that staff may change in Word.
FROM_TEMPLATE = frozenset({FileKind.SUMMARY, FileKind.CONCLUSION})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOrder:
    """One file as somebody asks for it; what they may have was checked before.

    `language` is a code of `locales.CODES`. `names` adds names and organisations, `contacts` the
    contacts and whatever else in a text leads to a person, `activity` who did what. `template` is
    the path of a Word document in place of ours.
    """

    kind: FileKind
    slug: str
    language: str
    names: bool = False
    contacts: bool = False
    activity: bool = False
    template: str | None = None

    @property
    def is_personal(self) -> bool:
        """Tell whether the file says of askers what is not for everyone."""
        return self.kind in MAY_NAME and (self.names or self.contacts)

    @property
    def file_name(self) -> str:
        """Return the name under which the file is saved."""
        return f"{self.slug}-{self.kind.replace('_', '-')}.{ENDINGS[self.kind]}"

    def written(self) -> str:
        """Return it as one line, for the process that makes the file."""
        return json.dumps(asdict(self))


def read(line: str) -> FileOrder:
    """Return the order that a line says."""
    fields = json.loads(line)
    return FileOrder(**{**fields, "kind": FileKind(fields["kind"])})
