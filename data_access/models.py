"""The tables. Each carries `event_id` in its key, so that the schema can be spread by event."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from dialogue import roles
from dialogue.events import (
    COMPLEX_CONCLUSION_DAYS,
    CONCLUSION_DAYS,
    REPLY_DAYS,
    Intake,
    Moderation,
    PartKind,
)
from dialogue.hall import Scene
from dialogue.lifecycle import PUBLIC, Status
from dialogue.questions import Source
from dialogue.replies import State
from dialogue.roles import Role

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


ON_OR_OFF_STAGE = "(from_status = 'on_stage') <> (to_status = 'on_stage')"
"""What brings a question on stage or takes it off; the index of these needs the same words."""

_PUBLIC = ", ".join(f"'{status.value}'" for status in Status if status in PUBLIC)
IS_PUBLIC = f"status IN ({_PUBLIC}) AND NOT flagged"
"""What everyone may read, as `lifecycle.is_public` has it; the indexes need the same words."""
HAS_VOTES = "votes > 0"
"""Which questions somebody voted for; the index of these needs the same words."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite keeps it without the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody could tell what it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "A time must be aware."
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return the time aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[tuple[str, ...]]):
    """A few words in their order, kept as a JSON list."""

    # PostgreSQL compares only this kind, as when a column's default is compared with the model's.
    impl = JSON().with_variant(JSONB(), "postgresql")
    cache_ok = True

    def process_result_value(
        self, value: list[str] | None, _dialect: Dialect
    ) -> tuple[str, ...] | None:
        """Return them as what cannot be changed."""
        return None if value is None else tuple(value)


def _stored(kind: type[StrEnum], name: str) -> Enum:
    """Store an enum by its value, with a check that the database enforces."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [each.value for each in members],
    )


EventId = Annotated[int, mapped_column(ForeignKey("events.id"), primary_key=True)]
Code = Annotated[str, mapped_column(String(64))]
CodeKey = Annotated[str, mapped_column(String(64), primary_key=True)]
Number = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]
Name = Annotated[str, mapped_column(String(200))]
Title = Annotated[str, mapped_column(String(500))]
Place = Annotated[int, mapped_column()]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMING)


def table_of(row: type[Base]) -> Table:
    """Return the table itself: writing many rows at once goes straight there."""
    return Base.metadata.tables[row.__tablename__]


class EventRow(Base):
    """One dialogue. `revision` counts its committed changes."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[Code] = mapped_column(unique=True)
    title: Mapped[Title]
    title_en: Mapped[Title]
    theme: Mapped[Title]
    theme_en: Mapped[Title]
    unit_name: Mapped[Name]
    unit_title: Mapped[Name]
    official_name: Mapped[Name]
    official_title: Mapped[Name]
    held_at: Mapped[Moment]
    place: Mapped[Title]
    timezone: Mapped[Code]
    plan: Mapped[Title]
    intake: Mapped[Intake] = mapped_column(_stored(Intake, "intake"))
    intake_opens_on: Mapped[date]
    intake_closes_on: Mapped[date]
    # Of a closed intake: when it opens by itself.
    reopens_at: Mapped[Moment | None]
    moderation: Mapped[Moderation] = mapped_column(
        _stored(Moderation, "moderation"), server_default=Moderation.BEFORE
    )
    weights: Mapped[dict[str, float]] = mapped_column(
        JSON().with_variant(JSONB(), "postgresql"), server_default="{}"
    )
    question_minutes: Mapped[int | None]
    reply_days: Mapped[int] = mapped_column(server_default=str(REPLY_DAYS))
    conclusion_days: Mapped[int] = mapped_column(server_default=str(CONCLUSION_DAYS))
    complex_conclusion_days: Mapped[int] = mapped_column(
        server_default=str(COMPLEX_CONCLUSION_DAYS)
    )
    boundaries: Mapped[Title | None]
    boundaries_credit: Mapped[Title | None]
    population_source: Mapped[Title | None]
    # Of a rehearsal: the event that is rehearsed, which has no other one. Never changes.
    practice_of: Mapped[int | None] = mapped_column(
        ForeignKey("events.id"), index=True, unique=True
    )
    revision: Mapped[int]
    # The revision at which this row's own fields or its catalogues last changed.
    described_revision: Mapped[int]
    last_number: Mapped[int]
    last_entry: Mapped[int]


