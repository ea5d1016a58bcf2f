"""Questions as the lists and the projector draw them: plain words in a language.

The lists come encoded for `question_board.show`.
"""

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from itertools import takewhile
from types import MappingProxyType
from typing import NamedTuple, get_args
from zoneinfo import ZoneInfo

from components import activity_words, question_board, words
from components.question_board import OfABurst, Queue, Row
from components.shared import shared
from components.stage import Asked
from data_access import activity, duplicates, engine, inbox, suggestions
from data_access import pace as paces
from data_access.boards import Board
from data_access.engine import Database
from dialogue import lifecycle, pace
from dialogue.activity import Filters as Lines
from dialogue.bursts import Burst
from dialogue.fairness import Tally, suggest
from dialogue.inbox import Filters, Order, View
from dialogue.lifecycle import OPEN, TOWARDS_THE_PUBLIC, WITHOUT_ARROW, Action, Status
from dialogue.pace import Turn
from dialogue.questions import Claim, Named, Question, Source
from dialogue.roles import MAY_SEE_NAMES, Role
from dialogue.similarity import Match
from dialogue.suggestions import NOTHING, Suggestion
from dialogue.text import personal_details
from locales import Language

# What is picked from the event's lists is picked in the inbox.
PICKED = frozenset({Action.REJECT, Action.SET_TOPIC, Action.SET_DEPARTMENT})
# What is done with the votes of a burst has its button beside these.
OF_A_BURST = frozenset[Action](get_args(OfABurst))
BUTTONS = (
    frozenset(Action) - WITHOUT_ARROW - OF_A_BURST - {Action.DEFER, Action.REPLY, Action.SET_DUE}
)
# Many people look at the same few lists of the newest board.
KEPT = 32
# Of so many that wait longest the next is suggested; the others have time.
MOST_WEIGHED = 2000
# So many encoded rows are kept for one kind of list, some thousand bytes each.
MOST_ROWS = 2000


class _Shown(NamedTuple):
    """All that a row shows: as long as these are equal, the row stays as it is.

    Comparing is quick: what did not change is the very same object on the next board.
    """

    question: Question
    named: Named | None
    position: int | None
    why: str | None
    matches: tuple[Match, ...]
    alike: tuple[Question, ...]
    unnamed: int
    suggestion: Suggestion
    claims: tuple[Claim, ...]
    bursts: tuple[Burst, ...]


class _Kept(NamedTuple):
    shown: _Shown
    row: bytes


@shared(KEPT)
def listed(
    board: Board, view: View, spoken: Language, roles: frozenset[Role], *, most: int
) -> bytes:
    """List a view's questions in its order, `most` at most, with the buttons of the roles."""
    now = datetime.now(UTC)
    suggests = view.order is Order.SUGGESTED
    with engine.current().reading() as session:
        numbers = inbox.numbers(
            session, board.event.slug, view, most=MOST_WEIGHED if suggests else most, at=now
        )
        counted = inbox.tally(session, board.event.slug) if suggests else []
    # The database may be a moment ahead of the board; what is new there comes with the next.
    questions = [board.questions[each] for each in numbers if each in board.questions]
    if not suggests:
        return _rows(board, questions, spoken, roles)
    tally = Tally(counted, board.event.districts)
    ordered = suggest(questions, tally, board.event.weights, at=now)[:most]
    whys = {each.number: words.why(each, board, spoken) for each in ordered}
    questions = [board.questions[each.number] for each in ordered]
    return _rows(board, questions, spoken, roles, whys=whys)


@shared(KEPT)
def said(board: Board, spoken: Language) -> bytes:
    """Return what the desk's list says, with all that a moderator picks from."""
    return question_board.encode_words(
        language=spoken.code,
        labels=words.board_labels(spoken),
        choices=words.choices(board.event, spoken),
    )


@cache
def said_briefly(spoken: Language) -> bytes:
    """Return what a list says in which nothing is picked."""
    return question_board.encode_words(language=spoken.code, labels=words.board_labels(spoken))


