"""The desk's lists: drawn with the page, and read again by the browser as soon as one changes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypedDict
from urllib.parse import urlencode

import locales
import words.questions
from components.desk import filters, stage_facts
from components.desk.stage_control import Facts
from components.questions import lists as question_lists
from components.questions import pace, question_board
from components.questions.question_board import Inbox, Kept, Listed, Tab
from data_access.questions.cached.snapshots import Snapshot
from dialogue.accounts import Grant, Visitor
from dialogue.inbox import Order, View
from dialogue.lifecycle import Status
from dialogue.roles import Role
from live import snapshots
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


class ViewState(NamedTuple):
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


def address(slug: str, view_state: ViewState, language: Language) -> str:
    """Return where the browser reads the lists again.

    It adds `newest`, the number up to which it shows what came in, where somebody is reading, and
    `kept`, the numbers of what it still draws though others have changed it.
    """
    query = {
        **filters.write(view_state.view),
        "pages": view_state.pages,
        "opened": view_state.opened or "",
        "lang": language.code,
    }
    return under(f"/lists/{slug}?{urlencode(query)}")


def view_state(query: Mapping[str, str], snapshot: Snapshot, visitor: Visitor) -> ViewState:
    """Return what such an address asks for; what it asks for wrongly is left out."""
    return ViewState(
        view=filters.read(query, snapshot.event, visitor.account_id),
        pages=min(max(_number(query.get("pages")) or 1, 1), MOST_PAGES),
        newest_shown=_number(query.get("newest")) or snapshot.last_number,
        opened=_number(query.get("opened")),
        kept=tuple(_numbers(query.get("kept", ""))),
    )


def every(snapshot: Snapshot, visitor: Visitor, view_state: ViewState, language: Language) -> bytes:
    """Return a `Lists` as JSON."""
    roles = visitor.roles(snapshot.event.slug)
    return b"".join(
        (
            b'{"inbox":',
            inbox(snapshot, visitor, view_state, language),
            b',"stage":',
            stage(snapshot, roles, language),
            b',"queue":',
            queue(snapshot, roles, language),
            b',"control":',
            stage_facts.current(snapshot, language),
            b',"kept":',
            question_lists.kept(snapshot, view_state.kept, language, roles),
            b"}",
        )
    )


def warm(slug: str) -> None:
    """Read an event's snapshot and make its lists once, so that the first desk need not wait."""
    snapshot = snapshots.current(slug)
    moderator = Visitor(grants=frozenset({Grant(Role.MODERATOR, slug)}))
    every(
        snapshot, moderator, view_state({}, snapshot, moderator), locales.language(locales.DEFAULT)
    )


def inbox(snapshot: Snapshot, visitor: Visitor, view_state: ViewState, language: Language) -> bytes:
    """Return the list that people work in, for `question_board.show`."""
    view, roles = view_state.view, visitor.roles(snapshot.event.slug)
    return question_board.encode_list(
        question_lists.listed(snapshot, view, language, roles, most=_length(snapshot, view_state)),
        revision=snapshot.revision,
        inbox=Inbox(
            view=repr(view),
            tabs=_tabs(snapshot, view, language),
            described=snapshot.described_revision,
            newest=snapshot.last_number,
            length=PAGE * view_state.pages,
            most=PAGE * MOST_PAGES,
            me=visitor.account_id,
            history=_history(snapshot, view_state, language),
        ),
    )


def stage(snapshot: Snapshot, roles: frozenset[Role], language: Language) -> bytes:
    """Return the list of the question on stage, for `question_board.show`."""
    rows = question_lists.on_stage(snapshot, language, roles)
    return question_board.encode_list(rows, revision=snapshot.revision)


def queue(snapshot: Snapshot, roles: frozenset[Role], language: Language) -> bytes:
    """Return the list of the queue, for `question_board.show`."""
    return question_board.encode_list(
        question_lists.queue(snapshot, language, roles),
        revision=snapshot.revision,
        queue=pace.speed(snapshot),
        armed=snapshot.hall.armed.number if snapshot.hall.armed else None,
        title=language.gettext("Queue ({count})").format(count=len(snapshot.order)),
    )


def _length(snapshot: Snapshot, view_state: ViewState) -> int:
    """Return how many questions the list shows: its pages, and what came in above them since."""
    arrived = max(0, snapshot.last_number - view_state.newest_shown)
    is_above = view_state.view.order is Order.NEWEST
    room = min(-(-arrived // ROOM) * ROOM, MOST_ARRIVALS) if is_above else 0
    return PAGE * view_state.pages + room


def _tabs(snapshot: Snapshot, view: View, language: Language) -> list[Tab]:
    """Offer the views by state, with how many questions pass the filters."""
    counts = question_lists.counts(snapshot, view.filters)
    names = words.questions.statuses(language)
    return [
        *(
            Tab(code=each, name=names[each], count=counts[each], active=each is view.status)
            for each in VIEWS
        ),
        Tab(
            code=filters.ALL,
            name=language.gettext("All"),
            count=sum(counts.values()),
            active=view.status is None,
        ),
    ]


def _history(
    snapshot: Snapshot, view_state: ViewState, language: Language
) -> tuple[int, list[str]] | None:
    """Return what was done to the question that was opened last."""
    if view_state.opened not in snapshot.questions:
        return None
    return question_lists.history(snapshot, view_state.opened, language)


def _numbers(asked: str) -> Iterator[int]:
    numbers = (_number(each) for each in asked.split(",")[:MOST_KEPT])
    return (each for each in numbers if each is not None)


def _number(asked: str | None) -> int | None:
    """Return a number that an address says, or None where it says something else."""
    return int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 10 else None
