"""Data for tests: keyword defaults, so that a test names only what it is about."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from data_access import engine, questions
from data_access.questions import Actor, Keyed
from dialogue.lifecycle import Action, Status
from dialogue.questions import Receipt, Source
from dialogue.roles import Role
from dialogue.submissions import Submission

SLUG = "dong-nai-2022"
NOON = datetime(2022, 11, 10, 5, 0, tzinfo=UTC)
_keys = count()

# The shortest way from a new question to each state.
WAYS: dict[Status, tuple[Action, ...]] = {
    Status.RECEIVED: (),
    Status.APPROVED: (Action.APPROVE,),
    Status.QUEUED: (Action.QUEUE,),
    Status.ON_STAGE: (Action.QUEUE, Action.STAGE),
    Status.ANSWERED: (Action.QUEUE, Action.STAGE, Action.ANSWER),
    Status.DEFERRED: (Action.APPROVE, Action.DEFER),
    Status.REPLIED: (Action.APPROVE, Action.DEFER, Action.REPLY),
    Status.REJECTED: (Action.REJECT,),
    Status.MERGED: (Action.MERGE,),
}


def submission(**fields: Any) -> Submission:
    """A submission that is in order."""
    defaults = {"text": "Khi nào ấp em có sóng 4G ạ", "district": "731", "topic": "ha-tang-so"}
    return Submission(**{**defaults, **fields})


def keyed(key: str | None = None, *, source: Source = Source.PHONE, **fields: Any) -> Keyed:
    """A submission under a key of its own."""
    return Keyed(key or f"factory-{next(_keys)}", submission(**fields), source)


def actor(*roles: Role) -> Actor:
    """Somebody with these roles, a moderator where none is named."""
    return Actor(name="tester", roles=frozenset(roles or (Role.MODERATOR,)))


def ask(*, slug: str = SLUG, at: datetime = NOON, **fields: Any) -> Receipt:
    """Ask one question."""
    with engine.current().transaction() as session:
        answer = questions.submit(session, slug, [keyed(**fields)], at=at)[0]
    assert isinstance(answer, Receipt)
    return answer


def act(number: int, action: Action, *, version: int, slug: str = SLUG, **how: Any) -> int:
    """Act on a question as a moderator at noon, unless told otherwise."""
    defaults: dict[str, Any] = {"actor": actor(), "at": NOON}
    if action is Action.REJECT:
        defaults["reason"] = "off-topic"
    with engine.current().transaction() as session:
        return questions.act(session, slug, number, action, version=version, **{**defaults, **how})


def ask_until(status: Status, *, slug: str = SLUG, into: int | None = None, **fields: Any) -> int:
    """Ask a question, lead it to a state, and return its number."""
    number = ask(slug=slug, **fields).number
    for version, action in enumerate(WAYS[status], start=1):
        how = {"into": into} if action is Action.MERGE else {}
        act(number, action, version=version, slug=slug, **how)
    return number