@shared(KEPT)
def counts(board: Board, filters: Filters) -> Mapping[Status, int]:
    """Count the questions that pass the filters, by state."""
    if filters == Filters():
        return board.counts
    with engine.current().reading() as session:
        return inbox.counts(session, board.event.slug, filters, at=datetime.now(UTC))


@shared(KEPT)
def on_stage(board: Board, spoken: Language, roles: frozenset[Role]) -> bytes:
    """List the question that is being asked now, or none."""
    questions = [board.on_stage] if board.on_stage else []
    return _rows(board, questions, spoken, roles, buttons=BUTTONS - PICKED)


@shared(KEPT)
def queue(board: Board, spoken: Language, roles: frozenset[Role]) -> bytes:
    """List the queue, what comes next first, each question with its position."""
    return _rows(board, board.queue, spoken, roles, buttons=BUTTONS - PICKED)


@shared(KEPT)
def history(board: Board, number: int, spoken: Language) -> tuple[int, list[str]]:
    """Tell what was done to a question, the oldest first, after its number."""
    zone = ZoneInfo(board.event.timezone)
    with engine.current().reading() as session:
        lines = activity.of_question(session, board.event.slug, number)
    return number, [
        f"{spoken.date_time(line.at.astimezone(zone))} · "
        + activity_words.sentence(line, board.event, spoken)
        for line in lines
    ]


@shared(KEPT)
def kept(board: Board, numbers: tuple[int, ...], spoken: Language, roles: frozenset[Role]) -> bytes:
    """Tell how questions stand now, whatever list they are in, and what was done to them last."""
    questions = [board.questions[each] for each in numbers if each in board.questions]
    rows = _encoded(board, questions, spoken, roles)
    zone = ZoneInfo(board.event.timezone)
    said = []
    with engine.current().reading() as session:
        for each in questions:
            [line] = activity.page(session, board.event.slug, Lines(number=each.number), most=1)
            told = activity_words.sentence(line, board.event, spoken)
            said.append(f"{spoken.time(line.at.astimezone(zone))} · {told}")
    return question_board.join(
        b'{"row":' + row + b',"said":' + json.dumps(told, ensure_ascii=False).encode() + b"}"
        for row, told in zip(rows, said, strict=True)
    )


def speed(board: Board) -> Queue:
    """Tell how fast the questions of an event follow each other."""
    turns = _turns(engine.current(), board.event.slug, board.stage_entry)
    typical = pace.typical(turns)
    is_on = board.on_stage is not None and turns
    return Queue(
        pace=typical.total_seconds() if typical else None,
        began=turns[-1].began.timestamp() if is_on else None,
    )


@shared(KEPT)
def _turns(database: Database, slug: str, _until: int) -> list[Turn]:
    """List the last turns on stage, up to an entry of the activity."""
    with database.reading() as session:
        return paces.turns(session, slug)


def typed_in(board: Board, spoken: Language, roles: frozenset[Role], *, since: datetime) -> bytes:
    """List what the desk typed in since a time, the newest first, with the button to edit."""
    lately = takewhile(lambda each: each.received_at >= since, board.newest(*Status))
    typed = [each for each in lately if each.source is Source.DESK]
    return _rows(board, typed, spoken, roles, buttons=frozenset({Action.EDIT}))


def asked(board: Board, question: Question, spoken: Language) -> Asked:
    """Return a question as the hall reads it: with the asker's name only if the asker agreed."""
    named = board.who_asked(question)
    return Asked(
        number=spoken.gettext("No. {number}").format(number=question.number),
        text=question.text,
        marks=about(board, question, spoken),
        who=str(named) if named and named.show_name else None,
        department=_answering(board, question, spoken),
    )


def _answering(board: Board, question: Question, spoken: Language) -> str | None:
    if question.department is None:
        return None
    name = words.department(board.departments[question.department], spoken)
    return spoken.gettext("To be answered by: {department}").format(department=name)


