"""A question as a row of a list: plain words in a language, encoded once for all who see it."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, get_args
from zoneinfo import ZoneInfo

import words.activity
import words.events
import words.questions
from components.questions import marks, question_board
from components.questions.question_board import OfABurst, Row
from data_access.questions.cached import duplicates, suggestions
from data_access.questions.cached.snapshots import Snapshot
from dialogue import lifecycle
from dialogue.bursts import Burst
from dialogue.lifecycle import OPEN, TOWARDS_THE_PUBLIC, WITHOUT_ARROW, Action, Status
from dialogue.questions import Claim, Named, Question
from dialogue.roles import Role
from dialogue.similarity import Match
from dialogue.suggestions import NOTHING, EntrySuggestion
from dialogue.text import personal_details
from locales import Language

# What is done with the votes of a burst has its button beside these.
OF_A_BURST = frozenset[Action](get_args(OfABurst))
BUTTONS = (
    frozenset(Action) - WITHOUT_ARROW - OF_A_BURST - {Action.DEFER, Action.REPLY, Action.SET_DUE}
)
KEPT = 32
# So many encoded rows are kept for one kind of list, some thousand bytes each.
MOST_ROWS = 2000


class _Shown(NamedTuple):
    """All that a row shows: as long as these are equal, the row stays as it is.

    Comparing is quick: what did not change is the very same object on the next snapshot.
    """

    question: Question
    named: Named | None
    position: int | None
    why: str | None
    matches: tuple[Match, ...]
    alike: tuple[Question, ...]
    unnamed: int
    suggestion: EntrySuggestion
    claims: tuple[Claim, ...]
    bursts: tuple[Burst, ...]


class _Kept(NamedTuple):
    shown: _Shown
    row: bytes


def joined(
    snapshot: Snapshot,
    questions: Iterable[Question],
    language: Language,
    roles: frozenset[Role],
    *,
    buttons: frozenset[Action] = BUTTONS,
    whys: Mapping[int, str] = MappingProxyType({}),
) -> bytes:
    """Return questions as a list takes them, with the buttons of the roles among `buttons`."""
    return question_board.join(
        encoded(snapshot, questions, language, roles, buttons=buttons, whys=whys)
    )


def encoded(
    snapshot: Snapshot,
    questions: Iterable[Question],
    language: Language,
    roles: frozenset[Role],
    *,
    buttons: frozenset[Action] = BUTTONS,
    whys: Mapping[int, str] = MappingProxyType({}),
) -> list[bytes]:
    """Return questions as rows, encoded; `whys` says of some why they should be taken next."""
    positions = {number: position for position, number in enumerate(snapshot.order, start=1)}
    made = _kept_rows(
        snapshot.event.slug, snapshot.described_revision, language.code, roles, buttons
    )
    rows = []
    for each in questions:
        matches = _matches(snapshot, each)
        shown = _Shown(
            each,
            snapshot.who_asked(each),
            positions.get(each.number),
            whys.get(each.number),
            matches,
            tuple(snapshot.questions[match.number] for match in matches),
            _unnamed(snapshot, each, matches),
            _suggestion(snapshot, each, buttons),
            snapshot.claims.get(each.number, ()),
            snapshot.bursts.get(each.number, ()),
        )
        # The same question is in a suggested order and in others. What is kept is shared with
        # other lists, which may clear it meanwhile.
        key = each.number, shown.why
        before = made.get(key)
        if before is None or before.shown != shown:
            row = question_board.encode(_row(snapshot, shown, language, roles, buttons))
            before = made[key] = _Kept(shown, row)
        rows.append(before.row)
    if len(made) > MOST_ROWS:
        made.clear()
    return rows


@lru_cache(KEPT)
def _kept_rows(*_made_for: Hashable) -> dict[tuple[int, str | None], _Kept]:
    """Return the rows that were encoded before: most of a list stays as it is."""
    return {}


def _matches(snapshot: Snapshot, question: Question) -> tuple[Match, ...]:
    """List the questions of a snapshot that ask the same, where this one may be merged."""
    if lifecycle.transition(Action.MERGE, question.status) is None:
        return ()
    matches = duplicates.of(snapshot, question.number)
    # Another session may have seen a newer snapshot already.
    if all(each.number in snapshot.questions for each in matches):
        return matches
    return tuple(each for each in matches if each.number in snapshot.questions)


def _unnamed(snapshot: Snapshot, question: Question, matches: tuple[Match, ...]) -> int:
    """Count the questions of the very same words besides those that are named."""
    if not matches:
        return 0
    return len(duplicates.same(snapshot, question.number) - {each.number for each in matches})


def _suggestion(
    snapshot: Snapshot, question: Question, buttons: frozenset[Action]
) -> EntrySuggestion:
    """Return what is suggested for a question, where it may be accepted."""
    if question.status not in OPEN or Action.SET_TOPIC not in buttons:
        return NOTHING
    return suggestions.of(snapshot, question.number)


def _row(
    snapshot: Snapshot,
    shown: _Shown,
    language: Language,
    roles: frozenset[Role],
    buttons: frozenset[Action],
) -> Row:
    each = shown.question
    received = each.received_at.astimezone(ZoneInfo(snapshot.event.timezone))
    return Row(
        number=each.number,
        version=each.version,
        code=each.code,
        text=each.text,
        original=each.text_original,
        marks=[
            *marks.garbled(each, language),
            *marks.facts(snapshot, each, language),
            *marks.who(snapshot, each, language, roles),
            f"{words.questions.sources(language)[each.source]} {language.time(received)}",
            *marks.became(each, language),
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
        alike=list(_alike(shown, language)),
        unnamed=shown.unnamed,
        holders=[(claim.account_id, claim.name, claim.until.timestamp()) for claim in shown.claims],
        suggested=_suggested(snapshot, shown.suggestion, language),
        pinned=each.pinned,
        held=each.held,
        note=each.note,
        prepared=each.prepared,
        bursts=list(_bursts(shown, language, roles)),
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
    shown: _Shown, language: Language, roles: frozenset[Role]
) -> Iterator[tuple[int, str, OfABurst | None]]:
    """Tell which votes came together, and what may be done with them."""
    may = lifecycle.actions(shown.question.status, roles)
    for each in shown.bursts:
        action: OfABurst = Action.COUNT_VOTES if each.set_aside else Action.SET_VOTES_ASIDE
        yield each.code, words.questions.burst(each, language), action if action in may else None


def _alike(shown: _Shown, language: Language) -> Iterator[tuple[int, int, str, str]]:
    """Tell of the questions that ask the same and still count."""
    names = words.questions.statuses(language)
    for match, other in zip(shown.matches, shown.alike, strict=True):
        if other.status not in (Status.REJECTED, Status.MERGED):
            yield other.number, int(match.score * 100), other.text, names[other.status]


def _suggested(
    snapshot: Snapshot, suggestion: EntrySuggestion, language: Language
) -> tuple[Action, str, str] | None:
    """Say which topic, or else which department, seems to fit a question."""
    why = words.questions.suggestion(suggestion, snapshot, language)
    if suggestion.topic is not None:
        topic = snapshot.topics[suggestion.topic]
        said = language.gettext("Topic: {name}? {why}.")
        name = language.pick(topic.name, topic.name_en)
        return Action.SET_TOPIC, topic.code, said.format(name=name, why=why)
    if suggestion.department is not None:
        department = snapshot.departments[suggestion.department]
        said = language.gettext("Department: {name}? {why}.")
        name = words.events.department(department, language)
        return Action.SET_DEPARTMENT, department.code, said.format(name=name, why=why)
    return None