class DistrictRow(Base):
    """An entry of the districts catalogue."""

    __tablename__ = "districts"

    event_id: Mapped[EventId]
    code: Mapped[CodeKey]
    place: Mapped[Place]
    name: Mapped[Name]
    short_name: Mapped[Name]
    people: Mapped[int | None]
    young_people: Mapped[int | None]
    tile_column: Mapped[int | None]
    tile_row: Mapped[int | None]


class DepartmentRow(Base):
    """An entry of the departments catalogue."""

    __tablename__ = "departments"

    event_id: Mapped[EventId]
    code: Mapped[CodeKey]
    place: Mapped[Place]
    name: Mapped[Name]
    name_en: Mapped[Name]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class TopicRow(Base):
    """An entry of the topics catalogue."""

    __tablename__ = "topics"

    event_id: Mapped[EventId]
    code: Mapped[CodeKey]
    place: Mapped[Place]
    name: Mapped[Name]
    name_en: Mapped[Name]
    keywords: Mapped[tuple[str, ...]] = mapped_column(Words, server_default=text("'[]'"))


class TopicDepartmentRow(Base):
    """Which departments answer a topic; place 0 leads."""

    __tablename__ = "topic_departments"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "topic"], ["topics.event_id", "topics.code"]),
        ForeignKeyConstraint(
            ["event_id", "department"], ["departments.event_id", "departments.code"]
        ),
    )

    event_id: Mapped[EventId]
    topic: Mapped[CodeKey]
    department: Mapped[CodeKey]
    place: Mapped[Place]


class ReasonRow(Base):
    """An entry of the list of reasons for a rejection."""

    __tablename__ = "reasons"

    event_id: Mapped[EventId]
    code: Mapped[CodeKey]
    place: Mapped[Place]
    text: Mapped[Title]
    text_en: Mapped[Title]


class PartRow(Base):
    """An entry of the rundown."""

    __tablename__ = "parts"

    event_id: Mapped[EventId]
    code: Mapped[CodeKey]
    place: Mapped[Place]
    kind: Mapped[PartKind] = mapped_column(_stored(PartKind, "kind"))
    name: Mapped[Name]
    name_en: Mapped[Name]
    minutes: Mapped[int]
    topics: Mapped[tuple[str, ...]] = mapped_column(Words)


class HallRow(Base):
    """What the screens of the hall show, and how far the day has come: one for each event."""

    __tablename__ = "halls"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "part"], ["parts.event_id", "parts.code"]),
        ForeignKeyConstraint(
            ["event_id", "armed_number"], ["questions.event_id", "questions.number"]
        ),
    )

    event_id: Mapped[EventId]
    scene: Mapped[Scene] = mapped_column(_stored(Scene, "scene"))
    message: Mapped[Title | None]
    dark: Mapped[bool] = mapped_column(server_default=false())
    armed_scene: Mapped[Scene | None] = mapped_column(_stored(Scene, "armed_scene"))
    armed_message: Mapped[Title | None]
    armed_number: Mapped[int | None]
    shows_timer: Mapped[bool] = mapped_column(server_default=false())
    desk_asked_at: Mapped[Moment | None]
    chair_asked_at: Mapped[Moment | None]
    part: Mapped[Code | None]
    part_began_at: Mapped[Moment | None]
    began_at: Mapped[Moment | None]
    practice: Mapped[bool] = mapped_column(server_default=false())


