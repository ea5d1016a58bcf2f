"""A live list of questions with their buttons: fed with rows, it sends commands."""

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict

import streamlit as st

from components.commands import outbox
from components.commands.notices import Notice
from dialogue.lifecycle import Action
from web import scripts, sheets

_FOLDER = Path(__file__).parent
_BOARD = st.components.v2.component(
    "question_board",
    css=sheets.joined(_FOLDER, "question_board", "row", "help", "controls"),
    js=scripts.bundle(_FOLDER / "question_board.js"),
)

# What may be done with the votes of a burst.
OfABurst = Literal[Action.SET_VOTES_ASIDE, Action.COUNT_VOTES]


class Row(TypedDict):
    """One question as the list draws it, every word of it plain text.

    `original` is what the asker wrote, where the desk changed it. `marks` are short facts such as
    district and topic; `details` are where the text seems to tell who somebody is, from and to in
    characters. `actions` are the buttons, in order. `at` is when it came in and a holder's
    `until`, both in seconds since 1970. `why` says what speaks for taking
    it next. `alike` are the questions that ask the same: (number,
    percent, text, state), and `unnamed` counts those of the same words besides. `holders` have it
    open: (account, name, until). `suggested` is what seems to fit it: (action, entry, words).
    `note` is for the chair, `prepared` to answer with. `bursts` are votes that came together:
    (code, words, what may be done with them).
    """

    number: int
    version: int
    code: str
    text: str
    original: str | None
    marks: Sequence[str]
    details: Sequence[tuple[int, int]]
    flagged: bool
    votes: int
    at: float
    topic: str | None
    department: str | None
    position: int | None
    actions: Sequence[Action]
    why: str | None
    alike: Sequence[tuple[int, int, str, str]]
    unnamed: int
    holders: Sequence[tuple[int, str, float]]
    suggested: tuple[Action, str, str] | None
    pinned: bool
    held: bool
    note: str | None
    prepared: str | None
    bursts: Sequence[tuple[int, str, OfABurst | None]]


class Tab(TypedDict):
    """A view that the list offers, with how many questions it has."""

    code: str
    name: str
    count: int
    active: bool


class Inbox(TypedDict):
    """What only the list has that people work in: views, arrivals and keys.

    `view` names what is listed: with another one the list starts anew. `described` is the revision
    in which the event itself was changed last: with another one the page runs anew at once, by
    the signal ("described", revision), since choices may be others. `newest` is the number of the
    newest question of all, and `length` how many are listed for whoever is not reading, `most` at
    most. `me` is
    the person's own account. `history` tells of one question, by its number, what was done.
    """

    view: str
    tabs: Sequence[Tab]
    described: int
    newest: int
    length: int
    most: int
    me: int | None
    history: tuple[int, Sequence[str]] | None


class NoticeLine(TypedDict):
    """That a list tells what came of the last command, its own or that of another list."""

    notice: Notice | None


class Queue(TypedDict):
    """What only the queue has: how long a question takes, in seconds, and when this one began.

    Both are None where it is not known; `began` is in seconds since 1970.
    """

    pace: float | None
    began: float | None


class Listed(TypedDict):
    """What a list shows at a revision of its event.

    `armed` is the number of the question that is ready for the screens, `title` a heading. `now` is
    the server's time to the minute, in seconds since 1970.
    """

    revision: int
    inbox: Inbox | None
    queue: Queue | None
    armed: int | None
    title: str | None
    now: float
    rows: Sequence[Row]


class Kept(TypedDict):
    """How a question stands now, whatever list it is in, and what was done to it last."""

    row: Row
    words: str


class Choices(TypedDict):
    """What a person picks from, each (code, words): reasons, topics and departments."""

    reasons: Sequence[tuple[str, str]]
    topics: Sequence[tuple[str, str]]
    departments: Sequence[tuple[str, str]]


class Words(TypedDict):
    """What a list says, and what a person picks from."""

    language: str
    labels: Mapping[str, str]
    choices: Choices