def _rows(
    board: Board,
    questions: Iterable[Question],
    spoken: Language,
    roles: frozenset[Role],
    *,
    buttons: frozenset[Action] = BUTTONS,
    whys: Mapping[int, str] = MappingProxyType({}),
) -> bytes:
    return question_board.join(
        _encoded(board, questions, spoken, roles, buttons=buttons, whys=whys)
    )


def _encoded(
    board: Board,
    questions: Iterable[Question],
    spoken: Language,
    roles: frozenset[Role],
    *,
    buttons: frozenset[Action] = BUTTONS,
    whys: Mapping[int, str] = MappingProxyType({}),
) -> list[bytes]:
    positions = {number: position for position, number in enumerate(board.order, start=1)}
    made = _kept_rows(board.event.slug, board.described_revision, spoken.code, roles, buttons)
    rows = []
    for each in questions:
        matches = _matches(board, each)
        shown = _Shown(
            each,
            board.who_asked(each),
            positions.get(each.number),
            whys.get(each.number),
            matches,
            tuple(board.questions[match.number] for match in matches),
            _unnamed(board, each, matches),
            _suggestion(board, each, buttons),
            board.claims.get(each.number, ()),
            board.bursts.get(each.number, ()),
        )
        # The same question is in a suggested order and in others. What is kept is shared with
        # other lists, which may clear it meanwhile.
        key = each.number, shown.why
        before = made.get(key)
        if before is None or before.shown != shown:
            row = question_board.encode(_row(board, shown, spoken, roles, buttons))
            before = made[key] = _Kept(shown, row)
        rows.append(before.row)
    if len(made) > MOST_ROWS:
        made.clear()
    return rows


@lru_cache(KEPT)
def _kept_rows(*_made_for: Hashable) -> dict[tuple[int, str | None], _Kept]:
    """Return the rows that were encoded before: most of a list stays as it is."""
    return {}


def _matches(board: Board, question: Question) -> tuple[Match, ...]:
    """List the questions of a board that ask the same, where this one may be merged."""
    if lifecycle.transition(Action.MERGE, question.status) is None:
        return ()
    matches = duplicates.of(board, question.number)
    # Another session may have seen a newer board already.
    if all(each.number in board.questions for each in matches):
        return matches
    return tuple(each for each in matches if each.number in board.questions)


def _unnamed(board: Board, question: Question, matches: tuple[Match, ...]) -> int:
    """Count the questions of the very same words besides those that are named."""
    if not matches:
        return 0
    return len(duplicates.same(board, question.number) - {each.number for each in matches})


def _suggestion(board: Board, question: Question, buttons: frozenset[Action]) -> Suggestion:
    """Return what is suggested for a question, where it may be accepted."""
    if question.status not in OPEN or Action.SET_TOPIC not in buttons:
        return NOTHING
    return suggestions.of(board, question.number)


def _row(
    board: Board,
    shown: _Shown,
    spoken: Language,
    roles: frozenset[Role],
    buttons: frozenset[Action],
) -> Row:
    each = shown.question
    received = each.received_at.astimezone(ZoneInfo(board.event.timezone))
    return Row(
        number=each.number,
        version=each.version,
        code=each.code,
        text=each.text,
        original=each.text_original,
        marks=[
            *_garbled(each, spoken),
            *_marks(board, each, spoken),
            *who(board, each, spoken, roles),
            f"{words.sources(spoken)[each.source]} {spoken.time(received)}",
            *_became(each, spoken),
        ],
        details=personal_details(each.text) if each.flagged else [],
        flagged=each.flagged,
        votes=each.votes,
        at=each.received_at.timestamp(),
        topic=each.topic,
        department=each.department,
        position=shown.position,
        actions=[action for action in _actions(each, roles) if action in buttons],
        why=shown.why,
        alike=list(_alike(shown, spoken)),
        unnamed=shown.unnamed,
        holders=[(claim.account_id, claim.name, claim.until.timestamp()) for claim in shown.claims],
        suggested=_suggested(board, shown.suggestion, spoken),
        pinned=each.pinned,
        held=each.held,
        note=each.note,
        prepared=each.prepared,
        bursts=list(_bursts(shown, spoken, roles)),
    )


