"""Find questions by words, typed with or without accents, and by the beginnings of words.

SQLite looks them up in a full-text table, PostgreSQL in an index over the same folded words.
"""

import re
from collections.abc import Mapping

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    union,
)
from sqlalchemy.orm import Session

from data_access.questions.models import AskerRow, QuestionRow
from dialogue.text import fold

_WORDS = re.compile(r"[^\W_]+")
_SEARCH = table(
    "question_search", column("rowid"), column("event_id"), column("number"), column("folded")
)
# The full-text table has nothing but words; its rows are told apart by event and number in one.
_EVENT = 1 << 32
# Fewer letters begin too many codes, and are looked for as a word.
_SHORTEST_CODE = 4
# Behind what a code begins with: all codes between the two begin so, and an index leads there.
_AFTER_ANY_CODE = "Z" * 12
_ADD = {
    "sqlite": "INSERT INTO question_search (rowid, folded) VALUES (? * 4294967296 + ?, ?)",
    "postgresql": "INSERT INTO question_search (event_id, number, folded) VALUES (%s, %s, %s)",
}
_CHANGE = {
    "sqlite": text(
        "UPDATE question_search SET folded = :folded WHERE rowid = :event_id * 4294967296 + :number"
    ),
    "postgresql": text(
        "UPDATE question_search SET folded = :folded"
        " WHERE event_id = :event_id AND number = :number"
    ),
}
_FORGET = {
    "sqlite": text(
        "DELETE FROM question_search WHERE rowid BETWEEN :event_id * 4294967296"
        " AND :event_id * 4294967296 + 4294967295"
    ),
    "postgresql": text("DELETE FROM question_search WHERE event_id = :event_id"),
}


def remember(session: Session, event_id: int, words: Mapping[int, str]) -> None:
    """Make new questions findable by their words, given by number."""
    # Straight to the driver: every submission waits for this.
    rows = [(event_id, number, fold(each)) for number, each in words.items()]
    session.connection().exec_driver_sql(_ADD[_dialect(session)], rows)


def replace(session: Session, event_id: int, number: int, words: str) -> None:
    """Make a question findable by its new words, and no longer by the old ones."""
    session.execute(
        _CHANGE[_dialect(session)],
        {"event_id": event_id, "number": number, "folded": fold(words)},
    )


def forget(session: Session, event_id: int) -> None:
    """Make no question of an event findable any more."""
    session.execute(_FORGET[_dialect(session)], {"event_id": event_id})


def hits(session: Session, event_id: int, typed: str) -> ColumnElement[bool]:
    """Return the condition that a question has what was typed.

    That is: every word of it in its text, or in its asker's name and organisation; or it is
    the question's number, with or without #, or the beginning of its code.
    """
    ways: list[Select[int]] = []
    question = select(QuestionRow.number).where(QuestionRow.event_id == event_id)
    words = _WORDS.findall(fold(typed))
    if words:
        named = _by_name(event_id, words)
        part = question.where(QuestionRow.split_from.in_(named))
        ways += [_by_words(session, event_id, words), named, part]
    bare = typed.strip().removeprefix("#").replace(" ", "").upper()
    if bare.isascii() and bare.isdigit():
        ways.append(question.where(QuestionRow.number == min(int(bare[:10]), _EVENT // 2 - 1)))
    if bare.isascii() and bare.isalnum() and len(bare) >= _SHORTEST_CODE:
        ways.append(question.where(QuestionRow.code.between(bare, bare + _AFTER_ANY_CODE)))
    # One list of numbers: with `or` between the ways every question would be gone through.
    return QuestionRow.number.in_(union(*ways)) if ways else literal(value=False)


def _by_words(session: Session, event_id: int, words: list[str]) -> Select[int]:
    first = event_id * _EVENT
    if _dialect(session) == "sqlite":
        return select(_SEARCH.c.rowid - first).where(
            literal_column("question_search").op("MATCH")(
                bindparam(None, " ".join(f'"{word}"*' for word in words))
            ),
            _SEARCH.c.rowid.between(first, first + _EVENT - 1),
        )
    return select(_SEARCH.c.number).where(
        _SEARCH.c.event_id == event_id,
        func.to_tsvector(literal_column("'simple'"), _SEARCH.c.folded).op("@@")(
            func.to_tsquery(literal_column("'simple'"), " & ".join(f"{word}:*" for word in words))
        ),
    )


def _by_name(event_id: int, words: list[str]) -> Select[int]:
    return select(AskerRow.number).where(
        AskerRow.event_id == event_id,
        AskerRow.folded.is_not(None),
        *(AskerRow.folded.contains(word, autoescape=True) for word in words),
    )


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