class Frame(TypedDict):
    """What stays the same about a list while its questions change: see `show`."""

    key: str
    slug: str
    commands: str
    empty: str
    source: str | None
    line: NoticeLine | None
    height: str | None


class Data(TypedDict):
    """All that the component is given."""

    frame: Frame
    words: Words
    listed: Listed


class Sent(TypedDict):
    """A command as the browser sends it and `commands.question_commands` reads it.

    `seen` are questions, each (number, version), `due` is a day in ISO form. What goes with which
    action says `dialogue.operations`.
    """

    action: Action
    seen: Sequence[tuple[int, int]]
    reason: NotRequired[str | None]
    into: NotRequired[int]
    position: NotRequired[int]
    before: NotRequired[int | None]
    text: NotRequired[str]
    parts: NotRequired[Sequence[str]]
    entry: NotRequired[str | None]
    due: NotRequired[str]
    burst: NotRequired[int]


def encode(row: Row) -> bytes:
    """Return a row as `join` takes it."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def join(rows: Iterable[bytes]) -> bytes:
    """Return rows as `encode_list` takes them: made once, they are in many lists as they are."""
    return b"[" + b",".join(rows) + b"]"


def encode_list(
    rows: bytes,
    *,
    revision: int,
    inbox: Inbox | None = None,
    queue: Queue | None = None,
    armed: int | None = None,
    title: str | None = None,
) -> bytes:
    """Return what a list shows at a revision of its event, as `show` takes it.

    `rows` come from `join`; the rest is as in `Listed`.
    """
    listed = Listed(
        revision=revision,
        inbox=inbox,
        queue=queue,
        armed=armed,
        title=title,
        # To the minute, so that a list in which nothing changes is the same message.
        now=time.time() // 60 * 60,
        rows=[],
    )
    return json.dumps(listed, ensure_ascii=False).encode().removesuffix(b"[]}") + rows + b"}"


def encode_words(
    *, language: str, labels: Mapping[str, str], choices: Choices | None = None
) -> bytes:
    """Return what a list says, as `show` takes it: made once for many pages, like the rows.

    `labels` names the actions and the list's own words; without `choices` nothing can be picked.
    """
    nothing = Choices(reasons=[], topics=[], departments=[])
    words = Words(language=language, labels=labels, choices=choices or nothing)
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()


def show(
    listed: bytes,
    *,
    key: str,
    slug: str,
    words: bytes,
    empty: str,
    on_signal: Callable[[str, Any], None] | None = None,
    source: str | None = None,
    line: NoticeLine | None = None,
    height: str | None = None,
) -> None:
    """Draw a list from `encode_list`, whose buttons and keys do something to an event's questions.

    The browser sends what is done to `/commands/{slug}`, which does it. It reads the lists of the
    page again from `source`, an address, as soon as it hears of a change. `words` comes from
    `encode_words`. `height`, a CSS length, makes the list scroll by itself.
    `on_signal` hears what changes no question: ("view", code) for a tab, ("open", number) for a
    question that is opened, ("arrivals", number) when all up to a number are shown, ("more",
    length) for more than so many questions, ("batch", None) for some to keep for oneself, ("back",
    revision) when a person looks again who had not since that revision.
    """
    frame = Frame(
        key=key,
        slug=slug,
        commands=outbox.address(f"/commands/{slug}"),
        empty=empty,
        source=source,
        line=line,
        height=height,
    )
    data = (
        b'{"frame":' + json.dumps(frame).encode() + b',"words":' + words + b',"listed":' + listed
    ) + b"}"
    _BOARD(
        key=key,
        # Bytes, because the framework would write a mapping out twice at each rerun.
        data=data,
        on_signal_change=partial(_hear, key, on_signal),
    )


def _hear(key: str, on_signal: Callable[[str, Any], None] | None) -> None:
    name, value = st.session_state[key].signal
    if on_signal is not None:
        on_signal(name, value)
