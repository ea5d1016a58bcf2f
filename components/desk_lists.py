"""The desk's lists: drawn with the page, and read again by the browser as soon as one changes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypedDict
from urllib.parse import urlencode

import locales
from components import inbox_filters, question_board, question_rows, stage_facts, words
from components.question_board import Inbox, Kept, Listed, Tab
from components.stage_control import Facts
from data_access import boards
from data_access.boards import Board
from dialogue.accounts import Grant, Visitor
from dialogue.inbox import Order, View
from dialogue.lifecycle import Status
from dialogue.roles import Role
from locales import Language
from web.addresses import under

# How many questions the list shows at first, and how many more each time.
PAGE = 50
# Beyond so many pages a list is narrowed by its filters: each of its questions costs whoever looks
# at it, and everybody else's turn.
MOST_PAGES = 10
# So many new questions gather before the oldest of a page make room for them; room is made for
# many at once, so that desks that looked up at different times are sent the same list.
MOST_ARRIVALS = 200
# Of so many questions that are drawn and not listed any more it is told what became of them.
MOST_KEPT = 60
ROOM = 50
VIEWS = (
    Status.RECEIVED,
    Status.APPROVED,
    Status.QUEUED,
    Status.ANSWERED,
    Status.DEFERRED,
    Status.REJECTED,
    Status.MERGED,
)


class Lists(TypedDict):
    """All lists of the desk by their keys, the stage control's facts, and what is kept."""

    inbox: Listed
    stage: Listed
    queue: Listed
    control: Facts
    kept: Sequence[Kept]


class Looking(NamedTuple):
    """What somebody looks at in the inbox: so many pages of a view.

    `newest_shown` is the number up to which they have seen what came in, and `opened` that of the
    question they opened last. `kept` are those they still have before them though others have
    changed them.
    """

    view: View
    pages: int
    newest_shown: int
    opened: int | None
    kept: tuple[int, ...] = ()


def address(slug: str, looking: Looking, spoken: Language) -> str:
    """Return where the browser reads the lists again.

    It adds `newest`, the number up to which it shows what came in, where somebody is reading, and
    `kept`, the numbers of what it still draws though others have changed it.
    """
    query = {
        **inbox_filters.write(looking.view),
        "pages": looking.pages,
        "opened": looking.opened or "",
        "lang": spoken.code,
    }
    return under(f"/lists/{slug}?{urlencode(query)}")


def looking(query: Mapping[str, str], board: Board, visitor: Visitor) -> Looking:
    """Return what such an address asks for; what it asks for wrongly is left out."""
    return Looking(
        view=inbox_filters.read(query, board.event, visitor.account_id),
        pages=min(max(_number(query.get("pages")) or 1, 1), MOST_PAGES),
        newest_shown=_number(query.get("newest")) or board.last_number,
        opened=_number(query.get("opened")),
        kept=tuple(_numbers(query.get("kept", ""))),
    )


def every(board: Board, visitor: Visitor, looking: Looking, spoken: Language) -> bytes:
    """Return a `Lists` as JSON."""
    roles = visitor.roles(board.event.slug)
    return b"".join(
        (
            b'{"inbox":',
            inbox(board, visitor, looking, spoken),
            b',"stage":',
            stage(board, roles, spoken),
            b',"queue":',
            queue(board, roles, spoken),
            b',"control":',
            stage_facts.current(board, spoken),
            b',"kept":',
            question_rows.kept(board, looking.kept, spoken, roles),
            b"}",
        )
    )


def warm(slug: str) -> None:
    """Read an event's board and make its lists once, for which else the first desk would wait."""
    board = boards.current(slug)
    moderator = Visitor(grants=frozenset({Grant(Role.MODERATOR, slug)}))
    every(board, moderator, looking({}, board, moderator), locales.language(locales.DEFAULT))


def inbox(board: Board, visitor: Visitor, looking: Looking, spoken: Language) -> bytes:
    """Return the list that people work in, for `question_board.show`."""
    view, roles = looking.view, visitor.roles(board.event.slug)
    return question_board.encode_list(
        question_rows.listed(board, view, spoken, roles, most=_length(board, looking)),
        revision=board.revision,
        inbox=Inbox(
            view=repr(view),
            tabs=_tabs(board, view, spoken),
            described=board.described_revision,
            newest=board.last_number,
            length=PAGE * looking.pages,
            most=PAGE * MOST_PAGES,
            me=visitor.account_id,
            history=_history(board, looking, spoken),
        ),
    )


def stage(board: Board, roles: frozenset[Role], spoken: Language) -> bytes:
    """Return the list of the question on stage, for `question_board.show`."""
    rows = question_rows.on_stage(board, spoken, roles)
    return question_board.encode_list(rows, revision=board.revision)


def queue(board: Board, roles: frozenset[Role], spoken: Language) -> bytes:
    """Return the list of the queue, for `question_board.show`."""
    return question_board.encode_list(
        question_rows.queue(board, spoken, roles),
        revision=board.revision,
        queue=question_rows.speed(board),
        armed=board.hall.armed.number if board.hall.armed else None,
        title=spoken.gettext("Queue ({count})").format(count=len(board.order)),
    )


def _length(board: Board, looking: Looking) -> int:
    """Return how many questions the list shows: its pages, and what came in above them since."""
    arrived = max(0, board.last_number - looking.newest_shown)
    is_above = looking.view.order is Order.NEWEST
    room = min(-(-arrived // ROOM) * ROOM, MOST_ARRIVALS) if is_above else 0
    return PAGE * looking.pages + room


def _tabs(board: Board, view: View, spoken: Language) -> list[Tab]:
    """Offer the views by state, with how many questions pass the filters."""
    counts = question_rows.counts(board, view.filters)
    names = words.statuses(spoken)
    return [
        *(
            Tab(code=each, name=names[each], count=counts[each], active=each is view.status)
            for each in VIEWS
        ),
        Tab(
            code=inbox_filters.ALL,
            name=spoken.gettext("All"),
            count=sum(counts.values()),
            active=view.status is None,
        ),
    ]


def _history(board: Board, looking: Looking, spoken: Language) -> tuple[int, list[str]] | None:
    """Return what was done to the question that was opened last."""
    if looking.opened not in board.questions:
        return None
    return question_rows.history(board, looking.opened, spoken)


def _numbers(asked: str) -> Iterator[int]:
    numbers = (_number(each) for each in asked.split(",")[:MOST_KEPT])
    return (each for each in numbers if each is not None)


def _number(asked: str | None) -> int | None:
    """Return a number that an address says, or None where it says something else."""
    return int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 10 else None
