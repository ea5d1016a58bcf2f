"""Data for tests: keyword defaults, so that a test names only what it is about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, get_args

from access.visitors import SCREEN_COOKIE, SESSION_COOKIE
from data_access import engine
from data_access.accounts import invitations, sessions
from data_access.followup import replies
from data_access.hall import halls
from data_access.questions.writing import commands, submissions
from data_access.questions.writing.submissions import Keyed
from data_access.review import annotations
from dialogue import operations
from dialogue.accounts import Actor, Grant
from dialogue.annotations import Subject
from dialogue.commands import Done, QuestionCommand, Seen
from dialogue.hall import Scene
from dialogue.lifecycle import Action, Status
from dialogue.operations import Operation
from dialogue.questions import Question, Receipt, Source
from dialogue.replies import Written
from dialogue.roles import Role
from dialogue.submissions import Submission

SLUG = "dong-nai-2022"
NOON = datetime(2022, 11, 10, 5, 0, tzinfo=UTC)
DEPARTMENT = "so-tttt"
REPLY = Written(
    text="Trạm phát sóng ở ấp 4 hoạt động từ quý I năm 2023.",
    document_number="1234/STTTT-BCVT",
    document_date=date(2022, 11, 9),
)
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
# What an operation is given where a test does not say it.
NEEDED: dict[Action, dict[str, Any]] = {
    Action.REJECT: {"reason": "off-topic"},
    Action.EDIT: {"text": ""},
    Action.NOTE: {"text": ""},
    Action.PREPARE: {"text": ""},
    Action.SPLIT: {"parts": ()},
    Action.SET_TOPIC: {"entry": None},
    Action.SET_DEPARTMENT: {"entry": None},
    Action.SET_DUE: {"due": NOON.date()},
    Action.SET_VOTES_ASIDE: {"burst": 0},
    Action.COUNT_VOTES: {"burst": 0},
}


def submission(**fields: Any) -> Submission:
    """A submission that is in order."""
    defaults = {"text": "Khi nào ấp em có sóng 4G ạ", "district": "731", "topic": "ha-tang-so"}
    return Submission(**{**defaults, **fields})


def keyed(key: str | None = None, *, source: Source = Source.PHONE, **fields: Any) -> Keyed:
    """A submission under a key of its own."""
    return Keyed(key or f"factory-{next(_keys)}", submission(**fields), source)


def question(**fields: Any) -> Question:
    """A question as it comes in."""
    defaults: dict[str, Any] = {
        "number": 1,
        "code": "23456789ABCD",
        "text": "Khi nào ấp em có sóng 4G ạ",
        "text_original": None,
        "district": "731",
        "topic": None,
        "department": None,
        "flagged": False,
        "source": Source.PHONE,
        "status": Status.RECEIVED,
        "version": 1,
        "received_at": NOON,
        "changed_at": NOON,
        "votes": 0,
        "reason": None,
        "merged_into": None,
    }
    return Question(**{**defaults, **fields})


def actor(*roles: Role, name: str = "tester", account_id: int = 1) -> Actor:
    """Somebody with these roles, a moderator where none is named."""
    return Actor(name, frozenset(roles or (Role.MODERATOR,)), account_id)


def department(*codes: str, name: str = "Sở", account_id: int = 9) -> Actor:
    """Somebody of these departments."""
    return Actor(name, frozenset({Role.DEPARTMENT}), account_id, frozenset(codes or (DEPARTMENT,)))


def add_account(
    *roles: Role,
    email: str = "",
    name: str = "Người thử",
    slug: str | None = None,
    besides: Sequence[Grant] = (),
    password_hash: str = "none",
) -> int:
    """Add an account that has these roles, in one event or in all, and return its id."""
    email, now = email or f"person-{next(_keys)}@example.vn", datetime.now(UTC)
    grants = [Grant(each, None if each is Role.ADMIN else slug) for each in roles]
    grants += besides
    with engine.current().transaction() as session:
        token = invitations.invite(
            session, email, name=name, grants=grants, actor=actor(Role.ADMIN), at=now
        )
        return invitations.accept(session, token, password_hash=password_hash, at=now)


def sign_in(account_id: int) -> dict[str, str]:
    """Sign an account in on a device of its own, and return the cookie."""
    with engine.current().transaction() as session:
        token = sessions.begin(session, account_id, device="Chrome", at=datetime.now(UTC))
    return {SESSION_COOKIE: token}


def cookies(*roles: Role, slug: str | None = None) -> dict[str, str]:
    """Return the cookies of somebody new who has these roles; `SCREEN` is a screen's link."""
    held: dict[str, str] = {}
    personal = [each for each in roles if each is not Role.SCREEN]
    if personal:
        held |= sign_in(add_account(*personal, slug=slug))
    if Role.SCREEN in roles:
        with engine.current().transaction() as session:
            held[SCREEN_COOKIE] = sessions.add_screen(
                session,
                "Hội trường",
                slug=slug or SLUG,
                actor=actor(Role.ADMIN),
                at=datetime.now(UTC),
            )
    return held


