"""Tables as CSV that a spreadsheet opens right, and in which no text from outside is a formula."""

import pandas as pd

# A cell that begins like this is computed by spreadsheets instead of shown.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV in UTF-8 with a byte-order mark, one header line, no index.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    safe = frame.map(_plain).rename(columns=_plain)
    return b"\xef\xbb\xbf" + safe.to_csv(index=False, lineterminator="\r\n").encode()


def _plain(cell: object) -> object:
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA_STARTS):
        return "'" + cell
    return cell
