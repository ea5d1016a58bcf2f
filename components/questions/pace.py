"""How fast the questions on stage follow each other, told to whoever shows clocks."""

from components.live.cache import shared_cache
from components.questions.question_board import Queue
from data_access.engine import Database
from data_access.hall import pace as paces
from data_access.questions.cached.snapshots import Snapshot
from dialogue import pace
from dialogue.pace import Turn

KEPT = 32


def speed(snapshot: Snapshot) -> Queue:
    """Tell how fast the questions of an event follow each other."""
    turns = _turns(snapshot.database, snapshot.event.slug, snapshot.stage_entry)
    typical = pace.typical(turns)
    is_on = snapshot.on_stage is not None and turns
    return Queue(
        pace=typical.total_seconds() if typical else None,
        began=turns[-1].began.timestamp() if is_on else None,
    )


@shared_cache(KEPT)
def _turns(database: Database, slug: str, _until: int) -> list[Turn]:
    """List the last turns on stage, up to an entry of the activity."""
    with database.reading() as session:
        return paces.turns(session, slug)