def ask(*, slug: str = SLUG, at: datetime = NOON, **fields: Any) -> Receipt:
    """Ask one question."""
    with engine.current().transaction() as session:
        answer = submissions.submit(session, slug, [keyed(**fields)], at=at)[0]
    assert isinstance(answer, Receipt)
    return answer


def operation(action: Action, **how: Any) -> Operation:
    """An operation by its action, with what it needs to know."""
    kinds: dict[Action, Any] = {each.action: each for each in get_args(Operation)[1:]}
    if action is Action.MOVE and "before" not in how:
        return operations.MoveTo(**how)
    if action not in kinds:
        how["action"] = action
    found: Operation = kinds.get(action, operations.Plain)(**NEEDED.get(action, {}) | how)
    return found


def act(number: int, action: Action, *, version: int, slug: str = SLUG, **how: Any) -> Done:
    """Act on a question as a moderator at noon, unless told otherwise."""
    by, at = how.pop("actor", actor()), how.pop("at", NOON)
    if action is Action.MERGE:
        how = {"into": number, **how}
    command = QuestionCommand(operation(action, **how), (Seen(number, version),))
    with engine.current().transaction() as session:
        return commands.act(session, slug, command, actor=by, at=at)


def submit_reply(
    number: int, *, slug: str = SLUG, version: int = 0, at: datetime = NOON, **written: Any
) -> int:
    """Submit a reply as the desk does for a department, and return its version."""
    with engine.current().transaction() as session:
        return replies.submit(
            session,
            slug,
            number,
            replace(REPLY, **written),
            version=version,
            actor=actor(),
            at=at,
        )


def ask_until(
    status: Status,
    *,
    slug: str = SLUG,
    into: int | None = None,
    answered_by: str | None = DEPARTMENT,
    **fields: Any,
) -> int:
    """Ask a question, lead it to a state, and return its number."""
    number = ask(slug=slug, **fields).number
    for version, action in enumerate(WAYS[status], start=1):
        how: dict[str, Any] = {"into": into} if action is Action.MERGE else {}
        if action is Action.DEFER:
            how = {"entry": answered_by}
        if action is Action.REPLY:
            submit_reply(number, slug=slug)
        act(number, action, version=version, slug=slug, **how)
    return number


def annotate(
    text: str,
    *,
    slug: str = SLUG,
    subject: Subject = Subject.DISTRICTS,
    moment: datetime | None = None,
    by: Actor | None = None,
    at: datetime = NOON,
) -> int:
    """Write an annotation, and return its entry."""
    with engine.current().transaction() as session:
        return annotations.add(
            session,
            slug,
            subject=subject,
            moment=moment,
            text=text,
            actor=by or actor(),
            at=at,
        )


def show(scene: Scene, *, slug: str = SLUG, message: str | None = None) -> None:
    """Switch the screens of the hall to a scene."""
    with engine.current().transaction() as session:
        halls.show_scene(session, slug, scene, actor=actor(), at=NOON, message=message)
