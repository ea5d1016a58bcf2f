"""The tables of questions, their askers, their queue and their votes."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_access.base import (
    Base,
    Code,
    CodeKey,
    EventId,
    Moment,
    Name,
    Number,
    Title,
    UtcDateTime,
    stored,
)
from dialogue.lifecycle import PUBLIC, Status
from dialogue.questions import Source

_PUBLIC = ", ".join(f"'{status.value}'" for status in Status if status in PUBLIC)
IS_PUBLIC = f"status IN ({_PUBLIC}) AND NOT flagged"
"""What everyone may read, as `lifecycle.is_public` has it; the indexes need the same words."""
HAS_VOTES = "votes > 0"
"""Which questions somebody voted for; the index of these needs the same words."""


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
    source: Mapped[Source] = mapped_column(stored(Source, "source"))
    status: Mapped[Status] = mapped_column(stored(Status, "status"))
    reason: Mapped[Code | None]
    merged_into: Mapped[int | None]
    votes: Mapped[int]
    version: Mapped[int]
    revision: Mapped[int]
    received_at: Mapped[Moment]
    changed_at: Mapped[Moment]


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
