"""What of the public questions stands on the phone page when it is opened."""

from collections.abc import Iterator
from itertools import islice

from data_access.questions.cached.snapshots import Snapshot
from dialogue.lifecycle import Status
from dialogue.questions import Question

MOST_SHOWN = 50
VOTABLE = (Status.APPROVED, Status.QUEUED)
"""The states in which a question still collects votes."""


def shown(snapshot: Snapshot) -> Iterator[Question]:
    """Give the newest public questions, the newest first."""
    return islice(snapshot.public, MOST_SHOWN)