class QuestionRow(Base):
    """A question. `text_original` never changes; `text` is what the desk made of it."""

    __tablename__ = "questions"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "district"], ["districts.event_id", "districts.code"]),
        ForeignKeyConstraint(["event_id", "topic"], ["topics.event_id", "topics.code"]),
        ForeignKeyConstraint(["event_id", "reason"], ["reasons.event_id", "reasons.code"]),
        ForeignKeyConstraint(
            ["event_id", "merged_into"], ["questions.event_id", "questions.number"]
        ),
        UniqueConstraint("event_id", "code"),
        # The hall depends on it: whatever the code does, one question is on stage.
        Index(
            "one_on_stage",
            "event_id",
            unique=True,
            sqlite_where=text("status = 'on_stage'"),
            postgresql_where=text("status = 'on_stage'"),
        ),
        # What changed since a snapshot was made.
        Index(None, "event_id", "revision"),
        Index(
            "split_parts",
            "event_id",
            "split_from",
            sqlite_where=text("split_from IS NOT NULL"),
            postgresql_where=text("split_from IS NOT NULL"),
        ),
        # The desk's views, by state.
        Index(None, "event_id", "status", "number"),
        # The public board, by number and by votes.
        Index(
            "public_by_number",
            "event_id",
            "number",
            sqlite_where=text(IS_PUBLIC),
            postgresql_where=text(IS_PUBLIC),
        ),
        Index(
            "public_by_votes",
            "event_id",
            "votes",
            "number",
            sqlite_where=text(IS_PUBLIC),
            postgresql_where=text(IS_PUBLIC),
        ),
        # The most wanted first: few questions have votes, and a new one has none.
        Index(
            "voted",
            "event_id",
            "status",
            "votes",
            "number",
            sqlite_where=text(HAS_VOTES),
            postgresql_where=text(HAS_VOTES),
        ),
        CheckConstraint("(status = 'rejected') = (reason IS NOT NULL)", name="rejected_has_reason"),
        CheckConstraint(
            "(status = 'merged') = (merged_into IS NOT NULL)", name="merged_has_target"
        ),
    )

    event_id: Mapped[EventId]
    number: Mapped[Number]
    code: Mapped[Code]
    text: Mapped[str] = mapped_column(Text)
    text_original: Mapped[str] = mapped_column(Text)
    district: Mapped[Code]
    topic: Mapped[Code | None]
    # Checked by the one door; its table cannot get a foreign key without being copied.
    department: Mapped[Code | None]
    split_from: Mapped[int | None]
    pinned: Mapped[bool] = mapped_column(server_default=false())
    held: Mapped[bool] = mapped_column(server_default=false())
    note: Mapped[str | None] = mapped_column(Text)
    prepared: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None]
    flagged: Mapped[bool] = mapped_column(server_default=false())
    source: Mapped[Source] = mapped_column(_stored(Source, "source"))
    status: Mapped[Status] = mapped_column(_stored(Status, "status"))
    reason: Mapped[Code | None]
    merged_into: Mapped[int | None]
    votes: Mapped[int]
    version: Mapped[int]
    revision: Mapped[int]
    received_at: Mapped[Moment]
    changed_at: Mapped[Moment]


class ReplyRow(Base):
    """What a department replies to a question in writing; another department has its own row."""

    __tablename__ = "replies"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "number"], ["questions.event_id", "questions.number"]),
        ForeignKeyConstraint(
            ["event_id", "department"], ["departments.event_id", "departments.code"]
        ),
        # Whatever the code does, a question has one reply that everybody reads.
        Index(
            "one_published",
            "event_id",
            "number",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
        CheckConstraint(
            "(state = 'sent_back') = (remark IS NOT NULL)", name="sent_back_has_remark"
        ),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_at"),
    )

    event_id: Mapped[EventId]
    number: Mapped[Number]
    department: Mapped[CodeKey]
    text: Mapped[str] = mapped_column(Text)
    document_number: Mapped[Name | None]
    document_date: Mapped[date | None]
    state: Mapped[State] = mapped_column(_stored(State, "state"))
    remark: Mapped[Title | None]
    written_by: Mapped[Name]
    written_at: Mapped[Moment]
    published_at: Mapped[Moment | None]
    version: Mapped[int]


