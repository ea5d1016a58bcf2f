"""The hall sees the scene that the desk has switched to."""

from datetime import UTC, datetime

from components import pictures, screen
from components.stage import Picture
from data_access.boards import Board
from dialogue.roles import Place
from locales import Language


def scene(board: Board, spoken: Language) -> Picture:
    """Draw the scene that is on; a stream gets the question alone."""
    return pictures.picture(
        board,
        spoken,
        board.hall,
        on_stage=board.on_stage,
        at=datetime.now(UTC),
        overlay=screen.is_overlay(),
    )


screen.show(Place.PROJECTOR, scene)