def _actions(question: Question, roles: frozenset[Role]) -> Iterator[Action]:
    """List what may be done to a question, as its flag, its pin and its hold stand."""
    idle = {
        Action.FLAG if question.flagged else Action.UNFLAG,
        Action.PIN if question.pinned else Action.UNPIN,
        Action.HOLD if question.held else Action.UNHOLD,
    }
    if question.flagged:
        idle |= TOWARDS_THE_PUBLIC
    if question.held:
        idle.add(Action.STAGE)
    for action in lifecycle.actions(question.status, roles):
        if action not in idle:
            yield action


def _bursts(
    shown: _Shown, spoken: Language, roles: frozenset[Role]
) -> Iterator[tuple[int, str, OfABurst | None]]:
    """Tell which votes came together, and what may be done with them."""
    may = lifecycle.actions(shown.question.status, roles)
    for each in shown.bursts:
        action: OfABurst = Action.COUNT_VOTES if each.set_aside else Action.SET_VOTES_ASIDE
        yield each.code, words.burst(each, spoken), action if action in may else None


def _alike(shown: _Shown, spoken: Language) -> Iterator[tuple[int, int, str, str]]:
    """Tell of the questions that ask the same and still count."""
    names = words.statuses(spoken)
    for match, other in zip(shown.matches, shown.alike, strict=True):
        if other.status not in (Status.REJECTED, Status.MERGED):
            yield other.number, int(match.score * 100), other.text, names[other.status]


def _suggested(
    board: Board, suggestion: Suggestion, spoken: Language
) -> tuple[Action, str, str] | None:
    """Say which topic, or else which department, seems to fit a question."""
    why = words.suggestion(suggestion, board, spoken)
    if suggestion.topic is not None:
        topic = board.topics[suggestion.topic]
        said = spoken.gettext("Topic: {name}? {why}.")
        name = spoken.pick(topic.name, topic.name_en)
        return Action.SET_TOPIC, topic.code, said.format(name=name, why=why)
    if suggestion.department is not None:
        department = board.departments[suggestion.department]
        said = spoken.gettext("Department: {name}? {why}.")
        name = words.department(department, spoken)
        return Action.SET_DEPARTMENT, department.code, said.format(name=name, why=why)
    return None


def _garbled(question: Question, spoken: Language) -> Iterator[str]:
    """Say that nobody has seen yet whether what a garbled text seems to say is what it says."""
    is_untouched = question.version == 1 and question.split_from is None
    if question.flagged and is_untouched and question.text_original is not None:
        yield spoken.gettext(
            "Came in with garbled letters: this is a likely reading, to be checked"
        )


def _became(question: Question, spoken: Language) -> Iterator[str]:
    """Say where a merged question went, and what a part came from."""
    if question.merged_into is not None:
        yield spoken.gettext("Merged into #{number}").format(number=question.merged_into)
    if question.split_from is not None:
        yield spoken.gettext("Part of #{number}").format(number=question.split_from)


def who(
    board: Board, question: Question, spoken: Language, roles: frozenset[Role]
) -> Iterator[str]:
    """Say who asked to those who may know, and whether the hall may know too."""
    named = board.who_asked(question)
    if named and roles & MAY_SEE_NAMES:
        unnamed = spoken.gettext("{name} (not to be named)").format(name=named)
        yield str(named) if named.show_name else unnamed


def about(board: Board, question: Question, spoken: Language) -> list[str]:
    """Say where a question is from and what it is about; what is not set is left out."""
    marks = [board.districts[question.district].short_name]
    if question.topic is not None:
        topic = board.topics[question.topic]
        marks.append(spoken.pick(topic.name, topic.name_en))
    return marks


def _marks(board: Board, question: Question, spoken: Language) -> list[str]:
    marks = about(board, question, spoken)
    if question.department is not None:
        marks.append("→ " + words.department(board.departments[question.department], spoken))
    return marks
