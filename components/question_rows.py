"""Questions as the lists and the projector draw them: plain words in the session's language."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from components import language, words
from components.language import _
from components.question_board import Row
from components.stage import Asked
from data_access.boards import Board
from dialogue import lifecycle
from dialogue.lifecycle import Action
from dialogue.questions import Question
from dialogue.roles import Role


def marks(board: Board, question: Question) -> list[str]:
    """Say where a question is from and what it is about; what is not set is left out."""
    spoken = language.current()
    found = [board.districts[question.district].short_name]
    if question.topic is not None:
        topic = board.topics[question.topic]
        found.append(spoken.pick(topic.name, topic.name_en))
    return found


def rows(
    board: Board,
    questions: Iterable[Question],
    roles: frozenset[Role],
    *,
    buttons: Iterable[Action],
) -> list[Row]:
    """List questions as rows, with those of the `buttons` that their state and the roles allow.

    Rows of questions in the queue carry their position.
    """
    zone = ZoneInfo(board.event.timezone)
    spoken = language.current()
    positions = {number: position for position, number in enumerate(board.order, start=1)}
    offered = frozenset(buttons)
    return [
        Row(
            number=each.number,
            version=each.version,
            text=each.text,
            marks=[
                *marks(board, each),
                words.source(each.source),
                spoken.time(each.received_at.astimezone(zone)),
            ],
            votes=each.votes,
            position=positions.get(each.number),
            actions=[
                action for action in lifecycle.actions(each.status, roles) if action in offered
            ],
        )
        for each in questions
    ]


def asked(board: Board, question: Question) -> Asked:
    """Return a question as the hall reads it."""
    return Asked(
        number=_("No. {number}").format(number=question.number),
        text=question.text,
        marks=marks(board, question),
    )
