"""What a page says after a command, in a line."""

import time
from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict


class Notice(TypedDict):
    """What came of a command, in a line; `undo` offers to take it back.

    `at` is when, in seconds since 1970, by which a page that draws it again knows it. `refused` is
    why something was not done. `again` is the command that came too late, to be done all the same.
    `revision` is what `undo` takes back, where it is known. `advanced` tells that the chair went on
    to the next question.
    `undone` are the numbers of the questions that were taken back, `left` of those that stayed as
    they were while others were changed. Of several commands, `not_done` are the places of those
    that were refused, and `left_by` are the places and numbers of all that were `left`.
    """

    text: str
    undo: bool
    at: float
    refused: NotRequired[bool]
    again: NotRequired[Mapping[str, Any]]
    revision: NotRequired[int]
    advanced: NotRequired[bool]
    undone: NotRequired[Sequence[int]]
    left: NotRequired[Sequence[int]]
    left_by: NotRequired[Sequence[tuple[int, int]]]
    not_done: NotRequired[Sequence[int]]


def done(text: str, *, undo: bool = False) -> Notice:
    """Return a line that is said now."""
    return Notice(text=text, undo=undo, at=time.time())


def refused(text: str, *, again: Mapping[str, Any] | None = None) -> Notice:
    """Return a line that says why something was not done."""
    notice = Notice(text=text, undo=False, at=time.time(), refused=True)
    return {**notice, "again": again} if again else notice
