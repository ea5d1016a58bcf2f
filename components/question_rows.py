"""Questions as the lists and the projector draw them: plain words in a language.

The lists come encoded for `question_board.show`.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from components import question_board, words
from components.question_board import Row
from components.stage import Asked
from data_access.boards import Board
from dialogue import lifecycle
from dialogue.lifecycle import Action, Status
from dialogue.questions import Question
from dialogue.roles import MAY_SEE_NAMES, Role
from locales import Language

BUTTONS = frozenset(Action) - {Action.SUBMIT, Action.MERGE, Action.DEFER, Action.REPLY}
# Many people look at the same few lists of the newest board.
KEPT = 32


@lru_cache(maxsize=KEPT)
def newest(
    board: Board, status: Status, spoken: Language, roles: frozenset[Role], *, most: int
) -> bytes:
    """List the newest questions in a state, `most` at most, with the buttons of the roles."""
    questions = islice(board.newest(status), most)
    return question_board.encode(_rows(board, questions, spoken, roles))


@lru_cache(maxsize=KEPT)
def queue(board: Board, spoken: Language, roles: frozenset[Role]) -> bytes:
    """List the queue, what comes next first, each question with its position."""
    return question_board.encode(_rows(board, board.queue, spoken, roles))


def asked(board: Board, question: Question, spoken: Language) -> Asked:
    """Return a question as the hall reads it: with the asker's name only if the asker agreed."""
    named = board.named.get(question.number)
    who = [str(named)] if named and named.show_name else []
    return Asked(
        number=spoken.gettext("No. {number}").format(number=question.number),
        text=question.text,
        marks=[*_marks(board, question, spoken), *who],
    )


def _rows(
    board: Board, questions: Iterable[Question], spoken: Language, roles: frozenset[Role]
) -> Iterator[Row]:
    zone = ZoneInfo(board.event.timezone)
    positions = {number: position for position, number in enumerate(board.order, start=1)}
    for each in questions:
        arrived = [
            words.sources(spoken)[each.source],
            spoken.time(each.received_at.astimezone(zone)),
        ]
        yield Row(
            number=each.number,
            version=each.version,
            text=each.text,
            marks=[*_marks(board, each, spoken), *_who(board, each, spoken, roles), *arrived],
            votes=each.votes,
            position=positions.get(each.number),
            actions=[
                action for action in lifecycle.actions(each.status, roles) if action in BUTTONS
            ],
        )


def _who(
    board: Board, question: Question, spoken: Language, roles: frozenset[Role]
) -> Iterator[str]:
    """Say who asked to those who may know, and whether the hall may know too."""
    named = board.named.get(question.number)
    if named and roles & MAY_SEE_NAMES:
        unnamed = spoken.gettext("{name} (not to be named)").format(name=named)
        yield str(named) if named.show_name else unnamed


def _marks(board: Board, question: Question, spoken: Language) -> list[str]:
    """Say where a question is from and what it is about; what is not set is left out."""
    marks = [board.districts[question.district].short_name]
    if question.topic is not None:
        topic = board.topics[question.topic]
        marks.append(spoken.pick(topic.name, topic.name_en))
    return marks