class AnnotationRow(Base):
    """What somebody of the staff wrote on a chart of the review; withdrawn, it is still here."""

    __tablename__ = "annotations"
    __table_args__ = (
        CheckConstraint("(changed_by IS NULL) = (changed_at IS NULL)", name="changed_by_somebody"),
    )

    event_id: Mapped[EventId]
    entry: Mapped[Number]
    # One of `Subject`; without a check, which a new chart could not be added to.
    subject: Mapped[Code]
    moment: Mapped[Moment | None]
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[Name]
    account_id: Mapped[int | None]
    written_at: Mapped[Moment]
    changed_by: Mapped[Name | None]
    changed_at: Mapped[Moment | None]
    withdrawn_at: Mapped[Moment | None]
    version: Mapped[int]


class AskerRow(Base):
    """The personal data of an asker, apart from the question."""

    __tablename__ = "askers"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "number"], ["questions.event_id", "questions.number"]),
        # A search goes through the names, and many askers tell none.
        Index(
            "named",
            "event_id",
            "folded",
            sqlite_where=text("folded IS NOT NULL"),
            postgresql_where=text("folded IS NOT NULL"),
        ),
    )

    event_id: Mapped[EventId]
    number: Mapped[Number]
    name: Mapped[Name | None]
    contact: Mapped[Name | None]
    organisation: Mapped[Name | None]
    # Name and organisation as they are searched for.
    folded: Mapped[Title | None]
    show_name: Mapped[bool]
    contact_me: Mapped[bool]
    consent_version: Mapped[Code]
    consented_at: Mapped[Moment]
    erased_at: Mapped[Moment | None]


class ConsentTextRow(Base):
    """What the privacy notice of an event said in a language, from a time on."""

    __tablename__ = "consent_texts"

    event_id: Mapped[EventId]
    language: Mapped[CodeKey]
    since: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    version: Mapped[Code]
    text: Mapped[str] = mapped_column(Text)


class SubmissionRow(Base):
    """An idempotency key and the question it brought."""

    __tablename__ = "submissions"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "number"], ["questions.event_id", "questions.number"]),
    )

    event_id: Mapped[EventId]
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[Code]
    number: Mapped[int]


class QueueRow(Base):
    """The chair's order: positions are 1, 2, 3 … without a gap."""

    __tablename__ = "queue"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "number"], ["questions.event_id", "questions.number"]),
        UniqueConstraint("event_id", "position"),
        CheckConstraint("position >= 1", name="position_from_one"),
    )

    event_id: Mapped[EventId]
    number: Mapped[Number]
    position: Mapped[int]


class ClaimRow(Base):
    """Who has a question open now, or keeps it for themselves, and until when."""

    __tablename__ = "claims"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "number"], ["questions.event_id", "questions.number"]),
    )

    event_id: Mapped[EventId]
    number: Mapped[Number]
    account_id: Mapped[Number]
    name: Mapped[Name]
    until: Mapped[Moment]


class OutboxRow(Base):
    """Of a page in somebody's browser, the place of the last deed of it that was done."""

    __tablename__ = "outboxes"

    account_id: Mapped[Number]
    page: Mapped[CodeKey]
    place: Mapped[Place]
    at: Mapped[Moment]


class VoteRow(Base):
    """One phone's vote for a question; `merged_from` names the question it was first given to.

    Votes that came in one burst have the same random `burst`. Those that the desk has
    `set_aside` do not count.
    """

    __tablename__ = "votes"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "number"], ["questions.event_id", "questions.number"]),
        # What came in bursts, and how much of it counts.
        Index(
            "in_bursts",
            "event_id",
            "number",
            "burst",
            "set_aside",
            sqlite_where=text("burst IS NOT NULL"),
            postgresql_where=text("burst IS NOT NULL"),
        ),
    )

    event_id: Mapped[EventId]
    number: Mapped[Number]
    voter: Mapped[CodeKey]
    merged_from: Mapped[int | None]
    voted_at: Mapped[Moment]
    burst: Mapped[int | None]
    set_aside: Mapped[bool] = mapped_column(server_default=false())


