"""Word documents from templates that staff may change: what they say, and what is wrong in one."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from docx import Document
from docx.document import Document as Body
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER = Path(__file__).parent / "templates"
# What a template may weigh; a compressed one may not grow without end. What is read as a tree
# takes many times its size in memory; pictures are not read.
MOST_BYTES = 5_000_000
_MOST_UNPACKED_BYTES = 50_000_000
_MOST_TREE_BYTES = 5_000_000
_MOST_PARTS = 1_000
_TREES = (".xml", ".rels")
MOST_MISTAKES = 20
# No name is so long: nothing near it is looked for.
_LONGEST_NAME = 100
PICTURE_WIDTH = Mm(160)

Vocabulary = Mapping[str, Any]
"""Each placeholder by name: None for one text or picture, for a list what each entry has."""

_COMMON: Vocabulary = dict.fromkeys(
    [
        *("title", "theme", "plan", "place", "held_on", "held_at", "intake_from", "intake_to"),
        *("unit", "unit_capitals", "unit_place", "official_name", "official_title"),
        *("made_on", "questions", "districts_asked", "districts", "topics_asked", "not_listed"),
    ]
)
_QUESTION = dict.fromkeys(
    [
        *("number", "text", "district", "topic", "department", "source", "votes"),
        *("answer", "state", "due_on", "reply", "document_number", "document_date"),
    ]
)
SUMMARY: Vocabulary = {
    **_COMMON,
    "topics": {"name": None, "department": None, "questions": None, "listed": _QUESTION},
}
CONCLUSION: Vocabulary = {
    **_COMMON,
    **dict.fromkeys(["chart_topics", "chart_districts", "chart_time", "answered_questions"]),
    **dict.fromkeys(["forwarded_questions", "other_questions", "signatory"]),
    "topics": {"name": None, "questions": None, "answered": None, "forwarded": None},
    "annotations": {"subject": None, "moment": None, "text": None},
    "answered": _QUESTION,
    "forwarded": _QUESTION,
    "departments": {"name": None, "questions": None, "numbers": None, "due_on": None},
}

# A tag ends at the first end and never goes over another beginning, so that each letter of a
# template is looked at once, whatever it says.
_TAG = re.compile(r"\{([{%])((?:[^{}%]|[}%](?!\}))*)[}%]\}")
_INSIDE = re.compile(r"(?:(p|tr|tc|r)\s)?(.*)", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\{%|%\}|\}\}|\{#|#\}")
_FOR = re.compile(r"for (\w+) in (\w+(?:\.\w+)?)")
_IF = re.compile(r"if (?:not )?(\w+(?:\.\w+)?)")
_PLACEHOLDER = re.compile(r"\w+(?:\.\w+)?")


class Wrong(StrEnum):
    """What can be wrong in a template."""

    UNKNOWN = "unknown"
    NOT_A_LIST = "not_a_list"
    NOT_ALLOWED = "not_allowed"
    NOT_CLOSED = "not_closed"
    NOT_BEGUN = "not_begun"
    NOT_ENDED = "not_ended"
    NOT_ALONE = "not_alone"
    NOT_IN_A_TABLE = "not_in_a_table"
    NO_DOCUMENT = "no_document"
    BROKEN = "broken"


class TemplateMistake(NamedTuple):
    """What is wrong in a line of a template, and the words that stand there.

    A line is a paragraph, in tables too, counted from the top of the document. `there` is the
    tag that is wrong, `near` what may have been meant.
    """

    line: int
    text: str
    wrong: Wrong
    there: str = ""
    near: str = ""


class TemplateWrong(Exception):
    """A template has mistakes."""

    def __init__(self, mistakes: list[TemplateMistake]) -> None:
        """Keep them all."""
        super().__init__(mistakes)
        self.mistakes = mistakes


def write(template: Path, values: Mapping[str, Any], vocabulary: Vocabulary, path: Path) -> None:
    """Write a document: the template with its placeholders filled in; bytes become pictures.

    Raises:
        TemplateWrong: with every mistake that the template has.
    """
    mistakes = check(template, vocabulary)
    if mistakes:
        raise TemplateWrong(mistakes)
    document = DocxTemplate(template)
    pictures = {
        name: InlineImage(document, value, width=PICTURE_WIDTH)
        for name, value in values.items()
        if hasattr(value, "read")
    }
    # The check leaves nothing to run; the sandbox stands behind it all the same.
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    try:
        document.render({**values, **pictures}, jinja_env=environment, autoescape=True)
        document.save(path)
    except (TemplateError, ValueError) as error:
        raise TemplateWrong(
            [TemplateMistake(1, "", Wrong.BROKEN, there=str(error)[:200])]
        ) from None


def check(template: Path, vocabulary: Vocabulary) -> list[TemplateMistake]:
    """List what is wrong in a template, from the top, `MOST_MISTAKES` at most."""
    try:
        document = _opened(template)
        lines = list(_lines(document))
    except (
        *(PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError),
        RecursionError,  # as of thousands of sections, each of which asks the one before
    ):
        return [TemplateMistake(1, "", Wrong.NO_DOCUMENT)]
    return _Check(vocabulary).mistakes(lines)


class _Line(NamedTuple):
    number: int
    text: str
    in_table: bool


class _Open(NamedTuple):
    word: str
    prefix: str
    line: _Line
    tag: str
    bound: str


def _opened(template: Path) -> Body:
    with zipfile.ZipFile(template) as parts:
        infos = parts.infolist()
        trees = sum(i.file_size for i in infos if i.filename.lower().endswith(_TREES))
        if (
            len(infos) > _MOST_PARTS
            or sum(i.file_size for i in infos) > _MOST_UNPACKED_BYTES
            or trees > _MOST_TREE_BYTES
        ):
            raise ValueError
    return Document(str(template))


def _lines(document: Body) -> Iterator[_Line]:
    """Go through the paragraphs as they are read, then through those of headers and footers."""
    sections = document.sections
    parts = [document.element.body, *(s.header._element for s in sections)]
    parts += [s.footer._element for s in sections]
    number = 0
    for part in parts:
        for paragraph in part.iter(qn("w:p")):
            number += 1
            text = "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
            in_table = any(True for _ in paragraph.iterancestors(qn("w:tc")))
            yield _Line(number, text, in_table)


class _Check:
    """Goes through a template's tags with what is bound at each."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._open: list[_Open] = []
        self._bound: dict[str, Any] = {}
        self._found: list[TemplateMistake] = []

    def mistakes(self, lines: list[_Line]) -> list[TemplateMistake]:
        for line in lines:
            if _LOOSE.search(_TAG.sub("", line.text)):
                self._add(line, Wrong.NOT_CLOSED)
            for tag in _TAG.finditer(line.text):
                self._tag(line, tag)
                if len(self._found) >= MOST_MISTAKES:
                    return self._found
        for each in self._open:
            self._add(each.line, Wrong.NOT_ENDED, there=each.tag)
        return self._found[:MOST_MISTAKES]

    def _tag(self, line: _Line, tag: re.Match[str]) -> None:
        kind, said = tag[1], _INSIDE.fullmatch(tag[2].strip())
        prefix, inside = (said[1] or "", said[2].strip()) if said else ("", tag[2])
        if prefix == "p" and line.text.strip() != tag[0]:
            self._add(line, Wrong.NOT_ALONE, there=tag[0])
        if prefix in ("tr", "tc") and not line.in_table:
            self._add(line, Wrong.NOT_IN_A_TABLE, there=tag[0])
        if kind == "{":
            self._placeholder(line, f"{prefix} {inside}" if prefix else inside)
        elif inside in ("endfor", "endif"):
            self._end(line, prefix, inside)
        elif inside != "else":
            self._begin(line, prefix, inside)

    def _placeholder(self, line: _Line, inside: str) -> None:
        if not _PLACEHOLDER.fullmatch(inside):
            self._add(line, Wrong.NOT_ALLOWED, there=inside)
        elif inside == "loop.index" and any(each.word == "for" for each in self._open):
            return
        elif self._known(line, inside) and isinstance(self._meaning(inside), Mapping):
            # A list has no words of its own, unless it is counted.
            self._add(line, Wrong.NOT_ALLOWED, there=inside)

    def _begin(self, line: _Line, prefix: str, inside: str) -> None:
        bound = ""
        if loop := _FOR.fullmatch(inside):
            bound, name = loop[1], loop[2]
            if self._known(line, name):
                meaning = self._meaning(name)
                if not isinstance(meaning, Mapping):
                    self._add(line, Wrong.NOT_A_LIST, there=name)
                self._bound[bound] = meaning if isinstance(meaning, Mapping) else {}
        elif condition := _IF.fullmatch(inside):
            self._known(line, condition[1])
        else:
            self._add(line, Wrong.NOT_ALLOWED, there=inside)
            return
        self._open.append(_Open(inside.split()[0], prefix, line, inside, bound))

    def _end(self, line: _Line, prefix: str, inside: str) -> None:
        last = self._open[-1] if self._open else None
        if last is None or (f"end{last.word}", last.prefix) != (inside, prefix):
            self._add(line, Wrong.NOT_BEGUN, there=inside)
            return
        self._open.pop()
        self._bound.pop(last.bound, None)

    def _known(self, line: _Line, name: str) -> bool:
        first, _, field = name.partition(".")
        here = {**self._vocabulary, **self._bound}
        known = [*here, *(f"{one}.{each}" for one, has in self._bound.items() for each in has)]
        if (first in self._bound and field in self._bound[first]) or (not field and first in here):
            return True
        near = get_close_matches(name, known, n=1) if len(name) <= _LONGEST_NAME else []
        self._add(line, Wrong.UNKNOWN, there=name, near=near[0] if near else "")
        return False

    def _meaning(self, name: str) -> Any:
        first, _, field = name.partition(".")
        return self._bound[first][field] if field else {**self._vocabulary, **self._bound}[first]

    def _add(self, line: _Line, wrong: Wrong, *, there: str = "", near: str = "") -> None:
        text = line.text.strip()[:80]
        self._found.append(TemplateMistake(line.number, text, wrong, there[:_LONGEST_NAME], near))
