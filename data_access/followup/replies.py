"""Written replies: promised, written by their department, approved by an editor, published."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from data_access.events import events
from data_access.followup.models import ReplyRow
from data_access.questions.models import AskerRow, QuestionRow
from data_access.questions.writing import changes, commands
from data_access.questions.writing.stored import stored
from data_access.revisions import Change
from dialogue import lifecycle, replies
from dialogue.accounts import Actor
from dialogue.commands import Done, Seen
from dialogue.lifecycle import Status
from dialogue.operations import Plain
from dialogue.refusals import ReplyChanged, TransitionRefused
from dialogue.replies import FollowUp, Published, Reply, ReplyAction, ReplyState, Written
from dialogue.roles import check

MOST_LISTED = 5_000
# What a row has besides the reply's own words.
_COLUMNS = (
    *("number", "department", "text", "document_number", "document_date"),
    *("state", "remark", "written_by", "written_at", "version"),
)


def save(
    session: Session,
    slug: str,
    number: int,
    written: Written,
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> int:
    """Keep what was written so far, and return the reply's new version.

    `version` is that of the reply which the writer saw, 0 where there was none. Of what one
    person saves again and again the activity keeps the first.

    Raises:
        UnknownEvent, UnknownQuestion: there is no such thing.
        TransitionRefused: the question is not to be answered in writing, or the reply is with the
            editors.
        NotPermitted: the actor may not write for the question's department.
        ReplyChanged: somebody changed the reply since that version.
        FieldsWrong: something is too long.
    """
    writing = _Writing(session, slug, number, ReplyAction.SAVE, version=version, actor=actor)
    return writing.keep(replies.read_draft(written), at=at)


def submit(
    session: Session,
    slug: str,
    number: int,
    written: Written,
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> int:
    """Hand a reply to the editors for approval, and return its new version.

    Raises:
        Refusal: as for `save`; `FieldsWrong` also where the reply is not finished.
    """
    writing = _Writing(session, slug, number, ReplyAction.SUBMIT, version=version, actor=actor)
    today = at.astimezone(ZoneInfo(writing.change.timezone)).date()
    return writing.keep(replies.read(written, today=today), at=at)


def send_back(
    session: Session,
    slug: str,
    number: int,
    remark: str,
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> int:
    """Give a reply back to its department with a remark, and return its new version.

    Raises:
        WrongText: the remark is too short or too long.
        Refusal: as for `save`.
    """
    writing = _Writing(session, slug, number, ReplyAction.SEND_BACK, version=version, actor=actor)
    return writing.finish(remark=replies.read_remark(remark), at=at)


def publish(
    session: Session, slug: str, number: int, *, version: int, actor: Actor, at: datetime
) -> Done:
    """Let everybody read a reply; the question is replied from then on.

    Raises:
        Refusal: as for `save`, and for `commands.act`.
    """
    writing = _Writing(session, slug, number, ReplyAction.PUBLISH, version=version, actor=actor)
    seen = Seen(number, writing.question.version)
    replied = Plain(lifecycle.Action.REPLY)
    commands.act_on_one(writing.change, replied, seen, actor=actor, at=at)
    return changes.finish(writing.change, replied.action, [number])


def reply(session: Session, slug: str, number: int, *, actor: Actor) -> Reply | None:
    """Return the reply of a question's department as it stands, None where nothing is written.

    Raises:
        UnknownEvent, UnknownQuestion: there is no such thing.
        NotPermitted: the actor may not read what is not published.
    """
    event_id = events.event_id(session, slug)
    question = stored(session, event_id, number)
    found = _kept(session, event_id, number)
    if found is None or found.state is not ReplyState.PUBLISHED:
        check(replies.roles_for(actor, question.department), replies.READERS)
    return found


def list_promised(
    session: Session, slug: str, *, departments: Collection[str] | None = None
) -> list[FollowUp]:
    """List the questions that are or were to be answered in writing, at most `MOST_LISTED`.

    Those that wait for their reply come first, by due date; then the replied ones, by number.
    Only those of some departments where these are given. Each is a `dialogue.replies.Promise`:
    number, version, text, district, department, due_on, state. What is written is not in it.

    Raises:
        UnknownEvent: no event has this slug.
    """
    event_id = events.event_id(session, slug)
    conditions: list[ColumnElement[bool]] = [QuestionRow.event_id == event_id]
    if departments is not None:
        conditions.append(QuestionRow.department.in_(departments))
    is_replied = QuestionRow.status == Status.REPLIED
    rows = session.execute(
        select(
            QuestionRow.number,
            QuestionRow.version,
            QuestionRow.text,
            QuestionRow.district,
            QuestionRow.department,
            QuestionRow.due_on,
            func.coalesce(ReplyRow.state, ReplyState.PROMISED).label("state"),
        )
        .outerjoin(ReplyRow, _answers())
        .where(*conditions, QuestionRow.status.in_((Status.DEFERRED, Status.REPLIED)))
        .order_by(is_replied, QuestionRow.due_on, QuestionRow.number)
        .limit(MOST_LISTED)
    )
    return [FollowUp(**{**row._mapping, "state": ReplyState(row.state)}) for row in rows]


def list_published(session: Session, slug: str) -> list[Published]:
    """List the published replies by number, at most `MOST_LISTED`.

    Each is a `dialogue.replies.Published`: number, question, district, organisation (only of who
    agreed to be named), department, written (text, document_number, document_date), published_at.

    Raises:
        UnknownEvent: no event has this slug.
    """
    return _published(session, ReplyRow.event_id == events.event_id(session, slug))


def published(session: Session, slug: str, numbers: Iterable[int]) -> Mapping[int, Published]:
    """Return the published replies of some questions, by number.

    Raises:
        UnknownEvent: no event has this slug.
    """
    event_id = events.event_id(session, slug)
    found = _published(session, ReplyRow.event_id == event_id, ReplyRow.number.in_(numbers))
    return {each.number: each for each in found}


def list_without_outcome(session: Session, slug: str) -> list[int]:
    """List the numbers of the questions that nobody has answered, promised to answer, or put aside.

    A promise without a department that keeps it is none. At most `MOST_LISTED`, by number.

    Raises:
        UnknownEvent: no event has this slug.
    """
    nobody = and_(QuestionRow.status == Status.DEFERRED, QuestionRow.department.is_(None))
    return list(
        session.scalars(
            select(QuestionRow.number)
            .where(
                QuestionRow.event_id == events.event_id(session, slug),
                or_(QuestionRow.status.in_(lifecycle.OPEN), nobody),
            )
            .order_by(QuestionRow.number)
            .limit(MOST_LISTED)
        )
    )


class _Writing:
    """One action on a reply, checked: its question, the reply before it, and where it leads."""

    def __init__(
        self,
        session: Session,
        slug: str,
        number: int,
        action: ReplyAction,
        *,
        version: int,
        actor: Actor,
    ) -> None:
        self.change = Change(session, slug)
        self.question = stored(session, self.change.event_id, number)
        self.before = _kept(session, self.change.event_id, number)
        self._action, self._actor = action, actor
        step = replies.transition(action, self.before.state if self.before else ReplyState.PROMISED)
        department = self.question.department
        check(replies.roles_for(actor, department), step.roles if step else replies.WRITERS)
        if version != (self.before.version if self.before else 0):
            raise ReplyChanged(number=number)
        if self.question.status is not Status.DEFERRED or department is None or step is None:
            raise TransitionRefused(number=number, status=self.question.status)
        self.target = step.target

    def keep(self, written: Written, *, at: datetime) -> int:
        """Write down what was written, and by whom."""
        remark = self.before.remark if self.before and self.target is ReplyState.SENT_BACK else None
        return self.finish(
            text=written.text,
            document_number=written.document_number,
            document_date=written.document_date,
            remark=remark,
            written_by=self._actor.name,
            written_at=at,
            at=at,
        )

    def finish(self, *, at: datetime, **columns: Any) -> int:
        """Write what is new, record who did it, and return the version."""
        version = self.before.version + 1 if self.before else 1
        values = {"state": self.target, "version": version, **columns}
        key = {
            "event_id": self.change.event_id,
            "number": self.question.number,
            "department": self.question.department,
        }
        if self.before:
            self.change.session.execute(update(ReplyRow).filter_by(**key).values(**values))
        else:
            self.change.session.execute(insert(ReplyRow).values(**key, **values))
        if not self._repeats():
            self._record(columns.get("remark"), at=at)
        self.change.finish()
        return version

    def _repeats(self) -> bool:
        """Tell whether somebody saves what they saved last themselves."""
        if self._action is not ReplyAction.SAVE or self.before is None:
            return False
        return self.before.written_by == self._actor.name

    def _record(self, remark: str | None, *, at: datetime) -> None:
        told: dict[str, Any] = {"department": self.question.department}
        if self._action is ReplyAction.SEND_BACK:
            told["remark"] = remark
        self.change.record(
            self._action,
            actor=self._actor.name,
            account_id=self._actor.account_id,
            at=at,
            number=self.question.number,
            **told,
        )


def _kept(session: Session, event_id: int, number: int) -> Reply | None:
    """Return the reply of a question, None where nothing is written."""
    row = session.execute(
        select(*(getattr(ReplyRow, name) for name in _COLUMNS))
        .join(QuestionRow, _answers())
        .where(QuestionRow.event_id == event_id, QuestionRow.number == number)
    ).one_or_none()
    if row is None:
        return None
    columns = dict(row._mapping)
    return Reply(written=_written(columns), **columns)


def _answers() -> ColumnElement[bool]:
    """Return what joins a question with its published reply, or else its department's."""
    is_replied = QuestionRow.status == Status.REPLIED
    return and_(
        ReplyRow.event_id == QuestionRow.event_id,
        ReplyRow.number == QuestionRow.number,
        or_(
            and_(is_replied, ReplyRow.state == ReplyState.PUBLISHED),
            and_(~is_replied, ReplyRow.department == QuestionRow.department),
        ),
    )


def _written(columns: dict[str, Any]) -> Written:
    """Take what was written out of a row's columns."""
    names = ("text", "document_number", "document_date")
    return Written(**{name: columns.pop(name) for name in names})


def _published(session: Session, *conditions: ColumnElement[bool]) -> list[Published]:
    # What was split off has the asker of the question that it came from.
    asked = func.coalesce(QuestionRow.split_from, QuestionRow.number)
    rows = session.execute(
        select(
            ReplyRow.number,
            QuestionRow.text.label("question"),
            QuestionRow.district,
            AskerRow.organisation,
            ReplyRow.department,
            ReplyRow.text,
            ReplyRow.document_number,
            ReplyRow.document_date,
            ReplyRow.published_at,
        )
        .join_from(ReplyRow, QuestionRow)
        .outerjoin(
            AskerRow,
            and_(
                AskerRow.event_id == QuestionRow.event_id,
                AskerRow.number == asked,
                AskerRow.show_name,
            ),
        )
        .where(ReplyRow.state == ReplyState.PUBLISHED, *conditions)
        .order_by(ReplyRow.number)
        .limit(MOST_LISTED)
    )
    found = [dict(row._mapping) for row in rows]
    return [Published(written=_written(columns), **columns) for columns in found]
