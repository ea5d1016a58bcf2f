"""A second screen, or a district's video site, reads the newest and most supported questions."""

from datetime import UTC, datetime

from components import pictures, screen
from components.stage import Picture
from data_access.boards import Board
from dialogue.roles import Place
from locales import Language


def questions(board: Board, spoken: Language) -> Picture:
    """Draw the public board."""
    return pictures.public_board(board, spoken, at=datetime.now(UTC))


screen.show(Place.DISPLAY, questions)