class ActivityRow(Base):
    """Who did what to which question. Rows are only ever added: triggers see to it.

    Those of a rehearsal alone may go, all with it.
    """

    __tablename__ = "activity"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "number"], ["questions.event_id", "questions.number"]),
        # What was done to a question, in turn.
        Index(None, "event_id", "number", "entry"),
        # What somebody did last, to undo it.
        Index(None, "event_id", "account_id", "entry"),
        # Who stood on stage, and for how long.
        Index(
            "stage_turns",
            "event_id",
            "entry",
            sqlite_where=text(ON_OR_OFF_STAGE),
            postgresql_where=text(ON_OR_OFF_STAGE),
        ),
        # What happened since somebody looked.
        Index(None, "event_id", "revision"),
        # What the activity is narrowed to.
        Index(None, "event_id", "action", "entry"),
        Index(None, "event_id", "actor", "entry"),
        Index(None, "event_id", "at"),
    )

    event_id: Mapped[EventId]
    entry: Mapped[Number]
    revision: Mapped[int]
    number: Mapped[int | None]
    # What happened to the event itself has no action of the lifecycle.
    action: Mapped[Code]
    actor: Mapped[Code]
    account_id: Mapped[int | None]
    at: Mapped[Moment]
    from_status: Mapped[Status | None] = mapped_column(_stored(Status, "from_status"))
    to_status: Mapped[Status | None] = mapped_column(_stored(Status, "to_status"))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


class AccessStateRow(Base):
    """The one row that everyone locks who changes accounts, sessions or screens."""

    __tablename__ = "access_state"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]


class AccountRow(Base):
    """A person who may sign in. Without a password hash the invitation was not used yet."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[Name] = mapped_column(unique=True)
    name: Mapped[Name]
    password_hash: Mapped[Title | None]
    totp_secret: Mapped[Code | None]
    # The step of the last code that was accepted, so that none is accepted twice.
    totp_step: Mapped[int | None]
    created_at: Mapped[Moment]
    disabled_at: Mapped[Moment | None]
    last_seen_at: Mapped[Moment | None]


class GrantRow(Base):
    """A role of an account, for one event or, without one, for all."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("account_id", "role", "event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[Role] = mapped_column(_stored(Role, "role"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))


class GrantDepartmentRow(Base):
    """A department of an event for which an account in the role of a department answers."""

    __tablename__ = "grant_departments"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "department"], ["departments.event_id", "departments.code"]
        ),
    )

    event_id: Mapped[EventId]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    department: Mapped[CodeKey]


class RecoveryCodeRow(Base):
    """A code that replaces the second factor once."""

    __tablename__ = "recovery_codes"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    digest: Mapped[CodeKey]


class InvitationRow(Base):
    """A link that sets a password once; without an account it creates the first admin."""

    __tablename__ = "invitations"

    digest: Mapped[CodeKey]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    expires_at: Mapped[Moment]


class SessionRow(Base):
    """A device on which somebody is signed in; only a digest of its cookie is kept."""

    __tablename__ = "sessions"

    digest: Mapped[CodeKey]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    device: Mapped[Name]
    created_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    expires_at: Mapped[Moment]


class ScreenRow(Base):
    """A projector or hall display: no person, a link that only reads."""

    __tablename__ = "screens"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    # Which page its link opens.
    place: Mapped[Code] = mapped_column(server_default=roles.Place.PROJECTOR)
    created_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]
    last_seen_at: Mapped[Moment | None]


class AccessActivityRow(Base):
    """Who changed what about accounts, sessions and screens. Rows are only ever added."""

    __tablename__ = "access_activity"

    revision: Mapped[Number]
    action: Mapped[Code]
    actor: Mapped[Name]
    at: Mapped[Moment]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
