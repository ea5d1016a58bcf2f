"""What a browser may send in the fields of a command: numbers, words and codes, or nothing."""

from datetime import date

LARGEST = 2**31 - 1


def number(sent: object) -> int:
    """Return a number that a page sends, one that a database can hold.

    Raises:
        ValueError: no page sends this.
    """
    if isinstance(sent, int) and 0 <= sent <= LARGEST:
        return sent
    raise ValueError(f"not a number of ours: {sent!r:.40}")


def number_if_any(sent: object) -> int | None:
    """Return a number that a page may leave out, as `number` does."""
    return None if sent is None else number(sent)


def words(sent: object) -> str:
    """Return words or a code that a page sends.

    Raises:
        ValueError: no page sends this.
    """
    if isinstance(sent, str):
        return sent
    raise ValueError(f"not words of ours: {sent!r:.40}")


def words_if_any(sent: object) -> str | None:
    """Return words or a code that a page may leave out, as `words` does."""
    return None if sent is None else words(sent)


def day_if_any(sent: object) -> date | None:
    """Return a day in ISO form that a page may leave out or empty.

    Raises:
        ValueError: no page sends this.
    """
    written = words_if_any(sent)
    return date.fromisoformat(written) if written else None
