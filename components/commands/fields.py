"""What a browser may send in the fields of a command: numbers, words and codes, or nothing."""

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


def words_if_any(sent: object) -> str | None:
    """Return words or a code that a page may leave out.

    Raises:
        ValueError: no page sends this.
    """
    if sent is None or isinstance(sent, str):
        return sent
    raise ValueError(f"not words of ours: {sent!r:.40}")
